//! Questionnaires as versioned data: group → component → item, scale, scoring rule, legal source.
//!
//! The official wordings live in `app/questionnaires/*.toml`; this module only knows their shape and
//! refuses a file in which something is missing. It does not know who answers, or when.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What stands in an item's text where the name of the place belongs.
pub const PLACE: &str = "{ĐIỂM}";
/// What stands in a component's sentence where an item's field belongs (items P5 to P13).
const FIELD: &str = "{LĨNH VỰC}";

/// A language of the interface; Vietnamese is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// `vi` or `en`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The tag for `lang=` and the database.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// A wording in both languages; where it is official, the Vietnamese one is the official one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub vi: String,
    pub en: String,
}

impl Text {
    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    fn replaced(&self, from: &str, to: &Text) -> Text {
        Text { vi: self.vi.replace(from, &to.vi), en: self.en.replace(from, &to.en) }
    }
}

/// How answers to an item become its score. Which one the Ministry uses is not settled by any public
/// source, so it is a setting of the questionnaire version, and both can be computed from counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// Share of "Hài lòng" and "Rất hài lòng" among the valid answers, times 100.
    #[default]
    Top2,
    /// Mean of the scale divided by 5, times 100.
    Mean5,
}

impl Rule {
    /// `top2` or `mean5`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "top2" => Some(Self::Top2),
            "mean5" => Some(Self::Mean5),
            _ => None,
        }
    }

    /// The name used in commands, files and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top2 => "top2",
            Self::Mean5 => "mean5",
        }
    }
}

/// One version of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Source")]
pub struct Questionnaire {
    pub code: String,
    pub title: Text,
    pub rule: Rule,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    /// The decision that sets the method.
    pub legal: String,
    /// Where the wordings were taken from.
    pub source: Text,
    /// How sure the wordings are.
    pub certainty: Text,
    pub lead: Text,
    /// The five labels, from "Rất không hài lòng" (1) to "Rất hài lòng" (5).
    pub scale: [Text; 5],
    /// The answer outside the scale and outside the denominator.
    pub not_applicable: Text,
    pub groups: Vec<Group>,
}

/// One of the two parts of the index: policy (I) or service delivery (II).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    pub code: String,
    pub name: Text,
    /// Asked at a counter.
    pub counter: bool,
    /// Said where the group has no wordings in this version: "không đo".
    pub unmeasured: Option<Text>,
    pub components: Vec<Component>,
}

/// One of the nine components; a sub-index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Component {
    pub code: String,
    pub name: Text,
    pub note: Option<Text>,
    /// Asked only of those who have a result in hand.
    pub needs_result: bool,
    pub items: Vec<Item>,
}

/// One statement that is rated, word for word as on the official form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    pub code: String,
    /// The number on the official form.
    pub number: u16,
    pub text: Text,
    /// The bracketed list that follows the statement on the form.
    pub example: Option<Text>,
}

impl Questionnaire {
    /// All components of all groups, in the order of the form.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.groups.iter().flat_map(|group| &group.components)
    }

    /// All items, in the order of the form. An item's place in it is its position in answers and counts.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.components().flat_map(|component| &component.items)
    }

    /// Position of the item with this code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.items().position(|item| item.code == code)
    }

    /// The positions of each component's items, in the order of [`Self::components`].
    pub fn spans(&self) -> Vec<Span> {
        let mut start = 0;
        let groups = self.groups.iter().enumerate();
        groups
            .flat_map(|(group, g)| g.components.iter().map(move |c| (group, g.counter, c)))
            .map(|(group, counter, component)| {
                let items = start..start + component.items.len();
                start = items.end;
                Span { group, counter, needs_result: component.needs_result, items }
            })
            .collect()
    }

    /// All that an answer was given to: rule, scale, codes and Vietnamese wordings, a line each.
    /// It may not change once there are answers; translations and remarks may.
    pub fn official(&self) -> String {
        let mut lines = vec![format!("{} {}", self.code, self.rule.name()), self.lead.vi.clone()];
        lines.extend(self.scale.iter().map(|label| label.vi.clone()));
        for component in self.components() {
            lines.push(format!("{} {}", component.code, component.needs_result));
            lines.extend(
                component.items.iter().map(|item| format!("{} {}", item.code, item.text.vi)),
            );
        }
        lines.join("\n")
    }

    /// Asked on this day.
    pub fn valid_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Where a component's items lie among all items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Position of the group.
    pub group: usize,
    pub counter: bool,
    pub needs_result: bool,
    pub items: Range<usize>,
}

/// A text with the place's name in it.
pub fn fill(text: &str, place: &str) -> String {
    text.replace(PLACE, place)
}

