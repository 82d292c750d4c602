//! What the entries of one chronology say about health, sorted by what a person looks for. Pure: it is given entries that
//! its reader may read and nothing else, so that whatever is made from it can hold nothing more.

mod area;
mod family;
mod items;
mod measured;
mod plan;
mod referral;

use jiff::civil::Date;
use kinfold_record::{Entry, EntryId, Event, Sensitivity};
use smol_str::SmolStr;

pub use area::{AreaNotice, Feasibility, Payer, Told};
pub use family::{FamilyFact, SharingDecision};
pub use items::{Check, Item, ItemKind};
pub use measured::{Birth, Dose, Growth, Sdq, SdqAnswers};
pub use plan::{Answer, Need, PlanAction};
pub use referral::{Referral, ReferralStep, Standing as ReferralStanding};

/// The entry a fact comes from, and what decides who may know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The entry.
    pub entry: EntryId,
    /// The day it happened.
    pub on: Date,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// Whether it is about somebody else too.
    pub about_others: bool,
    /// Who told us: a code of `provenance`.
    pub told_by: Option<SmolStr>,
}

impl Source {
    pub(crate) fn of(entry: &Entry, told_by: Option<&SmolStr>) -> Self {
        Self {
            entry: entry.id,
            on: entry.happened_on,
            sensitivity: entry.event.kind().read_as(entry.sensitivity),
            about_others: !entry.about.is_empty(),
            told_by: told_by.cloned(),
        }
    }
}

/// How one decision that needs consent stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Where it stands.
    pub source: Source,
    /// What the consent is to: a code of `consent_decision`.
    pub decision: SmolStr,
    /// A code of `consent_outcome`.
    pub outcome: SmolStr,
    /// Whose decision it is: a code of `consent_giver`.
    pub by: Option<SmolStr>,
    /// Whether the child understands this decision: a code of `gillick`.
    pub gillick: Option<SmolStr>,
    /// Why there is none: a code of `no_consent`.
    pub reason: Option<SmolStr>,
    /// On what ground we go on without it: a code of `consent_ground`.
    pub ground: Option<SmolStr>,
    /// Until when it holds.
    pub until: Option<Date>,
    /// The day it was first asked for since the last answer, while there is none.
    pub asked_on: Option<Date>,
}

impl Consent {
    /// Whether consent stands on a day.
    pub fn stands(&self, on: Date) -> bool {
        self.outcome == "given" && self.until.is_none_or(|until| on <= until)
    }
}

/// A note with a topic and a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where it stands.
    pub source: Source,
    /// What it is about: a code of `sexual_health_topic`, or the reference of a referral.
    pub topic: Option<SmolStr>,
    /// What was said.
    pub text: Option<String>,
}

/// What came of asking about alcohol, drugs and tobacco.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substances {
    /// Where it stands.
    pub source: Source,
    /// A code of `screening_outcome`; of what is told for the statutory return whether a problem was found.
    pub outcome: Result<SmolStr, bool>,
    /// Codes of `substance`.
    pub about: Vec<SmolStr>,
    /// What was said.
    pub text: Option<String>,
    /// Whether help was offered, and whether it was received.
    pub help: (Option<bool>, Option<bool>),
}

/// What became known about the red book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedBook {
    /// Where it stands.
    pub source: Source,
    /// A code of `red_book`.
    pub state: SmolStr,
    /// A code of `red_book_holder`.
    pub held_by: Option<SmolStr>,
    /// Who has a copy.
    pub copies: Vec<SmolStr>,
}

/// What was found of one part of the early record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Early {
    /// Where it stands.
    pub source: Source,
    /// A code of `early_history`.
    pub what: SmolStr,
    /// A code of `found`.
    pub known: SmolStr,
    /// Who was asked.
    pub asked: Vec<SmolStr>,
    /// The result, in a line.
    pub result: Option<String>,
}

/// A summary that was shared, or a passport that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Where it stands.
    pub source: Source,
    /// A code of `health_rendering`; for a passport of `passport_reason`.
    pub rendering: SmolStr,
    /// Codes of `health_recipient`; for a passport of `passport_form`.
    pub recipients: Vec<SmolStr>,
    /// Whom by name.
    pub to: Option<String>,
    /// Which version.
    pub version: Option<i32>,
    /// Why, and what was left out.
    pub text: Option<String>,
}

/// Everything the entries say about health.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HealthFacts {
    /// The last word on each decision that needs consent, by decision.
    pub consents: Vec<Consent>,
    /// Needs with their actions: open ones first, emotional health before all others.
    pub needs: Vec<Need>,
    /// Actions that name no need on this record.
    pub loose: Vec<PlanAction>,
    /// Birth, as far as it is known.
    pub birth: Option<Birth>,
    /// Measurements, oldest first.
    pub growth: Vec<Growth>,
    /// Immunisations given, oldest first.
    pub doses: Vec<Dose>,
    /// Immunisations not given and why: vaccine, code of `not_immunised`.
    pub not_given: Vec<(Source, SmolStr, SmolStr)>,
    /// How far the history of immunisations is known: a code of `history_known`.
    pub immunisation_history: Option<(Source, SmolStr)>,
    /// Dental, eye and hearing checks, the latest of each first.
    pub checks: Vec<Check>,
    /// Allergies, conditions and medicines that have not ended.
    pub items: Vec<Item>,
    /// Topics about which somebody asked and heard that there is none (`health_topic`), while that stands.
    pub none_known: Vec<(Source, SmolStr)>,
    /// Questionnaires, oldest first.
    pub sdq: Vec<Sdq>,
    /// Their answers one by one, oldest first.
    pub sdq_answers: Vec<SdqAnswers>,
    /// Referrals, newest first.
    pub referrals: Vec<Referral>,
    /// The last word on whether health in another area can meet the needs.
    pub feasibility: Option<Feasibility>,
    /// The last word on who pays, by kind of service.
    pub payers: Vec<Payer>,
    /// The last notice to the health services of another area.
    pub area_notice: Option<AreaNotice>,
    /// What is known of the red book, newest first.
    pub red_book: Vec<RedBook>,
    /// The last word on each part of the early record.
    pub early: Vec<Early>,
    /// The health of the birth family with the decisions to share it.
    pub family: Vec<FamilyFact>,
    /// Sexual health.
    pub sexual: Vec<Note>,
    /// Therapy notes.
    pub therapy: Vec<Note>,
    /// Alcohol, drugs and tobacco, oldest first.
    pub substances: Vec<Substances>,
    /// Summaries shared, newest first.
    pub shared: Vec<Shared>,
    /// Passports issued, newest first.
    pub passports: Vec<Shared>,
}

