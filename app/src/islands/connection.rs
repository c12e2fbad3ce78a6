//! The connection of a live page: opened, watched over, lost and found again.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, EventSource, MessageEvent, Response, SupportedType, Window,
    js_sys,
};

use super::live::{Link, Told, Words};
use super::morph::{morph, parse};
use super::slots;

/// The service says something at least every ten seconds; after so many milliseconds without a word the
/// connection is given up, as after a sleep.
const SILENCE: f64 = 22_000.0;
/// A connection that is not there after so many is called lost.
const PATIENCE: f64 = 4_000.0;
/// Between two looks at it.
const LOOK: Duration = Duration::from_secs(1);
/// Between two looks whether a slot has become free.
const ANEW: f64 = 15_000.0;
/// A change is told to those who hear the page at most so often.
const TELL: f64 = 30_000.0;
/// A picture of a hall's screen stays for so many looks.
const PICTURE: u32 = 12;

/// An event; see `pages::board::Changes`.
#[derive(Deserialize)]
struct Event {
    shape: String,
    text: String,
    moment: f64,
    said: String,
    parts: Vec<(String, String)>,
}

struct Connection {
    window: Window,
    document: Document,
    stream: String,
    tv: bool,
    words: Words,
    told: Told,
    shape: RefCell<String>,
    source: RefCell<Option<EventSource>>,
    /// Holds a connection, or asks again and again.
    slot: Cell<bool>,
    /// When something was heard, when it was opened, when a slot was asked for, when somebody was told.
    heard: Cell<f64>,
    opened: Cell<f64>,
    asked: Cell<f64>,
    spoke: Cell<f64>,
    /// The sentence that is known to those who hear the page, from the first event on, and the newest.
    spoken: RefCell<Option<String>>,
    newest: RefCell<String>,
    /// The page is being read anew.
    reading: Cell<bool>,
    looks: Cell<u32>,
    picture: Cell<u32>,
    paused: Cell<bool>,
}

/// Begins to follow the events at an address, for as long as the page is there.
pub(super) fn follow(stream: String, shape: String, tv: bool, words: Words, told: Told) {
    let (window, document) = (leptos::prelude::window(), leptos::prelude::document());
    let connection = Rc::new(Connection {
        window,
        document,
        stream,
        tv,
        words,
        told,
        shape: RefCell::new(shape),
        source: RefCell::default(),
        slot: Cell::new(false),
        heard: Cell::new(0.0),
        opened: Cell::new(0.0),
        asked: Cell::new(0.0),
        spoke: Cell::new(now()),
        spoken: RefCell::default(),
        newest: RefCell::default(),
        reading: Cell::new(false),
        looks: Cell::new(0),
        picture: Cell::new(0),
        paused: Cell::new(false),
    });
    connection.told.link.set(Link::Connecting);
    for name in ["visibilitychange", "online", "pageshow"] {
        connection.on(name, |connection| connection.woken());
    }
    connection.on("pagehide", |connection| connection.close());
    if tv {
        connection.turn();
        connection.on("click", |connection| connection.paused.set(!connection.paused.get()));
    }
    let looking = connection.clone();
    set_interval(move || looking.look(), LOOK);
    connection.open();
}

fn now() -> f64 {
    js_sys::Date::now()
}

impl Connection {
    /// Calls back for an event of the window or the document, for as long as the page is there.
    fn on(self: &Rc<Self>, name: &'static str, call: impl Fn(&Rc<Self>) + 'static) {
        let this = self.clone();
        let call = Closure::<dyn Fn()>::new(move || call(&this));
        let function = call.as_ref().unchecked_ref();
        let _ = match name {
            "visibilitychange" => self.document.add_event_listener_with_callback(name, function),
            _ => self.window.add_event_listener_with_callback(name, function),
        };
        call.forget();
    }

    fn hidden(&self) -> bool {
        self.document.hidden() && !self.tv
    }

    fn ended(&self) -> bool {
        self.told.link.get_untracked() == Link::Ended
    }

    /// Opens the connection, with a slot where there is one.
    fn open(self: &Rc<Self>) {
        self.close();
        if self.hidden() || self.ended() {
            return;
        }
        self.opened.set(now());
        self.asked.set(now());
        let this = self.clone();
        spawn_local(async move {
            if !this.slot.get() {
                this.slot.set(slots::take(this.tv).await);
            }
            this.connect();
        });
    }

