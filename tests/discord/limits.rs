//! Discord's limits, which no library minds where its address is another one.

use std::time::Duration;

use discord_sandbox::{Scope, Trouble};
use scribe::incident::{Actor, Command, Context, Status};
use scribe::store::{Request, Target, Writer};

use crate::world::World;

const POSTS: &str = "/channels/*/messages";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_limited_is_said_when_discord_said_and_not_before() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    for scope in [Scope::User, Scope::Shared] {
        let retry_after = Duration::from_millis(1_300);
        let limited = Trouble::RateLimited { retry_after, scope };
        world.discord.faults().rest("POST", POSTS, 1, limited);
        let text = format!("limited by {scope:?}");
        world
            .slash_in("ana", inc.channel, "incident note", &[("text", &text)])
            .await;
        world.see(inc.channel, &text).await;
        let posts: Vec<_> = world
            .discord
            .requests()
            .into_iter()
            .filter(|request| request.method == "POST" && request.path.ends_with("/messages"))
            .collect();
        let [.., refused, taken] = posts.as_slice() else {
            panic!("{posts:?}")
        };
        assert_eq!((refused.status, taken.status), (429, 200));
        let waited = (taken.at - refused.at).to_std().unwrap();
        assert!(waited >= retry_after, "{waited:?}");
        assert!(waited < Duration::from_secs(4), "{waited:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_global_limit_holds_everything_that_can_wait_and_no_answer() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let other = world.open("ben", "Mail is slow").await;
    world.all_said().await;
    let retry_after = Duration::from_secs(2);
    let scope = Scope::Global;
    let limited = Trouble::RateLimited { retry_after, scope };
    world.discord.faults().rest("POST", POSTS, 1, limited);
    let note = |text: &'static str| [("text", text)];
    world
        .slash_in("ana", inc.channel, "incident note", &note("first"))
        .await;
    let is_limited = |request: &discord_sandbox::Request| request.status == 429;
    let limited = world
        .until(async || world.discord.requests().into_iter().find(is_limited))
        .await;
    let answer = world
        .slash_in("ben", other.channel, "incident note", &note("second"))
        .await;
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    world.see(inc.channel, "first").await;
    world.see(other.channel, "second").await;
    let after = limited.at + retry_after;
    let early = world.discord.requests().into_iter().filter(|request| {
        let said = request.path.starts_with("/channels/");
        said && request.at > limited.at && request.at < after
    });
    assert_eq!(early.count(), 0);
}

/// However long Discord is down, what shows a state waits once.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_bounded_where_the_last_state_wins() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    world.all_said().await;
    let faults = world.discord.faults();
    faults.rest("*", "/channels/**", usize::MAX, Trouble::Status(503));
    let writer = Writer::start(world.store.clone());
    let key = world.key(inc.number);
    for n in 0..300 {
        let to = match n % 2 {
            0 => Status::Identified,
            _ => Status::Investigating,
        };
        let (message, at) = (None, None);
        let request = Request {
            guild: key.guild,
            target: Target::Incident(key.number),
            command: Command::SetStatus { to, message, at },
            context: Context {
                actor: Actor::Scribe,
                now: scribe::clock::now(),
                origin: None,
            },
            once: None,
            quiet: false,
        };
        writer.submit(request).await.unwrap();
    }
    writer.close().await;
    let waiting = world.store.pending(key).await.unwrap();
    for what in ["card", "topic", "announcement"] {
        let same = waiting.iter().filter(|item| item.what.what() == what);
        let count = same.count();
        assert!((1..=2).contains(&count), "{count} of {what} wait");
    }
    faults.clear();
    world.card(inc.channel).await;
    world.see(inc.channel, "#302").await;
}
