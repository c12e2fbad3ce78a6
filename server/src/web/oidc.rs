//! To another provider of identities and back.
//!
//! Both doors are opened by a link, not by a form: a page of ours may send forms to this site alone, and
//! a browser holds it to that along redirects too.

use app::pages::sign_in::NotIn;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::questionnaire::Lang;
use rand::Rng;

use super::cookie::{Cookie, Jar};
use super::proxy::Origin;
use super::sign_in::{browser, encoded, let_in, next, not_in, page, parameter, refusal};
use super::{Error, Shared, see_other};
use crate::oidc::{Answer, Trouble, Way};
use domain::audit::hex;

/// What the browser keeps while the sign-in is at the provider: `SECRET.LANG.PATH`.
struct Kept {
    secret: String,
    lang: Lang,
    /// Where one wanted to go.
    next: String,
}

impl Kept {
    fn new(lang: Lang, next: &str) -> Self {
        let mut secret = [0; 32];
        rand::rng().fill_bytes(&mut secret);
        Self { secret: hex(&secret), lang, next: next.to_owned() }
    }

    fn text(&self) -> String {
        format!("{}.{}.{}", self.secret, self.lang.tag(), hex(self.next.as_bytes()))
    }

    /// As it came back. Nothing of it is believed: a secret that is not ours has no request, and where
    /// one is led is looked at again.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let (secret, lang, path) = (parts.next()?, parts.next()?, parts.next()?);
        let lang = Lang::parse(lang)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if parts.next().is_some() || secret.len() != 64 || !digits(secret) || !digits(path) {
            return None;
        }
        let pairs = path.as_bytes().chunks(2);
        let bytes = pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        let path = String::from_utf8(bytes.collect::<Option<Vec<u8>>>()?).ok()?;
        Some(Self { secret: secret.to_owned(), lang, next: next(&path).to_owned() })
    }
}

/// A browser fetches it ahead, or another site leads here: nobody has asked to sign in.
fn is_unasked(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let ahead = ["sec-purpose", "purpose"].iter().any(|name| {
        text(name)
            .is_some_and(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"))
    });
    ahead || matches!(text("sec-fetch-site"), Some("cross-site" | "same-site"))
}

/// `GET /sign-in/oidc`.
pub(super) async fn begin(
    State(web): State<Shared>,
    jar: Jar,
    origin: Origin,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let provider = web.ways_in.provider.as_ref().ok_or(Error::NotFound)?;
    let asked = parameter(query.as_deref(), "next");
    let (lang, next) = (super::lang(query.as_deref()), next(&asked));
    if is_unasked(&headers) {
        return Ok(see_other(&format!("/sign-in?next={}", encoded(next)), lang));
    }
    let kept = Kept::new(lang, next);
    let way = Way::of(&kept.secret);
    match provider.begin(&way).await {
        Ok(address) => {
            web.service.note_request(&way.state()).await?;
            let mut response = see_other(&address, Lang::default());
            jar.set(&mut response, Cookie::Way, Some(&kept.text()));
            Ok(response)
        }
        Err(trouble) => {
            let not = words(trouble);
            Ok(refusal(not, page(&web, (&jar, &origin), lang, next, ("", Some(not), None))))
        }
    }
}

/// `GET /sign-in/oidc/back`.
pub(super) async fn back(
    State(web): State<Shared>,
    jar: Jar,
    origin: Origin,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let provider = web.ways_in.provider.as_ref().ok_or(Error::NotFound)?;
    let kept = jar.get(Cookie::Way).and_then(Kept::parse);
    let way = kept.as_ref().map(|kept| Way::of(&kept.secret));
    // An answer that does not belong to this browser leaves alone what does.
    let (Some(kept), Some(way)) = (kept, way) else {
        return Ok(not_let_in(
            &web,
            (&jar, &origin),
            &Kept::new(Lang::default(), "/"),
            NotIn::Stale,
        ));
    };
    let query = query.as_deref();
    if parameter(query, "state") != way.state() {
        return Ok(not_let_in(&web, (&jar, &origin), &kept, NotIn::Stale));
    }
    let entered = match web.service.take_request(&way.state()).await? {
        true => {
            let now = web.service.clock.now().as_second();
            match provider.finish(&way, &answer(query), now).await {
                Ok(proved) => {
                    let device = jar.get(Cookie::Device);
                    let entered = web.service.sign_in_as(&proved, device, &browser(&headers)).await;
                    entered.map_err(not_in)
                }
                Err(trouble) => Err(Ok(words(trouble))),
            }
        }
        false => Err(Ok(NotIn::Stale)),
    };
    let mut response = match entered {
        Ok(entered) => let_in(&jar, &entered, &kept.next, kept.lang),
        Err(not) => not_let_in(&web, (&jar, &origin), &kept, not?),
    };
    jar.set(&mut response, Cookie::Way, None);
    Ok(response)
}

fn not_let_in(web: &Shared, asked: (&Jar, &Origin), kept: &Kept, not: NotIn) -> Response {
    refusal(not, page(web, asked, kept.lang, &kept.next, ("", Some(not), None)))
}

fn answer(query: Option<&str>) -> Answer {
    let given = |name: &str| Some(parameter(query, name)).filter(|value| !value.is_empty());
    Answer { code: given("code"), iss: given("iss"), error: given("error").is_some() }
}

/// What the page says; what the provider said is not repeated.
fn words(trouble: Trouble) -> NotIn {
    match trouble {
        Trouble::Away => NotIn::Away,
        Trouble::Busy => NotIn::Busy,
        Trouble::Declined => NotIn::Declined,
        Trouble::Unverified => NotIn::Unverified,
        Trouble::Refused(_) => {
            tracing::warn!(%trouble, "a sign-in by the provider of identities was refused");
            NotIn::NotBelieved
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_keeps_is_read_as_it_was_written_and_not_believed() {
        let kept = Kept::new(Lang::En, "/boards/c1?rule=top2");
        let read = Kept::parse(&kept.text()).unwrap();
        assert_eq!((read.secret, read.lang), (kept.secret.clone(), Lang::En));
        assert_eq!(read.next, "/boards/c1?rule=top2");
        assert_ne!(Kept::new(Lang::En, "/").secret, kept.secret);
        let evil = format!("{}.vi.{}", kept.secret, hex(b"//evil.example"));
        assert_eq!(Kept::parse(&evil).unwrap().next, "/");
        let secret = &kept.secret;
        for bad in [
            String::new(),
            secret.clone(),
            format!("{secret}.vi"),
            format!("{secret}.xx.2f"),
            format!("{secret}.vi.2"),
            format!("{secret}.vi.zz"),
            format!("{secret}.vi.ff"),
            format!("{secret}.vi.2f.2f"),
            format!("{}.vi.2f", &secret[1..]),
            format!("{}.vi.2f", "+".repeat(64)),
        ] {
            let read = Kept::parse(&bad);
            assert!(read.is_none_or(|kept| kept.next == "/" && kept.secret.len() == 64), "{bad}");
        }
    }

    #[test]
    fn nobody_is_sent_away_unasked() {
        let unasked = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_unasked(&headers)
        };
        assert!(!unasked(&[]) && !unasked(&[("sec-fetch-site", "same-origin")]));
        assert!(!unasked(&[("sec-fetch-site", "none")]));
        assert!(unasked(&[("sec-fetch-site", "cross-site")]));
        assert!(unasked(&[("sec-fetch-site", "same-site")]));
        assert!(unasked(&[
            ("sec-purpose", "prefetch;prerender"),
            ("sec-fetch-site", "same-origin")
        ]));
    }
}
