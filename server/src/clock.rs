//! The clock: the one place that knows what time it is. Tests bring their own.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
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

    /// Date and time of day.
    pub fn local_time(&self) -> DateTime {
        self.now().to_zoned_datetime(self.zone.clone()).datetime()
    }

    /// The day of a moment.
    pub fn day_of(&self, moment: Timestamp) -> Date {
        moment.to_zoned_datetime(self.zone.clone()).date()
    }

    /// What a clock on the wall shows at a moment in Unix milliseconds.
    pub fn at(&self, milliseconds: i64) -> DateTime {
        let moment = Timestamp::from_millisecond(milliseconds).unwrap_or_default();
        moment.to_zoned_datetime(self.zone.clone()).datetime()
    }

    /// The moment at which a day ends; `None` for days that no calendar has.
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        day.tomorrow()
            .ok()?
            .to_zoned_datetime(self.zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp())
    }

    /// The moment with the offset of the zone, as in RFC 3339.
    pub fn local(&self, moment: Timestamp) -> String {
        let zoned =
            moment.round(jiff::Unit::Second).unwrap_or(moment).to_zoned_datetime(self.zone.clone());
        zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}
