//! A month of the calendar, as reports are named by it: `2024-05`.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::day;

/// A month from January 1900 to December 2200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// `YYYY-MM` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let first = (text.len() == 7).then(|| day::parse(&format!("{text}-01"))).flatten()?;
        (1900..=2200).contains(&first.year()).then_some(Self(first))
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// As many months later; earlier where negative.
    pub fn plus(self, months: i32) -> Self {
        let number = self.number() + months;
        let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
        Self(Date::new(year as i16, month as i8, 1).unwrap_or(self.0))
    }

    /// The form in which the database keeps it, see [`day::month_number`].
    pub fn number(self) -> i32 {
        day::month_number(self.0)
    }

    /// The month of a number made by [`Self::number`].
    pub fn from_number(number: i32) -> Self {
        let start = Self(jiff::civil::date(1970, 1, 1));
        start.plus(number - start.number())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a month"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read_the_same() {
        let month = Month::parse("2024-02").unwrap();
        assert_eq!((month.to_string().as_str(), month.last().day()), ("2024-02", 29));
        assert_eq!(month.plus(-2).to_string(), "2023-12");
        assert_eq!(month.plus(11).to_string(), "2025-01");
        assert_eq!(Month::from_number(month.number()), month);
        for bad in ["2024-13", "2024-2", "24-02", "2024-02-01", "1899-12", "", "2024/02"] {
            assert_eq!(Month::parse(bad), None, "{bad}");
        }
    }
}
