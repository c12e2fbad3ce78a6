//! What the program is built of: each dependency by a licence that `deny.toml` allows, from the registry
//! and nowhere else. `make deny` looks at the same with a tool of its own.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Targets for which it is built.
const TARGETS: [&str; 3] =
    ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "wasm32-unknown-unknown"];

fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let list = text.split("allow = [").nth(1).unwrap().split(']').next().unwrap();
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// What was resolved for a target; the lock file says it.
fn metadata(target: &str) -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--all-features"])
        .args(["--filter-platform", target])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether an SPDX expression can be met by what is allowed. `/` is the `OR` of old manifests, and an
/// exception only ever gives more.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let met = any(&mut rest, allowed);
    assert!(rest.is_empty(), "{expression} was not understood");
    met
}

fn any(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = all(rest, allowed);
    while let ["OR", more @ ..] = *rest {
        *rest = more;
        met |= all(rest, allowed);
    }
    met
}

fn all(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut met = one(rest, allowed);
    while let ["AND", more @ ..] = *rest {
        *rest = more;
        met &= one(rest, allowed);
    }
    met
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *rest {
        ["(", inner @ ..] => {
            *rest = inner;
            let met = any(rest, allowed);
            assert_eq!(rest.first(), Some(&")"));
            *rest = &rest[1..];
            met
        }
        [licence, "WITH", _, more @ ..] | [licence, more @ ..] => {
            *rest = more;
            allowed.contains(*licence)
        }
        [] => false,
    }
}

#[test]
fn every_dependency_has_an_allowed_licence_and_comes_from_the_registry() {
    let allowed = allowed();
    assert!(allowed.contains("MIT") && !allowed.contains("GPL-3.0-only"));
    let (mut seen, mut sources) = (BTreeSet::new(), BTreeSet::new());
    for target in TARGETS {
        let metadata = metadata(target);
        let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
        let used: BTreeSet<&str> = nodes.iter().map(|node| node["id"].as_str().unwrap()).collect();
        for package in metadata["packages"].as_array().unwrap() {
            let id = package["id"].as_str().unwrap();
            if !used.contains(id) || !seen.insert(id.to_owned()) {
                continue;
            }
            let licence = package["license"].as_str().unwrap_or_default();
            assert!(is_met(licence, &allowed), "{id}: {licence:?}");
            match package["source"].as_str() {
                Some(source) => _ = sources.insert(source.to_owned()),
                None => assert!(id.starts_with("path+file://"), "{id}"),
            }
            // Where a manifest names no registry, cargo's own is meant.
            for needed in package["dependencies"].as_array().unwrap() {
                assert!(needed["registry"].is_null(), "{id}: {needed}");
            }
        }
    }
    // One for all, so it is cargo's own: nothing comes from a repository, or from another registry.
    let one: Vec<_> = sources.iter().collect();
    assert!(matches!(&one[..], [one] if one.starts_with("registry+")), "{one:?}");
    assert!(seen.len() > 200, "{} packages were looked at", seen.len());
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = ["MIT", "Apache-2.0", "Zlib"].map(str::to_owned).into();
    for met in [
        "MIT",
        "GPL-2.0 OR MIT",
        "MIT/GPL-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "MIT AND (GPL-3.0 OR Zlib)",
        "(GPL-3.0 OR MIT) AND Zlib",
        "GPL-3.0 AND GPL-2.0 OR MIT",
    ] {
        assert!(is_met(met, &allowed), "{met}");
    }
    for not in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR MPL-2.0", "MIT AND (GPL-3.0 OR MPL-2.0)"]
    {
        assert!(!is_met(not, &allowed), "{not}");
    }
}