    fn connect(self: &Rc<Self>) {
        if self.source.borrow().is_some() || self.hidden() {
            return;
        }
        let turns = if self.slot.get() { "" } else { "&turns=1" };
        let Ok(source) = EventSource::new(&format!("{}{turns}", self.stream)) else { return };
        let this = self.clone();
        let take = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data().as_string().unwrap_or_default();
            this.take(&data);
        });
        let this = self.clone();
        let beat = Closure::<dyn Fn()>::new(move || this.hear());
        for (name, call) in [("board", take.as_ref()), ("beat", beat.as_ref())] {
            let _ = source.add_event_listener_with_callback(name, call.unchecked_ref());
        }
        // They live as long as the source, which the page keeps one of.
        take.forget();
        beat.forget();
        *self.source.borrow_mut() = Some(source);
    }

    fn close(&self) {
        if let Some(source) = self.source.take() {
            source.close();
        }
    }

    /// In sight again, or connected to the network again: what is shown may be old.
    fn woken(self: &Rc<Self>) {
        match self.hidden() {
            true => self.close(),
            false => self.open(),
        }
    }

    /// Something was heard: the connection is there.
    fn hear(&self) {
        self.heard.set(now());
        if self.told.link.get_untracked() == Link::Lost {
            self.told.said.set(self.words.back.clone());
        }
        self.told.link.set(Link::Live);
    }

    fn take(self: &Rc<Self>, data: &str) {
        let Ok(event) = serde_json::from_str::<Event>(data) else { return };
        self.hear();
        self.told.text.set(event.text);
        self.told.moment.set(event.moment);
        self.spoken.borrow_mut().get_or_insert_with(|| event.said.clone());
        *self.newest.borrow_mut() = event.said;
        self.tell();
        if *self.shape.borrow() != event.shape {
            return self.read_anew(event.shape);
        }
        for (id, html) in &event.parts {
            let new = parse(&self.document, html);
            if let (Some(old), Some(new)) = (self.document.get_element_by_id(id), new) {
                morph(&old, &new);
            }
        }
    }

    /// Tells the newest sentence where it is another one, politely: not at every tick. What comes too
    /// early waits for the next look.
    fn tell(&self) {
        let newest = self.newest.borrow();
        let changed = self.spoken.borrow().as_ref().is_some_and(|spoken| *spoken != *newest);
        if changed && now() - self.spoke.get() > TELL {
            self.told.said.set(newest.clone());
            self.spoke.set(now());
            *self.spoken.borrow_mut() = Some(newest.clone());
        }
    }

    /// Reads the whole page once more, since it is built otherwise by now, and sets it into this one.
    fn read_anew(self: &Rc<Self>, shape: String) {
        if self.reading.replace(true) {
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            if this.read().await.is_some() {
                *this.shape.borrow_mut() = shape;
            }
            this.reading.set(false);
        });
    }

    async fn read(&self) -> Option<()> {
        let response = self.ask().await?;
        let text = JsFuture::from(response.ok().then(|| response.text())?.ok()?).await.ok()?;
        let parser = DomParser::new().ok()?;
        let page = parser.parse_from_string(&text.as_string()?, SupportedType::TextHtml).ok()?;
        if made_of(&page) != made_of(&self.document) {
            return self.window.location().reload().ok();
        }
        let (old, new) = (self.document.query_selector("main"), page.query_selector("main"));
        morph(&old.ok()??, &new.ok()??);
        Some(())
    }

    /// Asks for the page. Where that is refused, or answered by the way to sign in, nothing of it may be
    /// shown any more.
    async fn ask(&self) -> Option<Response> {
        let address = self.window.location().href().ok()?;
        let response = JsFuture::from(self.window.fetch_with_str(&address)).await.ok()?;
        let response: Response = response.dyn_into().ok()?;
        if response.redirected() || matches!(response.status(), 401 | 403) {
            self.end();
            return None;
        }
        Some(response)
    }

    /// Takes the figures away and says why.
    fn end(&self) -> Option<()> {
        self.close();
        self.told.link.set(Link::Ended);
        self.told.text.set(String::new());
        self.told.said.set(self.words.ended.clone());
        let main = self.document.query_selector("main").ok()??;
        let said = self.document.create_element("section").ok()?;
        said.set_text_content(Some(&self.words.ended));
        main.set_text_content(None);
        main.append_child(&said).ok()?;
        Some(())
    }

    /// Opens the connection once more after it was refused. Events do not say why it was, so the page is
    /// asked first.
    fn reopen(self: &Rc<Self>) {
        self.opened.set(now());
        let this = self.clone();
        spawn_local(async move {
            this.ask().await;
            this.open();
        });
    }

    /// Looks after the connection, and turns the pictures.
    fn look(self: &Rc<Self>) {
        self.looks.set(self.looks.get() + 1);
        if self.tv && self.looks.get().is_multiple_of(PICTURE) && !self.paused.get() {
            self.turn();
        }
        if self.hidden() || self.ended() {
            return;
        }
        self.tell();
        let source = self.source.borrow().as_ref().map(EventSource::ready_state);
        let since = now() - self.heard.get().max(self.opened.get());
        let gone = source.is_none_or(|state| state == EventSource::CLOSED);
        // One that asks in turns is closed between two of them.
        let broken = self.slot.get() && source != Some(EventSource::OPEN);
        if since > PATIENCE && (gone || broken) || since > SILENCE {
            self.told.link.set(Link::Lost);
        }
        let turns = !self.slot.get() && now() - self.asked.get() > ANEW;
        if gone && since > PATIENCE {
            self.reopen();
        } else if since > SILENCE || turns {
            self.open();
        }
    }

    /// Shows the next picture.
    fn turn(&self) {
        let pictures = self.document.query_selector_all(".pictures > section");
        let count = pictures.as_ref().map_or(0, |list| list.length()).max(1);
        let next = self.picture.get() % count + 1;
        self.picture.set(next);
        for at in 0..count {
            let picture = pictures.as_ref().ok().and_then(|list| list.item(at));
            if let Some(picture) = picture.as_ref().and_then(|node| node.dyn_ref::<Element>()) {
                let _ = picture.toggle_attribute_with_force("data-shown", at + 1 == next);
            }
        }
        if let Some(body) = self.document.body() {
            let _ = body.set_attribute("data-picture", &next.to_string());
        }
    }
}

/// What new markup cannot be set into: the style sheet, which other versions of the program have under
/// another name, and the island, which another one replaces where the days that are shown are over.
fn made_of(page: &Document) -> [Option<String>; 2] {
    [("link[rel=stylesheet]", "href"), ("leptos-island", "data-component")]
        .map(|(element, attribute)| page.query_selector(element).ok()??.get_attribute(attribute))
}
