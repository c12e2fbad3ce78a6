//! One published table with what is measured of it; on a narrow screen each row is a card.

use domain::questionnaire::Lang;
use domain::review::{Month, Place, Row};
use domain::score::Score;
use domain::statistics::outlook::Verdict;
use domain::target::IndexName;
use leptos::prelude::*;

use super::{TargetsPage, findings};
use crate::chart::{self, Mark, Step};
use crate::figure::cell;
use crate::text::{chance, count, day, decimal, entered, score, signed, t, t_args};

pub(super) fn section(page: &TargetsPage<'_>, index: IndexName) -> Option<AnyView> {
    let (lang, review) = (page.lang, page.review);
    let rows: Vec<&Row> = review.of(index).collect();
    if rows.is_empty() {
        return None;
    }
    let columns = Columns::of(&rows);
    let heading = t(lang, &format!("index-{}", index.name()));
    let head = |key: &str, number: bool| {
        let text = named(page, key);
        view! { <th scope="col" role="columnheader" class=number.then_some("number")>{text}</th> }
    };
    let view = view! {
        <section class="published">
            <h2>{heading}</h2>
            {goal(page, &rows)}
            <table class="cards" role="table">
                <thead role="rowgroup">
                    <tr role="row">
                        {head("targets-row", false)}
                        {columns.max.then(|| head("targets-max", true))}
                        {head("targets-baseline", true)}
                        {head("targets-target", true)}
                        {head("targets-current", true)}
                        {head("targets-gap", true)}
                        {columns.projection.then(|| head("targets-projection", true))}
                        {head("targets-verdict", false)}
                        {columns.trend.then(|| head("targets-trend", false))}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {rows.iter().map(|row| line(page, &columns, row)).collect_view()}
                </tbody>
            </table>
            {sources(page, &rows)}
            {broken(page, &rows)}
            {findings::list(page, index)}
        </section>
    };
    Some(view.into_any())
}

/// Columns that some row of the table has.
struct Columns {
    max: bool,
    projection: bool,
    trend: bool,
}

impl Columns {
    fn of(rows: &[&Row]) -> Self {
        Self {
            max: rows.iter().any(|row| row.max.is_some()),
            projection: rows.iter().any(|row| row.projection.is_some()),
            trend: rows.iter().any(|row| row.trend.len() > 1),
        }
    }
}

/// The heading of a column, with the year where it has one.
fn named(page: &TargetsPage<'_>, key: &str) -> String {
    let key = match key {
        "targets-current" if page.review.closed => "targets-result",
        key => key,
    };
    let year = if key == "targets-baseline" { page.review.year - 1 } else { page.review.year };
    t_args(page.lang, key, &[("year", year.to_string())])
}

fn line(page: &TargetsPage<'_>, columns: &Columns, row: &Row) -> AnyView {
    let lang = page.lang;
    let class = match (row.measured, row.is_total() || !row.code.contains('.')) {
        (true, true) => "measured group",
        (true, false) => "measured",
        (false, true) if row.index == "sipas" || row.is_total() => "entered group",
        (false, _) => "entered",
    };
    let td = |key: &str, content: AnyView| {
        view! {
            <td role="cell" class="number" data-label=named(page, key)>
                <div>{content}</div>
            </td>
        }
    };
    let number = |number: Option<Score>| {
        number.map_or_else(|| "–".to_owned(), |number| entered(lang, number)).into_any()
    };
    let code = (!row.is_total()).then(|| view! { <span class="no">{row.code.clone()}</span>" " });
    let gap = row.gap.map_or("–".to_owned(), |gap| signed(lang, domain::document::number(gap)));
    view! {
        <tr role="row" class=class>
            <th scope="row" role="rowheader" lang="vi">{code}{row.name.clone()}</th>
            {columns.max.then(|| td("targets-max", number(row.max)))}
            {td("targets-baseline", baseline(page, row))}
            {td("targets-target", number(row.target))}
            {td("targets-current", current(page, row))}
            {td("targets-gap", gap.into_any())}
            {columns.projection.then(|| td("targets-projection", projection(lang, row)))}
            <td role="cell" data-label=named(page, "targets-verdict")><div>{verdict(lang, row.judged)}</div></td>
            {columns.trend.then(|| trend(page, row))}
        </tr>
    }
    .into_any()
}

