//! What somebody wants to see on a board: read from an address, and written into the address of the
//! events that keep it level.

use domain::day;
use domain::questionnaire::{Lang, Rule};
use jiff::civil::Date;

use super::super::Error;
use super::super::access::DISPLAY;
use super::super::api::Query;
use crate::service::figures::Period;

/// Everything that can be chosen on a board.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::web) struct View {
    /// The days of an address; without them the running month, whichever that is by now.
    days: (Option<Date>, Option<Date>),
    pub(super) rule: Option<Rule>,
    pub(super) lang: Lang,
    pub(super) sort: String,
    pub(super) tv: bool,
}

impl View {
    /// # Errors
    /// Where a value cannot be read.
    pub(in crate::web) fn of(query: &Query) -> Result<Self, Error> {
        // Also names what is wrong with them.
        query.period(Date::MAX)?;
        Ok(Self {
            days: (query.date("from")?, query.date("to")?),
            rule: query.rule()?,
            lang: query.lang(),
            sort: query.get("sort").unwrap_or("name").to_owned(),
            tv: query.get("tv").is_some_and(|value| value != "0"),
        })
    }

    /// The days that are shown, on a day that is the last one of the unit.
    pub(super) fn period(&self, last: Date) -> Period {
        let to = self.days.1.unwrap_or(last);
        // A link from a running unit may begin after the end of one that it continues.
        let from = self.days.0.filter(|from| *from <= to);
        Period { from: from.unwrap_or_else(|| day::month_start(to)), to }
    }

    /// The address of the events of a unit's board.
    pub(super) fn stream(&self, unit: &str, display: Option<&str>) -> String {
        let mut address = format!("/api/v1/units/{unit}/live?view=board");
        let mut add = |name: &str, value: &str| address.push_str(&format!("&{name}={value}"));
        let (from, to) = self.days;
        let days = [("from", from), ("to", to)];
        for (name, day) in days.into_iter().filter_map(|(name, day)| Some((name, day?))) {
            add(name, &day.to_string());
        }
        if let Some(rule) = self.rule {
            add("rule", rule.name());
        }
        if self.lang != Lang::default() {
            add("lang", self.lang.tag());
        }
        // Only a name of a column can be sorted by; anything else is no part of an address.
        if self.sort.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.')) {
            add("sort", &self.sort);
        }
        if self.tv {
            add("tv", "1");
        }
        if let Some(token) = display {
            add(DISPLAY, token);
        }
        address
    }
}
