//! How many responses came in each hour of the running day, as this process has seen it. Nothing of it
//! is stored: the moment of an answer is kept nowhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::counts::packed_responses;
use domain::unit::Key;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::Service;
use super::access::Readable;
use super::figures::Period;
use crate::store;

/// Responses of each unit that rows name.
type Totals = HashMap<Key, u64>;

/// Totals at the beginning of each hour of the day that were seen.
#[derive(Default)]
pub(super) struct Arrivals(Mutex<Day>);

#[derive(Default)]
struct Day {
    number: i32,
    hour: usize,
    /// Of hour 0 to the running one; `None` before the process began to look.
    starts: Vec<Option<Totals>>,
    now: Totals,
}

/// Responses that came in an hour, 0 to 23; `None` where this process was not there for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    pub hour: usize,
    pub responses: Option<u64>,
}

impl Day {
    fn see(&mut self, number: i32, hour: usize, totals: Totals) {
        if self.starts.is_empty() {
            // What came in the running hour before this moment is not known.
            self.starts = vec![None; hour + 1];
            self.number = number;
        } else if self.number != number {
            // The day that began had nothing before it, whatever hour it is by now.
            self.starts = vec![Some(Totals::new())];
            self.number = number;
            self.now = Totals::new();
        }
        while self.starts.len() <= hour {
            self.starts.push(Some(self.now.clone()));
        }
        (self.hour, self.now) = (hour, totals);
    }

    fn hours(&self, units: &dyn Fn(Key) -> bool) -> Vec<Hour> {
        let sum = |totals: &Totals| -> u64 {
            totals.iter().filter(|(unit, _)| units(**unit)).map(|(_, n)| n).sum()
        };
        let hour = |at: usize| {
            let end = match self.starts.get(at + 1) {
                Some(end) => end.as_ref(),
                None => Some(&self.now),
            };
            let responses = self.starts[at].as_ref().zip(end);
            // A row may be taken away again, by hand.
            let responses = responses.map(|(start, end)| sum(end).saturating_sub(sum(start)));
            Hour { hour: at, responses }
        };
        (0..self.starts.len()).map(hour).collect()
    }
}

impl Service {
    /// Looks how many responses there are by now.
    pub(super) async fn see_arrivals(&self) -> store::Result<()> {
        let (number, hour) = place(self.clock.now());
        let today = domain::day::from_number(number);
        let rows = self.live.rows(today, today).await?;
        let mut totals = Totals::new();
        for row in rows.iter() {
            *totals.entry(row.key.unit).or_default() += packed_responses(&row.counts);
        }
        let mut day = self.arrivals.0.lock().unwrap_or_else(PoisonError::into_inner);
        day.see(number, hour, totals);
        Ok(())
    }

    /// The hours of the running day for a unit and all below it, the running one last.
    pub async fn hours(&self, unit: &Readable) -> store::Result<Vec<Hour>> {
        self.see_arrivals().await?;
        let below = self.organisation().subtree(unit.key);
        let day = self.arrivals.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(day.hours(&|unit| below.contains(&unit)))
    }
}

impl Period {
    /// One day.
    pub fn day(day: jiff::civil::Date) -> Self {
        Self { from: day, to: day }
    }
}

/// The number of the day and its hour in Viet Nam, seven hours ahead since 1975.
fn place(moment: Timestamp) -> (i32, usize) {
    let there = Offset::constant(7).to_datetime(moment);
    (domain::day::number(there.date()), usize::from(there.hour().unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(of: &[(Key, u64)]) -> Totals {
        of.iter().copied().collect()
    }

    #[test]
    fn an_hour_is_known_where_its_beginning_was_seen() {
        let mut day = Day::default();
        day.see(100, 8, totals(&[(1, 5)]));
        day.see(100, 8, totals(&[(1, 7), (2, 1)]));
        day.see(100, 10, totals(&[(1, 9), (2, 1)]));
        let all = |day: &Day| -> Vec<_> {
            day.hours(&|_| true).iter().map(|hour| (hour.hour, hour.responses)).collect()
        };
        let unknown = (0..9).map(|hour| (hour, None));
        let seen = [(9, Some(0)), (10, Some(2))];
        assert_eq!(all(&day), unknown.chain(seen).collect::<Vec<_>>());
        assert_eq!(day.hours(&|unit| unit == 2)[10].responses, Some(0));

        day.see(101, 1, totals(&[(2, 4)]));
        assert_eq!(all(&day), [(0, Some(0)), (1, Some(4))]);
        day.see(101, 2, totals(&[(2, 4), (1, 3)]));
        assert_eq!(all(&day), [(0, Some(0)), (1, Some(4)), (2, Some(3))]);
    }
}
