//! What is wrong with a file, and where. The words for it stand in the dictionary: the command line and
//! the page say the same, each to its own reader.

use std::fmt;

/// A fault of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct Bad {
    /// From one, as an editor or spreadsheet counts; the first is the header.
    pub line: u64,
    /// As it is named in the file; `-` where it is about the whole line.
    pub column: String,
    pub what: What,
}

/// What is wrong: the key of the words, and what stands in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct What {
    /// The words are those of `import-bad-KEY`.
    pub key: &'static str,
    pub values: Vec<(&'static str, String)>,
}

impl What {
    pub(crate) fn new(key: &'static str) -> Self {
        Self { key, values: vec![] }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// A cell that is not what it should be.
    pub(crate) fn cell(key: &'static str, cell: impl Into<String>) -> Self {
        // A cell may hold a whole page; the line and column say where the rest of it is.
        let cell: String = cell.into();
        let short: String = cell.chars().take(60).collect();
        let short = if short.len() < cell.len() { format!("{short}…") } else { short };
        Self::new(key).with("cell", short)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        self.values.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}

pub(super) fn bad(line: u64, column: &str, what: What) -> Bad {
    Bad { line, column: column.to_owned(), what }
}
