//! The few parts of a page that also run in the browser.
//!
//! Their words come along as plain values: the browser has no dictionary. What the server renders is
//! complete without them.

use leptos::prelude::*;

/// How old the figures are: the moment in words and, once it runs in the browser, the minutes since.
#[island]
pub fn Freshness(
    /// The moment in words: "Số liệu lúc 10:32 ngày 24/11/2026".
    text: String,
    /// The same moment in milliseconds since 1970, or 0 where it is not known.
    moment: f64,
    /// Said in the first minute.
    just_now: String,
    /// Said up to two hours; `{n}` stands for the minutes.
    minutes: String,
    /// Said after that; `{n}` stands for the hours.
    hours: String,
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
    let since =
        move || age.get().map(|ms| format!(" · {}", since(ms, &just_now, &minutes, &hours)));
    view! { <span class="freshness">{text}{since}</span> }
}

/// The age in words; a clock that runs behind counts as no age at all.
fn since(milliseconds: f64, just_now: &str, minutes: &str, hours: &str) -> String {
    let n = (milliseconds / 60_000.0).max(0.0) as u32;
    match n {
        0 => just_now.to_owned(),
        1..120 => minutes.replace("{n}", &n.to_string()),
        _ => hours.replace("{n}", &(n / 60).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::since;

    #[test]
    fn the_age_is_said_in_minutes_and_then_in_hours() {
        let say = |ms| since(ms, "vừa xong", "{n} phút", "{n} giờ");
        let said: Vec<_> =
            [-5e6, 59_999.0, 60_000.0, 7_199_999.0, 7_200_000.0].map(say).into_iter().collect();
        assert_eq!(said, ["vừa xong", "vừa xong", "1 phút", "119 phút", "2 giờ"]);
    }
}
