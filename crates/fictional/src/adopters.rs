//! People who want to adopt: from their first letter through both stages of the assessment to the decision.

use jiff::civil::Date;
use kinfold_record::{ChildId, Event, PersonId, Subject};

use crate::carers::stamp;
use crate::diary::{Diary, jot};
use crate::dice::{Dice, plus, weekday, weekdays_after};
use crate::names;
use crate::tale::{InventedChild, code};
use crate::workforce::Workforce;

/// Prospective adopters of the last year, for a council that looks after this many children.
pub fn adopters(seed: u64, today: Date, children: usize, force: &Workforce) -> Vec<InventedChild> {
    (0..(children / 40).max(4))
        .map(|number| {
            let mut dice = Dice::new(seed, "adopters", number);
            let known = weekday(plus(today, -dice.between(4, 420)));
            let (one, family) = names::adult(&mut dice, true);
            let (two, _) = names::adult(&mut dice, true);
            let name =
                if dice.often(800) { format!("{one} and {two} {family}") } else { format!("{one} {family}") };
            let id = ChildId(dice.id(stamp(known)));
            let by = force.supervising[number % force.supervising.len()].person;
            InventedChild {
                id,
                subject: Subject::Carer,
                reference: format!("A{:04}", 1001 + number),
                team: force.fostering_team,
                entries: chronology(Diary::new(id, dice, today, known), by, known, name),
                restricted_readers: Vec::new(),
            }
        })
        .collect()
}

fn chronology(mut diary: Diary, by: PersonId, known: Date, name: String) -> Vec<kinfold_record::Entry> {
    diary.turn(jot(known, by, Event::CarerRegistered { name, carer_type: Some(code("adopter")) }));
    diary.settle();
    let step = |diary: &mut Diary, on: Date, step: &'static str| {
        diary.add(jot(weekday(on).max(known), by, Event::CarerStep { step: code(step), text: None }));
    };
    step(&mut diary, known, "registration_of_interest");
    let answered = weekdays_after(known, wait(&mut diary, (1, 5), (6, 11)));
    step(&mut diary, answered, "registration_answered");
    // Some think again.
    if diary.dice.often(120) {
        let on = plus(answered, diary.dice.between(20, 50));
        step(&mut diary, on, "ended");
        return diary.close();
    }
    let first = plus(answered, wait(&mut diary, (36, 58), (64, 95)));
    step(&mut diary, first, "stage_one_done");
    let second = plus(first, wait(&mut diary, (8, 100), (186, 200)));
    step(&mut diary, second, "stage_two_started");
    let done = plus(second, wait(&mut diary, (84, 117), (126, 160)));
    step(&mut diary, done, "stage_two_done");
    step(&mut diary, plus(done, 9), "panel");
    step(&mut diary, plus(done, 14), "minutes_received");
    let decided = plus(done, 14 + wait(&mut diary, (3, 5), (10, 14)));
    for (name, wait) in [("decision", 0), ("applicant_told", 1), ("decision_sent", 3), ("approved", 0)] {
        step(&mut diary, weekdays_after(weekday(decided), wait), name);
    }
    diary.close()
}

/// So many days: in time mostly, now and then late.
fn wait(diary: &mut Diary, in_time: (i32, i32), late: (i32, i32)) -> i32 {
    let (least, most) = if diary.dice.often(860) { in_time } else { late };
    diary.dice.between(least, most)
}
