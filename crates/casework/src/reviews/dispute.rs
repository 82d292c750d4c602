//! The reviewing officer's dispute. The team that holds the case answers it, and neither changes nor closes it: that is
//! the reviewing officer's alone, and so is going to Cafcass, at any time (CPPCR 2010 reg 45).

use kinfold_access::Action;
use kinfold_record::{ChildId, Event};

use super::act::facts_of;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::NewEntry;

/// What can be done about a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Raise it informally.
    Raise,
    /// Raise it formally, or take an informal one to the formal stage.
    Formal,
    /// Answer it.
    Answer,
    /// Refer the case to Cafcass.
    Refer,
    /// Settle it.
    Settle,
}

impl Step {
    /// Every step, with its name in addresses.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Raise, "raise"),
        (Self::Formal, "formal"),
        (Self::Answer, "answer"),
        (Self::Refer, "refer"),
        (Self::Settle, "settle"),
    ];

    /// The step of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(step, _)| step)
    }

    /// The right it asks for.
    pub fn needs(self) -> Action {
        match self {
            Self::Answer => Action::RecordCare,
            _ => Action::ConductReview,
        }
    }

    fn event(self, text: String) -> Event {
        match self {
            Self::Raise => Event::DisputeRaised { stage: Some("informal".into()), text: Some(text) },
            Self::Formal => Event::DisputeRaised { stage: Some("formal".into()), text: Some(text) },
            Self::Answer => Event::DisputeAnswered { text, stage: None },
            Self::Refer => Event::DisputeReferred { text },
            Self::Settle => Event::DisputeSettled { outcome: Some(text), to_cafcass: None },
        }
    }
}

impl Casework {
    /// Takes a step of a dispute about a child's case.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] without words, or when there is nothing to take it about.
    pub async fn dispute(&self, actor: &Actor, child: ChildId, step: Step, text: &str) -> Result<()> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, step.needs()).await?;
        let facts = facts_of(&mut *unit, child).await?;
        let open = facts.open_dispute();
        let formal = open.is_some_and(|d| d.stages.iter().any(|(_, stage, _)| stage == "formal"));
        let fits = match step {
            Step::Raise => open.is_none(),
            Step::Formal => !formal,
            Step::Answer | Step::Refer | Step::Settle => open.is_some(),
        };
        if !fits {
            return Err(Error::invalid(
                "",
                "The dispute has changed meanwhile. Go back, read it again, and decide.",
            ));
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("text", "Write it in a sentence or more"));
        }
        let new = vec![NewEntry::on(self.today(), step.event(text.to_owned()))];
        self.append(&mut *unit, actor, &looked, new).await?;
        unit.commit().await?;
        Ok(())
    }
}
