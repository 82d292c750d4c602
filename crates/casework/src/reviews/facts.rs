//! What the entries say about reviews. Pure: entries in, reviews out.

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_record::{EntryId, PersonId};
use smol_str::SmolStr;

/// A review that was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// What joins its entries.
    pub occasion: SmolStr,
    /// What kind of review: code of `review`.
    pub kind: SmolStr,
    /// The entry that called it.
    pub called: EntryId,
    /// When it was called.
    pub called_on: Date,
    /// The day it is to be held.
    pub on: Date,
    /// At what time, as written.
    pub time: Option<String>,
    /// Where: code of `review_place`. Never an address.
    pub place: Option<SmolStr>,
    /// Where exactly, as written.
    pub detail: Option<String>,
    /// Whether the child chose day and place.
    pub by_child: Option<bool>,
    /// Whether the child chairs it, or a part of it.
    pub child_chairs: Option<bool>,
    /// Why it was moved last.
    pub moved: Option<String>,
    /// Why it was called off.
    pub called_off: Option<String>,
    /// What the child wants for it, newest first.
    pub wishes: Vec<Wished>,
    /// Everybody who was asked, in the order they were asked.
    pub parts: Vec<Part>,
    /// Those of the circle who were not asked, with why.
    pub left_out: Vec<LeftOut>,
    /// When it was held. The last time, when it was adjourned and gone on with.
    pub held: Option<Held>,
}

/// What the child wants for a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wished {
    /// The entry.
    pub entry: EntryId,
    /// When it was said.
    pub on: Date,
    /// Where and when.
    pub place: Option<String>,
    /// Who should be there, and who not.
    pub people: Option<String>,
    /// What is to be talked about.
    pub topics: Option<String>,
    /// What is not to be talked about in front of everybody.
    pub not_topics: Option<String>,
    /// Whether the child wants to chair.
    pub chairs: Option<bool>,
}

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What joins the entries about their part.
    pub part: SmolStr,
    /// Their role for this child.
    pub role: SmolStr,
    /// Their account.
    pub person: Option<PersonId>,
    /// Their place in the circle.
    pub member: Option<EntryId>,
    /// Their name, when they have no place in the circle.
    pub name: Option<String>,
    /// The form for their part.
    pub form: Option<SmolStr>,
    /// By when it is asked for.
    pub due: Option<Date>,
    /// What they answered, and in which words.
    pub answer: Option<(SmolStr, Option<String>)>,
    /// When their part came, and the document.
    pub came: Option<(Date, Option<SmolStr>)>,
    /// Their copy of the record, once it was made ready.
    pub copy: Option<Copy>,
}

/// Where somebody's part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartStanding {
    /// It is there.
    In,
    /// It is asked for.
    Asked,
    /// Its day has passed.
    Late,
    /// They said they will not take part, or could not be reached.
    Declined,
}

impl Part {
    /// Whether it is the reviewing officer's: the record of the review.
    pub fn is_record(&self) -> bool {
        self.role == "reviewing_officer"
    }

    /// Where it stands on a day.
    pub fn standing(&self, today: Date) -> PartStanding {
        let declined =
            self.answer.as_ref().is_some_and(|(a, _)| matches!(a.as_str(), "declined" | "no_answer"));
        match () {
            () if self.came.is_some() => PartStanding::In,
            () if declined => PartStanding::Declined,
            () if self.due.is_some_and(|due| due < today) => PartStanding::Late,
            () => PartStanding::Asked,
        }
    }
}

/// Somebody of the circle who was not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Their role for this child.
    pub role: SmolStr,
    /// Their account.
    pub person: Option<PersonId>,
    /// Their place in the circle.
    pub member: Option<EntryId>,
    /// Why: code of `left_out`.
    pub reason: SmolStr,
    /// More about why.
    pub text: Option<String>,
}

/// Somebody's copy of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Ids of the sections it holds.
    pub sections: Vec<String>,
    /// The document.
    pub document: Option<SmolStr>,
    /// Whether it holds something sensitive, so that a second person has to send it.
    pub sensitive: bool,
    /// Why they may know it.
    pub why: Option<String>,
    /// Who made it ready.
    pub ready_by: Option<PersonId>,
    /// When.
    pub ready_at: Timestamp,
    /// When it was sent, and by whom.
    pub sent: Option<(Date, Option<PersonId>)>,
}

/// A review that was held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub entry: EntryId,
    /// The day.
    pub on: Date,
    /// What kind: code of `review`.
    pub kind: SmolStr,
    /// How the child took part: code of `review_participation`.
    pub participation: Option<SmolStr>,
    /// Whether the reviewing officer spoke with the child alone.
    pub alone: Option<bool>,
    /// Whether it was adjourned.
    pub adjourned: bool,
    /// Whether there was a meeting.
    pub meeting: Option<bool>,
    /// Which review that was called it is.
    pub occasion: Option<SmolStr>,
}

/// An action decided at a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionFact {
    /// What joins its entries.
    pub action: SmolStr,
    /// The entry that decided it.
    pub entry: EntryId,
    /// At which review.
    pub occasion: Option<SmolStr>,
    /// When it was decided.
    pub on: Date,
    /// What will be done.
    pub text: String,
    /// Who does it: code of `action_owner`.
    pub owner: SmolStr,
    /// By name.
    pub person: Option<String>,
    /// By when.
    pub by: Date,
    /// Whether the child asked for it.
    pub child_asked: bool,
    /// How often it was given another day or owner.
    pub moved: usize,
    /// When it was answered, with the code of `action_outcome` and the words.
    pub answered: Option<(Date, SmolStr, Option<String>)>,
}

impl ActionFact {
    /// Whether its day has passed without an answer.
    pub fn is_late(&self, today: Date) -> bool {
        self.answered.is_none() && self.by < today
    }
}

/// A dispute of the reviewing officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The entry that raised it.
    pub entry: EntryId,
    /// When.
    pub on: Date,
    /// Stages it went through, with the words: code of `dispute_stage`.
    pub stages: Vec<(Date, SmolStr, Option<String>)>,
    /// Answers of the team that holds the case, with who gave them.
    pub answers: Vec<(Date, Option<PersonId>, String)>,
    /// When and why it was referred to Cafcass.
    pub referred: Option<(Date, String)>,
    /// When and how it was settled.
    pub settled: Option<(Date, Option<String>)>,
}

/// Everything about reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReviewFacts {
    /// Reviews that were called, the one held last first.
    pub reviews: Vec<Review>,
    /// Reviews that were held, newest first, called here or not.
    pub held: Vec<Held>,
    /// Actions, in the order they were decided.
    pub actions: Vec<ActionFact>,
    /// Disputes, newest first.
    pub disputes: Vec<Dispute>,
}

impl Review {
    /// Those who were asked to be heard: everybody's part but the record.
    pub fn asked(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(|p| !p.is_record())
    }

    /// The record of the review, once it was drafted.
    pub fn record(&self) -> Option<&Part> {
        self.parts.iter().find(|p| p.is_record())
    }
}
