//! The organisation: dated units with predecessors and successors, and the points where answers come in.
//!
//! Units are never deleted: a unit that ended keeps its results, readable but closed. A response keeps
//! the unit of its day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The number under which the database knows a unit or a point.
pub type Key = i32;

/// What kind of unit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Province,
    Department,
    District,
    Commune,
    /// A vertical agency: tax, social insurance, police.
    Vertical,
    Centre,
    Branch,
    Reception,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Province,
        Self::Department,
        Self::District,
        Self::Commune,
        Self::Vertical,
        Self::Centre,
        Self::Branch,
        Self::Reception,
    ];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Department => "department",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Vertical => "vertical",
            Self::Centre => "centre",
            Self::Branch => "branch",
            Self::Reception => "reception",
        }
    }

    /// The kind of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }
}

/// How an answer came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    Qr,
    Kiosk,
    Assisted,
    Paper,
    Phone,
}

impl Channel {
    pub const ALL: [Self; 5] = [Self::Qr, Self::Kiosk, Self::Assisted, Self::Paper, Self::Phone];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Qr => "qr",
            Self::Kiosk => "kiosk",
            Self::Assisted => "assisted",
            Self::Paper => "paper",
            Self::Phone => "phone",
        }
    }

    /// The channel of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == text)
    }
}

/// A unit of the administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub key: Key,
    pub code: String,
    pub parent: Option<Key>,
    pub kind: Kind,
    pub name: String,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub predecessors: Vec<Key>,
    /// Its figures may be read by anyone.
    pub public: bool,
}

impl Unit {
    /// The unit exists on that day.
    pub fn valid_on(&self, day: Date) -> bool {
        within(self.valid_from, self.valid_to, day)
    }

    /// Has a name of its own for the place where citizens are served.
    fn is_place(&self) -> bool {
        matches!(
            self.kind,
            Kind::Centre | Kind::Branch | Kind::Reception | Kind::Department | Kind::Vertical
        )
    }
}

/// A place with a code: a counter, a kiosk, a writing table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    pub key: Key,
    pub code: String,
    pub unit: Key,
    pub name: String,
    pub channel: Channel,
    pub open_from: Option<Date>,
    pub open_to: Option<Date>,
}

impl Point {
    /// Takes answers on that day.
    pub fn open_on(&self, day: Date) -> bool {
        within(self.open_from, self.open_to, day)
    }
}

/// A code that was taken back; its point has another one since, and keeps its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedCode {
    pub code: String,
    pub point: Key,
    pub revoked_on: Date,
}

