//! Signing in by another provider of identities, which here is one that says what a test wants. The
//! browser's part, with a real provider, is in `end2end/oidc.spec.ts`.

use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::access::Role;
use domain::identity::Claim;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use server::config::{Oidc, Secret};
use server::service::people::{Invitation, add_known_account};
use server::service::totp;
use server::store::Filter;
use server::web::{Proxies, WaysIn};
use sha2::{Digest, Sha256};

use crate::house::{Answer, Engine, House, both};
use crate::visitor::{Visitor, add, between};

const SECRET: &str = "mật khẩu: của máy";

/// What the provider says, and what it was asked.
struct Says {
    issuer: String,
    key: Vec<u8>,
    kid: &'static str,
    /// Claims that differ from the usual ones; null takes one away.
    claims: Value,
    about: Value,
    nonce: String,
    challenge: String,
    keys_asked: usize,
    authorization: String,
}

type Shared = Arc<Mutex<Says>>;

fn new_key() -> Vec<u8> {
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    made.unwrap().as_ref().to_vec()
}

fn pair(key: &[u8]) -> EcdsaKeyPair {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &SystemRandom::new()).unwrap()
}

async fn metadata(State(says): State<Shared>) -> Json<Value> {
    let issuer = &says.lock().unwrap().issuer;
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/me"),
        "authorization_response_iss_parameter_supported": true,
    }))
}

async fn keys(State(says): State<Shared>) -> Json<Value> {
    let mut says = says.lock().unwrap();
    says.keys_asked += 1;
    let key = pair(&says.key);
    let (x, y) = key.public_key().as_ref()[1..].split_at(32);
    let [x, y] = [x, y].map(|part| URL_SAFE_NO_PAD.encode(part));
    Json(json!({"keys": [{"kty": "EC", "crv": "P-256", "kid": says.kid, "x": x, "y": y}]}))
}

async fn token(
    State(says): State<Shared>,
    headers: HeaderMap,
    body: String,
) -> Result<Json<Value>, StatusCode> {
    let mut says = says.lock().unwrap();
    says.authorization = headers["authorization"].to_str().unwrap().to_owned();
    let verifier = between(&body, "code_verifier=", "&");
    let proved = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == says.challenge;
    if !proved || !body.contains("code=good&") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let noon: jiff::Timestamp = crate::house::NOON.parse().unwrap();
    let now = noon.as_second();
    let mut claims = json!({
        "iss": says.issuer, "sub": "s1", "aud": "hailong", "iat": now, "exp": now + 300,
        "nonce": says.nonce, "email": "an@tayson.gov.vn", "email_verified": true,
    });
    for (name, value) in says.claims.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    let head = json!({"alg": "ES256", "kid": says.kid});
    let parts = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
    let message = parts.join(".");
    let signed = pair(&says.key).sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    let id_token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signed.as_ref()));
    Ok(Json(json!({"id_token": id_token, "access_token": "open", "token_type": "Bearer"})))
}

async fn about(State(says): State<Shared>, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers["authorization"], "Bearer open");
    Json(says.lock().unwrap().about.clone())
}

async fn provider() -> Shared {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let says = Says {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        key: new_key(),
        kid: "one",
        claims: json!({}),
        about: json!({}),
        nonce: String::new(),
        challenge: String::new(),
        keys_asked: 0,
        authorization: String::new(),
    };
    let says = Arc::new(Mutex::new(says));
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/jwks", get(keys))
        .route("/token", post(token))
        .route("/me", get(about))
        .with_state(says.clone());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    says
}

/// A house that knows the provider, and `an@tayson`, whose address it knows.
async fn house(engine: Engine, claim: Claim) -> (House, Shared) {
    let mut house = House::new(engine).await;
    let says = provider().await;
    let config = Oidc {
        oidc_issuer: Some(says.lock().unwrap().issuer.clone()),
        oidc_client_id: Some("hailong".to_owned()),
        oidc_client_secret: Some(Secret(SECRET.to_owned())),
        oidc_claim: claim,
        oidc_name: Some("Cổng <b>tỉnh".to_owned()),
    };
    let ways_in = WaysIn::new(&config, "http://127.0.0.1:3000").unwrap();
    house.router = server::web::router_with(
        house.service.clone(),
        "http://127.0.0.1:3000",
        Proxies(0),
        ways_in,
    );
    let name = "an@tayson";
    let invited = Invitation { name, display_name: "", role: Role::Viewer.name(), unit: "c1" };
    let identity = match claim {
        Claim::Email => "An@TaySon.gov.vn",
        Claim::Sub => "s1",
    };
    let (store, identity) = (&house.base.store, claim.key(identity));
    add_known_account(store, &invited, Role::Viewer, identity.as_deref(), &house.by())
        .await
        .unwrap();
    house.service.look().await.unwrap();
    (house, says)
}

