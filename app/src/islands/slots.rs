//! A browser opens six connections to a host, and no more. Boards that are open at once share them:
//! four hold one each, for as long as they live, and the others ask again every second.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, Object, Promise, Reflect};

/// Boards of one browser that may hold a connection.
const SLOTS: usize = 4;

/// Takes a slot until the page goes; false where all are taken. A browser has no locks over plain HTTP:
/// there all boards watch in turns, but for a screen in a hall, which has its browser for itself.
pub(super) async fn take(screen: bool) -> bool {
    let Some(locks) = locks() else { return screen };
    for slot in 0..SLOTS {
        if take_one(&locks, &format!("hailong-live-{slot}")).await.unwrap_or(true) {
            return true;
        }
    }
    false
}

fn locks() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then_some(locks)
}

async fn take_one(locks: &JsValue, name: &str) -> Result<bool, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into())?;
    let request: Function = Reflect::get(locks, &"request".into())?.dyn_into()?;
    let mut taken = None;
    // Answers whether the lock was given; a promise that is never kept holds it.
    let answer = Promise::new(&mut |resolve, _| taken = Some(resolve));
    let taken = taken.ok_or(JsValue::NULL)?;
    let held = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let given = !lock.is_null();
        let _ = taken.call1(&JsValue::NULL, &given.into());
        match given {
            true => Promise::new(&mut |_, _| {}).into(),
            false => JsValue::NULL,
        }
    });
    request.call3(locks, &name.into(), &options, &held)?;
    Ok(JsFuture::from(answer).await?.as_bool().unwrap_or(true))
}
