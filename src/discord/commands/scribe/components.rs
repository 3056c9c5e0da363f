//! `/scribe components add`, `remove` and `list`

use crate::discord::Ctx;
use crate::discord::commands::suggest;
use crate::discord::interaction::{Asked, Failure};
use crate::words;

use super::setup::{add_component, change, needs_set_up};

/// The parts of your product
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("add", "remove", "list")
)]
pub(super) async fn components(_: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Add a component
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "Its name, such as API; several are separated by commas"] name: String,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        let before = settings.components.len();
        for name in name.split(',') {
            add_component(settings, name)?;
        }
        if settings.components.len() == before {
            return Err(Failure::Told(words::settings::component_known(settings)));
        }
        Ok(())
    });
    let settings = settings.await?;
    asked.say(words::settings::components(&settings)).await
}

/// Remove a component; what was recorded of it stays
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "Its name"]
    #[autocomplete = "suggest::components"]
    name: String,
) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let settings = change(&asked, |settings| {
        let component = settings.component(&name);
        if !settings.components.contains(&component) {
            let unknown = words::settings::component_unknown(&component, settings);
            return Err(Failure::Told(unknown));
        }
        settings.components.retain(|known| *known != component);
        Ok(())
    });
    let settings = settings.await?;
    asked.say(words::settings::components(&settings)).await
}

/// The components there are
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    asked
        .say(words::settings::components(&asked.settings))
        .await
}
