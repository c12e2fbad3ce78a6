//! The rules of the house that the compiler does not know: which layer may use which, SQL in the
//! store alone, `<textarea` in one component, files of a size that can be read.

use std::fs;
use std::path::{Path, PathBuf};

use domain::questionnaire::Lang;

/// Layers of the server from left to right; a layer uses only those to its left.
/// `clock` stands beside the domain; `export`, `qr` and `oidc` stand side by side.
const LAYERS: [(&str, usize); 13] = [
    ("clock", 0),
    ("store", 1),
    ("live", 2),
    ("ingest", 3),
    ("service", 4),
    ("export", 5),
    ("qr", 5),
    ("oidc", 5),
    ("mail", 6),
    ("web", 6),
    ("run", 7),
    ("demo", 8),
    ("main", 9),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && !matches!(name, "target" | "node_modules" | ".git" | "output") {
            found.extend(files(&path, ending));
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
    found
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().find(|(layer, _)| *layer == name).map(|(_, at)| *at)
}

#[test]
fn arrows_point_one_way() {
    let source = root().join("server/src");
    for path in files(&source, ".rs") {
        let relative = path.strip_prefix(&source).unwrap();
        let own = relative.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(mine) = layer(own) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in text.lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let word = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                let Some(theirs) = layer(word) else { continue };
                assert!(
                    theirs < mine || word == own,
                    "{}:{}: {own} must not use {word}",
                    path.display(),
                    number + 1
                );
            }
            let views = line.contains("app::") && !line.trim_start().starts_with("//");
            assert!(
                !views || matches!(own, "export" | "mail" | "web" | "run" | "main" | "demo"),
                "{}:{}: {own} must not use app",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn the_domain_uses_nothing_that_could_fail() {
    let manifest = fs::read_to_string(root().join("app/domain/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dependencies]").nth(1).unwrap();
    let dependencies = dependencies.split('[').next().unwrap();
    let names: Vec<&str> = dependencies
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(names, ["jiff", "rust_decimal", "serde", "statrs", "thiserror", "uuid"]);
    for path in files(&root().join("app/domain/src"), ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        for word in ["std::fs", "std::net", "std::io", "SystemTime", "Timestamp::now", "Zoned::now"]
        {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_store_alone() {
    for path in files(&root().join("server/src"), ".rs") {
        let inside = path.to_str().unwrap().contains("/store");
        let text = fs::read_to_string(&path).unwrap();
        assert!(inside || !text.contains("sqlx"), "{}: SQL outside the store", path.display());
        assert!(!text.contains("AssertSqlSafe"), "{}", path.display());
    }
}

#[test]
fn textarea_stands_in_one_component() {
    let all = files(&root().join("app/src"), ".rs")
        .into_iter()
        .chain(files(&root().join("server/src"), ".rs"));
    let found: Vec<PathBuf> = all
        .filter(|path| {
            !path.ends_with("tests.rs") && fs::read_to_string(path).unwrap().contains("<textarea")
        })
        .collect();
    assert_eq!(found, [root().join("app/src/fields.rs")]);
}

#[test]
fn no_file_is_too_long_to_read() {
    for ending in [".rs", ".ts", ".css", ".sql", ".ftl"] {
        for path in files(&root(), ending) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 420, "{}: {lines} lines", path.display());
        }
    }
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = root().join("migrations").join(engine);
        let mut names: Vec<_> =
            files(&folder, ".sql").iter().map(|p| p.file_name().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// The page of the trail says each act in words.
#[test]
fn every_act_of_the_trail_has_words() {
    let mut sources = files(&root().join("server/src/store"), ".rs");
    sources.push(root().join("server/src/main.rs"));
    let mut acts = 0;
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        let quoted = text.split('"').skip(1).step_by(2);
        for act in quoted.filter(|act| is_act(act)) {
            let key = format!("audit-act-{}", act.replace('.', "-"));
            for lang in [Lang::Vi, Lang::En] {
                assert_ne!(app::text::t(lang, &key), key, "{}", source.display());
            }
            acts += 1;
        }
    }
    assert!(acts > 20, "{acts} acts were found");
}

/// What is wrong with a file is said by key; each has words.
#[test]
fn every_fault_of_a_file_has_words() {
    let mut keys = 0;
    // Whatever stands in the words.
    let values = ["cell", "most", "n", "wanted", "why", "all", "column", "day", "number"];
    let values = values.map(|name| (name, "x".to_owned()));
    for folder in ["import", "entry.rs"] {
        let path = root().join("server/src/service").join(folder);
        let sources = if path.is_dir() { files(&path, ".rs") } else { vec![path] };
        for source in sources {
            let text = fs::read_to_string(&source).unwrap();
            let calls =
                text.split("What::new(\"").skip(1).chain(text.split("What::cell(\"").skip(1));
            let reasons =
                text.split("Reason::").skip(1).filter_map(|rest| rest.split("=> \"").nth(1));
            for key in calls.chain(reasons).filter_map(|rest| rest.split('"').next()) {
                let key = format!("import-bad-{key}");
                for lang in [Lang::Vi, Lang::En] {
                    assert_ne!(app::text::t_args(lang, &key, &values), key, "{}", source.display());
                }
                keys += 1;
            }
        }
    }
    assert!(keys > 50, "{keys} keys were found");
}

/// `unit.write`: a kind that the page knows, and what was done to it.
fn is_act(text: &str) -> bool {
    let word = |c: char| c.is_ascii_lowercase() || c == '-';
    text.split_once('.').is_some_and(|(kind, done)| {
        app::pages::audit::ACTS.contains(&kind) && !done.is_empty() && done.chars().all(word)
    })
}
