//! `/scribe setup`: a page of selections, each in force at once, and a form
//! for what has to be typed.

use poise::serenity_prelude as serenity;
use serenity::{
    ButtonStyle, ChannelType, ComponentInteractionData, ComponentInteractionDataKind,
    CreateActionRow, CreateButton, CreateInputText, CreateModal, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, InputTextStyle, Permissions,
};

use crate::discord::Ctx;
use crate::discord::custom_id::{Choice, Pressed, Sent};
use crate::discord::ids;
use crate::discord::interaction::{Asked, Failure, Page};
use crate::incident::access::Right;
use crate::incident::{
    Actor, Component, GuildSettings, Language, Role, Severity, human_time, text,
};
use crate::words;
use crate::words::failure::Left;
use crate::words::language::weekday;

/// The fields of the form.
pub(crate) const ZONE: &str = "zone";
/// The fields of the form.
pub(crate) const COMPONENTS: &str = "components";
/// The fields of the form.
pub(crate) const ROLES: &str = "roles";
/// The fields of the form.
pub(crate) const SEVERITY: &str = "severity";

/// The most roles of a guild's own: with the usual ones as many as Discord can offer.
const MOST_ROLES: usize = 20;

/// The most components of a guild: as many as Discord can offer in four screens.
pub(crate) const MOST_COMPONENTS: usize = 100;

/// Choose channels, language, zone, components, roles, usual severity and when the summary comes
#[poise::command(slash_command, guild_only)]
pub(super) async fn setup(ctx: Ctx<'_>) -> Result<(), Failure> {
    let asked = Asked::by_command(ctx).await?;
    needs_set_up(&asked)?;
    let settings = match asked.settings == GuildSettings::default() {
        // Nobody has chosen anything, so what Discord knows of the server holds.
        true if asked.guild_language != Language::default() => {
            let chosen = |settings: &mut GuildSettings| {
                settings.language = asked.guild_language;
                Ok(())
            };
            change(&asked, chosen).await?
        }
        _ => asked.settings.clone(),
    };
    asked.show(page(&asked, &settings).await?).await
}

/// What the guild has chosen, and what could not be posted to it.
pub(super) async fn chosen_now(
    asked: &Asked<'_>,
    settings: &GuildSettings,
) -> Result<String, Failure> {
    let untold = asked.scribe.store.untold(asked.guild).await?;
    let untold: Vec<_> = untold
        .iter()
        .map(|item| (item.what.what(), item.error.as_deref()))
        .collect();
    let chosen = words::settings::settings(settings);
    Ok(chosen + &words::settings::untold(&untold))
}

/// Refuses those who may not change a guild's settings.
pub(crate) fn needs_set_up(asked: &Asked<'_>) -> Result<(), Failure> {
    asked.allow(Right::SetUp, None)
}

/// Refuses those who may not change the server itself.
pub(crate) fn needs_manage_guild(asked: &Asked<'_>) -> Result<(), Failure> {
    asked.need(Permissions::MANAGE_GUILD)
}

/// Changes the settings in the asker's name, whatever somebody else changes at
/// the same moment; what they are after it.
pub(crate) async fn change(
    asked: &Asked<'_>,
    change: impl Fn(&mut GuildSettings) -> Result<(), Failure>,
) -> Result<GuildSettings, Failure> {
    let by = Actor::Person(asked.person.clone());
    let store = &asked.scribe.store;
    let changed = store.change_settings(asked.guild, &by, asked.now, change);
    let settings = changed.await??;
    asked.leaves(Left::settings());
    Ok(settings)
}

