//! An action plan as its entries tell it. Pure: entries and a day in, the plan out.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::entry::{Body, Stamp, Written};

/// What can be recorded of a plan. Entries about a recommendation carry its id as their item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanEvent {
    /// The plan was made.
    PlanStarted {
        /// Its title.
        title: String,
        /// What it is about and who it reports to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<String>,
        /// The review or inspection its recommendations come from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
        /// Who answers for it.
        owner: Uuid,
        /// The day its reports are counted from.
        started_on: Date,
        /// Months between progress reports; 0: none are asked for.
        report_months: u8,
        /// The plan file it was made from, with its version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
    },
    /// A recommendation was added.
    Recommended {
        /// Its number as people say it: "4", "2a".
        number: String,
        /// What is to be done.
        text: String,
        /// What it came from: a finding, a decision of the panel.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<String>,
    },
    /// Its words were changed.
    Reworded {
        /// Number.
        number: String,
        /// What is to be done.
        text: String,
    },
    /// Who leads on it: a person or a named post.
    Led {
        /// An account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<Uuid>,
        /// A post, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        post: Option<String>,
    },
    /// When it is to be done by.
    Targeted {
        /// In the plan's words: "April 2003", "Ongoing".
        words: String,
        /// The last day on which it is in time; `None` when the words name no day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Date>,
        /// Why it was moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// What has been done.
    Progressed {
        /// In words.
        text: String,
        /// The day it tells of.
        on: Date,
    },
    /// How it stands.
    Stood {
        /// Where.
        status: Status,
        /// Why.
        reason: String,
    },
    /// What the panel said about a recommendation, or about the plan as a whole.
    PanelSaid {
        /// In words.
        text: String,
        /// The day.
        on: Date,
        /// Who said it, when it was not the panel of the authority as a whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        who: Option<String>,
    },
    /// It was late, and people were told.
    Climbed {
        /// How many steps have been told by now.
        rung: u8,
        /// Who was told now.
        told: Vec<Uuid>,
    },
    /// Its title or what it is about was changed.
    Retitled {
        /// Its title.
        title: String,
        /// What it is about and who it reports to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<String>,
    },
    /// Somebody else answers for it.
    HandedOver {
        /// Who.
        owner: Uuid,
    },
    /// A progress report was not made in time, and people were told.
    ReportLate {
        /// The day by which it was to be made.
        due: Date,
        /// Who was told.
        told: Vec<Uuid>,
    },
    /// A progress report was made: the plan as it stood with the entry before this.
    Reported {
        /// The day.
        on: Date,
        /// For whom: "Corporate parenting panel".
        to: String,
        /// What is said above the table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
}

impl Body for PlanEvent {
    const ROOM: &'static str = "plan";
}

/// How a recommendation stands, as those who answer for it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nothing has been done yet.
    NotStarted,
    /// Work goes on and is expected to be in time.
    UnderWay,
    /// It has no end: it is done again and again.
    Continuing,
    /// It will not be in time, or not be done well, unless something changes.
    AtRisk,
    /// It is done.
    Done,
    /// It was decided to leave it.
    NotTakenFurther,
}

impl Status {
    /// Every status in the order of a plan's life.
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::UnderWay, Self::Continuing, Self::AtRisk, Self::Done, Self::NotTakenFurther];

    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::UnderWay => "Under way",
            Self::Continuing => "Continuing",
            Self::AtRisk => "At risk",
            Self::Done => "Done",
            Self::NotTakenFurther => "Not taken further",
        }
    }

    /// Name in forms and files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::UnderWay => "under_way",
            Self::Continuing => "continuing",
            Self::AtRisk => "at_risk",
            Self::Done => "done",
            Self::NotTakenFurther => "not_taken_further",
        }
    }

    /// From its name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether something is still to be done.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::NotTakenFurther)
    }
}

/// Who leads on a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// Somebody with an account.
    Person(Uuid),
    /// A post, in words.
    Post(String),
}

/// A target date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// In the plan's words.
    pub words: String,
    /// The last day in time.
    pub on: Option<Date>,
    /// Why it was moved.
    pub reason: Option<String>,
    /// Who set it.
    pub set: Stamp,
}

/// Something said on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub text: String,
    /// The day they tell of.
    pub on: Date,
    /// Who said them, when it is not whoever wrote them down or the panel as a whole.
    pub who: Option<String>,
    /// Who wrote them down.
    pub written: Stamp,
}

