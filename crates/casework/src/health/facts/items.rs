//! Allergies, conditions and medicines; teeth, eyes and hearing.

use jiff::civil::Date;
use kinfold_record::{Entry, Event, EventKind};
use smol_str::SmolStr;

use super::{HealthFacts, Source};

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// An allergy or intolerance.
    Allergy,
    /// A condition or difficulty.
    Condition,
    /// A medicine.
    Medicine,
}

impl ItemKind {
    /// The code of `health_topic` under which somebody says that there is none.
    pub fn topic(self) -> &'static str {
        match self {
            Self::Allergy => "allergies",
            Self::Condition => "conditions",
            Self::Medicine => "medicines",
        }
    }

    /// The kinds of event that begin and end one.
    pub fn kinds(self) -> (EventKind, EventKind) {
        match self {
            Self::Allergy => (EventKind::AllergyNoted, EventKind::AllergyEnded),
            Self::Condition => (EventKind::ConditionNoted, EventKind::ConditionEnded),
            Self::Medicine => (EventKind::MedicineStarted, EventKind::MedicineStopped),
        }
    }
}

/// An allergy, a condition or a medicine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it stands.
    pub source: Source,
    /// Which of the three.
    pub kind: ItemKind,
    /// Its reference.
    pub item: SmolStr,
    /// What it is called.
    pub name: String,
    /// Kind and severity of an allergy (codes of `allergy`, `allergy_severity`).
    pub allergy: (Option<SmolStr>, Option<SmolStr>),
    /// What happens, the dose and how it is taken, or that it has been diagnosed.
    pub detail: Option<String>,
    /// What those who look after the child need to know and do.
    pub care: Option<String>,
    /// Whether a condition has been diagnosed.
    pub diagnosed: Option<bool>,
    /// Since when.
    pub since: Option<Date>,
    /// To be looked at again on.
    pub review_on: Option<Date>,
}

/// A check of teeth, eyes or hearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Where it stands.
    pub source: Source,
    /// Which of the three.
    pub kind: EventKind,
    /// A code of `check_outcome`; teeth have words instead.
    pub outcome: Option<SmolStr>,
    /// Words about it.
    pub text: Option<String>,
    /// Whether treatment is needed, glasses or a hearing aid are worn.
    pub flag: Option<bool>,
    /// To be seen again on.
    pub again_on: Option<Date>,
}

fn joined(parts: [&Option<String>; 3]) -> Option<String> {
    let said: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

impl HealthFacts {
    pub(super) fn things(&mut self, entries: &[&Entry]) {
        for entry in entries {
            if let Some(item) = begun(entry) {
                // Told again under the same reference: the newer words stand (a new dose of the same medicine).
                self.items.retain(|i| i.item != item.item || i.kind != item.kind);
                self.none_known.retain(|(_, topic)| *topic != item.kind.topic());
                self.items.push(item);
            }
            match &entry.event {
                Event::ConditionEnded { item, .. } => self.over(ItemKind::Condition, item),
                Event::AllergyEnded { item, .. } => self.over(ItemKind::Allergy, item),
                Event::MedicineStopped { item, .. } => self.over(ItemKind::Medicine, item),
                Event::NoneKnown { topic, told_by } => {
                    self.none_known.retain(|(_, t)| t != topic);
                    self.none_known.push((Source::of(entry, told_by.as_ref()), topic.clone()));
                }
                _ => {}
            }
            self.checks.extend(check(entry));
        }
        self.items.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
        self.checks.reverse();
    }

    fn over(&mut self, kind: ItemKind, item: &SmolStr) {
        self.items.retain(|i| i.kind != kind || i.item != *item);
    }

    /// What is on record of one kind.
    pub fn items_of(&self, kind: ItemKind) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |i| i.kind == kind)
    }

    /// The latest check of one kind.
    pub fn check_of(&self, kind: EventKind) -> Option<&Check> {
        self.checks.iter().find(|c| c.kind == kind)
    }
}

fn begun(entry: &Entry) -> Option<Item> {
    let blank = |kind, item: &SmolStr, name: &str, told_by: &Option<SmolStr>| Item {
        source: Source::of(entry, told_by.as_ref()),
        kind,
        item: item.clone(),
        name: name.to_owned(),
        allergy: (None, None),
        detail: None,
        care: None,
        diagnosed: None,
        since: None,
        review_on: None,
    };
    Some(match &entry.event {
        Event::AllergyNoted {
            item, name, allergy, severity, reaction, emergency, since, told_by, ..
        } => Item {
            allergy: (allergy.clone(), severity.clone()),
            detail: reaction.clone(),
            care: emergency.clone(),
            since: *since,
            ..blank(ItemKind::Allergy, item, name, told_by)
        },
        Event::ConditionNoted { item, name, diagnosed, since, care, told_by, text, .. } => Item {
            detail: text.clone(),
            care: care.clone(),
            diagnosed: *diagnosed,
            since: *since,
            ..blank(ItemKind::Condition, item, name, told_by)
        },
        Event::MedicineStarted { item, name, dose, how, against, review_on, told_by, text, .. } => Item {
            detail: joined([dose, how, against]),
            care: text.clone(),
            since: Some(entry.happened_on),
            review_on: *review_on,
            ..blank(ItemKind::Medicine, item, name, told_by)
        },
        _ => return None,
    })
}

fn check(entry: &Entry) -> Option<Check> {
    let kind = entry.event.kind();
    let (outcome, text, flag, again_on, told_by) = match &entry.event {
        Event::DentalCheck { outcome, treatment, again_on, told_by } => {
            (None, outcome, *treatment, *again_on, told_by)
        }
        Event::EyeTest { outcome, glasses, again_on, told_by, text } => {
            (outcome.clone(), text, *glasses, *again_on, told_by)
        }
        Event::HearingTest { outcome, aids, again_on, told_by, text } => {
            (outcome.clone(), text, *aids, *again_on, told_by)
        }
        _ => return None,
    };
    Some(Check {
        source: Source::of(entry, told_by.as_ref()),
        kind,
        outcome,
        text: text.clone(),
        flag,
        again_on,
    })
}