/// The page: what holds, and selections to change it.
async fn page(asked: &Asked<'_>, settings: &GuildSettings) -> Result<Page, Failure> {
    // What is chosen stands in the text: serenity writes the ids of preselected
    // channels as numbers, and Discord describes them as text.
    let channels = |kinds: Vec<ChannelType>| CreateSelectMenuKind::Channel {
        channel_types: Some(kinds),
        default_channels: None,
    };
    let announcements = channels(vec![ChannelType::Text, ChannelType::News]);
    let homes = vec![ChannelType::Category, ChannelType::Text, ChannelType::Forum];
    let home = channels(homes);
    let hours = (0..24u32).map(|hour| {
        let chosen = settings.summary.on && settings.summary.hour == hour;
        CreateSelectMenuOption::new(format!("{hour:02}:00"), hour.to_string())
            .default_selection(chosen)
    });
    let days = words::form::DAYS.iter().map(|day| {
        let chosen = settings.summary.on && settings.summary.day == *day;
        CreateSelectMenuOption::new(weekday(*day), day.to_string()).default_selection(chosen)
    });
    let never = CreateSelectMenuOption::new(words::form::no_summary(), OFF)
        .default_selection(!settings.summary.on);
    let menu = |choice: Choice, hint: &str, kind: CreateSelectMenuKind| {
        let id = Pressed::Setup(choice).to_string();
        CreateActionRow::SelectMenu(CreateSelectMenu::new(id, kind).placeholder(hint))
    };
    let hints = &words::form::setup();
    let days = CreateSelectMenuKind::String {
        options: days.chain([never]).collect(),
    };
    let hours = CreateSelectMenuKind::String {
        options: hours.collect(),
    };
    let rest = CreateButton::new(Pressed::Setup(Choice::Rest).to_string())
        .label(hints.rest)
        .style(ButtonStyle::Primary);
    let languages = [
        (Choice::English, Language::English),
        (Choice::German, Language::German),
    ];
    let languages = languages.map(|(choice, language)| {
        CreateButton::new(Pressed::Setup(choice).to_string())
            .label(words::form::language(language))
            .style(ButtonStyle::Secondary)
            .disabled(settings.language == language)
    });
    Ok(Page {
        text: format!(
            "{}\n{}",
            chosen_now(asked, settings).await?,
            words::settings::try_it()
        ),
        rows: vec![
            menu(Choice::Announcements, hints.announcements, announcements),
            menu(Choice::Category, hints.home, home),
            menu(Choice::Day, hints.day, days),
            menu(Choice::Hour, hints.hour, hours),
            CreateActionRow::Buttons([rest].into_iter().chain(languages).collect()),
        ],
        ..Page::default()
    })
}

const OFF: &str = "off";

/// Something was chosen: saves it and shows the page as it is now.
pub(crate) async fn chosen(
    asked: &Asked<'_>,
    choice: Choice,
    data: &ComponentInteractionData,
) -> Result<(), Failure> {
    needs_set_up(asked)?;
    let settings = change(asked, |settings| choose(settings, choice, data)).await?;
    asked.show(page(asked, &settings).await?).await
}

fn choose(
    settings: &mut GuildSettings,
    choice: Choice,
    data: &ComponentInteractionData,
) -> Result<(), Failure> {
    match (choice, &data.kind) {
        (Choice::Announcements, ComponentInteractionDataKind::ChannelSelect { values }) => {
            settings.announce_channel = values.first().copied().map(ids::channel);
        }
        (Choice::Category, ComponentInteractionDataKind::ChannelSelect { values }) => {
            let chosen = values.first().copied();
            let resolved = chosen.and_then(|id| data.resolved.channels.get(&id));
            match resolved.map(|channel| channel.kind) {
                None | Some(ChannelType::Category) => {
                    settings.category = chosen.map(ids::channel);
                    settings.threads_in = None;
                }
                Some(_) => settings.threads_in = chosen.map(ids::channel),
            }
        }
        (Choice::Day, ComponentInteractionDataKind::StringSelect { values }) => {
            match values.first().map(String::as_str) {
                Some(OFF) => settings.summary.on = false,
                Some(day) => {
                    settings.summary.on = true;
                    settings.summary.day = day.parse().unwrap_or(settings.summary.day);
                }
                None => {}
            }
        }
        (Choice::Hour, ComponentInteractionDataKind::StringSelect { values }) => {
            let hour = values.first().and_then(|hour| hour.parse().ok());
            settings.summary.hour = hour
                .filter(|hour| *hour < 24)
                .unwrap_or(settings.summary.hour);
        }
        (Choice::English, ComponentInteractionDataKind::Button) => {
            settings.language = Language::English;
        }
        (Choice::German, ComponentInteractionDataKind::Button) => {
            settings.language = Language::German;
        }
        _ => return Err(Failure::Told(words::failure::outdated_button())),
    }
    Ok(())
}

