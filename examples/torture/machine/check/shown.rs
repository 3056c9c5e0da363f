//! Everything that Scribe had to say was shown, once.

use anyhow::Context as _;
use discord_sandbox::{ChannelKind, SeenMessage, Snowflake};
use scribe::incident::{Fact, Outgoing, Status};
use scribe::words;

use super::Kept;
use crate::machine::scene::{Guild, Scene};

/// What the channels lack or have too much of.
pub(super) async fn findings(scene: &Scene, kept: &[Kept]) -> anyhow::Result<Vec<String>> {
    let mut findings = Vec::new();
    for one in kept {
        let (name, key) = (one.name(), one.key());
        let number = key.number;
        let guild = scene.guilds.iter();
        let guild = guild
            .copied()
            .find(|guild| guild.id.0 == key.guild.0)
            .context("an incident of another guild")?;
        let announced = scene.discord.messages(guild.announcements);
        for item in scene.store.pending(key).await? {
            // Discord lets a topic change twice in ten minutes.
            if item.what != Outgoing::Topic || item.failed_at.is_some() {
                findings.push(format!(
                    "{name}: {:?} was not said after {} tries: {:?}",
                    item.what, item.attempts, item.error
                ));
            }
        }
        let mut found = channel(scene, guild, one);
        let title = words::announcement(&one.incident).title;
        let cards = announced
            .iter()
            .filter(|message| begins_with(message, &format!("{number} ")));
        let cards: Vec<_> = cards.collect();
        match cards.as_slice() {
            [card] if begins_with(card, &title) => {}
            [card] => found.push(format!("announced as {:?}", card.text())),
            cards => found.push(format!("announced {} times", cards.len())),
        }
        findings.extend(found.into_iter().map(|wrong| format!("{name}: {wrong}")));
    }
    Ok(findings)
}

fn begins_with(message: &SeenMessage, title: &str) -> bool {
    let embed = message.embeds.first();
    let shown = embed.and_then(|embed| embed["title"].as_str());
    shown.is_some_and(|shown| format!("{shown} ").starts_with(title))
}

fn channel(scene: &Scene, guild: Guild, one: &Kept) -> Vec<String> {
    let mut findings = Vec::new();
    let prefix = format!("inc-{}-", one.key().number.0);
    let channels = scene.discord.channels();
    let channels: Vec<Snowflake> = channels
        .iter()
        .filter(|channel| channel.kind == ChannelKind::Text && channel.guild == Some(guild.id))
        .filter(|channel| format!("{}-", channel.name).starts_with(&prefix))
        .map(|channel| channel.id)
        .collect();
    let place = one.incident.place.map(|(channel, _)| Snowflake(channel.0));
    if place.is_none() || channels.len() != 1 || channels.first() != place.as_ref() {
        findings.push(format!(
            "its channel is {place:?}, and there are {channels:?}"
        ));
        return findings;
    }
    let messages = scene.discord.messages(channels[0]);
    let said: Vec<&SeenMessage> = messages
        .iter()
        .filter(|message| message.author == "Scribe" && matches!(message.kind, 0 | 19))
        .collect();
    let mut expected = 0;
    let mut count = |what: String, times: usize, found: usize| {
        expected += times;
        if found != times {
            findings.push(format!("{what} is shown {found} times instead of {times}"));
        }
    };
    for entry in &one.log {
        if let Some(told) = words::tell(&one.incident, entry) {
            let shown = said.iter().filter(|message| message.content == told);
            count(format!("{told:?}"), 1, shown.count());
        }
    }
    let resolved = one.log.iter().filter(
        |entry| matches!(entry.fact, Fact::StatusChanged { to, .. } if to == Status::Resolved),
    );
    let drafts = said
        .iter()
        .filter(|message| message.file("postmortem.md").is_some());
    count("a draft".to_owned(), resolved.count(), drafts.count());
    let cards: Vec<_> = said
        .iter()
        .filter(|message| !message.embeds.is_empty())
        .collect();
    count("the card".to_owned(), 1, cards.len());
    let pins = scene.discord.pins(channels[0]);
    let pins: Vec<Snowflake> = pins.iter().map(|message| message.id).collect();
    if cards.first().map(|card| vec![card.id]) != Some(pins.clone()) {
        findings.push(format!("pinned is {pins:?}"));
    }
    if let Some(card) = cards.first() {
        let wanted = words::card(&one.incident);
        let text = card.text();
        if let Some((name, value)) = wanted
            .fields
            .iter()
            .find(|(_, value)| !text.contains(value.as_str()))
        {
            findings.push(format!("the card does not show {name} {value}: {text:?}"));
        }
    }
    if expected != said.len() {
        findings.push(format!(
            "Scribe said {} instead of {expected} things",
            said.len()
        ));
    }
    findings
}
