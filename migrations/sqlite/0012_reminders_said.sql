-- The reminders that stand in channels, so that each is found when its reason
-- ends, however much else was posted.
CREATE INDEX posts_reminders ON posts (guild, number, name) WHERE substr(name, 1, 9) = 'reminder:';