/// How a recommendation stood from an entry on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where.
    pub status: Status,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub said: Stamp,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq)]
pub struct Recommendation {
    /// Its id.
    pub item: Uuid,
    /// Its number.
    pub number: String,
    /// What is to be done.
    pub text: String,
    /// What it came from.
    pub from: Option<String>,
    /// Who wrote its words as they are.
    pub worded: Stamp,
    /// Who leads on it, and who said so.
    pub lead: Option<(Lead, Stamp)>,
    /// Its target dates, the one that holds last.
    pub targets: Vec<Target>,
    /// What was done, oldest first.
    pub progress: Vec<Said>,
    /// How it stood, the last one now.
    pub standings: Vec<Standing>,
    /// What the panel said, oldest first.
    pub comments: Vec<Said>,
    /// How many steps of the ladder have been told that it is late.
    pub climbed: u8,
}

/// A progress report that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The entry that made it: its plan is folded from the entries before.
    pub made: Stamp,
    /// The day.
    pub on: Date,
    /// For whom.
    pub to: String,
    /// What is said above the table.
    pub words: Option<String>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its id.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: Option<String>,
    /// Where its recommendations come from.
    pub source: Option<String>,
    /// Who answers for it.
    pub owner: Uuid,
    /// The day its reports are counted from.
    pub started_on: Date,
    /// Months between reports; 0: none.
    pub report_months: u8,
    /// Its last entry.
    pub version: i64,
    /// In the order they were added.
    pub recommendations: Vec<Recommendation>,
    /// What the panel said about it as a whole, oldest first.
    pub comments: Vec<Said>,
    /// Oldest first.
    pub reports: Vec<Report>,
    /// The entry that holds its title and owner as they are.
    pub headed: Stamp,
    /// The day of the last report that people were told is late.
    pub report_told: Option<Date>,
}

/// After how many days late each step of the ladder is told: the lead, the head of service, the director.
pub const LADDER: [(i32, &str); 3] = [(0, "lead"), (14, "head_of_service"), (28, "director")];

impl Recommendation {
    /// How it stands: under way as long as nobody has said otherwise and something has been done.
    pub fn status(&self) -> Status {
        match self.standings.last() {
            Some(standing) => standing.status,
            None if self.progress.is_empty() => Status::NotStarted,
            None => Status::UnderWay,
        }
    }

    /// The target that holds.
    pub fn target(&self) -> Option<&Target> {
        self.targets.last()
    }

    /// How many days it is late on a day; `None` when it is not.
    pub fn days_late(&self, today: Date) -> Option<i32> {
        let due = self.target()?.on.filter(|_| self.status().is_open())?;
        Some(today.since(due).map_or(0, |span| span.get_days())).filter(|days| *days > 0)
    }

    /// How many steps of [`LADDER`] are to have been told by a day.
    pub fn rungs(&self, today: Date) -> u8 {
        let Some(late) = self.days_late(today) else { return 0 };
        u8::try_from(LADDER.iter().filter(|(after, _)| late > *after).count()).unwrap_or(0)
    }

    /// The account of whoever leads on it.
    pub fn lead_person(&self) -> Option<Uuid> {
        match self.lead {
            Some((Lead::Person(person), _)) => Some(person),
            _ => None,
        }
    }
}

impl Plan {
    /// The plan that entries tell, oldest first; `None` when they do not begin one. What an entry says about a
    /// recommendation that was never added is left out.
    pub fn of(id: Uuid, entries: &[Written<PlanEvent>]) -> Option<Self> {
        let mut plan: Option<Self> = None;
        for entry in entries {
            match (&mut plan, &entry.event) {
                (
                    None,
                    PlanEvent::PlanStarted { title, about, source, owner, started_on, report_months, .. },
                ) => {
                    plan = Some(Self {
                        id,
                        title: title.clone(),
                        about: about.clone(),
                        source: source.clone(),
                        owner: *owner,
                        started_on: *started_on,
                        report_months: *report_months,
                        version: entry.version,
                        recommendations: Vec::new(),
                        comments: Vec::new(),
                        reports: Vec::new(),
                        headed: entry.stamp(),
                        report_told: None,
                    });
                }
                (Some(plan), _) => plan.then(entry),
                (None, _) => {}
            }
        }
        plan
    }

