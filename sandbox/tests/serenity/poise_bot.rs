//! The same with poise on top, which most bots use.

use discord_sandbox::{AnswerKind, Sandbox};
use poise::Modal;
use serenity::all::{
    AutocompleteChoice, CreateAttachment, CreateAutocompleteResponse, GatewayIntents,
};

use crate::bot::{PATIENCE, all_kept_the_rules, http, options};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Context<'a> = poise::Context<'a, (), Error>;

/// A group of commands.
#[poise::command(slash_command, subcommands("open", "report"))]
async fn incident(_: Context<'_>) -> Result<(), Error> {
    Ok(())
}

#[derive(Debug, Modal)]
#[name = "Open an incident"]
struct OpenForm {
    #[name = "Title"]
    title: String,
    #[name = "Summary"]
    #[paragraph]
    summary: Option<String>,
}

/// Opens an incident, with a form when there is no title.
#[poise::command(slash_command)]
async fn open(
    ctx: poise::ApplicationContext<'_, (), Error>,
    #[description = "What is broken"]
    #[max_length = 100]
    title: Option<String>,
    #[description = "How bad"]
    #[autocomplete = "severities"]
    severity: Option<String>,
) -> Result<(), Error> {
    let title = match title {
        Some(title) => title,
        None => match OpenForm::execute(ctx).await? {
            Some(form) => format!("{} ({:?})", form.title, form.summary),
            None => return Ok(()),
        },
    };
    let said = format!("{title} {}", severity.unwrap_or_default());
    poise::say_reply(ctx.into(), said).await?;
    Ok(())
}

async fn severities(_: Context<'_>, partial: &str) -> CreateAutocompleteResponse {
    let all = ["SEV1", "SEV2"].into_iter();
    let fitting = all.filter(|name| name.starts_with(partial));
    CreateAutocompleteResponse::new().set_choices(
        fitting
            .map(|name| AutocompleteChoice::new(name, name))
            .collect(),
    )
}

/// Works for a while, then answers with a file and edits that.
#[poise::command(slash_command, ephemeral)]
async fn report(ctx: Context<'_>) -> Result<(), Error> {
    ctx.defer_ephemeral().await?;
    let file = CreateAttachment::bytes(&b"# Report"[..], "report.md");
    let reply = ctx
        .send(
            poise::CreateReply::default()
                .content("here")
                .attachment(file),
        )
        .await?;
    reply
        .edit(ctx, poise::CreateReply::default().content("here it is"))
        .await?;
    Ok(())
}

async fn start(sandbox: &Sandbox) -> tokio::task::JoinHandle<()> {
    let options = poise::FrameworkOptions {
        commands: vec![incident()],
        ..Default::default()
    };
    let framework = poise::Framework::builder()
        .options(options)
        .setup(|ctx, _, framework| {
            Box::pin(async move {
                Ok(poise::builtins::register_globally(ctx, &framework.options().commands).await?)
            })
        });
    let mut client = serenity::client::ClientBuilder::new_with_http(
        http(sandbox),
        GatewayIntents::non_privileged(),
    )
    .framework(framework.build())
    .await
    .unwrap();
    let task = tokio::spawn(async move { client.start().await.unwrap() });
    assert!(sandbox.wait_for_command("incident", PATIENCE).await);
    task
}

#[tokio::test]
async fn a_poise_bot_works() {
    let sandbox = Sandbox::start(options()).await.unwrap();
    let bot = start(&sandbox).await;
    let values = [("title", "API is down"), ("severity", "SEV1")];
    let opened = sandbox
        .slash("ben", "#general", "incident open", &values)
        .await
        .unwrap();
    assert_eq!(opened.content, "API is down SEV1");
    let choices = sandbox
        .autocomplete(
            "ben",
            "#general",
            "incident open",
            &[("severity", "SEV2")],
            "severity",
        )
        .await;
    assert_eq!(choices.unwrap().len(), 1);
    let form = sandbox
        .slash("ben", "#general", "incident open", &[])
        .await
        .unwrap();
    assert_eq!(form.kind, AnswerKind::Modal);
    let filled = sandbox
        .submit("ben", &form, &[("Title", "DNS"), ("Summary", "slow")])
        .await;
    let filled = filled.unwrap();
    // Poise acknowledges the form and answers the command that had opened it.
    let answer = sandbox
        .wait_for("#general", |m| m.content.contains("DNS"), PATIENCE)
        .await;
    assert!(answer.is_some(), "{filled:?}");
    let report = sandbox
        .slash("ben", "#general", "incident report", &[])
        .await
        .unwrap();
    assert!(report.ephemeral);
    assert_eq!(report.files[0].text(), "# Report");
    let edited =
        |r: &discord_sandbox::Request| r.method == "PATCH" && r.body["content"] == "here it is";
    assert!(sandbox.wait_for_request(edited, PATIENCE).await.is_some());
    assert_eq!(sandbox.refresh(&report).content, "here it is");
    // Serenity edits a follow-up with an empty list of attachments, and Discord then takes the files away.
    assert!(sandbox.refresh(&report).files.is_empty());
    all_kept_the_rules(&sandbox);
    bot.abort();
}
