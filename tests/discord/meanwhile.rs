//! What happened to messages, marks and threads while nobody listened, and what
//! an absence says of what nobody can know.

use std::time::Duration;

use chrono::TimeDelta;
use discord_sandbox::permission::READ_MESSAGE_HISTORY;
use discord_sandbox::{Options, Trouble};
use scribe::incident::{ChannelId, Entry, Fact, HISTORY, Unread, WhyUnread, timeline};
use sqlx::{Connection, SqliteConnection};

use crate::world::World;

fn is_absence(entry: &Entry) -> bool {
    matches!(entry.fact, Fact::Absence { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_says_what_cannot_be_known() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(30));
    world.say("ben", inc.channel, "missed").await;
    world.start_bot().await;
    world.entry(inc.number, is_absence).await;
    let told = world.see(inc.channel, "Scribe was away").await.text();
    assert!(told.contains("written and deleted in between"), "{told}");
    assert!(told.contains("an edit before the last one"), "{told}");
    let resolved = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &resolved)
        .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(draft.contains("Scribe was away once."), "{draft}");
    assert!(draft.contains("1 message recovered afterwards"), "{draft}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_absence_that_could_not_be_told_yet_is_told_by_the_next_process() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let left = (world.clock())();
    world.kill_bot().await;
    world.travel(TimeDelta::minutes(30));
    world.say("ben", inc.channel, "missed").await;
    let faults = world.discord.faults();
    faults.rest("GET", "/guilds/*/threads/active", 100, Trouble::Status(503));
    world.start_bot().await;
    world.kill_bot().await;
    faults.clear();
    world.travel(TimeDelta::minutes(30));
    world.start_bot().await;
    let absence = world.entry(inc.number, is_absence).await;
    let Fact::Absence { from, to, .. } = absence.fact else {
        unreachable!()
    };
    let early = left + TimeDelta::minutes(1);
    assert!(
        from < early && to > left + TimeDelta::minutes(59),
        "{from} {to}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_that_may_not_be_read_is_told_until_it_may() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    world.say("ben", inc.channel, "unheard").await;
    let deny = |bits| world.discord.deny_bot(inc.channel, bits);
    deny(READ_MESSAGE_HISTORY).unwrap();
    world.start_bot().await;
    let absence = world.entry(inc.number, is_absence).await;
    let Fact::Absence { unread, .. } = absence.fact else {
        unreachable!()
    };
    let channel = ChannelId(inc.channel.0);
    let why = WhyUnread::NoHistory;
    assert_eq!(unread, [Unread { channel, why }]);
    let told = world.see(inc.channel, "lacks the permission").await.text();
    assert!(told.contains(&format!("<#{}>", inc.channel)), "{told}");
    world.all_said().await;
    let card = world
        .discord
        .messages(inc.channel)
        .into_iter()
        .find(|message| !message.embeds.is_empty());
    let card = card.unwrap().text();
    assert!(card.contains("Read Message History"), "{card}");

    world.discord.deny_bot(inc.channel, 0).unwrap();
    world.kill_bot().await;
    world.start_bot().await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("unheard"))
        .await;
    let incident = world.incident(inc.number).await;
    assert!(!incident.failed_deliveries.contains_key(HISTORY));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_opened_and_archived_meanwhile_is_recorded() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    let thread = world.discord.thread("cho", inc.channel, None, "aside");
    let thread = thread.await.unwrap();
    world.say("cho", thread, "it was the cache").await;
    world.discord.archive("ana", thread, true).await.unwrap();
    world.start_bot().await;
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("it was the cache")
        })
        .await;
}

