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
