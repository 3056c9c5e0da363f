//! `scribe run`

use clap::Args;

/// Run the bot (what `scribe` does without a command).
#[derive(Debug, Args)]
#[command(after_help = "Needs DISCORD_TOKEN, in the environment or in .env.\n\
    Ctrl-C or SIGTERM ends it within ten seconds; what was not delivered by then is delivered at the next start.\n\
    One bot runs on one database; every other command may be used meanwhile.")]
pub(crate) struct Run {}

/// What somebody who starts the bot without a token has to know.
const NO_TOKEN: &str = "\
DISCORD_TOKEN is not set, and the bot cannot sign in without it.

1. Open https://discord.com/developers/applications and choose New Application.
2. Bot -> Reset Token: copy the token.
3. Bot -> Privileged Gateway Intents: switch on Message Content and Server Members.
4. Put DISCORD_TOKEN=... into a file named .env here, or into the environment.
5. Invite the bot with the link in README.md, and start `scribe run` again.

To see it without any of that: scribe demo";
