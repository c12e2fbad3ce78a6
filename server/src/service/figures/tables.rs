//! Figures of a unit by something else than its parts: by channel, by stage and field of service, and
//! under the borders of today.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::cells::{Hidden, family, settle};
use domain::counts::{merge_packed_respondents, packed_responses};
use domain::instrument::Instrument;
use domain::release::{BLOCK, withheld};
use domain::unit::{Channel, Key};

use super::sums::{Sum, shown};
use super::{Figures, Measured, Part};
use crate::store::{CountRow, MarginalRow};

/// What a table is by.
pub(in crate::service) type Value = String;

/// Respondents per component, by value.
type Persons = BTreeMap<Value, Vec<u64>>;

/// The smallest places of which values are counted, in the unit that they belong to.
type Families = HashMap<Key, Vec<(Part, Persons)>>;

impl Figures {
    /// Responses of a unit and all below it by channel, simulated ones, and all.
    pub(in crate::service) fn by_channel(&self, unit: Key) -> (BTreeMap<Channel, u64>, u64) {
        let below = self.organisation.subtree(unit);
        let (mut channels, mut simulated) = (BTreeMap::new(), 0);
        for row in self.sound().filter(|row| below.contains(&row.key.unit)) {
            let responses = packed_responses(&row.counts);
            *channels.entry(channel(row)).or_default() += responses;
            simulated += if row.key.simulated { responses } else { 0 };
        }
        (channels, simulated)
    }

    /// The figures of a unit by channel.
    pub(in crate::service) fn channels(
        &self,
        unit: Key,
        instrument: &Instrument,
    ) -> Vec<(Value, Measured)> {
        let below = self.organisation.subtree(unit);
        let mut sums: BTreeMap<Channel, Sum> = BTreeMap::new();
        let mut points: HashMap<Key, BTreeMap<Key, Persons>> = HashMap::new();
        let rows = self.sound().filter(|row| row.key.questionnaire == instrument.key);
        for row in rows.filter(|row| below.contains(&row.key.unit)) {
            let packed = shown(row, self.today);
            let sum = sums.entry(channel(row)).or_insert_with(|| Sum::new(instrument, self.rule));
            sum.add(row, packed);
            let persons = points.entry(row.key.unit).or_default().entry(row.key.point).or_default();
            let persons = persons
                .entry(channel(row).name().to_owned())
                .or_insert_with(|| vec![0; instrument.spans.len()]);
            merge_packed_respondents(persons, packed);
        }
        let families = points.into_iter().map(|(unit, points)| {
            let of = |(point, persons)| (Part::Point(unit, point), persons);
            (unit, points.into_iter().map(of).collect())
        });
        let families: Families = families.collect();
        let sums: BTreeMap<Value, Sum> =
            sums.into_iter().map(|(channel, sum)| (channel.name().to_owned(), sum)).collect();
        self.cells(unit, instrument, sums, &families)
    }