/// Goes to the provider, and returns with what the browser would come back.
async fn go(visitor: &mut Visitor<'_>, says: &Shared, next: &str) -> String {
    let led = visitor.get(&format!("/sign-in/oidc?next={}", next.replace('/', "%2F"))).await;
    assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.body);
    let location = format!("{}&", led.header("location"));
    let mut says = says.lock().unwrap();
    assert!(
        location
            .starts_with(&format!("{}/auth?response_type=code&client_id=hailong&", says.issuer))
    );
    assert!(location.contains("&code_challenge_method=S256&"));
    assert!(
        location.contains("&redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fsign-in%2Foidc%2Fback&")
    );
    says.nonce = between(&location, "&nonce=", "&").to_owned();
    says.challenge = between(&location, "&code_challenge=", "&").to_owned();
    let (state, iss) = (between(&location, "&state=", "&"), &says.issuer);
    format!("/sign-in/oidc/back?code=good&state={state}&iss={iss}")
}

async fn sign_in(visitor: &mut Visitor<'_>, says: &Shared) -> Answer {
    let back = go(visitor, says, "/").await;
    visitor.get(&back).await
}

/// What is said on the page.
fn said(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), between(&answer.body, "role=\"alert\" class=\"wrong\">", "<"))
}

const UNKNOWN: &str = "Tài khoản này chưa được gắn với người dùng nào đang được phép đăng nhập ở đây. \
    Xin liên hệ quản trị viên của đơn vị.";

