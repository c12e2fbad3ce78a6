//! How often something may be done.
//!
//! Nothing is known of whoever does it but a moment, under a keyed hash whose key ends with the process,
//! in a memory of fixed size. So nothing is stored about anybody, and no flood can fill it.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::IpAddr;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use domain::unit::Key;

use super::Service;

/// Answers that one point takes in a minute until it is set: as good as all.
const POINT: u32 = 60_000_000;

/// Answers in one go by a browser that is known by a cookie, and then one every three seconds.
const DEVICE: Pace = Pace { burst: 20, step: 3_000_000 };
/// Failed sign-ins from one address in browsers that are not known, and then one every six seconds.
/// An office behind one address has many people, who rarely fail.
const STRANGER: Pace = Pace { burst: 100, step: 6_000_000 };

/// Too often; seconds until the next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too often; again in {0} s")]
pub struct Wait(pub i64);

/// The network that somebody asks from: an address, or of IPv6 the 64 bits that one household has.
/// It is never shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Client(u64, bool);

impl Client {
    pub fn new(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(u32::from(address).into(), false),
            IpAddr::V6(address) => Self((u128::from(address) >> 64) as u64, true),
        }
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// So many in one go, and then one in each step (microseconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pace {
    burst: u32,
    step: i64,
}

impl Pace {
    fn a_minute(times: u32) -> Self {
        Self { burst: times, step: 60_000_000 / i64::from(times.max(1)) }
    }
}

/// Counts by the generic cell rate algorithm: for each key the moment (Unix microseconds) at which it will
/// have been still for long enough to be as new. A key has a place in each of two rows, and the earlier
/// moment counts: only a key that shares both with others could be taken for them.
struct Limiter {
    rows: [Box<[AtomicI64]>; 2],
    keys: [RandomState; 2],
}

impl Limiter {
    fn new(places: usize) -> Self {
        let row = || (0..places).map(|_| AtomicI64::new(0)).collect();
        Self { rows: [row(), row()], keys: [RandomState::new(), RandomState::new()] }
    }

    fn places(&self, key: impl Hash) -> [&AtomicI64; 2] {
        [0, 1].map(|row| {
            let places = &self.rows[row];
            let at = self.keys[row].hash_one(&key) % places.len() as u64;
            &places[at as usize]
        })
    }

    /// Counts once more, unless that is too often.
    fn take(&self, key: impl Hash, pace: Pace, now: i64) -> Result<(), Wait> {
        let [one, two] = self.places(key);
        let whole = pace.step * i64::from(pace.burst);
        loop {
            let seen = (one.load(Ordering::Relaxed), two.load(Ordering::Relaxed));
            let (place, seen, other) =
                if seen.0 <= seen.1 { (one, seen.0, two) } else { (two, seen.1, one) };
            // Later than the whole ahead is no moment but where the clock was set back.
            let next = seen.clamp(now, now + whole) + pace.step;
            if next > now + whole {
                let wait = next - now - whole;
                return Err(Wait((wait + 999_999) / 1_000_000));
            }
            let order = Ordering::Relaxed;
            if place.compare_exchange(seen, next, order, order).is_ok() {
                other.fetch_max(next, order);
                return Ok(());
            }
        }
    }

    /// As if it had not been counted.
    fn give_back(&self, key: impl Hash, pace: Pace) {
        for place in self.places(key) {
            place.fetch_sub(pace.step, Ordering::Relaxed);
        }
    }
}

/// All limits of a service.
pub(super) struct Limits {
    points: Limiter,
    point_a_minute: AtomicU32,
    devices: Limiter,
    strangers: Limiter,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            points: Limiter::new(1 << 13),
            point_a_minute: AtomicU32::new(POINT),
            devices: Limiter::new(1 << 15),
            strangers: Limiter::new(1 << 16),
        }
    }
}

impl Service {
    /// Sets how many answers one point takes in a minute.
    pub fn limit_points(&self, a_minute: u32) {
        self.limits.point_a_minute.store(a_minute, Ordering::Relaxed);
    }

    /// Counts an answer of a browser that is known by this. Phones of citizens are not: they have no cookie.
    pub fn count_device(&self, device: &str) -> Result<(), Wait> {
        self.limits.devices.take(device, DEVICE, self.micros())
    }

