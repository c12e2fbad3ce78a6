//! Roles, and what each may do in its part of the organisation.

use jiff::civil::Date;

use crate::unit::{Key, Organisation};

/// A role on one unit and all below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Viewer,
    Manager,
    Reporter,
    Administrator,
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read boards, figures and reports.
    Read,
    /// Enter answers given on paper or by phone, with their day and channel.
    EnterAnswers,
    /// Open and close points, enter targets and numbers of dossiers.
    Manage,
    /// Close months and deliver reports.
    Report,
    /// Decide on people, keys, screens and units.
    Administer,
}

impl Act {
    pub const ALL: [Self; 5] =
        [Self::Read, Self::EnterAnswers, Self::Manage, Self::Report, Self::Administer];
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Manager, Self::Reporter, Self::Administrator];

    /// The name used in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Manager => "manager",
            Self::Reporter => "reporter",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == text)
    }

    /// What the role allows.
    pub fn may(self, act: Act) -> bool {
        match self {
            Self::Viewer => act == Act::Read,
            Self::Manager => matches!(act, Act::Read | Act::EnterAnswers | Act::Manage),
            Self::Reporter => matches!(act, Act::Read | Act::Report),
            Self::Administrator => true,
        }
    }
}

/// A role that a person or a key has on a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grant {
    pub role: Role,
    pub unit: Key,
}

impl Grant {
    /// Whether it allows this on a unit, on a day: on its own unit and all below, and, once its own has
    /// ended, also on those that continue it and all below them.
    pub fn allows(self, act: Act, unit: Key, organisation: &Organisation, day: Date) -> bool {
        let reaches = || {
            organisation.contains(self.unit, unit)
                || continued(organisation, self.unit, day)
                    .into_iter()
                    .any(|place| organisation.contains(place, unit))
        };
        self.role.may(act) && reaches()
    }
}

/// Where a grant on a unit stands on a day: at the unit itself, or, where it has ended, at the units that
/// continue it and have not ended. A unit that ended without any keeps it.
pub fn continued(organisation: &Organisation, unit: Key, day: Date) -> Vec<Key> {
    let mut seen = vec![];
    let mut places = vec![];
    let mut next = vec![unit];
    while let Some(key) = next.pop() {
        let known = organisation.unit_by_key(key).filter(|_| !seen.contains(&key));
        let Some(unit) = known else { continue };
        seen.push(key);
        let after: Vec<Key> = match unit.valid_to {
            Some(last) if last < day => organisation.successors(key).map(|u| u.key).collect(),
            _ => vec![],
        };
        match after.is_empty() {
            true => places.push(key),
            false => next.extend(after),
        }
    }
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::unit::{Kind, Unit};

    fn unit(key: Key, parent: Option<Key>, last: Option<Date>, predecessors: &[Key]) -> Unit {
        Unit {
            key,
            code: format!("u{key}"),
            parent,
            kind: Kind::Commune,
            name: format!("Đơn vị {key}"),
            valid_from: None,
            valid_to: last,
            predecessors: predecessors.to_vec(),
            public: false,
        }
    }

    /// A district that was split in two, of which one was merged with another commune later.
    fn organisation() -> Organisation {
        let split = Some(date(2025, 6, 30));
        let merged = Some(date(2026, 6, 30));
        Organisation::new(
            vec![
                unit(1, None, None, &[]),
                unit(2, Some(1), split, &[]),
                unit(3, Some(1), None, &[2]),
                unit(4, Some(1), merged, &[2]),
                unit(5, Some(1), merged, &[]),
                unit(6, Some(1), None, &[4, 5]),
                unit(7, Some(6), None, &[]),
            ],
            vec![],
        )
    }

    #[test]
    fn a_grant_follows_its_unit_when_it_is_split_or_merged() {
        let o = organisation();
        let on = |unit, day| continued(&o, unit, day);
        assert_eq!(on(2, date(2025, 6, 30)), [2]);
        assert_eq!(on(2, date(2025, 7, 1)), [3, 4]);
        assert_eq!(on(2, date(2026, 7, 1)), [3, 6]);
        assert_eq!(on(5, date(2026, 7, 1)), [6]);
        assert_eq!(on(1, date(2026, 7, 1)), [1]);
        assert_eq!(on(99, date(2026, 7, 1)), []);
    }

    #[test]
    fn it_reaches_its_own_part_and_no_other() {
        let o = organisation();
        let today = date(2026, 11, 26);
        let may = |unit, other| {
            let grant = Grant { role: Role::Viewer, unit };
            grant.allows(Act::Read, other, &o, today)
        };
        // The old unit stays readable for those who had it.
        assert!(may(4, 4) && may(4, 6) && may(4, 7));
        assert!(!may(4, 3) && !may(4, 5) && !may(4, 1) && !may(3, 6) && !may(7, 6));
        assert!(may(1, 7) && may(1, 2));
    }

    #[test]
    fn each_role_may_what_its_name_says() {
        let may =
            |role: Role| Act::ALL.into_iter().filter(|act| role.may(*act)).collect::<Vec<_>>();
        assert_eq!(may(Role::Viewer), [Act::Read]);
        assert_eq!(may(Role::Manager), [Act::Read, Act::EnterAnswers, Act::Manage]);
        assert_eq!(may(Role::Reporter), [Act::Read, Act::Report]);
        assert_eq!(may(Role::Administrator), Act::ALL);
    }
}