/// The unit's own baseline, or those of the units that it continues, each as such.
fn baseline(page: &TargetsPage<'_>, row: &Row) -> AnyView {
    let lang = page.lang;
    if let Some(baseline) = row.baseline {
        let rank = row.baseline_rank.zip(row.rank_of).map(|(rank, of)| {
            let values = [("n", rank.to_string()), ("to", of.to_string())];
            view! { <small>{t_args(lang, "targets-rank-of", &values)}</small> }
        });
        return view! { {entered(lang, baseline)}{rank} }.into_any();
    }
    let before = page.review.predecessors.iter().filter_map(|unit| {
        let mut same = unit.rows.iter().filter(|o| o.index == row.index && o.code == row.code);
        let value = entered(lang, same.next()?.baseline?);
        let from = [("unit", unit.name.clone()), ("year", (unit.year - 1).to_string())];
        let link =
            format!("/targets/{}/{}{}", unit.unit, unit.year, crate::official::tail(lang, '?'));
        let of = t_args(lang, "targets-inherited", &from);
        let of = match unit.open {
            true => view! { <a href=link>{of}</a> }.into_any(),
            false => of.into_any(),
        };
        Some(view! { <span class="inherited">{value}<small>{of}</small></span> })
    });
    let before: Vec<_> = before.collect();
    if before.is_empty() { "–".into_any() } else { before.collect_view().into_any() }
}

/// What is measured with its interval, or what was entered with its day.
fn current(page: &TargetsPage<'_>, row: &Row) -> AnyView {
    let lang = page.lang;
    let entered_on = |value: Score, key: &str| {
        let values = [
            ("score", entered(lang, value)),
            ("day", row.actual_date.map_or_else(String::new, day)),
        ];
        let key = if row.actual_date.is_some() { key.to_owned() } else { format!("{key}-undated") };
        let text = t_args(lang, &key, &values);
        view! { <small>{text}</small> }
    };
    if !row.measured {
        return match row.actual {
            Some(actual) => {
                view! { {entered(lang, actual)}{entered_on(actual, "targets-entered")} }.into_any()
            }
            None => view! { <span class="none">{t(lang, "targets-not-entered")}</span> }.into_any(),
        };
    }
    let interval = row.interval.map(|ends| {
        let [low, high] = [ends.low, ends.high].map(|end| decimal(lang, end, 1));
        view! { <small>{t_args(lang, "range", &[("low", low), ("high", high)])}</small> }
    });
    let persons = row.answers.map(|n| {
        view! { <small>{t_args(lang, "persons", &[("n", count(lang, n))])}</small> }
    });
    let rank = row.rank.map(|rank| {
        view! { <small>{ranked(lang, rank)}</small> }
    });
    let published = row.actual.map(|actual| entered_on(actual, "targets-published"));
    view! { {cell(lang, row.figure)}{interval}{persons}{rank}{published} }.into_any()
}

fn projection(lang: Lang, row: &Row) -> AnyView {
    let Some(foreseen) = row.projection else { return "–".into_any() };
    let [low, high] = [foreseen.low, foreseen.high].map(|end| decimal(lang, end, 1));
    let chance = foreseen.probability.map(|p| {
        let text = t_args(lang, "targets-chance", &[("percent", chance(lang, p))]);
        view! { <small>{text}</small> }
    });
    view! {
        {decimal(lang, foreseen.score, 1)}
        <small>{t_args(lang, "range", &[("low", low), ("high", high)])}</small>
        {chance}
    }
    .into_any()
}

/// A place among others with its interval: `3/5 (từ 2 đến 4)`.
pub(crate) fn place(lang: Lang, rank: Place) -> String {
    let values = [
        ("n", rank.place.to_string()),
        ("to", rank.of.to_string()),
        ("low", rank.low.to_string()),
        ("high", rank.high.to_string()),
    ];
    t_args(lang, "place", &values)
}

/// The same in a sentence: `hạng 3/5 (từ 2 đến 4)`.
pub(crate) fn ranked(lang: Lang, rank: Place) -> String {
    let key = if rank.tied { "targets-rank-tied" } else { "targets-rank-now" };
    t_args(lang, key, &[("n", place(lang, rank))])
}

/// A verdict as a mark and in words; the colour only repeats it.
pub(crate) fn verdict(lang: Lang, verdict: Verdict) -> AnyView {
    let (class, mark) = marked(verdict);
    let words = verdict_words(lang, verdict);
    view! { <span class=class><span aria-hidden="true">{mark}</span>" "{words}</span> }.into_any()
}

fn marked(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Met => ("verdict met", "✓"),
        Verdict::Missed => ("verdict missed", "✗"),
        Verdict::Likely => ("verdict likely", "▲"),
        Verdict::Unclear => ("verdict unclear", "◆"),
        Verdict::Unlikely => ("verdict unlikely", "▼"),
        Verdict::Insufficient => ("verdict insufficient", "…"),
    }
}

