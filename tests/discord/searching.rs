//! Finding what was written, and taking a record along.

use discord_sandbox::Options;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_people_wrote_is_found_newest_first_and_by_page() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    world
        .say("ben", inc.channel, "the *pool* is exhausted, @everyone")
        .await;
    world
        .entry(1, |entry| {
            entry.fact.text().is_some_and(|text| text.contains("pool"))
        })
        .await;
    let other = world.open("ana", "Login is slow").await;
    world
        .slash_in(
            "cho",
            other.channel,
            "incident note",
            &[("text", "another pool")],
        )
        .await;
    let said = world
        .slash("dee", "incident search", &[("text", "pool")])
        .await
        .text();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(
        lines[0].starts_with("**INC-2** #") && lines[0].ends_with("Cho: another **pool**"),
        "{said}"
    );
    assert!(
        lines[1].contains("Ben: the \\***pool**\\* is exhausted, @\u{200b}everyone"),
        "{said}"
    );
    assert!(
        lines[1].contains("](<https://discord.com/channels/"),
        "{said}"
    );
    let by = |values: &'static [(&str, &str)]| async {
        world.slash("dee", "incident search", values).await.text()
    };
    assert_eq!(
        by(&[("text", "pool"), ("person", "ben")])
            .await
            .lines()
            .count(),
        1
    );
    assert!(
        by(&[("text", "pool"), ("severity", "SEV4")])
            .await
            .starts_with("Nothing that you may see")
    );
    assert!(
        by(&[("text", "pool"), ("to", "1h ago")])
            .await
            .starts_with("Nothing that you may see")
    );
    assert!(
        by(&[("text", "pool"), ("from", "next year")])
            .await
            .contains("next year")
    );
    for n in 0..10 {
        let text = format!("shard {n}");
        world
            .slash_in("cho", other.channel, "incident note", &[("text", &text)])
            .await;
    }
    let said = world
        .slash("dee", "incident search", &[("text", "shard")])
        .await
        .text();
    assert!(
        said.contains("9") && said.contains("-# Page 1 of `/incident search text:shard`"),
        "{said}"
    );
    let said = world
        .slash(
            "dee",
            "incident search",
            &[("text", "shard"), ("page", "2")],
        )
        .await
        .text();
    assert_eq!(said.matches("shard**").count(), 2, "{said}");
    let said = world
        .slash(
            "dee",
            "incident search",
            &[("text", "shard"), ("page", "3")],
        )
        .await
        .text();
    assert!(said.starts_with("There is no page 3"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_narrows_a_search() {
    let world = World::start().await;
    let values = [("title", "Errors in the API"), ("components", "API")];
    world.open_with("ana", &values).await;
    world
        .open_with("ana", &[("title", "Errors elsewhere")])
        .await;
    let values = [("text", "errors"), ("component", "api")];
    world
        .slash("ana", "scribe components add", &[("name", "API")])
        .await;
    let said = world.slash("dee", "incident search", &values).await.text();
    assert!(
        said.starts_with("**INC-1**") && !said.contains("elsewhere"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_handed_out_whole_in_each_form() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    world
        .say("ben", inc.channel, "rolled back <b>812</b>")
        .await;
    world
        .entry(1, |entry| {
            entry.fact.text().is_some_and(|text| text.contains("812"))
        })
        .await;
    for (format, name, shows) in [
        ("md", "inc-1.md", "812"),
        ("html", "inc-1.html", "rolled back &lt;b&gt;812"),
        ("json", "inc-1.jsonl", "rolled back <b>812</b>"),
    ] {
        let answer = world
            .slash_in("cho", inc.channel, "incident export", &[("format", format)])
            .await;
        let answer = world
            .until(async || {
                let now = world.discord.refresh(&answer);
                (!now.files.is_empty()).then_some(now)
            })
            .await;
        assert!(answer.ephemeral);
        assert_eq!(answer.files[0].name, name);
        let text = answer.files[0].text();
        assert!(text.contains(shows), "{text}");
        if format == "json" {
            let file = text.into_bytes();
            scribe::store::check_export(&mut file.as_slice()).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_too_large_for_discord_says_where_to_get_it() {
    let options = Options {
        attachment_limit: 300,
        ..Options::default()
    };
    let world = World::with(options).await;
    let inc = world.open("ana", "Payments fail").await;
    let answer = world
        .slash_in("cho", inc.channel, "incident export", &[("format", "json")])
        .await;
    let said = world
        .until(async || {
            let said = world.discord.refresh(&answer).text();
            (!said.is_empty()).then_some(said)
        })
        .await;
    assert!(
        said.contains("files of up to 1 KiB here. `format:md` is shorter, and whoever runs Scribe"),
        "{said}"
    );
    assert!(said.contains("`scribe export INC-1`"), "{said}");
}
