use std::convert::Infallible;

use futures::future::join_all;
use scribe::incident::{ChannelId, Component, GuildId, GuildSettings, Severity};

use crate::desk::{Desk, GUILD, every_database, minute, person};

every_database! {
    the_last_choice_holds_and_the_former_are_kept
    of_many_changes_at_one_moment_none_is_lost
    a_change_that_is_refused_or_changes_nothing_leaves_no_version
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
        let saved = desk
            .store
            .change_settings(GUILD, &by, minute(0), whole(settings));
        let Ok(saved) = saved.await.unwrap();
        assert_eq!(saved, *settings);
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

fn whole(settings: &GuildSettings) -> impl Fn(&mut GuildSettings) -> Result<(), Infallible> {
    move |now| {
        now.clone_from(settings);
        Ok(())
    }
}

async fn of_many_changes_at_one_moment_none_is_lost(desk: Desk) {
    let changes = (0..20).map(async |n: u64| {
        let add = |settings: &mut GuildSettings| -> Result<(), Infallible> {
            settings.components.push(Component(format!("part {n}")));
            Ok(())
        };
        let by = person(n);
        let changed = desk.store.change_settings(GUILD, &by, minute(0), add);
        let Ok(after) = changed.await.unwrap();
        assert!(after.components.contains(&Component(format!("part {n}"))));
    });
    join_all(changes).await;
    let settings = desk.store.settings(GUILD).await.unwrap();
    let mut names: Vec<_> = settings.components.into_iter().map(|one| one.0).collect();
    names.sort_by_key(|name| name.split(' ').nth(1).unwrap().parse::<u64>().unwrap());
    let all: Vec<_> = (0..20).map(|n| format!("part {n}")).collect();
    assert_eq!(names, all);
    let history = desk.store.settings_history(GUILD).await.unwrap();
    let lengths: Vec<_> = history
        .iter()
        .map(|one| one.settings.components.len())
        .collect();
    assert_eq!(lengths, (1..=20).collect::<Vec<_>>());
}

async fn a_change_that_is_refused_or_changes_nothing_leaves_no_version(desk: Desk) {
    let refused = |settings: &mut GuildSettings| {
        settings.default_severity = Severity::Sev1;
        Err("no")
    };
    let nothing = |_: &mut GuildSettings| Ok::<_, &str>(());
    let by = person(1);
    let refused = desk.store.change_settings(GUILD, &by, minute(0), refused);
    assert_eq!(refused.await.unwrap(), Err("no"));
    let nothing = desk.store.change_settings(GUILD, &by, minute(0), nothing);
    assert_eq!(nothing.await.unwrap(), Ok(GuildSettings::default()));
    assert_eq!(desk.store.settings_history(GUILD).await.unwrap(), []);
}