    /// Counts an answer at a point.
    pub(super) fn count_at(&self, point: Key) -> Result<(), Wait> {
        let pace = Pace::a_minute(self.limits.point_a_minute.load(Ordering::Relaxed));
        self.limits.points.take(point, pace, self.micros())
    }

    /// Counts a sign-in of a browser that is not known.
    pub(super) fn count_stranger(&self, client: Client) -> Result<(), Wait> {
        self.limits.strangers.take(client, STRANGER, self.micros())
    }

    /// It was no failure.
    pub(super) fn forgive(&self, client: Client) {
        self.limits.strangers.give_back(client, STRANGER);
    }

    fn micros(&self) -> i64 {
        self.clock.now().as_microsecond()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000;
    /// Some moment of a real clock.
    const NOW: i64 = 1_790_000_000 * SECOND;

    #[test]
    fn so_many_in_one_go_and_then_one_in_each_step() {
        let limiter = Limiter::new(64);
        let pace = Pace { burst: 3, step: 10 * SECOND };
        let take = |seconds| limiter.take("a", pace, NOW + seconds * SECOND);
        assert_eq!([take(0), take(0), take(0)], [Ok(()); 3]);
        assert_eq!(take(0), Err(Wait(10)));
        assert_eq!(take(4), Err(Wait(6)));
        assert_eq!((take(10), take(10)), (Ok(()), Err(Wait(10))));
        // Whoever waits for long enough is as new.
        assert_eq!([take(100), take(100), take(100)], [Ok(()); 3]);
        assert_eq!(take(100), Err(Wait(10)));
        // Others are not touched, and a clock that was set back shuts nobody out for longer.
        assert_eq!(limiter.take("b", pace, NOW), Ok(()));
        assert_eq!(limiter.take("a", pace, NOW - 3600 * SECOND), Err(Wait(10)));
    }

    #[test]
    fn what_is_given_back_does_not_count() {
        let limiter = Limiter::new(64);
        let pace = Pace { burst: 2, step: 10 * SECOND };
        for _ in 0..50 {
            assert_eq!(limiter.take(7, pace, NOW), Ok(()));
            limiter.give_back(7, pace);
        }
        assert_eq!(limiter.take(7, pace, NOW), Ok(()));
        assert_eq!(limiter.take(7, pace, NOW), Ok(()));
        assert_eq!(limiter.take(7, pace, NOW), Err(Wait(10)));
    }

    #[test]
    fn many_at_once_get_what_is_there_and_no_more() {
        let limiter = Limiter::new(64);
        let pace = Pace { burst: 1000, step: SECOND };
        let taken = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if limiter.take("a", pace, NOW).is_ok() {
                            taken.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
        assert_eq!(taken.into_inner(), 1000);
    }

    #[test]
    fn a_flood_of_many_keys_shuts_out_hardly_anybody_else() {
        let limiter = Limiter::new(1 << 12);
        let pace = Pace { burst: 1, step: 10 * SECOND };
        for flood in 0..200 {
            let _ = limiter.take(("flood", flood), pace, NOW);
        }
        let others = (0..1000).filter(|other| limiter.take(("x", other), pace, NOW).is_err());
        // One in twenty places of a row is taken, and only who meets two of them is refused.
        assert!(others.count() < 100);
    }

    #[test]
    fn a_network_is_told_from_others_and_never_shown() {
        let client = |text: &str| Client::new(text.parse().unwrap());
        assert_eq!(client("203.0.113.7"), client("::ffff:203.0.113.7"));
        assert_ne!(client("203.0.113.7"), client("203.0.113.8"));
        assert_eq!(client("2001:db8::1"), client("2001:db8::ffff:1"));
        assert_ne!(client("2001:db8::1"), client("2001:db8:0:1::1"));
        assert_ne!(client("0.0.0.1"), client("0:0:0:1::"));
        assert_eq!(format!("{:?}", client("203.0.113.7")), "…");
    }

    #[test]
    fn the_limit_of_a_point_is_by_the_minute() {
        assert_eq!(Pace::a_minute(POINT), Pace { burst: POINT, step: 1 });
        assert_eq!(Pace::a_minute(60), Pace { burst: 60, step: SECOND });
    }
}
