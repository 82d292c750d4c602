//! Words that name a home whose address is kept private, in what somebody typed. Who may not know where a child lives must
//! not read it in a note either: the words are taken out of what they are shown, and stay in the record.
//!
//! The veil lies on everything that is read for somebody: entries, documents, answers of open forms. What is decided by, and
//! what is stored, is never veiled.

use std::borrow::Cow;
use std::sync::Arc;

use kinfold_access::{Action, ActionSet};
use kinfold_forms::{Answers, Frozen};
use kinfold_record::{Entry, Event, FieldKind, PersonId, Placement, Problem, Severity, Timeline};
use kinfold_store::Unit;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::child::ChildHandle;
use crate::error::{Error, Result};
use crate::record::read_entries;

/// What stands in the place of the words that were taken out.
pub const WITHHELD: &str = "[taken out: it names a home that is kept private]";

/// Fewer letters and digits than this stand in any text; a postcode is known by its shape instead.
const SHORTEST: usize = 6;

/// What one person may not read in anybody's words about one child.
#[derive(Debug, Clone, Default)]
pub(crate) struct Veil {
    /// Letters and digits alone, in lower case.
    needles: Arc<[Vec<char>]>,
    /// Whose own words are left as they are: they wrote them, and taking words out would tell them which are right.
    own: Option<PersonId>,
    /// Whether there is anything that this person may not read.
    lies: bool,
}

/// Letters and digits of a text in lower case, each with where it stands.
fn squeeze(text: &str) -> Vec<(char, usize, usize)> {
    let letters = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    letters.flat_map(|(at, c)| c.to_lowercase().map(move |low| (low, at, at + c.len_utf8()))).collect()
}

fn needle(text: &str) -> Vec<char> {
    squeeze(text).into_iter().map(|(c, ..)| c).collect()
}

/// Whether letters and digits are a postcode by their shape: "m11ae", "fe99zq".
fn is_postcode(word: &[char]) -> bool {
    let ends = |[digit, a, b]: [char; 3]| digit.is_ascii_digit() && a.is_alphabetic() && b.is_alphabetic();
    (5..=7).contains(&word.len())
        && word[0].is_alphabetic()
        && word.iter().any(char::is_ascii_digit)
        && <[char; 3]>::try_from(&word[word.len() - 3..]).is_ok_and(ends)
}

/// The street of a line that begins with a number or the name of a flat: "Flat 2, 9 Marl Way" gives "Marl Way".
fn street(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let numbered = words.iter().rposition(|word| word.chars().any(|c| c.is_ascii_digit()))?;
    Some(words[numbered + 1..].join(" "))
}

/// What gives a home away: the first line of its address and every line with a number, the street without its number, the
/// postcode, and who cares for the child there. Towns and counties by themselves do not.
fn gives_away(address: Option<&str>, carer: Option<&str>) -> Vec<Vec<char>> {
    let mut out = Vec::new();
    for (at, line) in address.iter().flat_map(|a| a.split(['\n', ',', ';'])).enumerate() {
        let word = needle(line);
        let numbered = line.chars().any(|c| c.is_ascii_digit());
        if is_postcode(&word) {
            out.push(word);
            continue;
        }
        if at == 0 || numbered {
            out.push(word);
        }
        out.extend(street(line).map(|street| needle(&street)));
    }
    out.extend(carer.map(needle));
    out.retain(|word| word.len() >= SHORTEST || is_postcode(word));
    out
}

/// Everything that names a home to somebody outside, who must not learn the town either: all that [`gives_away`] finds, and
/// every other line of the address, as it was typed.
pub(crate) fn parts_of_home(home: &Placement) -> Vec<String> {
    let lines = home.address.iter().flat_map(|a| a.split(['\n', ',', ';']));
    let mut out: Vec<String> =
        lines.flat_map(|line| [Some(line.to_owned()), street(line)]).flatten().collect();
    out.extend(home.carer_name.clone());
    let mut parts: Vec<String> = out.into_iter().map(|part| part.trim().to_owned()).collect();
    parts.retain(|part| needle(part).len() >= SHORTEST || is_postcode(&needle(part)));
    parts
}

fn homes(timeline: &Timeline) -> Vec<Vec<char>> {
    let kept = timeline.placements.iter().filter(|p| p.address_confidential);
    let mut all: Vec<_> =
        kept.flat_map(|p| gives_away(p.address.as_deref(), p.carer_name.as_deref())).collect();
    // The longest first, so that a street does not cut a hole into its own line.
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.dedup();
    all
}

