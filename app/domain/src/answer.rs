//! Answers to the items of a questionnaire, and the small form in which they are kept.

/// An answer to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// 1 (very dissatisfied) to 5 (very satisfied).
    Score(u8),
    /// "Không áp dụng / Chưa có kết quả": outside the scale and the denominator.
    NotApplicable,
}

impl Answer {
    /// `1`…`5` or `na`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        match text.as_bytes() {
            b"na" => Some(Self::NotApplicable),
            [digit @ b'1'..=b'5'] => Some(Self::Score(digit - b'0')),
            _ => None,
        }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Score(score) => score.fmt(f),
            Self::NotApplicable => f.write_str("na"),
        }
    }
}

/// What became of one item in one response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Given {
    #[default]
    NotAsked,
    /// Asked by the form, answered or left open.
    Asked(Option<Answer>),
    /// Not asked, but answered in the folded part.
    Volunteered(Answer),
}

impl Given {
    /// The answer, asked for or volunteered.
    #[inline]
    pub fn answer(self) -> Option<Answer> {
        match self {
            Self::NotAsked | Self::Asked(None) => None,
            Self::Asked(Some(answer)) | Self::Volunteered(answer) => Some(answer),
        }
    }

    /// Four bits: 0 not asked, 1 left open, 2…6 a score, 7 not applicable; 10…15 the same, volunteered.
    fn nibble(self) -> u8 {
        let code = |answer| match answer {
            Answer::Score(score) => score + 1,
            Answer::NotApplicable => 7,
        };
        match self {
            Self::NotAsked => 0,
            Self::Asked(None) => 1,
            Self::Asked(Some(answer)) => code(answer),
            Self::Volunteered(answer) => code(answer) + 8,
        }
    }

    #[inline]
    fn from_nibble(nibble: u8) -> Option<Self> {
        let answer = match nibble & 7 {
            code @ 2..=6 => Answer::Score(code - 1),
            7 => Answer::NotApplicable,
            _ => {
                return match nibble {
                    0 => Some(Self::NotAsked),
                    1 => Some(Self::Asked(None)),
                    _ => None,
                };
            }
        };
        Some(if nibble < 8 { Self::Asked(Some(answer)) } else { Self::Volunteered(answer) })
    }
}

/// The items of packed answers that were asked or volunteered, each with its position, in order;
/// without the memory that [`Answers::unpack`] takes. Where a byte is wrong, its item is left out.
pub fn unpacked(packed: &[u8]) -> impl Iterator<Item = (usize, Given)> {
    let bytes = packed.iter().enumerate().filter(|(_, byte)| **byte != 0);
    let halves = bytes.flat_map(|(at, byte)| [(2 * at, byte & 15), (2 * at + 1, byte >> 4)]);
    let known = halves.filter(|(_, nibble)| *nibble != 0);
    known.filter_map(|(position, nibble)| Some((position, Given::from_nibble(nibble)?)))
}

/// What became of one item, by its position, in packed answers; `None` where its half byte is wrong.
#[inline]
pub fn given(packed: &[u8], item: usize) -> Option<Given> {
    Given::from_nibble(packed.get(item / 2).map_or(0, |byte| byte >> (item % 2 * 4) & 15))
}

/// What became of every item of the questionnaire, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Answers(pub Vec<Given>);

impl Answers {
    /// Half a byte an item, without the zeros at the end.
    pub fn pack(&self) -> Vec<u8> {
        let nibble = |given: Option<&Given>| given.copied().unwrap_or_default().nibble();
        let pairs = self.0.chunks(2).map(|pair| nibble(pair.first()) | nibble(pair.get(1)) << 4);
        let mut packed: Vec<u8> = pairs.collect();
        packed.truncate(packed.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1));
        packed
    }

    /// The answers to `items` items; `None` if the bytes were not made by [`Self::pack`].
    pub fn unpack(packed: &[u8], items: usize) -> Option<Self> {
        if packed.len() > items.div_ceil(2) {
            return None;
        }
        (0..items).map(|item| given(packed, item)).collect::<Option<_>>().map(Self)
    }

    /// The answers alone, whether they were asked for or volunteered.
    pub fn said(&self) -> Vec<Option<Answer>> {
        self.0.iter().map(|given| given.answer()).collect()
    }

    /// At least one item has an answer.
    pub fn any(&self) -> bool {
        self.0.iter().any(|given| given.answer().is_some())
    }
}
