//! What reports read beside the counts of points and days. It is kept: each file of a report and each
//! unit of a month needs the same.

use std::collections::HashMap;
use std::sync::Arc;

use domain::unit::Key;
use jiff::civil::Date;

use super::Month;
use crate::live::Print;
use crate::service::Service;
use crate::service::figures::{Period, Shelf};
use crate::store::{self, MarginalRow};

/// Marginal rows that are kept at most: of a province some four thousand a month, 200 bytes each.
const ROWS: usize = 12_000;

/// Of one period.
pub(super) struct Beside {
    /// Rows by stage and by field; `None` until the month is over, since they are not released before.
    pub(super) marginals: Option<Vec<MarginalRow>>,
    /// How many responses have a comment, by unit.
    pub(super) comments: HashMap<Key, u64>,
}

/// By first and last day, and whether the month is over.
pub(in crate::service) struct Besides(Shelf<(Date, Date, bool), Print, Beside>);

impl Default for Besides {
    fn default() -> Self {
        let rows = |beside: &Beside| 1 + beside.marginals.as_ref().map_or(0, Vec::len);
        Self(Shelf::new(ROWS, rows))
    }
}

impl Service {
    /// Reads it, unless nothing was answered since: every answer changes the print of its month.
    pub(super) async fn beside(&self, period: Period, print: Print) -> store::Result<Arc<Beside>> {
        let month = Month::of(period.from);
        let over = month.last() < self.clock.today();
        let (name, kept) = ((period.from, period.to, over), &self.besides.0);
        if let Some(known) = kept.known(&name, &print) {
            return Ok(known);
        }
        let marginals = match over {
            true => Some(self.store.marginals(month.number()).await?),
            false => None,
        };
        let comments = self.store.comments_between(period.from, period.to).await?;
        Ok(kept.put(name, print, Arc::new(Beside { marginals, comments })))
    }
}
