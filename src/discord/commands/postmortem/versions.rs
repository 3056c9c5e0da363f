//! `/postmortem versions`

use poise::serenity_prelude as serenity;

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::{Section, Seq};
use crate::report::postmortem::{Version, changes, versions as versions_of};
use crate::words;

/// How many versions are listed.
const LISTED: usize = 10;

/// How much of a comparison stands in the answer; the whole is in the file beside it.
const SHOWN: usize = 900;

/// Who wrote a section when, and what changed between two versions
#[poise::command(slash_command, guild_only)]
pub(super) async fn versions(
    ctx: Ctx<'_>,
    #[description = "Which section"] section: Section,
    #[description = "The version to compare from, such as 57. Left out: the one before"]
    #[autocomplete = "suggest::versions"]
    from: Option<String>,
    #[description = "The version to compare to. Left out: the last"]
    #[autocomplete = "suggest::versions"]
    to: Option<String>,
    #[description = "Which incident, when this channel is not its own: INC-42, 42 or its title"]
    #[autocomplete = "suggest::incidents"]
    incident: Option<String>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let incident = asked.incident(incident.as_deref()).await?;
    let log = asked.scribe.store.log(incident.key).await?;
    let all = versions_of(&incident, &log, section);
    if all.is_empty() {
        return Err(Failure::Told(words::postmortem::never_written(section)));
    }
    let hidden = all.len().saturating_sub(LISTED);
    let lines: Vec<String> = all[hidden..]
        .iter()
        .map(|one| {
            let chars = one.text.map(|text| text.chars().count());
            words::postmortem::version_line(one.entry, chars, one.stands)
        })
        .collect();
    let mut text = words::postmortem::versions(section, &lines, hidden);
    let readable: Vec<&Version<'_>> = all.iter().filter(|one| one.text.is_some()).collect();
    let chosen = |typed: Option<&str>, usual: Option<usize>| match typed {
        Some(typed) => named(&readable, typed, section).map(Some),
        None => Ok(usual.and_then(|at| readable.get(at).copied())),
    };
    let to = chosen(to.as_deref(), readable.len().checked_sub(1))?;
    let at = readable
        .iter()
        .position(|one| Some(one.entry.seq) == to.map(|to| to.entry.seq));
    let from = chosen(from.as_deref(), at.and_then(|at| at.checked_sub(1)))?;
    let mut file = None;
    if let (Some(from), Some(to)) = (from, to) {
        let (before, after) = (from.entry.seq, to.entry.seq);
        let diff = changes(from.text.unwrap_or(""), to.text.unwrap_or(""));
        if diff.is_empty() {
            text += &format!("\n{}", words::postmortem::same_versions(before, after));
        } else {
            let short = words::postmortem::in_a_block("diff", &diff, SHOWN);
            text += &format!("\n{}\n{short}", words::postmortem::compared(before, after));
            if diff.chars().count() > SHOWN {
                let name = format!("{section}-{}-{}.diff", before.0, after.0);
                file = Some(serenity::CreateAttachment::bytes(diff, name));
            }
        }
    }
    asked
        .show(Page {
            text,
            file,
            ..Page::default()
        })
        .await
}

fn named<'a, 'b>(
    readable: &[&'b Version<'a>],
    typed: &str,
    section: Section,
) -> Result<&'b Version<'a>, Failure> {
    let seq = typed.trim().trim_start_matches('#').parse().map(Seq);
    let found = readable.iter().find(|one| Ok(one.entry.seq) == seq);
    found.copied().ok_or_else(|| {
        let known: Vec<Seq> = readable.iter().map(|one| one.entry.seq).collect();
        Failure::Told(words::postmortem::no_version(typed, section, &known))
    })
}