/// A verdict in words alone.
pub(crate) fn verdict_words(lang: Lang, verdict: Verdict) -> String {
    t(lang, &format!("verdict-{}", &marked(verdict).0[8..]))
}

/// Thirteen months, broken where figures cannot be compared.
fn trend(page: &TargetsPage<'_>, row: &Row) -> AnyView {
    let lang = page.lang;
    let label = named(page, "targets-trend");
    if row.trend.len() < 2 {
        return view! { <td role="cell" data-label=label><div>"–"</div></td> }.into_any();
    }
    let number = |month: &Month| domain::day::month_number(month.from);
    let ends = (row.trend.first().map_or(0, number), row.trend.last().map_or(0, number));
    let steps: Vec<Step> = (ends.0..=ends.1)
        .map(|at| {
            let month = row.trend.iter().find(|month| number(month) == at);
            let breaks =
                page.review.breaks.iter().any(|day| {
                    at > ends.0 && day.day() == 1 && domain::day::month_number(*day) == at
                });
            let mark = match month {
                Some(month) => month.score.map_or(Mark::Withheld, Mark::Value),
                None => Mark::Absent,
            };
            Step { mark, breaks }
        })
        .collect();
    let said = row.trend.iter().map(|month| {
        let value = month.score.map_or_else(|| t(lang, "withheld-short"), |s| decimal(lang, s, 2));
        format!("{:02}/{}: {value}.", month.from.month(), month.from.year())
    });
    let desc = said.collect::<Vec<_>>().join(" ");
    let title = t_args(lang, "targets-trend-title", &[("list", row.name.clone())]);
    let id = format!("spark-{}", row.code.replace('.', "-"));
    let wanted = row.target.map(domain::document::number);
    view! {
        <td role="cell" class="course" data-label=label>
            <div>{chart::spark(id, title, desc, &steps, wanted)}</div>
        </td>
    }
    .into_any()
}

/// The target of the plan's text beside that of its table.
fn goal(page: &TargetsPage<'_>, rows: &[&Row]) -> Option<AnyView> {
    let lang = page.lang;
    let total = rows.iter().find(|row| row.goal.is_some() || row.goal_text.is_some())?;
    let quoted = total.goal_text.clone().map(|text| view! { <q lang="vi">{text}</q> });
    let number = |n: Option<Score>| n.map_or("–".to_owned(), |n| entered(lang, n));
    let differs = (total.goal.is_some() && total.goal != total.target).then(|| {
        let values = [("stated", number(total.goal)), ("target", number(total.target))];
        t_args(lang, "targets-goal-differs", &values)
    });
    Some(view! { <p class="goal">{t(lang, "targets-goal")}" "{quoted}" "{differs}</p> }.into_any())
}

/// Where baseline and target cannot be compared, since the way of measuring or the borders changed
/// between them.
fn broken(page: &TargetsPage<'_>, rows: &[&Row]) -> Option<AnyView> {
    let review = page.review;
    let own = rows.iter().any(|row| row.baseline.is_some()).then_some(review.year - 1);
    let inherited = rows.iter().any(|row| row.measured && row.baseline.is_none());
    let inherited = review.predecessors.iter().map(|unit| unit.year - 1).filter(|_| inherited);
    let first = own.into_iter().chain(inherited).min()?;
    let between =
        review.breaks.iter().filter(|day| first < day.year() && day.year() <= review.year);
    let days: Vec<String> = between.map(|on| day(*on)).collect();
    let text = (!days.is_empty())
        .then(|| t_args(page.lang, "targets-broken", &[("list", days.join(", "))]))?;
    Some(view! { <p class="broken">{text}</p> }.into_any())
}

fn sources(page: &TargetsPage<'_>, rows: &[&Row]) -> Option<AnyView> {
    let mut sources: Vec<&str> = rows.iter().filter_map(|row| row.source.as_deref()).collect();
    sources.sort_unstable();
    sources.dedup();
    (!sources.is_empty()).then(|| {
        let text = sources.join("; ");
        view! { <p class="fine">{t(page.lang, "targets-source")}" "<span lang="vi">{text}</span></p> }
            .into_any()
    })
}

/// A score in two decimals, or why there is none.
pub(super) fn plain(lang: Lang, row: &Row) -> String {
    match row.figure.score() {
        Some(value) => score(lang, value),
        None => "–".to_owned(),
    }
}
