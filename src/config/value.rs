//! What settings mean.

use std::net::SocketAddr;
use std::str::FromStr;

use strum::EnumString;

/// Where health and metrics are served; `None` for nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HttpAddr(pub Option<SocketAddr>);

impl FromStr for HttpAddr {
    type Err = std::net::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self(None)),
            _ => text.parse().map(|addr| Self(Some(addr))),
        }
    }
}

/// Which gateway shards this process serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shards {
    /// As many as Discord recommends.
    Auto,
    /// The shards `first..=last` of `total`.
    Range {
        /// The first, from 0.
        first: u32,
        /// The last.
        last: u32,
        /// How many there are in all processes together.
        total: u32,
    },
}

/// The text names no shards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a range of shards")]
pub struct NoShards;

impl FromStr for Shards {
    type Err = NoShards;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let (range, total) = text.split_once('/').ok_or(NoShards)?;
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let number = |text: &str| text.parse::<u32>().map_err(|_| NoShards);
        let (first, last, total) = (number(first)?, number(last)?, number(total)?);
        if first <= last && last < total {
            return Ok(Self::Range { first, last, total });
        }
        Err(NoShards)
    }
}

/// Which log lines are written: `tracing`'s filter directives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    /// The directives.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LogFilter {
    type Err = tracing_subscriber::filter::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        tracing_subscriber::EnvFilter::try_new(text)?;
        Ok(Self(text.to_owned()))
    }
}

/// How a log line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString)]
#[strum(serialize_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_a_range_within_a_total() {
        let range = |first, last, total| Ok(Shards::Range { first, last, total });
        assert_eq!("auto".parse(), Ok(Shards::Auto));
        assert_eq!("0-3/16".parse(), range(0, 3, 16));
        assert_eq!("2/4".parse(), range(2, 2, 4));
        for text in ["", "0-3", "3-0/16", "0-16/16", "a-b/c", "0-3/", "-1/2"] {
            assert_eq!(text.parse::<Shards>(), Err(NoShards), "{text:?}");
        }
    }

    #[test]
    fn the_web_can_be_off() {
        assert_eq!("off".parse(), Ok(HttpAddr(None)));
        assert!("[::1]:80".parse::<HttpAddr>().is_ok());
        assert!("8080".parse::<HttpAddr>().is_err());
    }
}
