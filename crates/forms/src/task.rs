//! The list of sections with the state of each.

use jiff::civil::Date;
use kinfold_guidance::form::Section;
use smol_str::SmolStr;

use crate::answer::Key;
use crate::check::Severity;
use crate::sheet::Sheet;

/// A section that was handed to somebody outside and has not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// Which section.
    pub section: SmolStr,
    /// To whom, as whoever handed it over called them.
    pub to: String,
    /// When it is asked for.
    pub due: Date,
}

/// Where a section stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskState {
    /// Others have to be done first: their titles.
    CannotStart(Vec<String>),
    /// With somebody outside.
    Waiting {
        /// Who.
        to: String,
        /// When it is asked for.
        due: Date,
        /// Whether that day has passed.
        late: bool,
    },
    /// Nothing was filled in.
    NotStarted,
    /// Something was filled in, and something is missing or wrong.
    InProgress,
    /// Nothing is missing.
    Done,
}

impl TaskState {
    /// What a person reads.
    pub fn words(&self) -> &'static str {
        match self {
            Self::CannotStart(_) => "Cannot start yet",
            Self::Waiting { .. } => "Waiting",
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::Done => "Completed",
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Task<'a> {
    /// The section.
    pub section: &'a Section,
    /// Where it stands.
    pub state: TaskState,
    /// Whether it keeps the form from being handed in. A section of which everything may be left out does not.
    pub hinders: bool,
    /// How many questions have an answer…
    pub answered: usize,
    /// …of how many that are asked.
    pub asked: usize,
}

impl<'a> Sheet<'a> {
    /// The sections that are part of the form, in order, with the state of each. `handed` are those that are with
    /// somebody outside.
    pub fn tasks(&self, handed: &[Handed]) -> Vec<Task<'a>> {
        let mut out: Vec<Task<'a>> = Vec::new();
        for section in self.sections() {
            let (mut answered, mut asked, mut errors) = (0, 0, 0);
            for time in 0..self.answers.times(section) {
                asked += self.questions(section, time).count();
                let given = |q: &&kinfold_guidance::form::Question| {
                    let key = Key { question: q.id.clone(), time };
                    self.answers
                        .get(&key)
                        .is_some_and(|a| !a.is_empty() || matches!(a, crate::Answer::Typed(_)))
                };
                answered += self.questions(section, time).filter(given).count();
                let problems = self.check_section(section, time);
                errors += problems.iter().filter(|p| p.severity == Severity::Error).count();
            }
            let waits: Vec<String> = out
                .iter()
                .filter(|t| section.after.contains(&t.section.id) && t.hinders)
                .map(|t| t.section.title.clone())
                .collect();
            let state = if let Some(handed) = handed.iter().find(|h| h.section == section.id) {
                let (to, due) = (handed.to.clone(), handed.due);
                TaskState::Waiting { to, due, late: due < self.facts.today }
            } else if !waits.is_empty() {
                TaskState::CannotStart(waits)
            } else if answered == 0 {
                TaskState::NotStarted
            } else if errors > 0 {
                TaskState::InProgress
            } else {
                TaskState::Done
            };
            let hinders =
                errors > 0 || matches!(state, TaskState::Waiting { .. } | TaskState::CannotStart(_));
            out.push(Task { section, state, hinders, answered, asked });
        }
        out
    }

    /// Whether the form can be handed in: nothing is missing or wrong, and nobody outside still has a part of it.
    pub fn is_ready(&self, handed: &[Handed]) -> bool {
        self.tasks(handed).iter().all(|t| !t.hinders)
            && self.check_all().iter().all(|p| p.severity == Severity::Advisory)
    }
}
