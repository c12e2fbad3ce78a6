//! What is different between two states of a row, as the trail keeps them.

use domain::day;
use serde_json::{Map, Value};

/// A column whose value is another one; nothing where it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// As it is named in files.
    pub column: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Columns with their order in files.
const ORDER: [&str; 26] = [
    "code",
    "parent",
    "unit",
    "year",
    "index",
    "month",
    "handled",
    "kind",
    "name",
    "channel",
    "valid_from",
    "valid_to",
    "open_from",
    "open_to",
    "predecessors",
    "public",
    "max",
    "baseline",
    "baseline_rank",
    "rank_of",
    "target",
    "actual",
    "actual_date",
    "source",
    "goal",
    "goal_text",
];

/// The columns in which two states differ, in the order of the files. What is not there is nothing.
pub fn differences(before: Option<&str>, after: Option<&str>) -> Vec<Difference> {
    let (before, after) = (columns(before), columns(after));
    let all = ORDER.iter().map(|name| Difference {
        column: (*name).to_owned(),
        before: before.get(*name).and_then(|value| text(name, value)),
        after: after.get(*name).and_then(|value| text(name, value)),
    });
    all.filter(|one| one.before != one.after).collect()
}

fn columns(state: Option<&str>) -> Map<String, Value> {
    let state = state.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    match state {
        Value::Object(mut columns) => {
            // The table calls it so, since `index` is a word of SQL.
            if let Some(index) = columns.remove("index_name") {
                columns.insert("index".to_owned(), index);
            }
            columns
        }
        Value::Null => Map::new(),
        // Of dossiers the trail keeps the number alone.
        number => Map::from_iter([("handled".to_owned(), number)]),
    }
}

fn text(column: &str, value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(codes) => codes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|"),
        // The trail keeps the number of a day.
        Value::Number(number) if column == "actual_date" => {
            let day = number.as_i64().and_then(|number| i32::try_from(number).ok())?;
            day::from_number(day).to_string()
        }
        other => other.to_string(),
    };
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named_and_days_are_days() {
        let day = day::number("2026-11-26".parse().unwrap());
        let after =
            format!(r#"{{"index_name":"par","target":"80.5","actual_date":{day},"goal":null}}"#);
        let before = r#"{"index_name":"par","target":"80","actual_date":null,"goal":null}"#;
        let found = differences(Some(before), Some(&after));
        let said: Vec<_> = found
            .iter()
            .map(|d| (d.column.as_str(), d.before.as_deref(), d.after.as_deref()))
            .collect();
        let wanted =
            [("target", Some("80"), Some("80.5")), ("actual_date", None, Some("2026-11-26"))];
        assert_eq!(said, wanted);
        assert_eq!(differences(Some("120"), Some("130"))[0].column, "handled");
        assert_eq!(differences(Some(before), Some(before)), []);
    }
}
