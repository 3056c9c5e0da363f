//! Writing the sections of a postmortem.

use discord_sandbox::Answer;
use scribe::incident::{Fact, Section};

use crate::world::{Opened, World};

pub(crate) async fn form(world: &World, who: &str, inc: Opened, section: &str) -> Answer {
    let form = world
        .slash_in(
            who,
            inc.channel,
            "postmortem write",
            &[("section", section)],
        )
        .await;
    assert!(form.modal.is_some(), "{}", form.text());
    form
}

/// What stands in a form, its fields one after another.
fn inside(form: &Answer) -> Vec<String> {
    let fields = form.modal.as_ref().unwrap().fields.iter();
    fields.map(|field| field.value.clone()).collect()
}

pub(crate) async fn send(world: &World, who: &str, form: &Answer, text: &str) -> Answer {
    let first = form.modal.as_ref().unwrap().fields[0].custom_id.clone();
    let values = [(first.as_str(), text)];
    world.discord.submit(who, form, &values).await.unwrap()
}

async fn draft(world: &World, who: &str, inc: Opened) -> String {
    let shown = world
        .slash_in(who, inc.channel, "postmortem show", &[])
        .await;
    shown.files[0].text()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_section_is_written_in_a_form_and_stays_when_the_draft_is_made_again() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let note = [("text", "root cause: the certificate ran out")];
    world
        .slash_in("ben", inc.channel, "incident note", &note)
        .await;
    let form_of_ben = form(&world, "ben", inc, "root cause").await;
    assert_eq!(
        form_of_ben.modal.as_ref().unwrap().title,
        "INC-1: Root cause"
    );
    let offered = &inside(&form_of_ben)[0];
    assert!(
        offered.starts_with("From the log") && offered.contains("the certificate ran out"),
        "{offered}"
    );
    let text =
        "The certificate ran out.\n\n- nobody owned it @everyone\n- the alert went to `nobody`";
    let said = send(&world, "ben", &form_of_ben, text).await;
    assert!(
        said.ephemeral && said.text().contains("is written, as #"),
        "{}",
        said.text()
    );
    let told = world
        .see(inc.channel, "Postmortem: **Root cause** is written")
        .await;
    assert!(told.text().contains("Ben"), "{}", told.text());
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident status",
            &[("state", "resolved")],
        )
        .await;
    let shown = draft(&world, "cho", inc).await;
    assert!(
        shown.contains("## Root cause\n\nThe certificate ran out.\n\n- nobody owned it @\u{200B}everyone\n- the alert went to \\`nobody\\`"),
        "{shown}"
    );
    // The form has the words again, and what is sent unchanged is no version.
    let again = form(&world, "cho", inc, "root cause").await;
    assert_eq!(inside(&again)[0], text);
    let said = send(&world, "cho", &again, text).await;
    assert!(said.text().contains("stands so already"), "{}", said.text());
    let nothing = form(&world, "cho", inc, "lucky").await;
    assert_eq!(inside(&nothing), [""]);
    let said = send(&world, "cho", &nothing, "  ").await;
    assert!(said.text().contains("nothing to read"), "{}", said.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_a_section_at_once_lose_nothing() {
    let mut world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let first = form(&world, "ana", inc, "went well").await;
    send(&world, "ana", &first, "The rollback was quick.").await;
    let of_ana = form(&world, "ana", inc, "went well").await;
    let of_ben = form(&world, "ben", inc, "went well").await;
    send(&world, "ana", &of_ana, "The rollback took a minute.").await;
    let said = send(&world, "ben", &of_ben, "The status page was honest.").await;
    assert!(
        said.text().contains("Ana wrote **What went well**"),
        "{}",
        said.text()
    );
    let shown = draft(&world, "cho", inc).await;
    let (ana, ben) = (shown.find("took a minute"), shown.find("was honest"));
    assert!(ana.is_some() && ana < ben, "{shown}");
    assert!(
        !shown
            .split("## Appendix")
            .next()
            .unwrap()
            .contains("was quick"),
        "{shown}"
    );
    world.kill_bot().await;
    world.start_bot().await;
    let message = said.message_id.unwrap();
    let together = world
        .discord
        .click_label("ben", inc.channel, message, "Bring them together")
        .await
        .unwrap();
    let both = &inside(&together)[0];
    assert!(
        both.contains("took a minute")
            && both.contains("was honest")
            && both.contains("--- Ben wrote"),
        "{both}"
    );
    let said = send(
        &world,
        "ben",
        &together,
        "A quick rollback, an honest page.",
    )
    .await;
    assert!(said.text().contains("is written, as #"), "{}", said.text());
    let incident = world.incident(inc.number).await;
    assert_eq!(incident.words[&Section::WentWell].len(), 1);
    let shown = draft(&world, "cho", inc).await;
    assert!(
        !shown
            .split("## Appendix")
            .next()
            .unwrap()
            .contains("took a minute"),
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_section_takes_several_fields_and_a_longer_one_a_file() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let line = "All of it matters. ".repeat(5);
    let long = vec![line.trim(); 100].join("\n");
    let file = world.discord.upload("impact.md", long.as_bytes());
    let write = |file: String| {
        let world = &world;
        async move {
            let values = [("section", "impact"), ("file", file.as_str())];
            world
                .slash_in("ana", inc.channel, "postmortem write", &values)
                .await
        }
    };
    let said = write(file).await;
    assert!(said.text().contains("is written, as #"), "{}", said.text());
    let opened = form(&world, "ana", inc, "impact").await;
    let fields = inside(&opened);
    assert_eq!(
        fields
            .iter()
            .map(|field| field.len() > 3_000)
            .collect::<Vec<_>>(),
        [true, true, false]
    );
    assert_eq!(fields.join("\n"), long);
    let last = opened.modal.as_ref().unwrap().fields[2].custom_id.clone();
    let values = [(last.as_str(), "The end.")];
    world.discord.submit("ana", &opened, &values).await.unwrap();
    let written = world
        .entry(inc.number, |entry| {
            matches!(&entry.fact, Fact::SectionWritten { text, .. } if text.ends_with("\nThe end."))
        })
        .await;
    assert!(
        written
            .fact
            .text()
            .unwrap()
            .starts_with(&format!("{}\n{}", line.trim(), line.trim()))
    );

    let longer = "x y\n".repeat(6_000);
    let file = world.discord.upload("impact.md", longer.as_bytes());
    write(file).await;
    let refused = world
        .slash_in(
            "ana",
            inc.channel,
            "postmortem write",
            &[("section", "impact")],
        )
        .await;
    assert!(
        refused.text().contains("a form on Discord holds 20000"),
        "{}",
        refused.text()
    );
    assert_eq!(refused.files[0].text().trim(), longer.trim());
    let endless = world.discord.upload("x.md", &vec![b'x'; 200_000]);
    let said = write(endless).await;
    assert!(
        said.text().contains("200 kB, and 128 kB are read"),
        "{}",
        said.text()
    );
    let binary = world.discord.upload("x.md", &[0xFF, 0xFE, 0x00]);
    let said = write(binary).await;
    assert!(said.text().contains("no text in UTF-8"), "{}", said.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_are_listed_and_compared() {
    let world = World::start().await;
    let inc = world.open("ana", "Payments fail").await;
    let versions = |more: Vec<(&'static str, String)>| {
        let world = &world;
        async move {
            let mut values = vec![("section", "root cause")];
            values.extend(more.iter().map(|(name, value)| (*name, value.as_str())));
            world
                .slash_in("cho", inc.channel, "postmortem versions", &values)
                .await
        }
    };
    let none = versions(Vec::new()).await;
    assert!(
        none.text().contains("Nobody has written"),
        "{}",
        none.text()
    );
    for (who, text) in [
        ("ana", "A deploy.\nNo canary."),
        ("ben", "The deploy of 812.\nNo canary."),
        ("ben", "The deploy of 812.\nNo canary. ```"),
    ] {
        let opened = form(&world, who, inc, "root cause").await;
        send(&world, who, &opened, text).await;
    }
    let listed = versions(Vec::new()).await.text();
    assert!(
        listed.contains("3 versions") && listed.contains("· Ana · 20 characters\n"),
        "{listed}"
    );
    assert!(listed.contains("in the draft"), "{listed}");
    let seqs: Vec<u32> = world
        .log(inc.number)
        .await
        .iter()
        .filter(|entry| matches!(entry.fact, Fact::SectionWritten { .. }))
        .map(|entry| entry.seq.0)
        .collect();
    let chosen = [
        ("from", seqs[0].to_string()),
        ("to", format!("#{}", seqs[1])),
    ];
    let compared = versions(chosen.to_vec()).await.text();
    assert!(
        compared.contains("-A deploy.\n+The deploy of 812.\n No canary."),
        "{compared}"
    );
    let wrong = versions(vec![("from", "1".to_owned())]).await.text();
    assert!(wrong.contains("no version of **Root cause**"), "{wrong}");
    let values = [("section", "root cause"), ("from", "")];
    let offers = world
        .discord
        .autocomplete("cho", inc.channel, "postmortem versions", &values, "from")
        .await
        .unwrap();
    assert_eq!(offers.len(), 3);
    // What is redacted is in no version and no form any more.
    let entry = seqs[1].to_string();
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident redact",
            &[("entry", &entry), ("reason", "a secret")],
        )
        .await;
    let listed = versions(Vec::new()).await.text();
    assert!(listed.contains("removed for good"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_of_a_private_incident_are_its_members() {
    let world = World::start().await;
    let inc = world
        .open_with("ana", &[("title", "A leak"), ("private", "true")])
        .await;
    let opened = form(&world, "ana", inc, "root cause").await;
    send(&world, "ana", &opened, "A key in a log.").await;
    for command in ["postmortem write", "postmortem versions"] {
        let values = [("section", "root cause"), ("incident", "1")];
        let refused = world.slash("ben", command, &values).await;
        assert!(refused.modal.is_none());
        assert!(
            refused.text().contains("There is no incident"),
            "{}",
            refused.text()
        );
    }
    let values = [("section", "root cause"), ("incident", "1"), ("from", "")];
    let offers = world
        .discord
        .autocomplete("ben", "general", "postmortem versions", &values, "from")
        .await
        .unwrap();
    assert!(offers.is_empty());
}
