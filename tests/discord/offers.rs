//! What is offered while somebody types.

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn weeks_and_open_action_items_are_offered() {
    let world = World::start().await;
    let inc = world.open("ana", "API is down").await;
    for text in ["raise the limit", "write the postmortem"] {
        world
            .slash_in("ana", inc.channel, "incident action add", &[("text", text)])
            .await;
    }
    world
        .slash_in(
            "ana",
            inc.channel,
            "incident action done",
            &[("number", "1")],
        )
        .await;
    let offers = async |channel: &str, command: &str, values: &[(&str, &str)], option: &str| {
        let discord = &world.discord;
        let offered = discord.autocomplete("ben", channel, command, values, option);
        let offered = offered.await.unwrap();
        offered
            .into_iter()
            .map(|one| format!("{} {}", one.name, one.value))
            .collect::<Vec<_>>()
    };
    let values = [("number", ""), ("incident", "1")];
    let actions = offers("general", "incident action done", &values, "number").await;
    assert_eq!(actions, ["2. write the postmortem 2"]);
    let weeks = offers("general", "summary week", &[("week", "")], "week").await;
    assert_eq!((weeks.len(), weeks[0].as_str()), (25, "last \"last\""));
    let weeks = offers("general", "summary week", &[("week", "-w")], "week").await;
    assert!(weeks[0].contains("-W"), "{weeks:?}");
}
