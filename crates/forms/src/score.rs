//! Working out scores.

use kinfold_guidance::Confidence;
use kinfold_guidance::form::{Decimal, Name, Part, Score};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::answer::{Answer, Key};
use crate::eval::{Place, holds};
use crate::sheet::Sheet;
use crate::value::Value;

/// A score, worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// Which.
    pub id: SmolStr,
    /// What a person reads.
    pub title: String,
    /// The figure; `None` when too little was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// How many parts were there…
    pub answered: u16,
    /// …of how many.
    pub of: u16,
    /// The band it falls in, when there are bands for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Banded>,
    /// The sections its answers come from: who may not read all of them may not read it.
    pub sections: Vec<SmolStr>,
}

/// The band of a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Banded {
    /// Which bands: "Four bands, teacher".
    pub scheme: String,
    /// How sure we are of their limits.
    pub confidence: Confidence,
    /// Code.
    pub code: SmolStr,
    /// What a person reads.
    pub title: String,
}

pub(crate) fn score(sheet: &Sheet<'_>, score: &Score) -> Scored {
    let values: Vec<Option<Decimal>> = score.of.iter().map(|part| value(sheet, part)).collect();
    let present: Vec<Decimal> = values.iter().copied().flatten().collect();
    let place = Place::default();
    let zero = score.zero_if.as_ref().is_some_and(|c| holds(sheet, &place, c));
    let value = if zero { Some(Decimal::whole(0)) } else { total(score, &present, values.len()) };
    let band = value.and_then(|value| {
        let bands = score.bands.iter().find(|b| b.when.as_ref().is_none_or(|c| holds(sheet, &place, c)))?;
        let band = bands.bands.iter().find(|b| value <= b.to)?;
        Some(Banded {
            scheme: bands.scheme.clone(),
            confidence: bands.confidence,
            code: band.code.clone(),
            title: band.title.clone(),
        })
    });
    Scored {
        id: score.id.clone(),
        title: score.title.clone(),
        value,
        answered: u16::try_from(present.len()).unwrap_or(u16::MAX),
        of: u16::try_from(values.len()).unwrap_or(u16::MAX),
        band,
        sections: sections(sheet, score),
    }
}

fn total(score: &Score, present: &[Decimal], of: usize) -> Option<Decimal> {
    if present.is_empty() || present.len() < usize::from(score.at_least) {
        return None;
    }
    let sum = present.iter().try_fold(Decimal::whole(0), |sum, n| sum.plus(*n))?;
    if score.pro_rata && present.len() < of {
        let (of, present) = (i64::try_from(of).ok()?, i64::try_from(present.len()).ok()?);
        return sum.scaled(of, present).map(Decimal::round_half_up);
    }
    Some(sum)
}

fn value(sheet: &Sheet<'_>, part: &Part) -> Option<Decimal> {
    let reversed = |from: &Option<Decimal>, n: Decimal| match from {
        Some(from) => from.minus(n),
        None => Some(n),
    };
    match part {
        Part::Question { question, reverse_from } => match Value::of(sheet.answer(&Key::of(question))?)? {
            Value::Number(n) => reversed(reverse_from, n),
            _ => None,
        },
        Part::Item { question, item, reverse_from, counts } => {
            let Some(Answer::Items(items)) = sheet.answer(&Key::of(question)) else { return None };
            let n = Decimal::whole(i64::from(*items.get(item)?));
            match counts.iter().find(|(answer, _)| *answer == n) {
                Some((_, counts)) => Some(*counts),
                None => reversed(reverse_from, n),
            }
        }
        Part::Score(id) => sheet.scores().iter().find(|s| s.id == *id)?.value,
    }
}

fn sections(sheet: &Sheet<'_>, score: &Score) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    for part in &score.of {
        match part {
            Part::Question { question, .. } | Part::Item { question, .. } => {
                out.extend(sheet.form.question(question).map(|(s, _)| s.id.clone()));
            }
            Part::Score(id) => {
                out.extend(sheet.scores().iter().filter(|s| s.id == *id).flat_map(|s| s.sections.clone()));
            }
        }
    }
    // What makes it 0 can be told from its being 0.
    if let Some(zero) = &score.zero_if {
        zero.names(&mut |name| {
            if let Name::Answer(id) = name {
                out.extend(sheet.form.question(id).map(|(s, _)| s.id.clone()));
            }
        });
    }
    out.sort();
    out.dedup();
    out
}