fn within(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// All units and points as of one moment.
#[derive(Clone, Debug, Default)]
pub struct Organisation {
    units: BTreeMap<Key, Unit>,
    points: BTreeMap<Key, Point>,
    unit_codes: HashMap<String, Key>,
    point_codes: HashMap<String, Key>,
    revoked: BTreeMap<String, RevokedCode>,
    children: BTreeMap<Key, Vec<Key>>,
}

impl Organisation {
    /// Puts units and points in order.
    pub fn new(units: Vec<Unit>, points: Vec<Point>) -> Self {
        let mut organisation = Self::default();
        for unit in units {
            organisation.unit_codes.insert(unit.code.clone(), unit.key);
            if let Some(parent) = unit.parent {
                organisation.children.entry(parent).or_default().push(unit.key);
            }
            organisation.units.insert(unit.key, unit);
        }
        for point in points {
            organisation.point_codes.insert(point.code.clone(), point.key);
            organisation.points.insert(point.key, point);
        }
        organisation
    }

    /// The same with codes that were taken back.
    pub fn with_revoked(mut self, codes: Vec<RevokedCode>) -> Self {
        self.revoked = codes.into_iter().map(|code| (code.code.clone(), code)).collect();
        self
    }

    /// The unit with this code.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.get(self.unit_codes.get(code)?)
    }

    /// The unit with this number.
    pub fn unit_by_key(&self, key: Key) -> Option<&Unit> {
        self.units.get(&key)
    }

    /// The point with this code, in its canonical form.
    pub fn point(&self, code: &str) -> Option<&Point> {
        self.points.get(self.point_codes.get(code)?)
    }

    /// What is known of a code that was taken back.
    pub fn revoked(&self, code: &str) -> Option<&RevokedCode> {
        self.revoked.get(code)
    }

    /// The codes that a point had before its own, in the order of the alphabet.
    pub fn revoked_of(&self, point: Key) -> impl Iterator<Item = &RevokedCode> {
        self.revoked.values().filter(move |code| code.point == point)
    }

    /// The point that has this code or has had it: whose history an old answer belongs to.
    pub fn point_ever(&self, code: &str) -> Option<&Point> {
        let before = || self.revoked.get(code).and_then(|code| self.points.get(&code.point));
        self.point(code).or_else(before)
    }

    /// The point with this number.
    pub fn point_by_key(&self, key: Key) -> Option<&Point> {
        self.points.get(&key)
    }

    /// All units, in the order in which they were made.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units.values()
    }

    /// Nothing may be called so any more: a point has this code, or has had it.
    pub fn is_code_used(&self, code: &str) -> bool {
        self.point_codes.contains_key(code) || self.revoked.contains_key(code)
    }

    /// All points, in the order in which they were made.
    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.points.values()
    }

    /// Units directly below.
    pub fn children(&self, unit: Key) -> impl Iterator<Item = &Unit> {
        self.children.get(&unit).into_iter().flatten().filter_map(|key| self.units.get(key))
    }

    /// Points of the unit itself.
    pub fn points_of(&self, unit: Key) -> impl Iterator<Item = &Point> {
        self.points.values().filter(move |point| point.unit == unit)
    }

    /// Units that follow this one.
    pub fn successors(&self, unit: Key) -> impl Iterator<Item = &Unit> {
        self.units.values().filter(move |other| other.predecessors.contains(&unit))
    }

    /// The unit and those above it, nearest first.
    pub fn upward(&self, unit: Key) -> Vec<&Unit> {
        let mut path: Vec<&Unit> = vec![];
        let mut next = self.units.get(&unit);
        while let Some(unit) = next {
            if path.iter().any(|above| above.key == unit.key) {
                break;
            }
            path.push(unit);
            next = unit.parent.and_then(|parent| self.units.get(&parent));
        }
        path
    }

    /// The unit and all below it.
    pub fn subtree(&self, unit: Key) -> BTreeSet<Key> {
        let mut all = BTreeSet::new();
        let mut next = vec![unit];
        while let Some(unit) = next.pop() {
            if all.insert(unit) {
                next.extend(self.children.get(&unit).into_iter().flatten());
            }
        }
        all
    }

    /// `below` is `above` or lies below it.
    pub fn contains(&self, above: Key, below: Key) -> bool {
        self.upward(below).iter().any(|unit| unit.key == above)
    }

    /// The unit that a point's answers of a day belong to: its own where it exists on that day, or
    /// before its time the one predecessor that did.
    pub fn unit_on(&self, point: &Point, day: Date) -> Option<Key> {
        let mut unit = self.units.get(&point.unit)?;
        for _ in 0..self.units.len() {
            if unit.valid_on(day) {
                return Some(unit.key);
            }
            let before = unit.predecessors.iter().filter_map(|key| self.units.get(key));
            let mut before = before.filter(|u| u.valid_from.is_none_or(|from| from <= day));
            match (before.next(), before.next()) {
                (Some(only), None) if unit.valid_from.is_some_and(|from| day < from) => unit = only,
                _ => return None,
            }
        }
        None
    }

    /// The name of the place in running text, for `{ĐIỂM}`: the nearest centre, branch, reception,
    /// department or vertical agency upward from the point, otherwise the one-stop centre of the
    /// commune, district or province.
    pub fn place(&self, point: &Point) -> String {
        self.place_of(point.unit)
    }

    /// The same for a unit.
    pub fn place_of(&self, unit: Key) -> String {
        for unit in self.upward(unit) {
            if unit.is_place() {
                return unit.name.clone();
            }
            if matches!(unit.kind, Kind::Commune | Kind::District | Kind::Province) {
                return format!("Trung tâm Phục vụ hành chính công {}", small_initial(&unit.name));
            }
        }
        "Trung tâm Phục vụ hành chính công".to_owned()
    }
}

/// `Xã Tây Sơn` within a sentence is `xã Tây Sơn`; a proper name keeps its capital.
fn small_initial(name: &str) -> String {
    const KINDS: [&str; 10] = [
        "Xã ",
        "Phường ",
        "Đặc khu ",
        "Tỉnh ",
        "Thành phố ",
        "Huyện ",
        "Thị xã ",
        "Quận ",
        "Thị trấn ",
        "Ủy ban ",
    ];
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if KINDS.iter().any(|kind| name.starts_with(kind)) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
