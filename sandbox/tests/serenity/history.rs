//! Reading what was said, page by page.

use serenity::all::GetMessages;

use crate::bot::{all_kept_the_rules, world};
use crate::messages::general;

#[tokio::test]
async fn pages_join_without_gap_or_overlap() {
    let (sandbox, bot) = world().await;
    let channel = general(&sandbox);
    let mut said = Vec::new();
    for n in 0..250 {
        said.push(
            sandbox
                .say("ben", "#general", &format!("line {n}"))
                .await
                .unwrap()
                .get(),
        );
    }
    let mut forward = Vec::new();
    let mut after = said[9];
    loop {
        let page = channel
            .messages(&bot.http, GetMessages::new().after(after).limit(100))
            .await
            .unwrap();
        let Some(newest) = page.first() else { break };
        assert!(
            page.windows(2).all(|pair| pair[0].id > pair[1].id),
            "a page is newest first"
        );
        after = newest.id.get();
        forward.extend(page.iter().rev().map(|m| m.id.get()));
    }
    assert_eq!(forward, said[10..]);
    let mut backward = Vec::new();
    let mut before = u64::MAX >> 1;
    loop {
        let page = channel
            .messages(&bot.http, GetMessages::new().before(before).limit(99))
            .await
            .unwrap();
        let Some(oldest) = page.last() else { break };
        before = oldest.id.get();
        backward.extend(page.iter().map(|m| m.id.get()));
    }
    backward.reverse();
    assert_eq!(backward, said);
    let around = channel
        .messages(&bot.http, GetMessages::new().around(said[100]).limit(3))
        .await
        .unwrap();
    let around: Vec<_> = around.iter().rev().map(|m| m.id.get()).collect();
    assert_eq!(around, said[99..=101]);
    all_kept_the_rules(&sandbox);
}

#[tokio::test]
async fn a_page_holds_a_hundred_at_most() {
    let (sandbox, _bot) = world().await;
    let channel = general(&sandbox);
    let url = format!(
        "{}/api/v10/channels/{channel}/messages?limit=101",
        sandbox.url()
    );
    let authorised = reqwest::Client::new()
        .get(url)
        .header("authorization", format!("Bot {}", sandbox.token()));
    assert_eq!(authorised.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn messages_can_be_older_than_the_sandbox() {
    let (sandbox, bot) = world().await;
    let then = "2025-07-08T15:27:00Z".parse().unwrap();
    sandbox
        .say_at("ben", "#general", "first", then)
        .await
        .unwrap();
    sandbox
        .say_at("cho", "#general", "second", then)
        .await
        .unwrap();
    let page = general(&sandbox)
        .messages(&bot.http, GetMessages::new())
        .await
        .unwrap();
    assert_eq!(page[1].content, "first");
    assert_eq!(page[1].timestamp.unix_timestamp(), then.timestamp());
    assert_eq!(sandbox.messages("#general")[0].at, then);
}
