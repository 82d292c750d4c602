//! One duty: what must happen, by when, why, and how we worked it out.

mod page;
mod sum;

use jiff::Timestamp;
use jiff::civil::Date;
use kinfold_casework::rows::{DutyRow, DutyState};
use kinfold_look::State;
use kinfold_pathway::{Duty, Standing};
use uuid::Uuid;

pub(crate) use sum::sum;

use crate::Route;

/// The addresses of this strand.
pub(crate) fn routes() -> Vec<Route> {
    page::routes()
}

/// The address of a duty's page. It says which rule and which occasion, nothing about the child.
pub(crate) fn address(child: Uuid, rule: &str, occurrence: &str) -> String {
    format!("/children/{child}/duties/{rule}/{occurrence}")
}

/// How a duty row stands on a day, as a state with word and shape.
pub(crate) fn line_state(duty: &DutyRow, today: Date) -> State {
    match duty.state {
        DutyState::Met => State::Met,
        DutyState::Excused => State::Excused,
        DutyState::Ended => State::Ended,
        DutyState::Open if duty.due_on < today => State::Late,
        DutyState::Open if duty.stuck_step.is_some() => State::Stuck,
        DutyState::Open if duty.opens_on <= today => State::DueSoon,
        DutyState::Open => State::NotYet,
    }
}

/// How a duty stands, as a state with word and shape.
pub(crate) fn duty_state(duty: &Duty, today: Date, now: Timestamp) -> State {
    match duty.standing(today, Some(now)) {
        Standing::Late => State::Late,
        Standing::Due | Standing::DueSoon if duty.stuck_at(today).is_some() => State::Stuck,
        Standing::Due | Standing::DueSoon => State::DueSoon,
        Standing::NotYet => State::NotYet,
        Standing::Met | Standing::MetLate => State::Met,
        Standing::Excused => State::Excused,
        Standing::Ended => State::Ended,
    }
}