/// The shape of the TOML file, in which a component may give one sentence for all its items.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    code: String,
    title: Text,
    rule: Rule,
    valid_from: Date,
    valid_to: Option<Date>,
    legal: String,
    source: Text,
    certainty: Text,
    lead: Text,
    scale: [Text; 5],
    not_applicable: Text,
    groups: Vec<SourceGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceGroup {
    code: String,
    name: Text,
    counter: bool,
    unmeasured: Option<Text>,
    #[serde(default)]
    components: Vec<SourceComponent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceComponent {
    code: String,
    name: Text,
    note: Option<Text>,
    #[serde(default)]
    needs_result: bool,
    sentence: Option<Text>,
    items: Vec<SourceItem>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceItem {
    code: String,
    number: u16,
    text: Option<Text>,
    field: Option<Text>,
    example: Option<Text>,
}

/// What is wrong with a questionnaire file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Flaw {
    #[error("item {0} has neither a text nor a field in its component's sentence")]
    NoText(String),
    #[error("code {0} stands twice")]
    Twice(String),
    #[error("group {0} has no component and does not say that it is not measured")]
    Empty(String),
    #[error("component {0} has no item")]
    NoItems(String),
}

impl TryFrom<Source> for Questionnaire {
    type Error = Flaw;

    fn try_from(source: Source) -> Result<Self, Flaw> {
        let groups = source.groups.into_iter().map(group).collect::<Result<Vec<_>, _>>()?;
        let questionnaire = Self {
            code: source.code,
            title: source.title,
            rule: source.rule,
            valid_from: source.valid_from,
            valid_to: source.valid_to,
            legal: source.legal,
            source: source.source,
            certainty: source.certainty,
            lead: source.lead,
            scale: source.scale,
            not_applicable: source.not_applicable,
            groups,
        };
        let codes = questionnaire.items().map(|item| &item.code);
        let codes = codes.chain(questionnaire.components().map(|component| &component.code));
        let mut seen = std::collections::BTreeSet::new();
        for code in codes {
            if !seen.insert(code) {
                return Err(Flaw::Twice(code.clone()));
            }
        }
        Ok(questionnaire)
    }
}

fn group(source: SourceGroup) -> Result<Group, Flaw> {
    if source.components.is_empty() && source.unmeasured.is_none() {
        return Err(Flaw::Empty(source.code));
    }
    let components = source.components.into_iter().map(component).collect::<Result<_, _>>()?;
    Ok(Group {
        code: source.code,
        name: source.name,
        counter: source.counter,
        unmeasured: source.unmeasured,
        components,
    })
}

fn component(source: SourceComponent) -> Result<Component, Flaw> {
    if source.items.is_empty() {
        return Err(Flaw::NoItems(source.code));
    }
    let item = |item: SourceItem| {
        let text = match (item.text, &source.sentence, item.field) {
            (Some(text), ..) => text,
            (None, Some(sentence), Some(field)) => sentence.replaced(FIELD, &field),
            _ => return Err(Flaw::NoText(item.code)),
        };
        Ok(Item { code: item.code, number: item.number, text, example: item.example })
    };
    let items = source.items.into_iter().map(item).collect::<Result<_, _>>()?;
    Ok(Component {
        code: source.code,
        name: source.name,
        note: source.note,
        needs_result: source.needs_result,
        items,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn sipas_2023() -> Questionnaire {
        toml::from_str(include_str!("../../questionnaires/sipas-2023.toml")).unwrap()
    }

    pub(crate) fn sipas_2022() -> Questionnaire {
        toml::from_str(include_str!("../../questionnaires/sipas-2022.toml")).unwrap()
    }

    fn sizes(q: &Questionnaire) -> Vec<(String, usize)> {
        q.components().map(|c| (c.code.clone(), c.items.len())).collect()
    }

    #[test]
    fn the_official_numbers_of_items_and_components() {
        let q = sipas_2023();
        let expected = [2, 2, 9, 10, 3, 4, 3, 3, 3];
        assert_eq!(sizes(&q).into_iter().map(|(_, n)| n).collect::<Vec<_>>(), expected);
        assert_eq!(q.items().map(|i| i.number).collect::<Vec<_>>(), (1..=39).collect::<Vec<_>>());
        // 39 items + 9 components + 2 groups + 1 index are the Ministry's 51 satisfaction indicators.
        assert_eq!(q.items().count() + q.components().count() + q.groups.len() + 1, 51);
        let old = sipas_2022();
        assert_eq!(old.components().map(|c| c.items.len()).collect::<Vec<_>>(), [4, 4, 5, 3, 3]);
        assert_eq!(old.groups[0].unmeasured.as_ref().unwrap().vi, "không đo");
        assert_eq!(old.items().next().unwrap().number, 15);
    }

    #[test]
    fn one_sentence_serves_nine_policy_items() {
        let q = sipas_2023();
        let text = |code: &str| q.items().find(|item| item.code == code).unwrap().text.vi.clone();
        assert_eq!(
            text("P5"),
            "Chính quyền tổ chức thực hiện tốt chính sách phát triển kinh tế ở địa phương"
        );
        assert!(text("P13").contains("cải cách hành chính"));
    }

    #[test]
    fn spans_follow_each_other_and_only_the_result_needs_a_result() {
        let q = sipas_2023();
        let spans = q.spans();
        assert!(spans.windows(2).all(|pair| pair[0].items.end == pair[1].items.start));
        assert_eq!(spans.last().unwrap().items.end, q.items().count());
        let result: Vec<&str> =
            q.components().filter(|c| c.needs_result).map(|c| c.code.as_str()).collect();
        assert_eq!(result, ["II.4"]);
        assert_eq!(spans.iter().filter(|s| s.counter).count(), 5);
    }

    #[test]
    fn a_file_with_a_flaw_is_refused() {
        let good = include_str!("../../questionnaires/sipas-2023.toml");
        for (from, to) in [
            ("code = \"A2\"", "code = \"A1\""),
            ("rule = \"top2\"", "rule = \"top3\""),
            ("lead =", "led ="),
        ] {
            assert!(good.contains(from), "{from}");
            assert!(
                toml::from_str::<Questionnaire>(&good.replacen(from, to, 1)).is_err(),
                "{from}"
            );
        }
    }
}
