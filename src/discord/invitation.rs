//! What Scribe has to be allowed, and the link that asks for it.

use crate::words::permission::BITS;

/// The permissions Scribe needs, as Discord's bits, and nothing beyond: those of [`BITS`].
pub const PERMISSIONS: u64 = {
    let (mut all, mut at) = (0, 0);
    while at < BITS.len() {
        all |= 1 << BITS[at];
        at += 1;
    }
    all
};

/// The link that invites a bot to a guild, with its commands and exactly these
/// permissions; `application` is its id, or what stands for one.
#[must_use]
pub fn invitation(application: &str) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={PERMISSIONS}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_invites_with_exactly_these_permissions() {
        let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
        let readme = std::fs::read_to_string(readme).unwrap();
        assert!(
            readme.contains(&invitation("YOUR_APPLICATION_ID")),
            "{}",
            invitation("YOUR_APPLICATION_ID")
        );
        for needed in crate::words::permission::needed() {
            assert!(
                readme.contains(needed.name),
                "{} is not in its table",
                needed.name
            );
        }
    }
}
