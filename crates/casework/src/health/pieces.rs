//! The record's health facts as lines that can be shared, each with what decides who may have it. A line that is made here
//! is not shown to anybody before [`super::share`] has let it through.

use jiff::civil::Date;
use kinfold_guidance::Codes;
use kinfold_record::{EntryId, EventKind, Sensitivity, Timeline};
use smol_str::SmolStr;

use super::facts::{Birth, HealthFacts, Item, ItemKind, PlanAction, Source};
use super::immunised::{ImmunisationReport, ImmunisationState};

/// A part of a summary, in its order: how the child feels and what is planned before what was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Allergies.
    Allergies,
    /// Medicines.
    Medicines,
    /// Conditions.
    Conditions,
    /// Needs.
    Needs,
    /// What is done about them.
    Actions,
    /// Questionnaires.
    Sdq,
    /// Referrals and waiting.
    Referrals,
    /// Immunisations.
    Immunisations,
    /// Teeth, eyes and hearing.
    Checks,
    /// Growth.
    Growth,
    /// Birth.
    Birth,
    /// What is known of the early years.
    EarlyHistory,
    /// The red book.
    RedBook,
    /// Consent.
    Consent,
    /// Where the child lives.
    Home,
    /// The health of the birth family, where it was decided.
    Family,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 16] = [
        Self::Allergies,
        Self::Medicines,
        Self::Conditions,
        Self::Needs,
        Self::Actions,
        Self::Sdq,
        Self::Referrals,
        Self::Immunisations,
        Self::Checks,
        Self::Growth,
        Self::Birth,
        Self::EarlyHistory,
        Self::RedBook,
        Self::Consent,
        Self::Home,
        Self::Family,
    ];

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Allergies => "Allergies",
            Self::Medicines => "Medicines",
            Self::Conditions => "Conditions",
            Self::Needs => "Needs",
            Self::Actions => "What is being done",
            Self::Sdq => "Questionnaires",
            Self::Referrals => "Referrals",
            Self::Immunisations => "Immunisations",
            Self::Checks => "Teeth, eyes and hearing",
            Self::Growth => "Growth",
            Self::Birth => "Birth",
            Self::EarlyHistory => "Early history",
            Self::RedBook => "Red book",
            Self::Consent => "Consent",
            Self::Home => "Where the child lives",
            Self::Family => "Health of the birth family",
        }
    }
}

/// A fact as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it belongs.
    pub section: Section,
    /// The fact, in a line.
    pub words: String,
    /// More, for clinicians.
    pub detail: Option<String>,
    /// The entry it comes from.
    pub source: Source,
    /// Whether the day belongs beside it.
    pub dated: bool,
    /// Whom it was decided for by name of role, when it needs a decision: codes of `health_recipient`.
    pub decided_for: Vec<SmolStr>,
    /// Whether it is a confidential address.
    pub confidential: bool,
}

impl Piece {
    fn new(section: Section, words: impl Into<String>, source: &Source) -> Self {
        Self {
            section,
            words: words.into(),
            detail: None,
            source: source.clone(),
            dated: false,
            decided_for: Vec::new(),
            confidential: false,
        }
    }

    fn with(mut self, detail: Option<impl Into<String>>) -> Self {
        self.detail = detail.map(Into::into);
        self
    }

    fn dated(mut self) -> Self {
        self.dated = true;
        self
    }
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// What the lines are made from.
pub(super) struct Material<'m> {
    pub facts: &'m HealthFacts,
    pub timeline: &'m Timeline,
    pub immunisation: Option<&'m ImmunisationReport>,
    pub codes: &'m Codes,
    pub today: Date,
}