    fn then(&mut self, entry: &Written<PlanEvent>) {
        self.version = entry.version;
        let stamp = entry.stamp();
        match (&entry.event, entry.item) {
            (PlanEvent::Recommended { number, text, from }, Some(item)) => {
                self.recommendations.push(Recommendation {
                    item,
                    number: number.clone(),
                    text: text.clone(),
                    from: from.clone(),
                    worded: stamp,
                    lead: None,
                    targets: Vec::new(),
                    progress: Vec::new(),
                    standings: Vec::new(),
                    comments: Vec::new(),
                    climbed: 0,
                });
            }
            (PlanEvent::Retitled { title, about }, _) => {
                (self.title, self.about, self.headed) = (title.clone(), about.clone(), stamp);
            }
            (PlanEvent::HandedOver { owner }, _) => (self.owner, self.headed) = (*owner, stamp),
            (PlanEvent::ReportLate { due, .. }, _) => self.report_told = Some(*due),
            (PlanEvent::Reported { on, to, words }, _) => {
                let (to, words) = (to.clone(), words.clone());
                self.reports.push(Report { made: stamp, on: *on, to, words });
            }
            (PlanEvent::PanelSaid { text, on, who }, None) => {
                self.comments.push(Said { text: text.clone(), on: *on, who: who.clone(), written: stamp });
            }
            (event, Some(item)) => {
                if let Some(found) = self.recommendations.iter_mut().find(|r| r.item == item) {
                    found.then(event, stamp);
                }
            }
            _ => {}
        }
    }

    /// A recommendation.
    pub fn recommendation(&self, item: Uuid) -> Option<&Recommendation> {
        self.recommendations.iter().find(|r| r.item == item)
    }

    /// The recommendations that are late on a day.
    pub fn late(&self, today: Date) -> impl Iterator<Item = &Recommendation> {
        self.recommendations.iter().filter(move |r| r.days_late(today).is_some())
    }

    /// How many are still to be done.
    pub fn open(&self) -> usize {
        self.recommendations.iter().filter(|r| r.status().is_open()).count()
    }

    /// The day by which the next progress report is to be made; `None` when none are asked for or nothing is left to do.
    pub fn next_report_on(&self) -> Option<Date> {
        if self.report_months == 0 || self.open() == 0 {
            return None;
        }
        let from = self.reports.last().map_or(self.started_on, |report| report.on);
        from.checked_add(i64::from(self.report_months).months()).ok()
    }

    /// The day by which a progress report was to be made, when it is late and nobody was told yet.
    pub fn report_to_tell(&self, today: Date) -> Option<Date> {
        self.next_report_on().filter(|due| *due < today && self.report_told.is_none_or(|told| told < *due))
    }
}

impl Recommendation {
    fn then(&mut self, event: &PlanEvent, stamp: Stamp) {
        match event {
            PlanEvent::Reworded { number, text } => {
                (self.number, self.text, self.worded) = (number.clone(), text.clone(), stamp);
            }
            PlanEvent::Led { person, post } => {
                let lead = person.map(Lead::Person).or_else(|| post.clone().map(Lead::Post));
                self.lead = lead.map(|lead| (lead, stamp));
            }
            PlanEvent::Targeted { words, on, reason } => {
                let (words, reason) = (words.clone(), reason.clone());
                self.targets.push(Target { words, on: *on, reason, set: stamp });
                self.climbed = 0;
            }
            PlanEvent::Progressed { text, on } => {
                self.progress.push(Said { text: text.clone(), on: *on, who: None, written: stamp });
            }
            PlanEvent::Stood { status, reason } => {
                self.standings.push(Standing { status: *status, reason: reason.clone(), said: stamp });
                if !status.is_open() {
                    self.climbed = 0;
                }
            }
            PlanEvent::PanelSaid { text, on, who } => {
                self.comments.push(Said { text: text.clone(), on: *on, who: who.clone(), written: stamp });
            }
            PlanEvent::Climbed { rung, .. } => self.climbed = *rung,
            PlanEvent::PlanStarted { .. }
            | PlanEvent::Recommended { .. }
            | PlanEvent::Reported { .. }
            | PlanEvent::Retitled { .. }
            | PlanEvent::HandedOver { .. }
            | PlanEvent::ReportLate { .. } => {}
        }
    }
}