impl HealthFacts {
    /// Sorts what these entries say, as far as it had happened by `on`. Entries that were corrected or withdrawn must not
    /// be among them.
    pub fn of(entries: &[&Entry], on: Date) -> Self {
        let mut entries: Vec<&Entry> = entries.iter().copied().filter(|e| e.happened_on <= on).collect();
        // Of what was recorded at one instant, as by one form, an action comes before its answer: kinds are in that order.
        entries.sort_by_key(|e| (e.happened_on, e.happened_at, e.recorded_at, e.event.kind(), e.id));
        let mut facts = Self::default();
        for entry in &entries {
            facts.consent(entry);
            facts.history(entry);
            facts.others(entry);
        }
        facts.needs_and_actions(&entries);
        facts.measurements(&entries);
        facts.things(&entries);
        facts.referred(&entries);
        facts.birth_family(&entries);
        facts.another_area(&entries);
        facts.shared.reverse();
        facts.passports.reverse();
        facts.red_book.reverse();
        facts
    }

    /// The last word on a decision that needs consent.
    pub fn consent_to(&self, decision: &str) -> Option<&Consent> {
        self.consents.iter().find(|c| c.decision == decision)
    }

    fn consent(&mut self, entry: &Entry) {
        let Event::Consent { decision, outcome, by, gillick, reason, ground, until, .. } = &entry.event
        else {
            return;
        };
        let before = self.consents.iter().position(|c| c.decision == *decision);
        let before = before.map(|at| self.consents.remove(at));
        let asked_on = (outcome == "asked").then(|| {
            before.filter(|b| b.outcome == "asked").and_then(|b| b.asked_on).unwrap_or(entry.happened_on)
        });
        self.consents.push(Consent {
            source: Source::of(entry, None),
            decision: decision.clone(),
            outcome: outcome.clone(),
            by: by.clone(),
            gillick: gillick.clone(),
            reason: reason.clone(),
            ground: ground.clone(),
            until: *until,
            asked_on,
        });
    }

    fn history(&mut self, entry: &Entry) {
        match &entry.event {
            Event::RedBook { state, held_by, copies, told_by, .. } => self.red_book.push(RedBook {
                source: Source::of(entry, told_by.as_ref()),
                state: state.clone(),
                held_by: held_by.clone(),
                copies: copies.clone().unwrap_or_default(),
            }),
            Event::EarlyHistory { what, known, told_by, asked, result, .. } => {
                self.early.retain(|e| e.what != *what);
                self.early.push(Early {
                    source: Source::of(entry, told_by.as_ref()),
                    what: what.clone(),
                    known: known.clone(),
                    asked: asked.clone().unwrap_or_default(),
                    result: result.clone(),
                });
            }
            Event::SexualHealthNote { topic, told_by, text, .. } => self.sexual.push(Note {
                source: Source::of(entry, told_by.as_ref()),
                topic: Some(topic.clone()),
                text: text.clone(),
            }),
            Event::SubstanceScreening { outcome, substances, text, .. } => self.substances.push(Substances {
                source: Source::of(entry, None),
                outcome: Ok(outcome.clone()),
                about: substances.clone().unwrap_or_default(),
                text: text.clone(),
                help: (None, None),
            }),
            Event::SubstanceMisuse { identified, help_offered, help_received } => {
                self.substances.push(Substances {
                    source: Source::of(entry, None),
                    outcome: Err(*identified),
                    about: Vec::new(),
                    text: None,
                    help: (*help_offered, *help_received),
                })
            }
            Event::TherapyNote { text, referral } => self.therapy.push(Note {
                source: Source::of(entry, None),
                topic: referral.clone(),
                text: Some(text.clone()),
            }),
            _ => {}
        }
    }

    fn others(&mut self, entry: &Entry) {
        match &entry.event {
            Event::HealthSummaryShared { rendering, recipients, to, version, text, .. } => {
                self.shared.push(Shared {
                    source: Source::of(entry, None),
                    rendering: rendering.clone(),
                    recipients: recipients.clone(),
                    to: to.clone(),
                    version: *version,
                    text: text.clone(),
                })
            }
            Event::HealthPassportIssued { reason, forms, version, .. } => self.passports.push(Shared {
                source: Source::of(entry, None),
                rendering: reason.clone(),
                recipients: forms.clone().unwrap_or_default(),
                to: None,
                version: *version,
                text: None,
            }),
            Event::ImmunisationNotGiven { vaccine, reason, told_by, .. } => {
                self.not_given.push((Source::of(entry, told_by.as_ref()), vaccine.clone(), reason.clone()));
            }
            Event::ImmunisationHistory { known, told_by, .. } => {
                self.immunisation_history = Some((Source::of(entry, told_by.as_ref()), known.clone()));
            }
            _ => {}
        }
    }
}
