//! `/scribe permissions`

use poise::serenity_prelude as serenity;

use crate::discord::interaction::{Asked, Failure};
use crate::discord::{Ctx, ids};
use crate::incident::GuildSettings;
use crate::incident::access::{Allowed, Right};
use crate::words;

use super::setup::{change, needs_manage_guild};

/// The most roles that may have one right: as many as can be named in an answer.
const MOST: usize = 10;

/// Which roles may open, change, close, redact, publish, set up; without options it is shown
#[poise::command(slash_command, guild_only)]
pub(super) async fn permissions(
    ctx: Ctx<'_>,
    #[description = "What they may do"] what: Option<Right>,
    #[description = "A role that may, besides those that do; @everyone: everybody"] role: Option<
        serenity::Role,
    >,
    #[description = "A role that may no longer"] remove: Option<serenity::Role>,
    #[description = "True: as if nobody had chosen anything"] usual: Option<bool>,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    let usual = usual == Some(true);
    if role.is_none() && remove.is_none() && !usual {
        return asked.say(shown(&asked, &asked.settings)).await;
    }
    // Whoever may only set up could give themselves every other right.
    needs_manage_guild(&asked)?;
    let what = what.ok_or_else(|| Failure::Told(words::access::right_is_missing()))?;
    let settings = change(&asked, |settings| {
        let access = &mut settings.access;
        if usual {
            *access.of_mut(what) = Allowed::Usual;
        }
        for (right, gone) in access.gone(|role| asked.has_role(role)) {
            if right == what {
                access.take(right, gone);
            }
        }
        if let Some(remove) = &remove {
            let before = access.of(what).clone();
            match before {
                // Discord gives @everyone the id of its guild.
                Allowed::Everybody if remove.id.get() == asked.guild.0 => {
                    *access.of_mut(what) = Allowed::Usual;
                }
                _ => access.take(what, ids::role(remove.id)),
            }
            if *access.of(what) == before {
                let said = words::access::role_had_it_not(what, &remove.name);
                return Err(Failure::Told(said));
            }
        }
        match &role {
            Some(role) if role.id.get() == asked.guild.0 => {
                *access.of_mut(what) = Allowed::Everybody;
            }
            Some(role) => access.give(what, ids::role(role.id)),
            None => {}
        }
        match access.of(what) {
            Allowed::Roles(roles) if roles.len() > MOST => {
                Err(Failure::Told(words::access::too_many_roles(MOST)))
            }
            _ => Ok(()),
        }
    });
    let mut said = shown(&asked, &settings.await?);
    if what == Right::SetUp && role.is_some() {
        said = format!("{said}\n{}", words::access::discord_hides_scribe());
    }
    asked.say(said).await
}

fn shown(asked: &Asked<'_>, settings: &GuildSettings) -> String {
    words::access::policy(settings, |role| asked.role_name(role))
}
