//! The few parts of a page that also run in the browser.
//!
//! Their words come along as plain values: the browser has no dictionary. What the server renders is
//! complete without them.

#[cfg(feature = "hydrate")]
mod connection;
pub mod live;
#[cfg(feature = "hydrate")]
mod morph;
#[cfg(feature = "hydrate")]
mod slots;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

pub use live::{Live, Words};

/// How an age is said.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ages {
    /// Said in the first minute.
    pub just_now: String,
    /// Said up to two hours; `{n}` stands for the minutes.
    pub minutes: String,
    /// Said after that; `{n}` stands for the hours.
    pub hours: String,
}

impl Ages {
    /// The age in words; a clock that runs behind counts as no age at all.
    fn say(&self, milliseconds: f64) -> String {
        let n = (milliseconds / 60_000.0).max(0.0) as u32;
        match n {
            0 => self.just_now.clone(),
            1..120 => self.minutes.replace("{n}", &n.to_string()),
            _ => self.hours.replace("{n}", &(n / 60).to_string()),
        }
    }
}

/// How old the figures are: the moment in words and, once it runs in the browser, the minutes since.
#[island]
pub fn Freshness(
    /// The moment in words: "Số liệu lúc 10:32 ngày 24/11/2026".
    text: String,
    /// The same moment in milliseconds since 1970, or 0 where it is not known.
    moment: f64,
    ages: Ages,
) -> impl IntoView {
    let age = RwSignal::new(None::<f64>);
    #[cfg(feature = "hydrate")]
    if moment > 0.0 {
        let look = move || age.set(Some(web_sys::js_sys::Date::now() - moment));
        Effect::new(move |_| {
            look();
            set_interval(look, std::time::Duration::from_secs(30));
        });
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = moment;
    let since = move || age.get().map(|ms| format!(" · {}", ages.say(ms)));
    view! { <span class="freshness">{text}{since}</span> }
}

#[cfg(test)]
mod tests {
    use super::Ages;

    #[test]
    fn the_age_is_said_in_minutes_and_then_in_hours() {
        let ages = Ages {
            just_now: "vừa xong".to_owned(),
            minutes: "{n} phút".to_owned(),
            hours: "{n} giờ".to_owned(),
        };
        let said: Vec<_> =
            [-5e6, 59_999.0, 60_000.0, 7_199_999.0, 7_200_000.0].map(|ms| ages.say(ms)).into();
        assert_eq!(said, ["vừa xong", "vừa xong", "1 phút", "119 phút", "2 giờ"]);
    }
}
