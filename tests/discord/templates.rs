//! A guild's own templates.

use discord_sandbox::Answer;

use crate::world::World;

async fn template(world: &World, command: &str, format: &str, file: Option<&[u8]>) -> Answer {
    let upload = file.map(|bytes| world.discord.upload("mine.hbs", bytes));
    let mut values = vec![("format", format)];
    if let Some(upload) = &upload {
        values.push(("file", upload));
    }
    world
        .slash("ana", &format!("scribe template {command}"), &values)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guild_writes_its_postmortems_its_own_way() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let usual = template(&world, "show", "md", None).await;
    assert!(
        usual.text().contains("Scribe's template"),
        "{}",
        usual.text()
    );
    let start = usual.files[0].text();
    assert!(start.contains("## Summary"), "{start}");
    let mine = start.replace("## Summary", "## What happened at Acme");
    let said = template(&world, "set", "md", Some(mine.as_bytes())).await;
    assert!(
        said.text().contains("with your template from now on"),
        "{}",
        said.text()
    );
    assert!(said.files[0].text().contains("## What happened at Acme"));
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    let draft = world.see_file(inc.channel, "postmortem.md").await;
    assert!(
        draft.contains("## What happened at Acme") && draft.contains("Payments fail"),
        "{draft}"
    );
    let shown = template(&world, "show", "md", None).await;
    assert!(
        shown.text().contains("your own") && shown.text().contains("Ana"),
        "{}",
        shown.text()
    );
    assert_eq!(shown.files[0].text(), mine);

    let page = "<!doctype html>\n<html>\n<head>\n<title>Acme</title>\n</head>\n<body>{{title}}</body>\n</html>\n";
    let said = template(&world, "set", "html", Some(page.as_bytes())).await;
    assert!(said.text().contains("HTML"), "{}", said.text());
    let values = [("format", "html")];
    let html = world
        .slash_in("cho", inc.channel, "postmortem show", &values)
        .await;
    assert!(html.files[0].text().contains("<body>Payments fail</body>"));
    // Another guild keeps Scribe's.
    let other = world.discord.add_guild("Other", "dan");
    let own = world
        .store
        .own_templates(scribe::incident::GuildId(other.0))
        .await
        .unwrap();
    assert_eq!(own, scribe::store::OwnTemplates::default());

    let said = template(&world, "reset", "md", None).await;
    assert!(
        said.text().contains("Scribe's template again"),
        "{}",
        said.text()
    );
    let again = template(&world, "reset", "md", None).await;
    assert!(again.text().contains("already"), "{}", again.text());
    let key = world.key(inc.number);
    let history = world
        .store
        .template_history(key.guild, scribe::incident::DocumentFormat::Md)
        .await
        .unwrap();
    assert_eq!(history.len(), 2, "what held before is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_template_is_refused_with_its_line_and_changes_nothing() {
    let world = World::start().await;
    for (format, bad, said) in [
        ("md", &b"# {{name}}\n\n{{nothing}}\n"[..], "line 3"),
        ("md", b"{{#if title}}", "not taken"),
        ("md", b"{{> postmortem}}", "not allowed"),
        ("html", b"<p>{{title}}</p>", "a page begins with"),
        ("md", b"\xFF\xFE", "no text in UTF-8"),
        ("json", b"{}", "without a template"),
    ] {
        let refused = template(&world, "set", format, Some(bad)).await;
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    let large = template(&world, "set", "md", Some(&vec![b'x'; 100_000])).await;
    assert!(large.text().contains("kB are read"), "{}", large.text());
    let key = world.key(1);
    let own = world.store.own_templates(key.guild).await.unwrap();
    assert_eq!(own, scribe::store::OwnTemplates::default());
    let hidden = world
        .discord
        .slash(
            "cho",
            "general",
            "scribe template show",
            &[("format", "md")],
        )
        .await;
    assert!(hidden.is_err(), "Discord hides it from those who may not");
}
