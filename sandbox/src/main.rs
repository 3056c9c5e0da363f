//! Starts a sandbox and keeps it until Ctrl-C: `discord-sandbox [PORT]`.

use std::process::ExitCode;

use discord_sandbox::{Options, Sandbox};

#[tokio::main]
async fn main() -> ExitCode {
    let port = match std::env::args().nth(1).map(|text| text.parse()) {
        None => 4700,
        Some(Ok(port)) => port,
        Some(Err(_)) => {
            eprintln!("usage: discord-sandbox [PORT]    (default 4700; 0 takes a free one)");
            return ExitCode::from(2);
        }
    };
    let options = Options {
        port,
        ..Options::default()
    };
    let sandbox = match Sandbox::start(options).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("{}", with_causes(&error));
            return ExitCode::FAILURE;
        }
    };
    println!("url            {}", sandbox.url());
    println!("token          {}", sandbox.token());
    println!("application    {}", sandbox.application_id());
    println!(
        "guild          {} (Acme: ana, ben, cho, dee)",
        sandbox.guild()
    );
    println!("Ctrl-C ends it; the world is in memory alone.");
    if let Err(error) = tokio::signal::ctrl_c().await {
        eprintln!("cannot wait for Ctrl-C: {error}");
        return ExitCode::FAILURE;
    }
    for line in sandbox.unhandled() {
        println!("not known here: {line}");
    }
    for line in sandbox.violations() {
        println!("not as described: {line}");
    }
    ExitCode::SUCCESS
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
