//! What is to be mended about what the record lies on.

use chrono::TimeDelta;

/// Little room is left on the disk, in bytes.
#[must_use]
pub fn little_room(free: u64) -> String {
    format!(
        "The disk that the record lies on has {} MB left. Once it is full nothing more can be recorded: have room made, or the record moved (`DATABASE_URL`).",
        free / 1_000_000
    )
}

/// The write-ahead log is long, in bytes.
#[must_use]
pub fn long_log(bytes: u64) -> String {
    format!(
        "SQLite's write-ahead log has grown to {} MB, because some program reads the record without end. Have other programs that have the file open ended (a backup, a shell); it is emptied by itself then.",
        bytes / 1_000_000
    )
}

/// The server is older than what is maintained; `version` as PostgreSQL numbers it.
#[must_use]
pub fn old_server(version: i64) -> String {
    format!(
        "PostgreSQL {} is no longer maintained. Have the server brought to 14 or later.",
        version / 10_000
    )
}

/// Our clock and the server's are apart.
#[must_use]
pub fn clock_apart(ahead: TimeDelta) -> String {
    let seconds = ahead.num_seconds();
    let way = if seconds > 0 { "ahead of" } else { "behind" };
    format!(
        "The clock of the machine Scribe runs on is {} seconds {way} that of the database's server. Have both set by NTP.",
        seconds.abs()
    )
}

/// Few connections are left on the server.
#[must_use]
pub fn few_connections(taken: i64, all: i64) -> String {
    format!(
        "{taken} of the {all} connections that the database's server allows are taken; a process of Scribe takes up to 12. Have `max_connections` raised, or fewer programs use it."
    )
}

/// The file is damaged.
#[must_use]
pub fn damaged(what: &str) -> String {
    format!(
        "the file of the record is damaged: {what}. Stop the bot, keep a copy of the file as it is, and restore the last good backup (`scribe restore`, or the copy that `scribe backup` made); `scribe export --all` may still get out what can be read"
    )
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn each_says_how_to_mend_it() {
        assert_snapshot!(little_room(300_000_000), @"The disk that the record lies on has 300 MB left. Once it is full nothing more can be recorded: have room made, or the record moved (`DATABASE_URL`).");
        assert_snapshot!(old_server(130_012), @"PostgreSQL 13 is no longer maintained. Have the server brought to 14 or later.");
        assert_snapshot!(clock_apart(TimeDelta::seconds(-7)), @"The clock of the machine Scribe runs on is 7 seconds behind that of the database's server. Have both set by NTP.");
        assert_snapshot!(few_connections(95, 100), @"95 of the 100 connections that the database's server allows are taken; a process of Scribe takes up to 12. Have `max_connections` raised, or fewer programs use it.");
    }
}
