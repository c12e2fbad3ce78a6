use insta::assert_snapshot;

use super::*;
use crate::sample::{assets, between, check_document};

fn page(lang: Lang) -> SignInPage<'static> {
    SignInPage {
        lang,
        assets: assets(),
        next: "/boards/tay-son?rule=top2&x=\"><script>",
        name: "",
        not: None,
        before: None,
        provider: None,
        insecure: false,
        demo: false,
        nobody: false,
    }
}

fn checked(html: String) -> String {
    check_document(&html);
    assert!(!html.contains("<script"));
    html
}

#[test]
fn name_and_password_and_where_to_go() {
    let html = checked(sign_in(&page(Lang::Vi)));
    assert_snapshot!(between(&html, "<form", "</form>"), @r#"
    <form method="post" action="/sign-in" class="stack">
    <div class="field">
    <label for="name">Tên đăng nhập</label>
    <input id="name" name="name" type="text" autocomplete="username" autocapitalize="none" spellcheck="false" required>
    </div>
    <div class="field">
    <label for="password">Mật khẩu</label>
    <input id="password" name="password" type="password" autocomplete="current-password" spellcheck="false" required>
    </div>
    <input type="hidden" name="next" value="/boards/tay-son?rule=top2&amp;x=&quot;&gt;&lt;script&gt;">
    <p>
    <button>Đăng nhập</button>
    </p>
    "#);
    assert!(html.contains(
        "href=\"/sign-in?next=/boards/tay-son%3Frule%3Dtop2%26x%3D%22%3E%3Cscript%3E&amp;lang=en\""
    ));
    let html = checked(sign_in(&page(Lang::En)));
    assert!(html.contains(r#"<input type="hidden" name="lang" value="en">"#));
}

#[test]
fn what_went_wrong_is_said_and_the_name_is_kept() {
    let name = "an\"<b>";
    let not = Some(NotIn::Wait(64));
    let html = checked(sign_in(&SignInPage { name, not, ..page(Lang::Vi) }));
    assert_snapshot!(between(&html, "<p role=", "</p>"), @r#"<p role="alert" class="wrong">Đã sai nhiều lần. Xin thử lại sau 64 giây. Máy đã từng đăng nhập bằng tài khoản này không phải chờ chung với máy lạ."#);
    assert!(html.contains("value=\"an&quot;&lt;b&gt;\"") && !html.contains("<b>"));
    let html = sign_in(&SignInPage { not: Some(NotIn::Wrong), ..page(Lang::En) });
    assert!(html.contains("The name or the password is wrong."));
    let html = sign_in(&SignInPage { insecure: true, demo: true, ..page(Lang::Vi) });
    assert!(html.contains("không có HTTPS") && html.contains("Bản dùng thử"));
    let html = sign_in(&SignInPage { nobody: true, ..page(Lang::Vi) });
    assert!(html.contains("hailong account add"));
}

#[test]
fn the_second_step_asks_for_a_code() {
    let not = Some(NotIn::WrongCode);
    let html = checked(code(&CodePage { lang: Lang::Vi, assets: assets(), next: "/", not }));
    assert_snapshot!(between(&html, "<form", "</form>"), @r#"
    <form method="post" action="/sign-in/code" class="stack">
    <div class="field">
    <label for="code">Mã xác thực</label>
    <input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="none" inputmode="text" spellcheck="false" required>
    </div>
    <input type="hidden" name="next" value="/">
    <p>
    <button>Xác nhận</button>
    </p>
    "#);
    assert!(html.contains("Mã không đúng"));
}

#[test]
fn a_link_sets_a_password() {
    let page = LinkPage {
        lang: Lang::Vi,
        assets: assets(),
        token: "0a",
        name: "an<b>@tayson",
        weak: None,
        busy: false,
    };
    let html = checked(link(&page));
    assert!(html.contains("Tài khoản: an&lt;b&gt;@tayson") && html.contains("action=\"/link/0a\""));
    for (weak, field) in [("short", "new-wrong"), ("differ", "again-wrong")] {
        let html = checked(link(&LinkPage { weak: Some(weak), ..page.clone() }));
        assert_eq!(html.matches("class=\"wrong\"").count(), 1);
        assert!(html.contains(&format!("<p id=\"{field}\" class=\"wrong\">")), "{weak}");
    }
}

#[test]
fn another_way_in_is_a_link_where_there_is_one() {
    assert!(!sign_in(&page(Lang::Vi)).contains("/sign-in/oidc"));
    let html =
        checked(sign_in(&SignInPage { provider: Some("Cổng <tỉnh>"), ..page(Lang::En) }));
    assert!(html.contains(
        "<a href=\"/sign-in/oidc?next=/boards/tay-son%3Frule%3Dtop2%26x%3D%22%3E%3Cscript%3E&amp;lang=en\" class=\"button\">"
    ));
    assert!(html.contains("Sign in with Cổng &lt;tỉnh&gt;</a>"));
    for (not, words) in [
        (NotIn::Unknown, "is not linked to anybody"),
        (NotIn::Unverified, "has not verified your e-mail address"),
        (NotIn::Declined, "cancelled or refused"),
        (NotIn::Stale, "start again"),
        (NotIn::NotBelieved, "cannot be relied on"),
        (NotIn::Away, "does not answer"),
    ] {
        let html = sign_in(&SignInPage { not: Some(not), ..page(Lang::En) });
        assert!(html.contains(words), "{not:?}");
        let html = sign_in(&SignInPage { not: Some(not), ..page(Lang::Vi) });
        assert!(!html.contains("signin-provider"), "{not:?}");
    }
}
