use scribe::incident::{ChannelId, GuildId, GuildSettings, Severity};

use crate::desk::{Desk, GUILD, every_database, minute, person};

every_database! {
    the_last_choice_holds_and_the_former_are_kept
}

async fn the_last_choice_holds_and_the_former_are_kept(desk: Desk) {
    assert_eq!(
        desk.store.settings(GUILD).await.unwrap(),
        GuildSettings::default()
    );
    let first = GuildSettings {
        zone: chrono_tz::Europe::Berlin,
        announce_channel: Some(ChannelId(u64::MAX)),
        ..GuildSettings::default()
    };
    let second = GuildSettings {
        default_severity: Severity::Sev1,
        ..first.clone()
    };
    for (by, settings) in [(1, &first), (2, &second)] {
        let by = person(by);
        let saved = desk.store.save_settings(GUILD, settings, &by, minute(0));
        saved.await.unwrap();
    }
    assert_eq!(desk.store.settings(GUILD).await.unwrap(), second);
    let history = desk.store.settings_history(GUILD).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!((&history[0].settings, &history[0].by), (&first, &person(1)));
    assert_eq!((&history[1].by, history[1].at), (&person(2), minute(0)));
    assert_eq!(
        desk.store.settings(GuildId(1)).await.unwrap(),
        GuildSettings::default()
    );
}
