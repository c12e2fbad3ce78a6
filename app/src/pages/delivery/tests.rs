use domain::delivery::State;
use jiff::civil::{date, datetime};

use super::*;
use crate::pages::units::tests::checked;
use crate::sample::{DESK, assets, between};

fn recipient() -> RecipientRow {
    RecipientRow {
        id: "0199".into(),
        unit: ("tay-son".into(), "Xã <Tây Sơn>".into()),
        address: "van-phong@tay-son.example".into(),
        lang: Lang::En,
        files: vec![Attachment::Docx, Attachment::Csv],
        since: date(2026, 10, 1),
    }
}

fn mail(state: State, tries: u16, problem: Option<&str>) -> MailRow {
    MailRow {
        unit: ("tay-son".into(), "Xã <Tây Sơn>".into()),
        month: Month::parse("2026-09").unwrap(),
        address: "van-phong@tay-son.example".into(),
        state,
        tries,
        at: datetime(2026, 10, 1, 1, 5, 0, 0),
        problem: problem.map(str::to_owned),
        again: (state == State::Failed).then(|| "0199".to_owned()),
    }
}

fn page<'a>(recipients: &'a [RecipientRow], mails: &'a [MailRow]) -> DeliveryPage<'a> {
    DeliveryPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        only: None,
        sends: true,
        unsealed: &[],
        recipients,
        mails,
        more: false,
        units: &[],
        done: None,
        given: &[],
        problem: None,
    }
}

#[test]
fn each_mail_says_what_became_of_it() {
    let mails = [
        mail(State::Sent, 1, None),
        mail(State::Queued, 0, None),
        mail(State::Queued, 2, Some("timeout")),
        mail(State::Failed, 1, Some("550")),
        mail(State::Failed, 9, Some("535")),
    ];
    let html = checked(delivery(&page(&[], &mails)));
    for words in [
        "Đã gửi lúc 01/10/2026 01:05",
        "Chờ gửi",
        "Gửi lại lúc 01/10/2026 01:05",
        "không trả lời kịp",
        "từ chối (mã 550)",
        "mật khẩu của hệ thống (mã 535)",
        "Chưa có ai nhận báo cáo",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    // Those alone that were given up are tried again.
    assert_eq!(html.matches("name=\"recipient\"").count(), 2);
    assert!(!html.contains("Chỉ hiện một phần") && !html.contains("Chưa đặt máy chủ thư"));
    let html = checked(delivery(&DeliveryPage {
        lang: Lang::En,
        sends: false,
        more: true,
        only: Some(("tay-son", "Xã <Tây Sơn>")),
        ..page(&[], &mails)
    }));
    for words in ["No mail server is configured", "Not all mails are shown", "Show all units"] {
        assert!(html.contains(words), "{words}");
    }
    // Where one unit is looked at already, its name leads nowhere else.
    assert!(!html.contains("Follow the name of a unit"));
    let html = checked(delivery(&DeliveryPage { more: true, ..page(&[], &mails) }));
    for words in ["Chỉ hiện một phần danh sách thư", "Bấm vào tên đơn vị"] {
        assert!(html.contains(words), "{words}");
    }
    let html = checked(delivery(&DeliveryPage {
        more: true,
        only: Some(("tay-son", "Xã <Tây Sơn>")),
        ..page(&[], &mails)
    }));
    assert!(html.contains("action=\"/admin/reports?unit=tay-son\""));
}

#[test]
fn a_recipient_is_shown_and_one_that_was_refused_comes_back_as_typed() {
    let rows = [recipient()];
    let html = checked(delivery(&page(&rows, &[])));
    let row = between(&html, "<tbody", "</tr>");
    for words in
        ["van-phong@tay-son.example", "English", "Word, CSV", "01/10/2026", "/admin/reports/0199"]
    {
        assert!(row.contains(words), "{words}: {row}");
    }
    // Word and Excel go along unless told.
    assert_eq!(html.matches(" checked").count(), 2);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let given = [pair("do", "add"), pair("address", "ai đó"), pair("file", "csv")];
    let problem = Some(("address", "delivery-bad-address"));
    let html = checked(delivery(&DeliveryPage { given: &given, problem, ..page(&rows, &[]) }));
    assert!(html.contains("value=\"ai đó\"") && html.contains("aria-invalid=\"true\""));
    assert_eq!(html.matches(" checked").count(), 1);
}

#[test]
fn what_sealing_does_is_said_before() {
    let html = checked(delivery(&page(&[], &[])));
    assert!(html.contains("đều đã khóa sổ") && !html.contains("value=\"close\""));
    let unsealed = [(Month::parse("2026-08").unwrap(), 3)];
    let html = checked(delivery(&DeliveryPage { unsealed: &unsealed, ..page(&[], &[]) }));
    for words in ["Tháng 08/2026: 3 báo cáo", "không mở lại được", "Khóa sổ ngay"] {
        assert!(html.contains(words), "{words}");
    }
    let html = delivery(&DeliveryPage { done: Some(Done::Closed(0)), ..page(&[], &[]) });
    assert!(html.contains("Không còn báo cáo nào chờ khóa sổ"));
}

#[test]
fn taking_somebody_off_asks_for_the_address() {
    let recipient = recipient();
    let page = StopPage {
        lang: Lang::Vi,
        assets: assets(),
        desk: DESK,
        recipient: &recipient,
        given: &[],
        problem: Some(("typed", "delivery-mistyped")),
    };
    let html = checked(stop(&page));
    assert!(html.contains("Nhập “van-phong@tay-son.example” để xác nhận"), "{html}");
    assert!(html.contains("Địa chỉ vừa nhập không trùng") && html.contains("class=\"danger\""));
    checked(stop(&StopPage { lang: Lang::En, ..page }));
}
