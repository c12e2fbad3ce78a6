//! What lies below its own usual level.

use leptos::prelude::*;

use super::period::Address;
use super::{BoardPage, FallenRow, UsualPage};
use crate::text::{count, day, decimal, signed, t, t_args};

pub(super) fn section(page: &BoardPage<'_>) -> Option<AnyView> {
    let lang = page.lang;
    let usual = page.usual?;
    let view = view! {
        <section class="usual" id="usual">
            <h2>{t(lang, "usual-heading")}</h2>
            {found(page, usual)}
            <p class="fine">{means(page, usual)}</p>
        </section>
    };
    Some(view.into_any())
}

fn found(page: &BoardPage<'_>, usual: &UsualPage) -> AnyView {
    let lang = page.lang;
    if usual.compared == 0 {
        return view! { <p>{t(lang, "usual-unknown")}</p> }.into_any();
    }
    if usual.fallen.is_empty() {
        let values = [("n", count(lang, usual.compared as u64))];
        return view! { <p>{t_args(lang, "usual-none", &values)}</p> }.into_any();
    }
    let rows = usual.fallen.iter().map(|fallen| row(page, fallen));
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{t(lang, "parts-name")}</th>
                    <th scope="col" class="number">{t(lang, "usual-recent")}</th>
                    <th scope="col" class="number">{t(lang, "usual-usual")}</th>
                    <th scope="col" class="number">{t(lang, "usual-change")}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(page: &BoardPage<'_>, fallen: &FallenRow) -> AnyView {
    let lang = page.lang;
    let name = match &fallen.link {
        Some(code) => {
            let link = Address { code, ..Address::of(page) }.link();
            view! { <a href=link lang="vi">{fallen.name.clone()}</a> }.into_any()
        }
        None => fallen.name.clone().into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="number strong">{decimal(lang, fallen.recent, 1)}</td>
            <td class="number">{decimal(lang, fallen.usual, 1)}</td>
            <td class="number">{signed(lang, fallen.recent - fallen.usual)}</td>
        </tr>
    }
    .into_any()
}

/// Which days are compared, and by which rule.
fn means(page: &BoardPage<'_>, usual: &UsualPage) -> String {
    let lang = page.lang;
    let (recent, before) = (usual.recent, usual.before);
    let values = [
        ("recent_from", day(recent.0)),
        ("recent_to", day(recent.1)),
        ("before_from", day(before.0)),
        ("before_to", day(before.1)),
    ];
    t_args(lang, "usual-means", &values)
}