both! {
    async fn whom_the_provider_names_is_signed_in(engine: Engine) {
        let (house, says) = house(engine, Claim::Email).await;
        let mut an = Visitor::new(&house);
        let page = an.get("/sign-in?next=%2Fboards%2Fc1").await.body;
        assert!(page.contains("href=\"/sign-in/oidc?next=/boards/c1\""), "{page}");
        assert!(page.contains("Đăng nhập bằng Cổng &lt;b&gt;tỉnh"));
        an.cookies.insert("hailong".to_owned(), "0".repeat(64));
        let back = go(&mut an, &says, "/boards/c1").await;
        let entered = an.get(&back).await;
        assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/boards/c1"));
        assert!(an.session().len() == 64 && an.session() != "0".repeat(64));
        assert!(!an.cookies.contains_key("hailong-way") && an.cookies.contains_key("hailong-device"));
        assert_eq!(an.get("/boards/c1").await.status, StatusCode::OK);
        assert_eq!(an.get("/boards/c2").await.status, StatusCode::FORBIDDEN);
        // Client and secret are escaped before they are joined.
        let basic = says.lock().unwrap().authorization.clone();
        let plain = STANDARD.decode(basic.strip_prefix("Basic ").unwrap()).unwrap();
        assert_eq!(
            String::from_utf8(plain).unwrap(),
            "hailong:m%E1%BA%ADt%20kh%E1%BA%A9u%3A%20c%E1%BB%A7a%20m%C3%A1y"
        );
        let id = house.base.store.account_of("an@tayson").await.unwrap().unwrap();
        let entries = house.base.store.audit_entries(&Filter::default(), 1).await.unwrap();
        let entry = (entries[0].act.as_str(), entries[0].who.as_str(), entries[0].after.as_deref());
        let after = Some(r#"{"by":"oidc","second_factor":"none"}"#);
        assert_eq!(entry, ("account.sign-in", format!("person:{id}").as_str(), after));
        // Led to this site alone.
        let mut other = Visitor::new(&house);
        let back = go(&mut other, &says, "//evil.example").await;
        assert_eq!(other.get(&back).await.header("location"), "/");
    }

    async fn whom_nobody_here_is_known_by_is_not(engine: Engine) {
        let (house, says) = house(engine, Claim::Email).await;
        let id = house.base.store.account_of("an@tayson").await.unwrap().unwrap();
        let claims = |claims: Value| says.lock().unwrap().claims = claims;
        let mut an = Visitor::new(&house);
        // The name to sign in with is no address.
        claims(json!({"email": "an@tayson"}));
        assert_eq!(said(&sign_in(&mut an, &says).await), (403, UNKNOWN));
        claims(json!({"email_verified": false}));
        let answer = sign_in(&mut an, &says).await;
        assert!(said(&answer).0 == 403 && said(&answer).1.contains("chưa xác minh"), "{:?}", said(&answer));
        house.base.store.set_disabled(id, true, &house.by()).await.unwrap();
        claims(json!({}));
        assert_eq!(said(&sign_in(&mut an, &says).await), (403, UNKNOWN));
        assert_eq!(an.session(), "");
        let entries = house.base.store.audit_entries(&Filter::default(), 9).await.unwrap();
        assert!(entries.iter().all(|entry| entry.act != "account.sign-in"));
    }

    async fn an_answer_counts_once_in_its_browser_and_in_time(engine: Engine) {
        let (house, says) = house(engine, Claim::Sub).await;
        let mut an = Visitor::new(&house);
        let back = go(&mut an, &says, "/").await;
        let way = an.cookies["hailong-way"].clone();
        let stale = |answer: &Answer| answer.status == 422 && said(answer).1.contains("quá 10 phút");
        // Another browser has begun nothing, or something else.
        let mut other = Visitor::new(&house);
        assert!(stale(&other.get(&back).await));
        go(&mut other, &says, "/").await;
        assert!(stale(&other.get(&back).await));
        assert!(other.cookies.contains_key("hailong-way"), "its own goes on");
        assert!(stale(&an.get(&back.replace("state=", "state=0")).await));
        says.lock().unwrap().challenge.clear();
        let refused = an.get(&back).await;
        assert!(refused.status == 502 && said(&refused).1.contains("không đáng tin cậy"), "another's verifier");
        // It has come back; what the browser kept is no help.
        an.cookies.insert("hailong-way".to_owned(), way);
        assert!(stale(&an.get(&back).await));
        let back = go(&mut an, &says, "/").await;
        let way = an.cookies["hailong-way"].clone();
        assert_eq!(an.get(&back).await.status, StatusCode::SEE_OTHER);
        an.cookies.insert("hailong-way".to_owned(), way);
        assert!(stale(&an.get(&back).await));
        let late = go(&mut an, &says, "/").await;
        house.hands.set("2026-10-10T05:10:00Z");
        assert!(stale(&an.get(&late).await));
    }

    async fn what_the_provider_says_is_looked_at(engine: Engine) {
        let (house, says) = house(engine, Claim::Email).await;
        let mut an = Visitor::new(&house);
        for claims in [
            json!({"nonce": "another"}), json!({"aud": "another"}), json!({"iss": "https://evil.example"}),
            json!({"exp": 0}), json!({"email": null}),
        ] {
            says.lock().unwrap().claims = claims.clone();
            let answer = sign_in(&mut an, &says).await;
            assert!(answer.status == 502 && said(&answer).1.contains("không đáng tin cậy"), "{claims}");
        }
        // Told at another address, of the same person or not.
        let about = |sub: &str| json!({"sub": sub, "email": "an@tayson.gov.vn", "email_verified": true});
        says.lock().unwrap().about = about("s2");
        assert_eq!(sign_in(&mut an, &says).await.status, StatusCode::BAD_GATEWAY);
        says.lock().unwrap().about = about("s1");
        assert_eq!(sign_in(&mut an, &says).await.status, StatusCode::SEE_OTHER);
        // An error is said in our words alone, and an answer that hides its issuer is none.
        let back = go(&mut an, &says, "/").await;
        let declined = an.get(&back.replace("code=good", "error=access_denied&error_description=%3Cb%3Exyz")).await;
        assert!(declined.status == 403 && said(&declined).1.contains("đã bị hủy"));
        assert!(!declined.body.contains("xyz"));
        for change in ["&iss=https://evil.example", ""] {
            let back = go(&mut an, &says, "/").await;
            let (begin, _) = back.split_once("&iss=").unwrap();
            assert_eq!(an.get(&format!("{begin}{change}")).await.status, StatusCode::BAD_GATEWAY);
        }
        let back = go(&mut an, &says, "/").await;
        assert_eq!(an.get(&back.replace("code=good", "code=bad")).await.status, StatusCode::BAD_GATEWAY);
        // Keys are kept, until a token names another one.
        assert_eq!(says.lock().unwrap().keys_asked, 1);
        (says.lock().unwrap().kid, says.lock().unwrap().key) = ("two", new_key());
        assert_eq!(sign_in(&mut an, &says).await.status, StatusCode::SEE_OTHER);
        assert_eq!(says.lock().unwrap().keys_asked, 2);
        says.lock().unwrap().key = new_key();
        assert_eq!(sign_in(&mut an, &says).await.status, StatusCode::BAD_GATEWAY, "signed by another key");
    }

    async fn the_second_step_is_asked_for_here_unless_it_was_there(engine: Engine) {
        let (house, says) = house(engine, Claim::Email).await;
        let store = &house.base.store;
        let id = store.account_of("an@tayson").await.unwrap().unwrap();
        let mfa = |amr: Value| says.lock().unwrap().claims = json!({"amr": amr});
        let mut an = Visitor::new(&house);
        // Required and not set up: only a provider that has asked for one is as good.
        store.require_second(id, true, &house.by()).await.unwrap();
        sign_in(&mut an, &says).await;
        assert_eq!(an.get("/boards/c1").await.header("location"), "/account/second");
        mfa(json!(["pwd", "mfa"]));
        sign_in(&mut an, &says).await;
        assert_eq!(an.get("/boards/c1").await.status, StatusCode::OK);
        // Set up.
        let secret = b"12345678901234567890";
        store.set_second(id, Some(secret), None, &[], &house.by()).await.unwrap();
        sign_in(&mut an, &says).await;
        assert_eq!(an.get("/boards/c1").await.status, StatusCode::OK);
        mfa(json!(["pwd"]));
        let mut away = Visitor::new(&house);
        let back = go(&mut away, &says, "/boards/c1").await;
        assert_eq!(away.get(&back).await.header("location"), "/sign-in/code?next=%2Fboards%2Fc1");
        assert_eq!(away.get("/boards/c1").await.status, StatusCode::SEE_OTHER, "half a sign-in is none");
        let wrong = away.post("/sign-in/code", &[("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let code = totp::code(secret, totp::step(house.base.clock.now().as_millisecond()));
        let right = away.post("/sign-in/code", &[("code", &code), ("next", "/boards/c1")]).await;
        assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, "/boards/c1"));
        assert_eq!(away.get("/boards/c1").await.status, StatusCode::OK);
    }

    async fn an_administrator_says_who_is_known_by_what(engine: Engine) {
        let (house, says) = house(engine, Claim::Email).await;
        let mut chief = Visitor::with_role(&house, "trưởng@c1", Role::Administrator, "c1").await;
        add(&house, "bình@t1", Role::Viewer, "t1").await;
        add(&house, "tỉnh@p", Role::Administrator, "p").await;
        let id = async |name: &str| house.base.store.account_of(name).await.unwrap().unwrap();
        let (bình, an, above) = (id("bình@t1").await, id("an@tayson").await, id("tỉnh@p").await);
        let path = |id: uuid::Uuid| format!("/admin/people/{id}");
        let set = |value: &'static str| [("do", "identity"), ("claim", "email"), ("identity", value)];
        for (value, words) in [("an@TAYSON.gov.vn", "đã gắn với người khác"), ("bình", "một địa chỉ thư điện tử")] {
            let answer = chief.post(&path(bình), &set(value)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
            assert!(answer.body.contains(words) && answer.body.contains(&format!("value=\"{value}\"")));
        }
        // Whose power is greater is out of reach: to be known as somebody is to be that one.
        assert_eq!(chief.post(&path(above), &set("a@b.vn")).await.status, StatusCode::NOT_FOUND);
        // Taken from one, which ends the sessions, and given to the other.
        let mut person = Visitor::new(&house);
        sign_in(&mut person, &says).await;
        assert_eq!(person.get("/boards/c1").await.status, StatusCode::OK);
        assert_eq!(chief.post(&path(an), &set("")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(person.get("/boards/c1").await.status, StatusCode::SEE_OTHER);
        assert_eq!(said(&sign_in(&mut person, &says).await), (403, UNKNOWN));
        assert_eq!(chief.post(&path(bình), &set(" an@tayson.GOV.vn ")).await.status, StatusCode::SEE_OTHER);
        assert!(chief.get(&path(bình)).await.body.contains("value=\"an@tayson.gov.vn\""));
        sign_in(&mut person, &says).await;
        assert!(person.get("/account").await.body.contains("bình@t1"));
        let filter = Filter { act: Some("account.identity".to_owned()), ..Filter::default() };
        let entries = house.base.store.audit_entries(&filter, 9).await.unwrap();
        let value = Some(r#"{"identity":"email:an@tayson.gov.vn"}"#);
        let told: Vec<_> =
            entries.iter().map(|entry| (entry.before.as_deref(), entry.after.as_deref())).collect();
        assert_eq!(told, [(None, value), (value, None)]);
        assert!(entries.iter().all(|entry| entry.about == bình.to_string() || entry.about == an.to_string()));
    }
}

#[tokio::test]
async fn nobody_is_sent_to_the_provider_unasked_or_in_vain() {
    let (house, says) = house(Engine::Sqlite, Claim::Email).await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-purpose", "prefetch")] {
        let request = crate::house::request("GET", "/sign-in/oidc?next=%2Fboards%2Fc1");
        let request = request.header(name, value).body(axum::body::Body::empty()).unwrap();
        let answer = house.ask(request).await;
        assert_eq!(answer.header("location"), "/sign-in?next=%2Fboards%2Fc1");
        assert_eq!(answer.header("set-cookie"), "");
    }
    // A provider that calls itself otherwise than it was called is none.
    says.lock().unwrap().issuer.push('/');
    let answer = house.get("/sign-in/oidc?lang=en").await;
    assert_eq!(said(&answer).0, 503);
    assert!(said(&answer).1.contains("does not answer") && answer.header("retry-after") == "5");
}