/// The form for what has to be typed.
pub(crate) fn form() -> CreateModal {
    let labels = &words::form::setup();
    let fields = [
        (ZONE, labels.zone, InputTextStyle::Short),
        (COMPONENTS, labels.components, InputTextStyle::Paragraph),
        (ROLES, labels.roles, InputTextStyle::Short),
        (SEVERITY, labels.severity, InputTextStyle::Short),
    ];
    let inputs = fields.map(|(name, (label, hint), style)| {
        let input = CreateInputText::new(style, label, name).placeholder(hint);
        CreateActionRow::InputText(input.required(false))
    });
    CreateModal::new(Sent::Setup.to_string(), labels.rest).components(inputs.into())
}

/// The form was sent: what was left empty stays as it is. `field` is what was
/// typed into one of its fields.
pub(crate) async fn filled<'a>(
    asked: &Asked<'_>,
    field: impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Failure> {
    needs_set_up(asked)?;
    let zone = field(ZONE).map(zone).transpose()?;
    let roles = field(ROLES).map(roles).transpose()?;
    let severity = field(SEVERITY).map(severity).transpose()?;
    let components = field(COMPONENTS).unwrap_or_default();
    let settings = change(asked, |settings| {
        settings.zone = zone.unwrap_or(settings.zone);
        settings.zone_chosen |= zone.is_some();
        for name in components.split(['\n', ',']) {
            add_component(settings, name)?;
        }
        if let Some(roles) = &roles {
            settings.roles.clone_from(roles);
        }
        settings.default_severity = severity.unwrap_or(settings.default_severity);
        Ok(())
    });
    asked.show(page(asked, &settings.await?).await?).await
}

/// The time zone somebody typed.
pub(crate) fn zone(typed: &str) -> Result<chrono_tz::Tz, Failure> {
    human_time::parse_zone(typed).ok_or_else(|| {
        let like = human_time::zones_like(typed);
        Failure::Told(words::settings::no_such_zone(typed, &like))
    })
}

fn severity(typed: &str) -> Result<Severity, Failure> {
    let refused = |_| Failure::Told(words::settings::no_usual_severity(typed));
    typed.trim().parse().map_err(refused)
}

/// The roles of a list that somebody typed, less the usual ones.
fn roles(typed: &str) -> Result<Vec<Role>, Failure> {
    if words::form::means_no_roles(typed) {
        return Ok(Vec::new());
    }
    let mut roles = Vec::new();
    for name in typed.split(',').filter(|name| !name.trim().is_empty()) {
        let role = Role::named(name).ok_or_else(|| Failure::Told(words::answer::no_role_name()))?;
        if !Role::USUAL.contains(&role.as_str()) && !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.len() > MOST_ROLES {
        return Err(Failure::Told(words::settings::too_many_roles(MOST_ROLES)));
    }
    Ok(roles)
}

/// Adds a component where it is not there yet; an empty name adds nothing.
pub(crate) fn add_component(settings: &mut GuildSettings, name: &str) -> Result<(), Failure> {
    let name = text::one_line(name);
    if name.is_empty() || settings.components.contains(&settings.component(&name)) {
        return Ok(());
    }
    if settings.components.len() >= MOST_COMPONENTS {
        return Err(Failure::Told(words::settings::too_many_components(
            MOST_COMPONENTS,
        )));
    }
    settings
        .components
        .push(Component(words::escape::short(&name, 100)));
    Ok(())
}
