use jiff::civil::date;

use super::*;

fn unit(key: Key, parent: Option<Key>, kind: Kind, name: &str) -> Unit {
    let code = format!("u{key}");
    let name = name.to_owned();
    let (valid_from, valid_to, predecessors) = (None, None, vec![]);
    Unit { key, code, parent, kind, name, valid_from, valid_to, predecessors, public: false }
}

fn point(key: Key, unit: Key) -> Point {
    let (code, name) = (format!("p{key}"), format!("Quầy {key}"));
    Point { key, code, unit, name, channel: Channel::Qr, open_from: None, open_to: None }
}

fn organisation() -> Organisation {
    let mut district = unit(2, Some(1), Kind::District, "Huyện Tây Sơn");
    district.valid_to = Some(date(2025, 6, 30));
    let mut commune = unit(3, Some(1), Kind::Commune, "Xã Tây Sơn");
    commune.valid_from = Some(date(2025, 7, 1));
    commune.predecessors = vec![2];
    let mut merged = unit(6, Some(1), Kind::Commune, "Xã Bình An");
    merged.valid_from = Some(date(2025, 7, 1));
    merged.predecessors = vec![2, 5];
    let units = vec![
        unit(1, None, Kind::Province, "Tỉnh Gia Lai"),
        district,
        commune,
        unit(4, Some(3), Kind::Centre, "Trung tâm Phục vụ hành chính công xã Tây Sơn"),
        unit(5, Some(1), Kind::District, "Huyện khác"),
        merged,
    ];
    Organisation::new(units, vec![point(1, 3), point(2, 4), point(3, 1), point(4, 6)])
}

#[test]
fn the_place_is_the_nearest_one_that_has_a_name_for_it() {
    let o = organisation();
    let place = |key| o.place(o.point_by_key(key).unwrap());
    assert_eq!(place(1), "Trung tâm Phục vụ hành chính công xã Tây Sơn");
    assert_eq!(place(2), "Trung tâm Phục vụ hành chính công xã Tây Sơn");
    assert_eq!(place(3), "Trung tâm Phục vụ hành chính công tỉnh Gia Lai");
    assert_eq!(small_initial("Đặc khu Phú Quý"), "đặc khu Phú Quý");
    assert_eq!(small_initial("Tây Sơn"), "Tây Sơn");
}

#[test]
fn a_response_keeps_the_unit_of_its_day() {
    let o = organisation();
    let on = |key, day| o.unit_on(o.point_by_key(key).unwrap(), day);
    assert_eq!(on(1, date(2025, 7, 1)), Some(3));
    assert_eq!(on(1, date(2025, 6, 30)), Some(2));
    assert_eq!(on(3, date(1990, 1, 1)), Some(1));
    // Two predecessors: which one it was, nobody can say.
    assert_eq!(on(4, date(2025, 6, 30)), None);
}

#[test]
fn a_revoked_code_leads_to_the_history_of_its_point_and_no_further() {
    let revoked_on = date(2026, 10, 10);
    let old = RevokedCode { code: "old".to_owned(), point: 2, revoked_on };
    let o = organisation().with_revoked(vec![old.clone()]);
    assert_eq!(o.point("old"), None);
    assert_eq!(o.point_ever("old"), o.point("p2"));
    assert_eq!(o.revoked_of(2).collect::<Vec<_>>(), [&old]);
    assert!(o.is_code_used("old") && o.is_code_used("p2") && !o.is_code_used("p9"));
}

#[test]
fn up_and_down_the_tree() {
    let o = organisation();
    assert_eq!(o.subtree(3), BTreeSet::from([3, 4]));
    assert_eq!(o.upward(4).iter().map(|u| u.key).collect::<Vec<_>>(), [4, 3, 1]);
    assert!(o.contains(1, 4) && o.contains(4, 4) && !o.contains(4, 1) && !o.contains(2, 4));
    assert_eq!(o.successors(2).map(|u| u.key).collect::<Vec<_>>(), [3, 6]);
}
