//! How a figure is said: its score, or why there is none. Three states that never look alike.

use domain::index::Figure;
use domain::questionnaire::Lang;
use domain::release::BLOCK;
use domain::score::Score;
use leptos::prelude::*;

use crate::chart::Mark;
use crate::text::{comma, score, t, t_args};

/// A figure in a table or a list: short.
pub(crate) fn cell(lang: Lang, figure: Figure) -> AnyView {
    match figure {
        Figure::Shown { score: value, .. } => {
            let few = figure.is_few().then(|| few(lang));
            view! { {score(lang, value)} {few} }.into_any()
        }
        Figure::Withheld => {
            let (short, long) = (t(lang, "withheld-short"), t(lang, "withheld"));
            view! { <span class="withheld" title=long>{short}</span> }.into_any()
        }
        Figure::None => {
            let (short, long) = (t(lang, "none-short"), t(lang, "none"));
            view! { <span class="none" title=long>{short}</span> }.into_any()
        }
    }
}

/// A figure in a row of so many responses. Where these would be enough, what is withheld protects
/// another figure, and "under 5" beside them would read as a mistake.
pub(crate) fn cell_of(lang: Lang, figure: Figure, responses: u64) -> AnyView {
    match figure {
        Figure::Withheld if responses >= BLOCK => {
            let (short, long) = (t(lang, "unpublished-short"), t(lang, "unpublished"));
            view! { <span class="withheld" title=long>{short}</span> }.into_any()
        }
        _ => cell(lang, figure),
    }
}

/// A figure about a part of the month. How many persons it is about is not said beside it, so neither is
/// for which of the two reasons it is withheld; a note below the table says both.
pub(crate) fn cell_of_part(lang: Lang, figure: Figure) -> AnyView {
    match figure {
        Figure::Withheld => {
            let (short, long) = (t(lang, "unpublished-short"), t(lang, "report-unpublished"));
            view! { <span class="withheld" title=long>{short}</span> }.into_any()
        }
        _ => cell(lang, figure),
    }
}

/// The badge of a figure about few persons.
pub(crate) fn few(lang: Lang) -> AnyView {
    view! { " "<span class="few">{t(lang, "few")}</span> }.into_any()
}

/// A figure in plain words.
pub(crate) fn words(lang: Lang, figure: Figure) -> String {
    match figure {
        Figure::Shown { score: value, .. } if figure.is_few() => {
            format!("{} ({})", score(lang, value), t(lang, "few"))
        }
        Figure::Shown { score: value, .. } => score(lang, value),
        Figure::Withheld => t(lang, "withheld"),
        Figure::None => t(lang, "none"),
    }
}

/// A figure in a chart.
pub(crate) fn mark(figure: Figure) -> Mark {
    match figure {
        Figure::Shown { score, .. } => Mark::Value(domain::document::number(score)),
        Figure::Withheld => Mark::Withheld,
        Figure::None => Mark::Absent,
    }
}

/// A score and its interval in the words of a layman: "khoảng 74, từ 71 đến 77". In whole
/// numbers, or with one decimal where whole ones would say the same thing twice. Both ends are rounded
/// outwards, so that what is said holds the interval.
fn about(lang: Lang, value: Score, (low, high): (f64, f64)) -> String {
    let whole = [low.floor(), high.ceil()].map(|end| format!("{end:.0}"));
    let about = domain::score::show_with(value, 0);
    let narrow = whole.contains(&about);
    let [about, low, high] = match narrow {
        true => {
            let about = domain::score::show_with(value, 1).replace(',', ".");
            let [low, high] = [(10.0 * low).floor(), (10.0 * high).ceil()];
            let [low, high] = [low, high].map(|tenths| format!("{:.1}", tenths / 10.0));
            [about, low, high].map(|text| comma(lang, text))
        }
        false => {
            let [low, high] = whole;
            [about, low, high]
        }
    };
    t_args(lang, "board-range", &[("about", about), ("low", low), ("high", high)])
}

/// The figure of a summary, large, or why there is none.
pub(crate) fn large(lang: Lang, figure: Figure) -> AnyView {
    match figure {
        Figure::Shown { score: value, .. } => {
            let few = figure.is_few().then(|| few(lang));
            view! {
                <p class="large"><b>{score(lang, value)}</b><span>"%"</span>{few}</p>
            }
            .into_any()
        }
        Figure::Withheld => {
            view! { <p class="large withheld">{t(lang, "withheld")}</p> }.into_any()
        }
        Figure::None => view! { <p class="large none">{t(lang, "none")}</p> }.into_any(),
    }
}

/// Below it, how sure it is; nothing where there is no figure.
pub(crate) fn range(lang: Lang, figure: Figure, ends: Option<(f64, f64)>) -> Option<AnyView> {
    let value = figure.score()?;
    let text = match ends {
        Some(ends) => about(lang, value, ends),
        None => t(lang, "board-no-range"),
    };
    Some(view! { <p class="range">{text}</p> }.into_any())
}

/// The class that colours a score; the number itself stands beside the colour.
pub(crate) fn heat(figure: Figure) -> &'static str {
    let Mark::Value(value) = mark(figure) else { return "heat" };
    match value {
        90.0.. => "heat h5",
        80.0.. => "heat h4",
        65.0.. => "heat h3",
        50.0.. => "heat h2",
        _ => "heat h1",
    }
}

/// Which tint of [`heat`] stands for which scores.
pub(crate) fn tints(lang: Lang) -> AnyView {
    let steps = (1..=5).map(|step| {
        view! { <li class=format!("t{step}")>{t(lang, &format!("tint-{step}"))}</li> }
    });
    view! { <ul class="key tints" aria-label=t(lang, "tints")>{steps.collect_view()}</ul> }
        .into_any()
}

/// What the three states mean.
pub(crate) fn legend(lang: Lang) -> AnyView {
    view! {
        <dl class="legend" aria-label=t(lang, "legend")>
            <div>
                <dt><span class="few">{t(lang, "few")}</span></dt>
                <dd>{t(lang, "few-means")}</dd>
            </div>
            <div>
                <dt><span class="withheld">{t(lang, "withheld-short")}</span></dt>
                <dd>{t(lang, "withheld-means")}</dd>
            </div>
            <div>
                <dt><span class="none">{t(lang, "none-short")}</span></dt>
                <dd>{t(lang, "none-means")}</dd>
            </div>
        </dl>
    }
    .into_any()
}
