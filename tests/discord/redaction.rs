//! A pasted secret that is really gone.

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_redaction_takes_every_version_of_what_it_names() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    let message = world.say("ben", inc.channel, "key is hunter1").await;
    let first = world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("key is hunter1")
        })
        .await;
    let edit = world
        .discord
        .edit("ben", inc.channel, message, "key is hunter2");
    edit.await.unwrap();
    world
        .entry(inc.number, |entry| {
            entry.fact.text() == Some("key is hunter2")
        })
        .await;
    let entry = first.seq.0.to_string();
    let values = [("entry", entry.as_str()), ("text", "the key is hunter3")];
    world
        .slash_in("ana", inc.channel, "incident correct", &values)
        .await;
    let values = [("entry", entry.as_str()), ("reason", "a key")];
    let answer = world
        .slash_in("ana", inc.channel, "incident redact", &values)
        .await;
    assert!(
        answer.text().starts_with("Recorded as #"),
        "{}",
        answer.text()
    );
    let log = serde_json::to_string(&world.log(inc.number).await).unwrap();
    for secret in ["hunter1", "hunter2", "hunter3"] {
        assert!(!log.contains(secret), "{secret} is in {log}");
    }
}
