//! Who works with one child, out of everybody.

use jiff::civil::Date;
use kinfold_record::PersonId;
use uuid::Uuid;

use crate::dice::Dice;
use crate::workforce::{Desk, Occupant, Who, Workforce};

/// The people around one child.
#[derive(Debug)]
pub struct Crew<'a> {
    pub desk: &'a Desk,
    pub reviewing_officer: &'a Who,
    pub nurse: &'a Who,
    pub doctor: &'a Who,
    pub clerk: &'a Who,
    pub adviser: &'a Who,
    pub school_adviser: &'a Who,
    pub supervising: &'a Who,
    pub teachers: &'a [Who],
    pub nominated_officer: PersonId,
    pub director: PersonId,
    pub leaving_team: Uuid,
    pub gp: String,
}

impl<'a> Crew<'a> {
    /// The crew of the child with this number in this family. Brothers and sisters share all but the adviser.
    pub fn new(force: &'a Workforce, dice: &mut Dice, family: usize, child: usize) -> Self {
        Self {
            desk: &force.desks[family % force.desks.len()],
            reviewing_officer: &force.officers[family % force.officers.len()],
            nurse: &force.nurses[family % force.nurses.len()],
            doctor: &force.doctor,
            clerk: &force.clerks[family % force.clerks.len()],
            adviser: &force.advisers[child % force.advisers.len()],
            school_adviser: &force.school_advisers[family % force.school_advisers.len()],
            supervising: &force.supervising[family % force.supervising.len()],
            teachers: &force.designated_teachers,
            nominated_officer: force.nominated_officer.person,
            director: force.director.person,
            leaving_team: force.leaving_team,
            gp: format!("Dr {}, {}", crate::names::adult(dice, true).1, dice.pick(crate::places::PRACTICES)),
        }
    }

    /// The social worker on a day.
    pub fn worker(&self, on: Date) -> &'a Occupant {
        let at = self.desk.occupants.partition_point(|o| o.from <= on);
        &self.desk.occupants[at.max(1) - 1]
    }

    /// Those who sat at the desk from one day to another, each with the day they took the child on.
    pub fn workers(&self, from: Date, to: Date) -> impl Iterator<Item = (Date, &'a Occupant)> {
        let first = self.desk.occupants.partition_point(|o| o.from <= from).max(1) - 1;
        self.desk.occupants[first..]
            .iter()
            .take_while(move |o| o.from < to)
            .map(move |o| (o.from.max(from), o))
    }
}
