//! Units and points.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use domain::code;
use domain::unit::{Channel, Kind, Organisation};
use rand::Rng;

use super::table::{Bad, Table, bad};
use super::{Done, Error, Importer};
use crate::store::{NewPoint, NewUnit};

const KINDS: &str = "province, department, district, commune, vertical, centre, branch, reception";
const CHANNELS: &str = "qr, kiosk, assisted, paper, phone";

impl Importer {
    pub(super) async fn units(&self, file: impl Read) -> Result<Done, Error> {
        let required = ["code", "parent", "kind", "name", "valid_from", "valid_to", "predecessors"];
        let mut table = Table::open(file, &required, &["public"], |_| false)?;
        let mut units: Vec<(u64, NewUnit)> = vec![];
        let mut codes = HashSet::new();
        while let Some(row) = table.next()? {
            let unit = NewUnit {
                code: row.code("code")?,
                parent: row.optional("parent"),
                kind: row.choice("kind", Kind::parse, KINDS)?,
                name: row.text("name")?,
                valid_from: row.date("valid_from")?,
                valid_to: row.date("valid_to")?,
                predecessors: row
                    .cell("predecessors")
                    .split('|')
                    .map(|code| code.trim().to_owned())
                    .filter(|code| !code.is_empty())
                    .collect(),
                public: row.flag("public")?,
            };
            if unit.valid_from.zip(unit.valid_to).is_some_and(|(from, to)| to < from) {
                return Err(row.bad("valid_to", "trước valid_from").into());
            }
            if !codes.insert(unit.code.clone()) {
                return Err(row.bad("code", "mã có hai lần trong tệp").into());
            }
            units.push((row.line, unit));
        }
        check_tree(&units, &self.organisation().await?)?;
        let units: Vec<NewUnit> = units.into_iter().map(|(_, unit)| unit).collect();
        self.store.upsert_units(&units, &self.by).await?;
        Ok(Done { written: units.len() as u64, skipped: 0 })
    }

    pub(super) async fn points(&self, file: impl Read) -> Result<Done, Error> {
        let required = ["code", "unit", "name", "channel", "open_from", "open_to"];
        let mut table = Table::open(file, &required, &[], |_| false)?;
        let organisation = self.organisation().await?;
        let mut points: Vec<NewPoint> = vec![];
        let mut codes = HashSet::new();
        while let Some(row) = table.next()? {
            let code = match row.optional("code") {
                None => code::make(rand::rng().next_u64()),
                Some(given) => code::parse(&given).ok_or_else(|| {
                    row.bad("code", &format!("{given:?} không phải là mã do chương trình tạo ra"))
                })?,
            };
            let point = NewPoint {
                code,
                unit: row.text("unit")?,
                name: row.text("name")?,
                channel: row.choice("channel", Channel::parse, CHANNELS)?,
                open_from: row.date("open_from")?,
                open_to: row.date("open_to")?,
            };
            if organisation.revoked(&point.code).is_some() {
                return Err(row.bad("code", "mã đã bị thu hồi, không dùng lại").into());
            }
            if organisation.unit(&point.unit).is_none() {
                return Err(row.bad("unit", &unknown_unit(&point.unit)).into());
            }
            if point.open_from.zip(point.open_to).is_some_and(|(from, to)| to < from) {
                return Err(row.bad("open_to", "trước open_from").into());
            }
            if !codes.insert(point.code.clone()) {
                return Err(row.bad("code", "mã có hai lần trong tệp").into());
            }
            points.push(point);
        }
        self.store.upsert_points(&points, &self.by).await?;
        Ok(Done { written: points.len() as u64, skipped: 0 })
    }
}

pub(super) fn unknown_unit(code: &str) -> String {
    format!("không có đơn vị {code:?}")
}

/// Parents and predecessors exist, in the file or before it, and no unit lies below itself.
fn check_tree(units: &[(u64, NewUnit)], organisation: &Organisation) -> Result<(), Bad> {
    let new: HashMap<&str, Option<&str>> =
        units.iter().map(|(_, unit)| (unit.code.as_str(), unit.parent.as_deref())).collect();
    let known = |code: &str| new.contains_key(code) || organisation.unit(code).is_some();
    for (line, unit) in units {
        if let Some(parent) = unit.parent.as_deref().filter(|parent| !known(parent)) {
            return Err(bad(*line, "parent", &unknown_unit(parent)));
        }
        if let Some(unknown) = unit.predecessors.iter().find(|code| !known(code)) {
            return Err(bad(*line, "predecessors", &unknown_unit(unknown)));
        }
        if unit.predecessors.contains(&unit.code) {
            return Err(bad(*line, "predecessors", "đơn vị không thể là tiền thân của chính nó"));
        }
        let parent_of = |code: &str| match new.get(code) {
            Some(parent) => parent.map(str::to_owned),
            None => {
                let parent = organisation.unit(code).and_then(|unit| unit.parent);
                parent.and_then(|key| organisation.unit_by_key(key)).map(|unit| unit.code.clone())
            }
        };
        let mut above = parent_of(&unit.code);
        let mut seen = HashSet::new();
        while let Some(code) = above {
            if code == unit.code {
                return Err(bad(*line, "parent", "đơn vị nằm dưới chính nó"));
            }
            if !seen.insert(code.clone()) {
                // A circle of others; the line of one of them names it.
                break;
            }
            above = parent_of(&code);
        }
    }
    Ok(())
}
