//! One plain page with a heading and a paragraph: what happened, and what to do now.
//!
//! Causes inside the program are never named here.

use domain::questionnaire::Lang;
use leptos::prelude::*;

use crate::official::tail;
use crate::shell::{Assets, document, home_of, html, place};
use crate::text::t;

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No point has this code.
    UnknownPoint,
    /// The point takes no answers (any more).
    ClosedPoint {
        point: String,
        unit: String,
    },
    /// The code was taken back, and the point has another one.
    RevokedCode {
        point: String,
        unit: String,
    },
    NotFound,
    /// No credentials.
    Unauthorized,
    /// The link of a screen that was taken back.
    RevokedDisplay,
    /// Credentials that do not reach so far.
    Forbidden,
    /// Nothing is readable from outside before the first account or key exists.
    LoopbackOnly,
    BadRequest,
    /// The address of a page has a flaw.
    BadAddress,
    /// Days from a later one to an earlier one were asked for.
    EndBeforeStart,
    /// The form was sent from another site.
    CrossSite,
    TooLarge,
    /// A file that is not even read.
    FileTooLarge,
    /// Too many at once.
    Busy,
    TooOften,
    /// The request did not come in time.
    Slow,
    /// A stored report is not the one that was sealed.
    NotAsSealed,
    Internal,
    MethodNotAllowed,
    /// The link that sets a password was used, or has expired.
    NoLink,
}

impl Notice {
    /// The first part of the keys of its words.
    fn key(&self) -> &'static str {
        match self {
            Self::UnknownPoint => "unknown-point",
            Self::ClosedPoint { .. } => "closed-point",
            Self::RevokedCode { .. } => "revoked-code",
            Self::NotFound => "not-found",
            Self::Unauthorized => "unauthorized",
            Self::RevokedDisplay => "revoked-display",
            Self::Forbidden => "forbidden",
            Self::LoopbackOnly => "loopback-only",
            Self::BadRequest => "bad-request",
            Self::BadAddress => "bad-address",
            Self::EndBeforeStart => "end-before-start",
            Self::CrossSite => "cross-site",
            Self::TooLarge => "too-large",
            Self::FileTooLarge => "file-too-large",
            Self::Busy => "busy",
            Self::TooOften => "too-often",
            Self::Slow => "slow",
            Self::NotAsSealed => "not-as-sealed",
            Self::Internal => "internal",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NoLink => "no-link",
        }
    }

    /// Seen by citizens rather than by officials.
    fn for_citizens(&self) -> bool {
        matches!(
            self,
            Self::UnknownPoint
                | Self::ClosedPoint { .. }
                | Self::RevokedCode { .. }
                | Self::BadRequest
                | Self::CrossSite
                | Self::TooLarge
                | Self::Busy
                | Self::TooOften
                | Self::Slow
        )
    }
}

/// Heading and paragraph, also for `application/problem+json`.
pub fn words(lang: Lang, notice: &Notice) -> (String, String) {
    let key = notice.key();
    let heading = t(lang, &format!("notice-{key}-heading"));
    let text = t(lang, &format!("notice-{key}-text"));
    (heading, text)
}

/// The document.
pub fn notice(lang: Lang, assets: &Assets, notice: &Notice) -> String {
    let (heading, text) = words(lang, notice);
    let names = match notice {
        Notice::ClosedPoint { point, unit } | Notice::RevokedCode { point, unit } => {
            Some(view! { <header>{place(lang, unit, point)}</header> })
        }
        _ => None,
    };
    let citizens = notice.for_citizens();
    let stylesheet = if citizens { &assets.citizen_css } else { &assets.main_css };
    // The field for a code is on the start page, and most of these notices are about a code or a page.
    let (onward, label) = match notice {
        Notice::FileTooLarge => {
            (format!("/admin/import{}", tail(lang, '?')), t(lang, "import-back"))
        }
        _ => (home_of(lang).to_owned(), t(lang, "notice-home")),
    };
    let onward = (!matches!(notice, Notice::LoopbackOnly | Notice::Internal)).then(|| {
        view! { <p><a href=onward>{label}</a></p> }
    });
    html(|| {
        let words = view! {
            <h1>{heading.clone()}</h1>
            <p>{text}</p>
            {onward}
        };
        let body = if citizens {
            view! { {names} <main>{words}</main> }.into_any()
        } else {
            view! {
                <header class="masthead">
                    <a class="brand" href=home_of(lang) lang="vi">{t(Lang::Vi, "app-name")}</a>
                </header>
                <main>
                    <section>{words}</section>
                </main>
            }
            .into_any()
        };
        document(lang, heading, stylesheet.clone(), "notice", None, body)
    })
}

#[cfg(test)]
mod tests;
