//! What is wrong with a file, in words: on the page in the reader's language, at the command line in
//! Vietnamese.

use app::text::{t, t_args};
use domain::questionnaire::Lang;

use crate::service::import::{Bad, What};

/// What is wrong.
pub fn words(lang: Lang, what: &What) -> String {
    let key = format!("import-bad-{}", what.key);
    match what.values.is_empty() {
        true => t(lang, &key),
        false => t_args(lang, &key, &what.values),
    }
}

/// The same with line and column, for who has no page.
pub fn sentence(lang: Lang, bad: &Bad) -> String {
    let values = [
        ("line", bad.line.to_string()),
        ("column", bad.column.clone()),
        ("why", words(lang, &bad.what)),
    ];
    let key = if bad.column == "-" { "import-bad-at-line" } else { "import-bad-at" };
    t_args(lang, key, &values)
}
