//! The description of the API against the routes: nothing is missing, and nothing is made up. Whether
//! answers fit it is asked by `tests/schemathesis.sh`.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use server::web::doors;

fn description() -> Value {
    serde_json::from_str(include_str!("../../server/src/web/openapi.json")).unwrap()
}

/// Method, path and description of each operation.
fn operations(description: &Value) -> Vec<(String, String, &Value)> {
    let paths = description["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters");
        methods.map(|(method, operation)| (method.to_uppercase(), path.clone(), operation))
    });
    all.collect()
}

#[test]
fn every_door_of_programs_is_described_and_no_other() {
    let description = description();
    let described: BTreeSet<_> =
        operations(&description).into_iter().map(|(method, path, _)| (method, path)).collect();
    let for_programs =
        |path: &str| path.starts_with("/api/") || matches!(path, "/healthz" | "/readyz");
    let there: BTreeSet<_> = doors()
        .into_iter()
        .filter(|door| for_programs(door.path))
        .map(|door| (door.method.to_owned(), door.path.to_owned()))
        .collect();
    assert_eq!(described, there);
}

#[test]
fn who_may_ask_is_said_with_what_is_answered_to_others() {
    let description = description();
    let schemes = description["components"]["securitySchemes"].as_object().unwrap();
    assert_eq!(schemes.keys().collect::<Vec<_>>(), ["bearer", "session"]);
    for (method, path, operation) in operations(&description) {
        let open = operation["security"] == json!([]);
        let about_itself =
            !path.starts_with("/api/v1/points/") && !path.starts_with("/api/v1/units/");
        assert_eq!(open, about_itself, "{path}");
        let answers = |status: &str| operation["responses"].get(status).is_some();
        // Before the first account or key exists, and after that outside one's part.
        assert!(answers("403"), "{path}");
        if open {
            continue;
        }
        let named = operation["security"].as_array().unwrap();
        for way in [json!({}), json!({"bearer": []}), json!({"session": []})] {
            assert!(named.contains(&way), "{path} {way}");
        }
        for status in ["401", "404", "422", "500"] {
            assert!(answers(status), "{path} {status}");
        }
        let sends = ["408", "413", "415", "429", "503"];
        let all = sends.iter().all(|status| answers(status));
        assert_eq!(all, method == "POST", "{path}");
    }
}
