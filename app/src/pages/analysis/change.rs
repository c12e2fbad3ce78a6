//! What changed since an earlier period, and what differs from another unit, with how sure that is.

use domain::analysis::{Compared, Comparison};
use domain::questionnaire::Lang;
use domain::statistics::compare::Direction;
use leptos::prelude::*;

use super::AnalysisPage;
use crate::official::dates;
use crate::text::{count, decimal, signed, t, t_args};

pub(super) fn section(page: &AnalysisPage<'_>) -> AnyView {
    let (lang, analysis) = (page.lang, page.analysis);
    let now = dates(lang, analysis.from, analysis.to);
    let intro = [("list", now), ("n", count(lang, analysis.responses))];
    let difference = analysis.difference.as_ref().map(|other| {
        let heading = t_args(lang, "difference-heading", &[("unit", other.name.clone())]);
        view! {
            <section class="compared">
                <h2>{heading}</h2>
                {table(lang, other, &DIFFERENCE)}
            </section>
        }
    });
    let before = &analysis.change;
    let against =
        t_args(lang, "change-against", &[("list", lower(&dates(lang, before.from, before.to)))]);
    view! {
        <section class="compared">
            <h2>{t(lang, "change-heading")}</h2>
            <p class="dates">{t_args(lang, "change-now", &intro)}" "{against}</p>
            {table(lang, before, &CHANGE)}
        </section>
        {difference}
    }
    .into_any()
}

/// The keys of the words for two periods, or for two units.
pub(crate) struct Words {
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) by: &'static str,
    pub(crate) rising: &'static str,
    pub(crate) falling: &'static str,
}

pub(crate) const CHANGE: Words = Words {
    before: "change-before",
    after: "change-after",
    by: "change-by",
    rising: "direction-rising",
    falling: "direction-falling",
};

const DIFFERENCE: Words = Words {
    before: "difference-other",
    after: "difference-own",
    by: "targets-gap",
    rising: "direction-higher",
    falling: "direction-lower",
};

/// Within a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// One side, the other, the difference with its interval, and what can be said of it.
pub(crate) fn table(lang: Lang, compared: &Comparison, words: &Words) -> AnyView {
    if let Some(reason) = compared.reason {
        return view! { <p>{t(lang, &format!("change-{}", reason.name()))}</p> }.into_any();
    }
    let [before, after, by] = [words.before, words.after, words.by].map(|key| t(lang, key));
    let rows = compared.rows.iter().map(|row| line(lang, row, words));
    view! {
        <table class="cards" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{t(lang, "components-column")}</th>
                    <th scope="col" role="columnheader" class="number">{before}</th>
                    <th scope="col" role="columnheader" class="number">{after}</th>
                    <th scope="col" role="columnheader" class="number">{by}</th>
                    <th scope="col" role="columnheader">{t(lang, "change-says")}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn line(lang: Lang, row: &Compared, words: &Words) -> AnyView {
    let [before, after] = [words.before, words.after].map(|key| t(lang, key));
    let score = |score: Option<f64>| score.map_or("–".to_owned(), |s| decimal(lang, s, 2));
    let range = row.low.zip(row.high).map(|(low, high)| {
        let values = [("low", signed(lang, low)), ("high", signed(lang, high))];
        view! { <small>{t_args(lang, "range", &values)}</small> }
    });
    let by = row.estimate.map_or("–".to_owned(), |estimate| signed(lang, estimate));
    let (class, mark, key) = match row.direction {
        Some(Direction::Rising) => ("trend rising", "▲", words.rising),
        Some(Direction::Falling) => ("trend falling", "▼", words.falling),
        Some(Direction::Unclear) => ("trend unclear", "◆", "direction-unclear"),
        None => ("trend unclear", "…", "direction-none"),
    };
    let p = row.p_adjusted.map(|p| {
        let text = match p {
            p if p < 0.001 => t(lang, "p-least"),
            p => t_args(lang, "p", &[("score", decimal(lang, p, 3))]),
        };
        view! { <small>{text}</small> }
    });
    let class_of_row = if row.code.contains('.') { "measured" } else { "measured group" };
    view! {
        <tr role="row" class=class_of_row>
            <th scope="row" role="rowheader"><span class="no">{row.code.clone()}</span>" "{row.name.clone()}</th>
            <td role="cell" class="number" data-label=before><div>{score(row.before)}</div></td>
            <td role="cell" class="number" data-label=after><div>{score(row.after)}</div></td>
            <td role="cell" class="number" data-label=t(lang, words.by)><div>{by}{range}</div></td>
            <td role="cell" data-label=t(lang, "change-says")>
                <div><span class=class><span aria-hidden="true">{mark}</span>" "{t(lang, key)}</span>{p}</div>
            </td>
        </tr>
    }
    .into_any()
}
