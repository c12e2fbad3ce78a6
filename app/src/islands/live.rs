//! Keeps a page level with the service: says how old its figures are and whether newer ones come, and
//! sets those that come into the elements that are there.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Ages;

/// What is said of the connection.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    pub live: String,
    pub connecting: String,
    pub lost: String,
    pub back: String,
    /// Said where nothing may be read any more.
    pub ended: String,
}

/// How it stands with the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser connects"))]
pub(super) enum Link {
    /// Not yet tried: also where no script runs.
    None,
    Connecting,
    Live,
    Lost,
    /// The service refuses.
    Ended,
}

/// What the connection tells the page.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "only a browser ages"))]
pub(super) struct Told {
    pub(super) link: RwSignal<Link>,
    /// The moment of the figures in words and in Unix milliseconds.
    pub(super) text: RwSignal<String>,
    pub(super) moment: RwSignal<f64>,
    /// For those who hear the page.
    pub(super) said: RwSignal<String>,
}

#[island]
pub fn Live(
    /// The address of the events.
    stream: String,
    /// What the page is built like; see `pages::board::Snapshot`.
    shape: String,
    text: String,
    moment: f64,
    ages: Ages,
    words: Words,
    /// On a screen in a hall: one picture follows another, and nothing is let go of while out of sight.
    tv: bool,
) -> impl IntoView {
    let told = Told {
        link: RwSignal::new(Link::None),
        text: RwSignal::new(text),
        moment: RwSignal::new(moment),
        said: RwSignal::new(String::new()),
    };
    let age = RwSignal::new(None::<f64>);
    #[cfg(feature = "hydrate")]
    Effect::new({
        let words = words.clone();
        move |_| {
            let look = move || age.set(Some(web_sys::js_sys::Date::now() - told.moment.get()));
            set_interval(look, std::time::Duration::from_secs(15));
            super::connection::follow(stream.clone(), shape.clone(), tv, words.clone(), told);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = (stream, shape, tv);
    let state = move || match told.link.get() {
        Link::None | Link::Ended => String::new(),
        Link::Connecting => words.connecting.clone(),
        Link::Live => words.live.clone(),
        Link::Lost => words.lost.clone(),
    };
    let class = move || match told.link.get() {
        Link::None | Link::Ended => "freshness",
        Link::Connecting => "freshness connecting",
        Link::Live => "freshness live",
        Link::Lost => "freshness lost",
    };
    // An age is said where no newer figures come.
    let since = move || {
        let fresh = matches!(told.link.get(), Link::Live | Link::Ended);
        age.get().filter(|_| !fresh).map(|ms| format!(" · {}", ages.say(ms)))
    };
    view! {
        <span class=class>
            <b class="state">{state}</b>
            " "
            {move || told.text.get()}
            {since}
        </span>
        <span class="unseen" role="status">{move || told.said.get()}</span>
    }
}