impl Veil {
    /// What somebody with these rights may not read. The child knows where they live.
    pub fn of(timeline: &Timeline, may: ActionSet, is_the_child: bool, person: PersonId) -> Self {
        let knows = may.has(Action::ViewAddress) && may.has(Action::ViewConfidentialAddress);
        if knows || is_the_child {
            return Self::default();
        }
        Self { needles: homes(timeline).into(), own: Some(person), lies: true }
    }

    /// What somebody outside may not read.
    pub fn outside(timeline: &Timeline) -> Self {
        Self { needles: homes(timeline).into(), own: None, lies: true }
    }

    /// Whether nothing is taken out.
    fn is_clear(&self) -> bool {
        self.needles.is_empty()
    }

    /// Where in a text words have to be taken out, in order and apart from each other.
    fn found(&self, text: &str) -> Vec<(usize, usize)> {
        let letters = squeeze(text);
        // What only goes on in a longer word is another street: "19 Marl Way" is not "9 Marl Way".
        let apart = |from: usize, to: usize| {
            let beside = [text[..from].chars().next_back(), text[to..].chars().next()];
            !beside.into_iter().flatten().any(char::is_alphanumeric)
        };
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for word in self.needles.iter() {
            for window in letters.windows(word.len()) {
                let (Some(first), Some(last)) = (window.first(), window.last()) else { continue };
                if window.iter().map(|(c, ..)| c).eq(word) && apart(first.1, last.2) {
                    spans.push((first.1, last.2));
                }
            }
        }
        spans.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (from, to) in spans {
            match joined.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        joined
    }

    /// A text without what names the home.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let found = if self.is_clear() { Vec::new() } else { self.found(text) };
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let (mut out, mut at) = (String::new(), 0);
        for (from, to) in found {
            out.push_str(&text[at..from]);
            out.push_str(WITHHELD);
            at = to;
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }

    /// The words in a text that name the home.
    fn named<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.found(text).into_iter().map(|(from, to)| &text[from..to]).collect()
    }

    fn named_in(&self, value: &serde_json::Value, out: &mut Vec<String>) {
        match value {
            serde_json::Value::String(text) => out.extend(self.named(text).into_iter().map(str::to_owned)),
            serde_json::Value::Array(all) => all.iter().for_each(|one| self.named_in(one, out)),
            serde_json::Value::Object(all) => all.values().for_each(|one| self.named_in(one, out)),
            _ => {}
        }
    }

    fn value(&self, value: &mut serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => match self.text(text) {
                Cow::Borrowed(_) => false,
                Cow::Owned(less) => {
                    *text = less;
                    true
                }
            },
            // Each, not the first: every one has to be gone through.
            serde_json::Value::Array(all) => all.iter_mut().fold(false, |hit, one| self.value(one) | hit),
            serde_json::Value::Object(all) => all.values_mut().fold(false, |hit, one| self.value(one) | hit),
            _ => false,
        }
    }

    /// Anything that is written down as JSON, without what names the home; `None` when it names none.
    ///
    /// # Errors
    /// When it does not read back without those words: it must not be shown then.
    fn through<T: Serialize + DeserializeOwned>(&self, whole: &T) -> Result<Option<T>> {
        let unreadable = |e: serde_json::Error| Error::Internal(e.to_string());
        let mut value = serde_json::to_value(whole).map_err(unreadable)?;
        if !self.value(&mut value) {
            return Ok(None);
        }
        serde_json::from_value(value).map(Some).map_err(unreadable)
    }

    /// Whether an event names the home.
    fn touches(&self, event: &Event) -> bool {
        let mut hit = false;
        event.strings(&mut |_, text| hit |= matches!(self.text(text), Cow::Owned(_)));
        hit
    }

    /// Whether somebody may not read all the words of an entry.
    pub fn hides(&self, entry: &Entry) -> bool {
        !self.is_clear()
            && self.own.is_none_or(|own| entry.recorded_by != Some(own))
            && self.touches(&entry.event)
    }

    /// Entries as they may be read. Homes of care leavers, which stand in no placement, are kept private by the entries
    /// themselves.
    ///
    /// # Errors
    /// When an entry cannot be shown without the words.
    pub fn entries(&self, mut entries: Vec<Entry>) -> Result<Vec<Entry>> {
        if !self.lies {
            return Ok(entries);
        }
        let leavers = entries.iter().filter_map(|e| match &e.event {
            Event::LeaverMoved { address, address_confidential: Some(true), .. } => address.as_deref(),
            _ => None,
        });
        let more: Vec<_> = leavers.flat_map(|address| gives_away(Some(address), None)).collect();
        let whole = Self { needles: self.needles.iter().cloned().chain(more).collect(), ..*self };
        for entry in &mut entries {
            if whole.hides(entry)
                && let Some(less) = whole.through(&entry.event)?
            {
                entry.event = less;
            }
        }
        Ok(entries)
    }

    /// A document as it may be read.
    ///
    /// # Errors
    /// When it cannot be shown without the words.
    pub fn document(&self, document: Frozen) -> Result<Frozen> {
        if self.is_clear() {
            return Ok(document);
        }
        Ok(self.through(&document)?.unwrap_or(document))
    }

    /// Answers as they may be read.
    ///
    /// # Errors
    /// When they cannot be shown without the words.
    pub fn answers(&self, answers: Answers) -> Result<Answers> {
        if self.is_clear() {
            return Ok(answers);
        }
        Ok(self.through(&answers)?.unwrap_or(answers))
    }
}