    /// The figures of a unit by the values of marginals: rows of one dimension, of a month that is over.
    pub(in crate::service) fn marginals<'a>(
        &self,
        unit: Key,
        instrument: &Instrument,
        rows: impl Iterator<Item = &'a MarginalRow>,
    ) -> Vec<(Value, Measured)> {
        let below = self.organisation.subtree(unit);
        let mut sums: BTreeMap<Value, Sum> = BTreeMap::new();
        let mut families = Families::new();
        let rows =
            rows.filter(|row| (row.key.questionnaire, row.key.quality) == (instrument.key, 0));
        for row in rows.filter(|row| below.contains(&row.key.unit)) {
            let sum = sums
                .entry(row.key.value.clone())
                .or_insert_with(|| Sum::new(instrument, self.rule));
            sum.add_marginal(&row.counts, row.key.simulated);
            let own = families
                .entry(row.key.unit)
                .or_insert_with(|| vec![(Part::Unit(row.key.unit), Persons::new())]);
            let persons = own[0]
                .1
                .entry(row.key.value.clone())
                .or_insert_with(|| vec![0; instrument.spans.len()]);
            merge_packed_respondents(persons, &row.counts);
        }
        self.cells(unit, instrument, sums, &families)
    }

    fn cells(
        &self,
        unit: Key,
        instrument: &Instrument,
        sums: BTreeMap<Value, Sum>,
        families: &Families,
    ) -> Vec<(Value, Measured)> {
        let values: Vec<&Value> = sums.keys().collect();
        let closed = self.hidden(instrument.key, unit);
        let tables = Tables { figures: self, instrument, values: &values, families };
        let (_, withheld) = tables.settle(unit, &closed, &mut 0);
        let hidden: Vec<Vec<bool>> = (0..values.len())
            .map(|value| withheld.iter().map(|component| component[value]).collect())
            .collect();
        let cells = sums.into_iter().zip(hidden);
        let measured = cells.filter_map(|((value, sum), hidden)| {
            Some((value, self.measure(instrument.key, sum, &hidden)?))
        });
        measured.collect()
    }

    /// The answers at the points that are a unit's today, by version, the newest first; `None` where
    /// they are those of the unit.
    pub(in crate::service) fn under_borders_of_today(&self, unit: Key) -> Option<Vec<Measured>> {
        let below = self.organisation.subtree(unit);
        let owner = |row: &CountRow| self.organisation.point_by_key(row.key.point).map(|p| p.unit);
        let now = |row: &CountRow| owner(row).is_some_and(|unit| below.contains(&unit));
        let moved: BTreeSet<Key> = self
            .sound()
            .filter(|row| now(row) != below.contains(&row.key.unit))
            .map(|row| row.key.unit)
            .collect();
        if moved.is_empty() {
            return None;
        }
        let mut sums: BTreeMap<i16, Sum> = BTreeMap::new();
        // Of each unit whose answers went elsewhere, the persons by where: its own figure is known.
        let mut went: BTreeMap<(i16, Key), BTreeMap<Key, Vec<u64>>> = BTreeMap::new();
        for row in self.sound() {
            let version = row.key.questionnaire;
            let Some(instrument) = self.instruments.by_key(version) else { continue };
            if now(row) {
                let sum = sums.entry(version).or_insert_with(|| Sum::new(instrument, self.rule));
                sum.add(row, shown(row, self.today));
            }
            if let (true, Some(owner)) = (moved.contains(&row.key.unit), owner(row)) {
                let persons = went.entry((version, row.key.unit)).or_default().entry(owner);
                let persons = persons.or_insert_with(|| vec![0; instrument.spans.len()]);
                merge_packed_respondents(persons, shown(row, self.today));
            }
        }
        let mut hidden = self.withheld_then(unit);
        for ((version, of), owners) in &went {
            let closed = self.hidden(*version, *of);
            let hidden = hidden.entry(*version).or_default();
            let components = owners.values().next().map_or(0, Vec::len);
            hidden.resize(components, false);
            for (c, hidden) in hidden.iter_mut().enumerate() {
                let persons: Vec<u64> = owners.values().map(|persons| persons[c]).collect();
                let gone = persons.iter().any(|n| *n > 0);
                *hidden |= withheld(&persons).contains(&true)
                    || (gone && closed.get(c).copied().unwrap_or(false));
            }
        }
        let measured = sums.into_iter().filter_map(|(version, sum)| {
            self.measure(version, sum, hidden.get(&version).map_or(&[][..], Vec::as_slice))
        });
        let mut measured: Vec<Measured> = measured.collect();
        measured.sort_by_key(|m| std::cmp::Reverse(m.instrument.questionnaire.valid_from));
        Some(measured)
    }

    /// What is withheld of a unit's own figures, by version and component: with those of the units that
    /// others came from, its figures under the borders of today would tell them.
    fn withheld_then(&self, unit: Key) -> BTreeMap<i16, Vec<bool>> {
        let of = |(version, sum): (i16, Sum)| {
            let mut hidden = self.hidden(version, unit);
            hidden.resize(sum.counts.respondents.len(), false);
            let small = sum.counts.respondents.iter().map(|n| (1..BLOCK).contains(n));
            hidden.iter_mut().zip(small).for_each(|(hidden, small)| *hidden |= small);
            (version, hidden)
        };
        self.sums(unit).into_iter().map(of).collect()
    }

    /// Rows without a finding about their integrity.
    fn sound(&self) -> impl Iterator<Item = &CountRow> {
        self.rows.iter().filter(|row| row.key.quality == 0)
    }
}

/// The tables of a unit and all below it, to be settled from below.
struct Tables<'a> {
    figures: &'a Figures,
    instrument: &'a Instrument,
    values: &'a [&'a Value],
    families: &'a Families,
}

/// Hidden cells of each component, and which values of each are withheld.
type Settled = (Vec<Vec<Hidden>>, Vec<Vec<bool>>);

impl Tables<'_> {
    /// `closed` says of which components the unit's own figure is withheld, `names` counts families.
    fn settle(&self, unit: Key, closed: &[bool], names: &mut u64) -> Settled {
        let components = self.instrument.spans.len();
        let flag = |closed: &[bool], c: usize| closed.get(c).copied().unwrap_or(false);
        let parts = self.figures.hidden_parts(self.instrument.key, unit);
        let of = |part: &Part| parts.get(part).map_or(&[][..], Vec::as_slice);
        let mut cells: Vec<Vec<Hidden>> = vec![vec![]; components];
        for (part, persons) in self.families.get(&unit).into_iter().flatten() {
            let own = match part {
                Part::Unit(_) => closed,
                Part::Point(..) => of(part),
            };
            *names += 1;
            for (c, cells) in cells.iter_mut().enumerate() {
                let n = |value: &&Value| persons.get(*value).map_or(0, |persons| persons[c]);
                let persons: Vec<u64> = self.values.iter().map(n).collect();
                cells.extend(family(*names, &persons, flag(own, c)));
            }
        }
        for child in self.figures.organisation.children(unit) {
            let (below, _) = self.settle(child.key, of(&Part::Unit(child.key)), names);
            cells.iter_mut().zip(below).for_each(|(cells, below)| cells.extend(below));
        }
        let name = u64::from(unit.unsigned_abs());
        let hidden = cells
            .iter_mut()
            .enumerate()
            .map(|(c, cells)| settle(name, self.values.len(), cells, flag(closed, c)));
        let hidden = hidden.collect();
        (cells, hidden)
    }
}

fn channel(row: &CountRow) -> Channel {
    let at = usize::try_from(row.key.channel).unwrap_or_default();
    Channel::ALL.get(at).copied().unwrap_or(Channel::Qr)
}
