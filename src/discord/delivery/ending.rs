//! Putting an incident's channel or thread away once it is over and quiet, and
//! bringing it back. Nothing is ever deleted.

use poise::serenity_prelude as serenity;
use serde_json::{Value, json};

use crate::discord::rest::{Rest, RestError};
use crate::discord::scribe::Scribe;
use crate::incident::ending::{Archived, EndPolicy, PlaceBefore, lock, unlock};
use crate::incident::{Actor, ChannelId, Command, Context, Incident, Place, Seq};
use crate::store::{Request, Target};
use crate::words;

use super::archive::{self, Kept};
use super::asleep::{self, change};
use super::failure::{Failure, answer, is_gone};

/// What nobody may do in a channel that was put away: write in it, and in threads.
const WRITING: u64 = serenity::Permissions::SEND_MESSAGES
    .union(serenity::Permissions::SEND_MESSAGES_IN_THREADS)
    .union(serenity::Permissions::CREATE_PUBLIC_THREADS)
    .bits();

/// Puts the place away, if that end is still the last there was.
pub(super) async fn archive(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    end: Seq,
) -> Result<(), Failure> {
    let policy = scribe.store.settings(incident.key.guild).await?.ends;
    let Some((channel, place)) = incident.place else {
        return Ok(());
    };
    let over = incident.ended_by() == Some(end) && incident.adopted_since.is_none();
    if !over || policy.after(place).is_none() {
        return Ok(());
    }
    // Two that fill a category at once would both make the next one.
    let _one_at_a_time = scribe.archiving.lock().await;
    match place {
        Place::Thread => {
            let locked = policy.lock;
            if remember(scribe, incident, end, locked, PlaceBefore::default())
                .await?
                .is_some()
            {
                close_thread(http, channel, locked).await?;
            }
            Ok(())
        }
        Place::Channel => put_channel_away(scribe, http, incident, (channel, end), &policy).await,
    }
}

async fn put_channel_away(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
    (channel, end): (ChannelId, Seq),
    policy: &EndPolicy,
) -> Result<(), Failure> {
    let (guild, me) = (incident.key.guild.0, me(scribe)?);
    let channels = archive::channels(http, incident.key.guild).await?;
    let Some(now) = channels.iter().find(|one| one.is(channel)) else {
        // Somebody deleted it, and there is nothing to come back to.
        remember(scribe, incident, end, false, PlaceBefore::default()).await?;
        return Ok(());
    };
    let (locked, changed) = lock(&now.overwrites(), guild, me, WRITING);
    let was = PlaceBefore {
        category: now.parent(),
        overwrites: changed,
    };
    if remember(scribe, incident, end, true, was).await?.is_none() {
        return Ok(());
    }
    let home = archive::home(http, incident.key.guild, policy, &channels, now).await?;
    let body = json!({
        "parent_id": home.to_string(),
        "permission_overwrites": Kept::written(&locked),
    });
    change(http, channel, &body).await.map_err(explained)
}

/// Writes into the log how it was, before it is changed; what is known of it
/// then, or nothing where the incident was taken up meanwhile.
async fn remember(
    scribe: &Scribe,
    incident: &Incident,
    end: Seq,
    locked: bool,
    was: PlaceBefore,
) -> Result<Option<Archived>, Failure> {
    let command = Command::ArchivePlace { end, locked, was };
    let incident = note(scribe, incident, command).await?;
    Ok(incident.archived.filter(|archived| archived.end == end))
}

async fn close_thread(http: &Rest, thread: ChannelId, locked: bool) -> Result<(), Failure> {
    let closed = match locked {
        true => json!({"archived": true, "locked": true}),
        false => json!({"archived": true}),
    };
    let result = match change(http, thread, &closed).await {
        // What is archived already has to be woken to be locked.
        Err(error) if asleep::is_asleep(&error) => {
            asleep::wake(http, thread).await.map_err(explained)?;
            change(http, thread, &closed).await
        }
        result => result,
    };
    match result {
        Err(error) if is_gone(&error) => Ok(()),
        result => result.map_err(explained),
    }
}

/// Brings the place back as it was, if the incident is open.
pub(super) async fn restore(
    scribe: &Scribe,
    http: &Rest,
    incident: &Incident,
) -> Result<(), Failure> {
    let (Some((channel, place)), Some(archived)) = (incident.place, &incident.archived) else {
        return Ok(());
    };
    if !incident.status_now().is_open() {
        return Ok(());
    }
    let body = match place {
        Place::Thread if archived.locked => json!({"archived": false, "locked": false}),
        Place::Thread => json!({"archived": false}),
        Place::Channel => {
            let channels = archive::channels(http, incident.key.guild).await?;
            match channels.iter().find(|one| one.is(channel)) {
                Some(now) => channel_before(&channels, now, archived),
                None => Value::Null,
            }
        }
    };
    if !body.is_null() {
        match change(http, channel, &body).await {
            Err(error) if is_gone(&error) => {}
            result => result.map_err(explained)?,
        }
    }
    note(scribe, incident, Command::RestorePlace).await?;
    Ok(())
}

/// What brings a channel back: into its category, if that is there and has
/// room, and with the overwrites it had.
fn channel_before(channels: &[Kept], now: &Kept, archived: &Archived) -> Value {
    let open = unlock(&now.overwrites(), &archived.was.overwrites, WRITING);
    let home = archived.was.category;
    let home =
        home.filter(|home| now.parent() == Some(*home) || archive::has_room(channels, *home));
    json!({
        "parent_id": home.map(|home| home.to_string()),
        "permission_overwrites": Kept::written(&open),
    })
}

async fn note(scribe: &Scribe, incident: &Incident, command: Command) -> Result<Incident, Failure> {
    let request = Request {
        guild: incident.key.guild,
        target: Target::Incident(incident.key.number),
        command,
        context: Context {
            actor: Actor::Scribe,
            now: scribe.now(),
            origin: None,
        },
        once: None,
        quiet: false,
    };
    let recorded = scribe.submit(request).await?;
    Ok((*recorded.incident).clone())
}

fn me(scribe: &Scribe) -> Result<u64, Failure> {
    let me = scribe.me.get().map(|me| me.0);
    me.ok_or_else(|| Failure::later("Scribe does not know itself yet"))
}

/// What is in the way, and how to mend it; it is tried again by itself.
pub(super) fn explained(error: RestError) -> Failure {
    match answer(&error) {
        Some((status, _, _)) if status.as_u16() == 403 => {
            Failure::Never(words::ending::may_not()).mendable()
        }
        Some((_, 30_013, _)) => Failure::Never(words::failure::guild_full()).mendable(),
        _ => Failure::from(error).mendable(),
    }
}
