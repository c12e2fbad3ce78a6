use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

/// All words of a language.
fn words(lang: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang);
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// Each message with the variables in it.
fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            current = key.to_owned();
            assert!(!messages.contains_key(key), "{key} stands twice");
            messages.entry(key.to_owned()).or_default();
        }
        let names = line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>()
        });
        messages.entry(current.clone()).or_default().extend(names);
    }
    messages.remove("");
    messages
}

/// All Rust files below `app/src`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_and_variables() {
    let (vi, en) = (messages(&words("vi")), messages(&words("en")));
    assert!(vi.len() > 100);
    assert_eq!(vi, en);
}

#[test]
fn every_message_can_be_said_in_both_languages() {
    for (key, variables) in messages(&words("vi")) {
        for lang in [Lang::Vi, Lang::En] {
            let names = ["n", "minutes", "title", "at", "problem", "point", "unit", "time", "day"];
            let more = ["from", "to", "names", "code", "legal", "label", "percent", "list", "low"];
            let rest = ["high", "last", "score", "about", "year", "target", "stated", "computed"];
            let live = ["weekday", "mean", "weeks", "hour", "recent_from", "recent_to"];
            let days = ["before_from", "before_to"];
            let people = ["name", "seconds", "role", "units", "device", "grant", "id"];
            let reports = [
                "by", "dossiers", "sealed", "error", "highest", "index", "link", "lowest", "month",
                "needed", "place", "says", "subject", "text", "why",
            ];
            let tables = [
                "after", "all", "before", "cell", "column", "format", "line", "max", "most",
                "number", "row", "rows", "size", "table", "value", "wanted",
            ];
            let all = names
                .into_iter()
                .chain(more)
                .chain(rest)
                .chain(live)
                .chain(days)
                .chain(people)
                .chain(reports)
                .chain(tables);
            let args: Vec<_> = all.map(|name| (name, "7".to_owned())).collect();
            let said = t_args(lang, &key, &args);
            assert_ne!(said, key);
            assert!(!said.contains('$') && !said.contains('\u{2068}'), "{key}: {said}");
            assert!(variables.is_empty() || said.contains('7'), "{key}: {said}");
        }
    }
}

/// A key that the code asks for and that nobody wrote would be shown as it is.
#[test]
fn the_code_asks_for_no_message_that_is_not_there() {
    let known = messages(&words("vi"));
    let mut files = vec![];
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut asked = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for call in ["t(lang, \"", "t(other, \"", "t(Lang::Vi, \"", "t_args(lang, \""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(known.contains_key(key), "{key} in {}", file.display());
                asked += 1;
            }
        }
    }
    assert!(asked > 80);
}

#[test]
fn a_whole_number_chooses_singular_or_plural() {
    let say = |n: &str| t_args(Lang::En, "persons", &[("n", n.to_owned())]);
    assert_eq!([say("1"), say("2"), say("1,234")], ["1 person", "2 people", "1,234 people"]);
    assert_eq!(t_args(Lang::Vi, "persons", &[("n", "1.234".to_owned())]), "1.234 người");
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let value = Score::new(73485, 3);
    assert_eq!([score(Lang::Vi, value), score(Lang::En, value)], ["73,49", "73.49"]);
    assert_eq!([count(Lang::Vi, 1234), count(Lang::En, 1234)], ["1.234", "1,234"]);
    assert_eq!(day(jiff::civil::date(2026, 1, 2)), "02/01/2026");
}

#[test]
fn a_missing_message_shows_its_key() {
    assert_eq!(t(Lang::En, "no-such-message"), "no-such-message");
}

#[test]
fn a_capital_stands_at_the_beginning() {
    assert_eq!(capital("điểm phục vụ"), "Điểm phục vụ");
    assert_eq!(capital(""), "");
}
