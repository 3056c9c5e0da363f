//! What is measured in a process of its own: this program again, in a role.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::{append, bot, servers};

/// What a line with a number begins with.
const MARK: &str = "\u{1}";

/// Plays a role.
pub(crate) async fn play(role: &str, arguments: &[String]) {
    match role {
        "append" => append::play(arguments).await,
        "bot" => bot::play(arguments).await,
        "server" => servers::play(arguments).await,
        other => panic!("no role is named {other}"),
    }
}

/// This program in a role, to be started.
pub(crate) fn command(role: &str, arguments: &[String]) -> Command {
    let program = std::env::current_exe().expect("this program");
    let mut command = Command::new(program);
    command.args(["as", role]).args(arguments);
    command
}

/// Tells a number to whoever started the process.
pub(crate) fn tell(name: &str, number: f64) {
    println!("{MARK}{name}={number}");
}

/// Plays a role in a process of its own, in that environment, and gives the
/// numbers it told. What else it says is said.
pub(crate) fn told(
    role: &str,
    arguments: &[String],
    environment: &[(&str, &OsStr)],
) -> HashMap<String, f64> {
    let output = command(role, arguments)
        .envs(environment.iter().copied())
        .stderr(Stdio::inherit())
        .output()
        .expect("a process");
    assert!(output.status.success(), "the process for {role} failed");
    numbers(&String::from_utf8_lossy(&output.stdout))
}

/// The numbers among lines; the other lines are said.
pub(crate) fn numbers(lines: &str) -> HashMap<String, f64> {
    let mut numbers = HashMap::new();
    for line in lines.lines() {
        let told = line
            .strip_prefix(MARK)
            .and_then(|told| told.split_once('='));
        match told {
            Some((name, number)) => {
                let number = number.parse().expect("a number");
                numbers.insert(name.to_owned(), number);
            }
            None => println!("{line}"),
        }
    }
    numbers
}