/// A child's entries as somebody who was let in may read them. Which of them they may read is decided besides.
///
/// # Errors
/// When the store does not answer, or an entry cannot be shown without what has to be taken out of it.
pub(crate) async fn entries_for(unit: &mut dyn Unit, handle: &ChildHandle) -> Result<Vec<Entry>> {
    handle.veil.entries(read_entries(unit, handle.id()).await?)
}

impl Veil {
    /// What to say to somebody who may know the home and names it in an entry that others read too. Nothing to anybody
    /// else: it would tell them whether they guessed right.
    pub fn cautions(&self, timeline: &Timeline, entry: &Entry) -> Option<Problem> {
        if self.lies {
            return None;
        }
        let (veil, mut named) = (Self::outside(timeline), Vec::new());
        entry.event.strings(&mut |field, text| {
            if matches!(field.kind, FieldKind::Line | FieldKind::Text) && field.name != "carer_name" {
                named.extend(veil.named(text).into_iter().map(str::to_owned));
            }
        });
        let message = caution(named)?;
        Some(Problem { entry: entry.id, severity: Severity::Doubtful, message })
    }

    /// The same for the answers of a form.
    pub fn answers_caution(&self, timeline: &Timeline, answers: &Answers) -> Option<String> {
        if self.lies {
            return None;
        }
        let (veil, mut named) = (Self::outside(timeline), Vec::new());
        // What cannot be written down (nothing can be) names nothing.
        veil.named_in(&serde_json::to_value(answers).unwrap_or_default(), &mut named);
        caution(named)
    }
}

const CAUTION: &str = "What you typed names a home that is kept private";

/// Whether words are the caution about a home.
pub(crate) fn is_caution(words: &str) -> bool {
    words.starts_with(CAUTION)
}

fn caution(mut named: Vec<String>) -> Option<String> {
    named.sort();
    named.dedup();
    (!named.is_empty()).then(|| {
        format!(
            "{CAUTION}: “{}”. Leave it out unless it is needed. Those who may not know where the child lives are shown \
             “{WITHHELD}” in its place.",
            named.join("”, “")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil(address: &str, carer: Option<&str>) -> Veil {
        Veil { needles: gives_away(Some(address), carer).into(), own: None, lies: true }
    }

    #[test]
    fn street_postcode_and_carer_are_taken_out_however_they_are_typed() {
        let veil = veil("Flat 2, 9 Marl Way\nFernshire\nM1 1AE", Some("Isolde Fennimore"));
        for text in [
            "We met at 9 Marl Way.",
            "She lives in MARL  WAY, near the park",
            "(m11ae)",
            "M1 1AE is far",
            "9, marl way",
            "Isolde Fennimore rang.",
        ] {
            let less = veil.text(text);
            assert!(less.contains(WITHHELD), "{text}");
            for word in ["arl", "ARL", "1AE", "1ae", "solde"] {
                assert!(!less.contains(word), "{less}");
            }
        }
        assert_eq!(veil.text("We met at 9 Marl Way."), format!("We met at {WITHHELD}."));
    }

    #[test]
    fn towns_other_streets_and_parts_of_words_stay() {
        let veil = veil("9 Marl Way, Fernshire", None);
        for text in
            ["Fernshire County Council wrote.", "Way to go, Marl", "Demarl Wayne came", "9 Mark Way", ""]
        {
            assert_eq!(veil.text(text), text);
        }
    }

    #[test]
    fn letters_that_change_their_length_in_lower_case_cut_at_the_right_place() {
        let veil = veil("12 İğdır Sokağı", None);
        assert_eq!(veil.text("… ẞ 12 İğdır Sokağı ß"), format!("… ẞ {WITHHELD} ß"));
    }

    #[test]
    fn every_text_inside_is_gone_through() {
        let veil = veil("9 Marl Way", None);
        let mut value =
            serde_json::json!({"a": ["9 Marl Way", {"b": "in Marl Way"}], "c": 9, "d": "Marl Way"});
        assert!(veil.value(&mut value));
        assert!(!value.to_string().contains("Marl"), "{value}");
    }
}
