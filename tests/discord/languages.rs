//! Who is answered in which language, and who is told.

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_is_answered_in_their_language_and_all_are_told_in_the_servers() {
    let world = World::start().await;
    world.discord.set_locale("ben", "de");
    let inc = world.open("ana", "API is down").await;
    let status = [
        ("state", "identified"),
        ("message", "Release 812"),
        ("incident", "INC-1"),
    ];
    let answer = world.slash("ben", "incident status", &status).await;
    let said = answer.text();
    assert!(said.contains("von INC-1 aufgezeichnet"), "{said}");
    world.see(inc.channel, "Status: **identified**").await;
    let same = [("state", "identified"), ("incident", "INC-1")];
    let answer = world.slash("ben", "incident status", &same).await;
    let said = answer.text();
    assert!(
        said.starts_with("Der Status ist schon **Ursache bekannt**"),
        "{said}"
    );
    let answer = world.slash("ana", "incident status", &same).await;
    let said = answer.text();
    assert!(said.starts_with("The status is already"), "{said}");
    world.see(inc.channel, "**identified** since").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_server_is_told_in_german_and_who_speaks_english_answered_in_english() {
    let world = World::start().await;
    world.discord.set_guild_locale(world.discord.guild(), "de");
    let page = world.slash("ana", "scribe setup", &[]).await;
    let said = page.text();
    assert!(said.contains("Language: **Deutsch**"), "{said}");
    let inc = world.open("ana", "API is down").await;
    world.see(inc.channel, "**wird untersucht** seit").await;
    // Roles are offered by their names in the asker's language, and meant by either.
    world.discord.set_locale("ben", "de");
    let typed = [("name", "prot"), ("user", "cho")];
    let offered = world
        .discord
        .autocomplete("ben", inc.channel, "incident role", &typed, "name")
        .await
        .unwrap();
    let [offered] = offered.try_into().unwrap();
    assert_eq!(
        (offered.name.as_str(), offered.value.as_str()),
        ("Protokoll", Some("scribe"))
    );
    let typed = [("name", "Protokoll"), ("user", "cho")];
    world
        .slash_in("ben", inc.channel, "incident role", &typed)
        .await;
    world.see(inc.channel, "ist jetzt **Protokoll**").await;
    let shown = world
        .slash_in("dee", inc.channel, "incident show", &[])
        .await;
    let text = shown.text();
    assert!(
        text.contains("scribe: <@") && text.contains("**investigating** since"),
        "{text}"
    );
    let note = [("text", "Rolled back"), ("incident", "INC-1")];
    let answer = world.slash("ana", "incident note", &note).await;
    let said = answer.text();
    assert!(said.contains("Recorded as"), "{said}");
    let page = world.slash("ana", "scribe setup", &[]).await;
    world
        .discord
        .click_label("ana", "general", page.message_id.unwrap(), "English")
        .await
        .unwrap();
    let status = [("state", "identified"), ("incident", "INC-1")];
    world.slash("ana", "incident status", &status).await;
    world.see(inc.channel, "**identified** since").await;
}