impl Material<'_> {
    fn title<'a>(&'a self, list: &str, code: &'a str) -> &'a str {
        self.codes.title(list, code)
    }

    /// Every fact as a line.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut out = Vec::new();
        for (kind, section) in [
            (ItemKind::Allergy, Section::Allergies),
            (ItemKind::Medicine, Section::Medicines),
            (ItemKind::Condition, Section::Conditions),
        ] {
            out.extend(self.facts.items_of(kind).map(|item| self.item(item, section)));
            let none = self.facts.none_known.iter().filter(|(_, topic)| topic == kind.topic());
            out.extend(none.map(|(source, _)| Piece::new(section, "Asked, and none known", source).dated()));
        }
        self.plan(&mut out);
        self.measured(&mut out);
        self.history(&mut out);
        self.elsewhere(&mut out);
        out
    }

    fn item(&self, item: &Item, section: Section) -> Piece {
        let mut words = item.name.clone();
        let (kind, severity) = &item.allergy;
        let said = [("allergy", kind), ("allergy_severity", severity)];
        for (list, code) in said.into_iter().filter_map(|(list, code)| Some((list, code.as_deref()?))) {
            words.push_str(&format!(", {}", self.title(list, code).to_lowercase()));
        }
        if item.diagnosed == Some(false) {
            words.push_str(" (not diagnosed)");
        }
        // A dose belongs in the line: a medicine without it helps nobody.
        let (line, detail) = match item.kind {
            ItemKind::Medicine | ItemKind::Allergy => (item.detail.clone(), None),
            ItemKind::Condition => (None, item.detail.clone()),
        };
        for more in [line, item.care.clone()].into_iter().flatten() {
            words.push_str(&format!(". {more}"));
        }
        Piece::new(section, words, &item.source).with(detail).dated()
    }

    fn plan(&self, out: &mut Vec<Piece>) {
        for need in self.facts.needs.iter().filter(|need| need.closed.is_none()) {
            let words = format!("{}: {}", self.title("health_area", &need.area), need.text);
            let more: Vec<String> = [
                need.goal.as_ref().map(|goal| format!("Goal: {goal}")),
                need.child_words.as_ref().map(|said| format!("In their own words: “{said}”")),
            ]
            .into_iter()
            .flatten()
            .collect();
            let detail = (!more.is_empty()).then(|| more.join(". "));
            out.push(Piece::new(Section::Needs, words, &need.source).with(detail).dated());
            out.extend(need.actions.iter().map(|action| self.action(action)));
        }
        out.extend(self.facts.loose.iter().filter(|a| a.answer.is_none()).map(|action| self.action(action)));
        for referral in self.facts.referrals.iter().filter(|r| r.standing().is_open()) {
            let words = format!(
                "{}: {}, waiting since {}. Goal: {}",
                self.title("referral_service", &referral.service),
                referral.standing().title().to_lowercase(),
                day(referral.waiting_since),
                referral.goal
            );
            out.push(Piece::new(Section::Referrals, words, &referral.source).with(referral.to.clone()));
        }
    }

    fn action(&self, action: &PlanAction) -> Piece {
        let owner = self.title("action_owner", &action.owner);
        let words = match &action.answer {
            None => format!("{} ({owner}, by {})", action.text, day(action.by)),
            Some(answer) => {
                format!(
                    "{} ({owner}): {}",
                    action.text,
                    self.title("action_outcome", &answer.outcome).to_lowercase()
                )
            }
        };
        let why = action.answer.as_ref().and_then(|answer| answer.text.clone());
        Piece::new(Section::Actions, words, &action.source).with(why)
    }

    fn measured(&self, out: &mut Vec<Piece>) {
        if let Some(last) = self.facts.growth.last() {
            let parts: Vec<String> = [
                last.weight_g.map(|g| format!("weight {:.1} kg", f64::from(g) / 1000.0)),
                last.height_mm.map(|mm| format!("height {:.1} cm", f64::from(mm) / 10.0)),
                last.head_mm.map(|mm| format!("head {:.1} cm", f64::from(mm) / 10.0)),
            ]
            .into_iter()
            .flatten()
            .collect();
            out.push(Piece::new(Section::Growth, parts.join(", "), &last.source).dated());
        }
        for kind in [EventKind::DentalCheck, EventKind::EyeTest, EventKind::HearingTest] {
            let Some(check) = self.facts.check_of(kind) else { continue };
            let mut words = kind.title().to_owned();
            if let Some(outcome) = &check.outcome {
                words.push_str(&format!(": {}", self.title("check_outcome", outcome).to_lowercase()));
            }
            if let Some(again) = check.again_on {
                words.push_str(&format!(", again by {}", day(again)));
            }
            out.push(Piece::new(Section::Checks, words, &check.source).with(check.text.clone()).dated());
        }
        for sdq in self.facts.sdq.iter().rev().take(3) {
            let who = self.title("sdq_informant", &sdq.informant);
            let words = match (sdq.total, &sdq.reason) {
                (Some(total), _) => format!("Total difficulties by {}: {total} of 40", who.to_lowercase()),
                (None, Some(reason)) => format!("{who}: {}", self.title("sdq_reason", reason)),
                (None, None) => continue,
            };
            out.push(Piece::new(Section::Sdq, words, &sdq.source).dated());
        }
        // Doses whose entry the reader may not know are not among the facts, so the report holds nothing more than these.
        if let (Some(report), Some(source)) = (self.immunisation, self.last_dose()) {
            for line in report.lines.iter().filter(|line| line.state != ImmunisationState::NotNeeded) {
                let words = format!("{}, dose {}: {}", line.title, line.number, line.words);
                out.push(Piece::new(Section::Immunisations, words, &source));
            }
        }
    }

    /// Whose label the report of immunisations bears: the most closed of all its doses.
    fn last_dose(&self) -> Option<Source> {
        let doses = self.facts.doses.iter().map(|dose| &dose.source);
        let known = self.facts.immunisation_history.iter().map(|(source, _)| source);
        let mut all = doses.chain(known);
        let mut worst = all.next()?.clone();
        for source in all {
            worst.about_others |= source.about_others;
            worst.on = worst.on.max(source.on);
            if source.sensitivity > worst.sensitivity {
                worst.sensitivity = source.sensitivity;
            }
        }
        Some(worst)
    }

    fn history(&self, out: &mut Vec<Piece>) {
        if let Some(Birth { source, gestation, weight_g, special_care, .. }) = &self.facts.birth {
            let parts: Vec<String> = [
                gestation.map(|(weeks, days)| format!("born at {weeks} weeks and {days} days")),
                weight_g.map(|g| format!("birth weight {g} g")),
                (*special_care == Some(true)).then(|| "special care after birth".to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect();
            if !parts.is_empty() {
                out.push(Piece::new(Section::Birth, parts.join(", "), source));
            }
        }
        for early in &self.facts.early {
            let words = format!(
                "{}: {}",
                self.title("early_history", &early.what),
                self.title("found", &early.known).to_lowercase()
            );
            out.push(
                Piece::new(Section::EarlyHistory, words, &early.source).with(early.result.clone()).dated(),
            );
        }
        if let Some(book) = self.facts.red_book.first() {
            let holder = book.held_by.as_ref().map(|by| self.title("red_book_holder", by).to_lowercase());
            let words = match holder {
                Some(holder) => format!("{} ({holder})", self.title("red_book", &book.state)),
                None => self.title("red_book", &book.state).to_owned(),
            };
            out.push(Piece::new(Section::RedBook, words, &book.source).dated());
        }
        for consent in &self.facts.consents {
            let mut words = format!(
                "{}: {}",
                self.title("consent_decision", &consent.decision),
                self.title("consent_outcome", &consent.outcome).to_lowercase()
            );
            if let Some(by) = &consent.by {
                words.push_str(&format!(" ({})", self.title("consent_giver", by).to_lowercase()));
            }
            out.push(Piece::new(Section::Consent, words, &consent.source).dated());
        }
        for fact in &self.facts.family {
            let words = format!(
                "{}, {}",
                self.title("family_relation", &fact.relation),
                self.title("family_health", &fact.topic).to_lowercase()
            );
            let words = match &fact.text {
                Some(text) => format!("{words}: {text}"),
                None => words,
            };
            let mut piece = Piece::new(Section::Family, words, &fact.source);
            let decision = fact.decisions.last().filter(|d| d.decision == "share");
            piece.decided_for = decision.map(|d| d.recipients.clone()).unwrap_or_default();
            out.push(piece);
        }
    }

    fn elsewhere(&self, out: &mut Vec<Piece>) {
        let Some(placement) = self.timeline.placement_on(self.today) else { return };
        let Some(address) = &placement.address else { return };
        let source = home_source(placement.entry, placement.start);
        let mut piece = Piece::new(Section::Home, address.replace('\n', ", "), &source);
        piece.confidential = placement.address_confidential;
        out.push(piece);
    }
}

fn home_source(entry: EntryId, on: Date) -> Source {
    Source { entry, on, sensitivity: Sensitivity::Ordinary, about_others: false, told_by: None }
}
