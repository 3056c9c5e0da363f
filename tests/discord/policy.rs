//! The form of `/scribe policy`: what holds stands in it, and nothing that was
//! typed is lost.

use discord_sandbox::Answer;

use crate::world::World;

fn fields(form: &Answer) -> Vec<String> {
    let modal = form.modal.as_ref().expect("a form");
    let values = modal.fields.iter().map(|field| field.value.clone());
    values.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_has_what_holds_and_saves_what_was_typed() {
    let world = World::start().await;
    let form = world.slash("ana", "scribe policy", &[]).await;
    let holds = [
        "update 30m, commander 10m, silence 15m, open 4h, postmortem 5 days",
        "update 1h, commander 15m, silence 15m, open 8h, postmortem 7 days",
        "update 4h, open 3d",
        "off",
        "actions on",
    ];
    assert_eq!(fields(&form), holds);
    let typed = [
        (
            "SEV1",
            "update 20m, silence 25m, open 2 hours, postmortem 1 week",
        ),
        ("SEV2", "update 1h"),
        ("SEV3", ""),
        ("all", "quiet 22-7, loud SEV1, actions off"),
    ];
    let saved = world.discord.submit("ana", &form, &typed).await.unwrap();
    let said = saved.text();
    for part in [
        "**SEV1**: no update for 20m, no word from the commander for 25m, open for 2h and no postmortem 7 days after",
        "**SEV2**: no update for 1h\n",
        "**SEV3**: off",
        "Action items: off",
        "Quiet hours: 22:00-07:00 UTC, but not while a SEV1 or worse is open",
        "Who may do what: as usual",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    let form = world.slash("ana", "scribe policy", &[]).await;
    assert_eq!(
        fields(&form)[0],
        "update 20m, silence 25m, open 2h, postmortem 7 days",
        "it stands there as it is now"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_value_is_answered_and_what_was_typed_stands_in_the_form_again() {
    let mut world = World::start().await;
    let form = world.slash("ana", "scribe policy", &[]).await;
    let typed = [
        ("SEV1", "update 20m"),
        ("SEV2", "open whenever"),
        ("SEV4", "update 1d"),
    ];
    let refused = world.discord.submit("ana", &form, &typed).await.unwrap();
    let said = refused.text();
    let why = "SEV2: `whenever` is no time I can wait. Write one from 5 minutes to 30 days";
    assert!(said.contains(why), "{said}");
    let guild = world.key(1).guild;
    assert!(
        world
            .store
            .settings_history(guild)
            .await
            .unwrap()
            .is_empty()
    );
    world.kill_bot().await;
    world.start_bot().await;
    let message = refused.message_id.unwrap();
    let again = world
        .discord
        .click("ana", "general", message, "scribe:policy")
        .await
        .unwrap();
    let stands = [
        "update 20m",
        "open whenever",
        "update 4h, open 3d",
        "update 1d",
        "actions on",
    ];
    assert_eq!(fields(&again), stands);
    let typed = [("SEV2", "open 6h")];
    let saved = world.discord.submit("ana", &again, &typed).await.unwrap();
    let said = saved.text();
    for part in [
        "**SEV1**: no update for 20m\n",
        "**SEV2**: open for 6h\n",
        "**SEV4**: no update for 1d\n",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_changed_meanwhile_is_not_overwritten_unseen() {
    let world = World::start().await;
    let form = world.slash("ana", "scribe policy", &[]).await;
    let values = [("severity", "SEV4"), ("update", "2h")];
    world.slash("ana", "scribe policy", &values).await;
    let typed = [("SEV1", "update 20m")];
    let told = world.discord.submit("ana", &form, &typed).await.unwrap();
    let said = told.text();
    assert!(said.contains("Somebody changed these times"), "{said}");
    assert!(said.contains("**SEV4**: no update for 2h"), "{said}");
    let settings = world.store.settings(world.key(1).guild).await.unwrap();
    assert_eq!(
        settings.reminders.sev1.update,
        Some(30),
        "nothing was changed"
    );
    let again = world
        .discord
        .click("ana", "general", told.message_id.unwrap(), "scribe:policy")
        .await
        .unwrap();
    assert_eq!(fields(&again)[0], "update 20m");
    let saved = world
        .discord
        .submit("ana", &again, &[("SEV4", "update 2h")]);
    let said = saved.await.unwrap().text();
    let sev1 = "**SEV1**: no update for 20m\n";
    assert!(said.contains(sev1), "{said}");
    assert!(said.contains("**SEV4**: no update for 2h\n"), "{said}");
}
