//! What Scribe has to be allowed, and the link that asks for it.

/// The permissions Scribe needs, as Discord's bits, and nothing beyond:
///
/// - Manage Channels (4): to open the incident's channel and keep its topic;
/// - View Channels (10), Read Message History (16): to record what is said, and
///   what was said while it was away;
/// - Send Messages (11), Embed Links (14), Attach Files (15): to tell, with the
///   card and the draft;
/// - Manage Messages (13), Pin Messages (51): to pin the card. Discord splits
///   the second off the first;
/// - Manage Roles (28): to let members into the channel of a private incident;
/// - Manage Threads (34): to record private threads below the incident's channel
///   and to write into locked ones;
/// - Create Public Threads (35), Send Messages in Threads (38): for incidents
///   that are threads or forum posts.
///
/// Source: <https://discord.com/developers/docs/topics/permissions>
pub const PERMISSIONS: u64 = 1 << 4
    | 1 << 10
    | 1 << 11
    | 1 << 13
    | 1 << 14
    | 1 << 15
    | 1 << 16
    | 1 << 28
    | 1 << 34
    | 1 << 35
    | 1 << 38
    | 1 << 51;

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
    }
}
