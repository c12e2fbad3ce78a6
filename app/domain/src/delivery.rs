//! Monthly reports sent by mail: which files go along, in which state a delivery is, and when one that
//! was refused is tried again.

use std::time::Duration;

/// A file that goes with the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attachment {
    Docx,
    Xlsx,
    Csv,
}

impl Attachment {
    pub const ALL: [Self; 3] = [Self::Docx, Self::Xlsx, Self::Csv];

    /// The ending of its name, by which commands and the database know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The file of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == text)
    }
}

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// To be sent, for the first time or again.
    Queued,
    /// Taken over by the mail server.
    Sent,
    /// Given up.
    Failed,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Queued, Self::Sent, Self::Failed];

    /// The name in the database and in lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// The state of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == text)
    }
}

/// Waits after the first try, the second and so on, in minutes: a weekend without a mail server is
/// outlasted.
const WAITS: [u64; 8] = [1, 5, 15, 60, 240, 720, 1440, 2880];

/// How long to wait after so many tries that failed; `None` where it is time to give up.
pub fn wait(tries: u16) -> Option<Duration> {
    let minutes = WAITS.get(usize::from(tries.checked_sub(1)?))?;
    Some(Duration::from_secs(60 * minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<_> = (1..).map_while(wait).collect();
        assert_eq!(waits.len(), WAITS.len());
        assert!(waits.is_sorted_by(|a, b| 2 * *a <= *b), "{waits:?}");
        let whole: Duration = waits.iter().sum();
        assert!(whole > Duration::from_secs(3 * 24 * 3600), "shorter than a weekend: {whole:?}");
        assert_eq!(wait(0), None);
        assert_eq!(wait(9), None);
        assert_eq!(wait(u16::MAX), None);
    }

    #[test]
    fn names_are_read_back() {
        for file in Attachment::ALL {
            assert_eq!(Attachment::parse(file.name()), Some(file));
        }
        for state in State::ALL {
            assert_eq!(State::parse(state.name()), Some(state));
        }
        assert_eq!(Attachment::parse("exe"), None);
    }
}