/// Which of these texts are key events.
async fn keys(world: &World, number: u32, texts: [&str; 2]) -> [bool; 2] {
    let log = world.log(number).await;
    let lines = timeline(&log);
    texts.map(|text| lines.iter().any(|line| line.key && line.text == Some(text)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_goes_with_its_pin_and_a_chosen_one_stays() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let texts = ["rolled back", "error rate falls"];
    let pinned = world.say("ben", inc.channel, texts[0]).await;
    let chosen = world.say("ben", inc.channel, texts[1]).await;
    let pin = async |world: &World| {
        let react = world.discord.react("cho", inc.channel, pinned, "📌");
        react.await.unwrap();
        world
            .until(async || (keys(world, inc.number, texts).await == [true, true]).then_some(()))
            .await;
    };
    let unpinned = async |world: &World| {
        world
            .until(async || (keys(world, inc.number, texts).await == [false, true]).then_some(()))
            .await;
    };
    let command = "Mark as key event";
    let marked = world
        .discord
        .message_command("ana", inc.channel, chosen, command);
    marked.await.unwrap();
    for emoji in [None, Some("📌")] {
        pin(&world).await;
        for message in [pinned, chosen] {
            let thumb = world.discord.react("ben", inc.channel, message, "👍");
            thumb.await.unwrap();
            let clear = world
                .discord
                .clear_reactions("ana", inc.channel, message, emoji);
            clear.await.unwrap();
        }
        unpinned(&world).await;
    }
    pin(&world).await;
    world.kill_bot().await;
    let unreact = world.discord.unreact("cho", inc.channel, pinned, "📌");
    unreact.await.unwrap();
    world.start_bot().await;
    unpinned(&world).await;
}

/// What a page says of reactions is as old as the page.
#[tokio::test(flavor = "multi_thread")]
async fn a_pin_that_came_after_a_page_was_read_is_not_taken_off() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let said = world.say("ben", inc.channel, "rolled back").await;
    world
        .entry(inc.number, |entry| entry.fact.text() == Some("rolled back"))
        .await;
    world.all_said().await;
    let faults = world.discord.faults();
    let late = Trouble::LateAnswer(Duration::from_millis(1_500));
    faults.rest("GET", "/channels/*/messages", 50, late);
    let before = world.discord.requests().len();
    faults.disconnect_everything();
    world.say("ben", inc.channel, "meanwhile").await;
    let page = format!("/channels/{}/messages?", inc.channel);
    let is_read = async || {
        let requests = world.discord.requests().split_off(before);
        let mut pages = requests.iter();
        pages
            .any(|request| request.path.starts_with(&page))
            .then_some(())
    };
    world.until(is_read).await;
    let react = world.discord.react("cho", inc.channel, said, "📌");
    react.await.unwrap();
    let texts = ["rolled back", "meanwhile"];
    world
        .until(async || keys(&world, inc.number, texts).await[0].then_some(()))
        .await;
    world.entry(inc.number, is_absence).await;
    assert!(keys(&world, inc.number, texts).await[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_heard_after_a_later_one_was_recorded_stands_before_it() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let faults = world.discord.faults();
    faults.lose_events(Some("MESSAGE_CREATE"));
    // The later edit is told first, and its message is fetched as it is now.
    faults.deliver_out_of_order(2);
    let said = world.say("ben", inc.channel, "rolled back 811").await;
    for text in ["rolled back 812", "rolled back 813"] {
        let edit = world.discord.edit("ben", inc.channel, said, text);
        edit.await.unwrap();
    }
    let texts = async || {
        let log = world.log(inc.number).await;
        let texts = log.iter().filter_map(|entry| entry.fact.text());
        let said = texts.filter(|text| text.starts_with("rolled back"));
        said.map(str::to_owned).collect::<Vec<_>>()
    };
    let heard = ["rolled back 813", "rolled back 812"];
    world
        .until(async || (texts().await == heard).then_some(()))
        .await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(texts().await, heard, "nothing is told again");
    let log = world.log(inc.number).await;
    let lines = timeline(&log);
    let line = lines.iter().find(|line| line.text == Some(heard[0]));
    assert_eq!(line.unwrap().revisions[0].text, Some(heard[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_heard_before_its_message_is_recorded_is_not_lost() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let faults = world.discord.faults();
    faults.lose_events(Some("MESSAGE_CREATE"));
    // The deletion is told first; what is left of the message is in the news of its edit.
    faults.deliver_out_of_order(2);
    let said = world.say("ben", inc.channel, "rolled back 811").await;
    let edit = world
        .discord
        .edit("ben", inc.channel, said, "wrong channel");
    edit.await.unwrap();
    let delete = world.discord.delete("ben", inc.channel, said);
    delete.await.unwrap();
    let deleted = async || {
        let log = world.log(inc.number).await;
        let lines = timeline(&log);
        let line = lines.iter().find(|line| line.text == Some("wrong channel"));
        line.is_some_and(|line| line.deleted_at.is_some())
            .then_some(())
    };
    world.until(deleted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_store_refused_for_a_while_is_recorded_though_the_incident_is_over() {
    let world = World::on_sqlite(Options::default()).await;
    let inc = world.open("ana", "API is down").await;
    let said = world.say("ben", inc.channel, "rolled back 811").await;
    let is_said = |entry: &Entry| entry.fact.text() == Some("rolled back 811");
    world.entry(inc.number, is_said).await;
    let file = world.files.path().join("scribe.db");
    let url = format!("sqlite://{}", file.display());
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN NEW.kind = 'message_edited'
        BEGIN SELECT RAISE(ABORT, 'no space left'); END";
    sqlx::query(refuse).execute(&mut other).await.unwrap();
    let edit = world
        .discord
        .edit("ben", inc.channel, said, "rolled back 812");
    edit.await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let resolved = [("state", "resolved")];
    world
        .slash_in("ana", inc.channel, "incident status", &resolved)
        .await;
    sqlx::query("DROP TRIGGER refuse")
        .execute(&mut other)
        .await
        .unwrap();
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("rolled back 812")
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_of_many_edits_in_a_moment_is_the_one_that_stands() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let said = world.say("ben", inc.channel, "first").await;
    for n in 1..=40 {
        let text = format!("edit {n}");
        let edit = world.discord.edit("ben", inc.channel, said, &text);
        edit.await.unwrap();
    }
    let last = async || {
        let log = world.log(inc.number).await;
        let lines = timeline(&log);
        let stands = lines.iter().any(|line| line.text == Some("edit 40"));
        stands.then_some(())
    };
    world.until(last).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_read_costs_no_other_and_is_marked_once() {
    let mut world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    world.kill_bot().await;
    world.say("ben", inc.channel, "before it").await;
    let odd = world.say("cho", inc.channel, "in a form of tomorrow").await;
    world.say("ben", inc.channel, "after it").await;
    world.discord.faults().garble(odd);
    for _ in ["the first time", "and again"] {
        world.start_bot().await;
        world.kill_bot().await;
    }
    let log = world.log(inc.number).await;
    let said: Vec<_> = log
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::MessagePosted(_)))
        .collect();
    let texts: Vec<_> = said.iter().filter_map(|entry| entry.fact.text()).collect();
    let mark = scribe::words::spoken::unreadable();
    assert_eq!(texts.len(), 3, "{texts:?}");
    for text in ["before it", mark, "after it"] {
        assert!(texts.contains(&text), "{texts:?}");
    }
    let marked = said.iter().find(|entry| entry.fact.text() == Some(mark));
    let origin = marked.unwrap().origin.unwrap();
    assert_eq!(origin.message.0, odd.0);
    let absences = log.iter().filter(|entry| is_absence(entry));
    assert_eq!(absences.count(), 1, "nothing is tried for ever");
}
