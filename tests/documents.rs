//! What the papers say is what there is.

#![expect(
    clippy::unwrap_used,
    reason = "all of this file is a test, its helpers too"
)]

use std::path::Path;

use scribe::config::SETTINGS;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_readme_lists_every_setting_with_its_default() {
    let readme = read("README.md");
    for setting in SETTINGS {
        let name = format!("`{}`", setting.name);
        let row = readme
            .lines()
            .find(|line| line.starts_with('|') && line.contains(&name));
        let row = row.unwrap_or_else(|| panic!("{name} is not in the README's table"));
        if let Some(default) = setting.default {
            assert!(row.contains(&format!("`{default}`")), "{row}");
        }
    }
}

/// A name that is set in a line such as `RUST_LOG: info` or `ENV DATABASE_URL=...`.
fn set_in(line: &str) -> Option<&str> {
    let line = line.trim().trim_start_matches("ENV ");
    let name = line.split(['=', ':']).next()?;
    let is_variable = name.len() > 2
        && line.len() > name.len()
        && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    is_variable.then_some(name)
}

#[test]
fn the_container_is_set_and_asked_as_the_program_is() {
    let dockerfile = read("docker/Dockerfile");
    let lines = format!("{dockerfile}\n{}", read("docker/compose.yaml"));
    let names: Vec<&str> = lines.lines().filter_map(set_in).collect();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        let known = SETTINGS.iter().any(|setting| setting.name == name);
        assert!(known || name.starts_with("POSTGRES_"), "{name}");
    }
    let asked = dockerfile.lines().filter_map(|line| {
        let words = line.trim().strip_prefix("CMD [")?.strip_suffix(']')?;
        Some(words.replace(['"', ','], ""))
    });
    for command in asked {
        let subcommand = command.trim_start_matches("scribe ");
        let help = std::process::Command::new(env!("CARGO_BIN_EXE_scribe"))
            .args([subcommand, "--help"])
            .output()
            .unwrap();
        assert!(help.status.success(), "{command}");
    }
    for line in dockerfile.lines() {
        let copied = line
            .strip_prefix("COPY ")
            .filter(|rest| !rest.starts_with("--"));
        let copied = copied.and_then(|rest| rest.rsplit_once(' '));
        for path in copied.iter().flat_map(|(paths, _)| paths.split(' ')) {
            assert!(
                Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(),
                "{line}"
            );
        }
    }
}

#[test]
fn every_file_the_papers_name_is_there() {
    for (paper, folder) in [("README.md", ""), ("docs/architecture.md", "docs/")] {
        let text = read(paper);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if !link.starts_with("http") && !link.starts_with('#') {
                let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join(folder)
                    .join(link);
                assert!(path.exists(), "{paper} links to {link}");
            }
        }
        for path in text.split('`').skip(1).step_by(2) {
            let place = [
                "src/",
                "tests/",
                "sandbox/",
                "templates/",
                "benches/",
                "docker/",
                "docs/",
            ];
            if place.iter().any(|place| path.starts_with(place)) && !path.contains(' ') {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
                assert!(path.exists(), "{paper} names {}", path.display());
            }
        }
    }
}

#[test]
fn the_checks_run_the_test_command_of_the_readme() {
    let command = "cargo test --workspace";
    assert!(read("README.md").lines().any(|line| line == command));
    assert!(read(".ci/run").contains("README.md"));
}

/// The text of every Rust file below the folders.
fn sources(folders: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut text = String::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let inside = std::fs::read_dir(path).unwrap();
            waiting.extend(inside.map(|one| one.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    text
}

#[test]
fn every_promise_is_guarded_by_tests_that_are_there() {
    let text = read("docs/architecture.md");
    let (_, after) = text
        .split_once("## The promises and the tests that guard them")
        .unwrap();
    let table = after.split_once("\n## ").unwrap().0;
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .collect();
    assert!(rows.len() >= 7, "{table}");
    let code = sources(&["src", "tests"]);
    for row in rows {
        let tests: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "nothing guards this: {row}");
        for test in tests {
            let there = code.contains(&format!("fn {test}("));
            assert!(there, "there is no test {test}: {row}");
        }
    }
}
