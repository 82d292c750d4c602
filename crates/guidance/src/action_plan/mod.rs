//! An action plan written down as a file: what was recommended, who leads, by when, how far it got, and what the panel
//! said. A file is a plan to begin with, or an example to learn from; the plan itself lives in the program once somebody
//! has taken it up. `docs/reference/action-plans.md` is the manual page of the file format.

mod read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::library::{Head, Headed};
use crate::period::Period;

pub(crate) use read::action_plan;

/// One version of an action plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionPlan {
    /// What it is and on what it rests.
    pub head: Head,
    /// What the review or audit was that it came from.
    pub from: String,
    /// To whom progress is reported, in words.
    pub reports_to: Vec<String>,
    /// How often.
    pub reports_every: Option<Period>,
    /// The day the report was made for that the file holds; `None` for a plan nobody has reported on yet.
    pub reported_on: Option<Date>,
    /// How it stands as a whole.
    pub summary: Option<String>,
    /// What was said about it as a whole.
    pub comments: Vec<Comment>,
    /// Its actions, in order.
    pub actions: Vec<Action>,
}

impl ActionPlan {
    /// An action by its number.
    pub fn action(&self, number: &str) -> Option<&Action> {
        self.actions.iter().find(|a| a.number == number)
    }
}

/// One recommendation and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Its number in the plan; unique there.
    pub number: SmolStr,
    /// Where it stands in the source.
    pub place: Option<String>,
    /// What is recommended.
    pub recommendation: String,
    /// What belongs to it, in order (a, b, c…).
    pub points: Vec<String>,
    /// Who leads, in words.
    pub lead: String,
    /// The role that stands for the lead, when the plan is taken up.
    pub lead_role: Option<SmolStr>,
    /// By when, in the order the source gives them; the last one with a day counts.
    pub targets: Vec<Target>,
    /// What happened so far.
    pub progress: Vec<Progress>,
    /// What the panel said.
    pub comments: Vec<Comment>,
    /// How it stands.
    pub status: ActionStatus,
    /// Why it stands so.
    pub status_reason: String,
}

impl Action {
    /// The day it is due: the latest of its days, unless it goes on without an end.
    pub fn due(&self) -> Option<Date> {
        self.targets.iter().filter_map(|t| t.on).max()
    }
}

/// A day something is to be reached by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// As the plan says it: "April 2003", "Ongoing".
    pub words: String,
    /// The day; `None` when it has none. A month is its last day.
    pub on: Option<Date>,
    /// What is meant, when not all of it: "Point a".
    pub of: Option<String>,
}

/// A note of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The day it was noted.
    pub on: Date,
    /// What happened.
    pub text: String,
}

/// What somebody said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The day of the meeting.
    pub on: Date,
    /// Who, in words: "Corporate Parenting Panel".
    pub by: String,
    /// What they said.
    pub text: String,
}

/// How an action stands. That it is late is not a status: its date says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionStatus {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done, and more is to come.
    UnderWay,
    /// It has no end: it is done again and again.
    Continuing,
    /// It is done.
    Done,
    /// It was decided to leave it.
    NotTakenFurther,
}

impl ActionStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::NotStarted, Self::UnderWay, Self::Continuing, Self::Done, Self::NotTakenFurther];

    /// Name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::UnderWay => "under_way",
            Self::Continuing => "continuing",
            Self::Done => "done",
            Self::NotTakenFurther => "not_taken_further",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::UnderWay => "Under way",
            Self::Continuing => "Continuing",
            Self::Done => "Done",
            Self::NotTakenFurther => "Not taken further",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::UnderWay | Self::Continuing)
    }
}

impl Headed for ActionPlan {
    const FOLDER: &'static str = "plans";
    const WORD: &'static str = "action plan";

    fn head(&self) -> &Head {
        &self.head
    }

    fn differences(&self, old: &Self) -> Vec<String> {
        let mut lines = Vec::new();
        for new in &self.actions {
            match old.action(&new.number) {
                None => lines.push(format!("{} is new: {}", new.number, new.recommendation)),
                Some(was) if was.status != new.status => {
                    lines.push(format!("{}: {} → {}", new.number, was.status.title(), new.status.title()))
                }
                Some(was) if was != new => lines.push(format!("{} differs", new.number)),
                Some(_) => {}
            }
        }
        let gone = old.actions.iter().filter(|a| self.action(&a.number).is_none());
        lines.extend(gone.map(|a| format!("{} goes: {}", a.number, a.recommendation)));
        lines
    }
}
