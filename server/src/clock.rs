//! The clock: the one place that knows what time it is. Tests bring their own.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Where the day changes.
const ZONE: &str = "Asia/Ho_Chi_Minh";

/// Tells the moment and the day in `Asia/Ho_Chi_Minh`.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    zone: TimeZone,
}

impl Clock {
    /// A clock that asks `now`; an error if the bundled zone data lack the zone.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Result<Self, jiff::Error> {
        Ok(Self { now: Arc::new(now), zone: TimeZone::get(ZONE)? })
    }

    /// The computer's clock.
    pub fn system() -> Result<Self, jiff::Error> {
        Self::new(Timestamp::now)
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The day that runs.
    pub fn today(&self) -> Date {
        self.day_of(self.now())
    }

    /// The day of a moment.
    pub fn day_of(&self, moment: Timestamp) -> Date {
        moment.to_zoned_datetime(self.zone.clone()).date()
    }

    /// The moment with the offset of the zone, as in RFC 3339.
    pub fn local(&self, moment: Timestamp) -> String {
        let zoned =
            moment.round(jiff::Unit::Second).unwrap_or(moment).to_zoned_datetime(self.zone.clone());
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}
