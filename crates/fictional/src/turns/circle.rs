//! The people who stay: exactly one key worker at every moment, and everyone else around the child.

use jiff::civil::Date;
use kinfold_record::{Event, PersonId};

use crate::dice::{birthday, plus};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::workforce::Who;

/// A place in the circle.
struct Place {
    role: &'static str,
    person: Option<PersonId>,
    name: Option<String>,
}

impl Place {
    fn of(role: &'static str, who: &Who) -> Self {
        Self { role, person: Some(who.person), name: Some(who.name.clone()) }
    }

    fn named(role: &'static str, name: &str) -> Self {
        Self { role, person: None, name: Some(name.to_owned()) }
    }
}

fn joins(t: &mut Tale<'_>, on: Date, place: &Place) {
    t.turn(on, joined(place, None, None, None));
}

fn joined(
    place: &Place,
    key: Option<&str>,
    reason: Option<&'static str>,
    responsible: Option<bool>,
) -> Event {
    Event::CircleJoined {
        role: code(place.role),
        person: place.person,
        name: place.name.clone(),
        key_worker: key.map(|_| true),
        parental_responsibility: responsible,
        worker_id: key.filter(|id| !id.is_empty()).map(str::to_owned),
        change_reason: reason.map(code),
        contact: None,
    }
}

fn leaves(t: &mut Tale<'_>, on: Date, place: &Place) {
    t.turn(
        on,
        Event::CircleLeft {
            role: code(place.role),
            person: place.person,
            name: place.name.clone(),
            worker_id: None,
        },
    );
}

/// Tells who joined and left.
pub fn circle(t: &mut Tale<'_>) {
    family(t);
    workers(t);
    let life = t.life;
    let leaver = life.story == Story::Leaver;
    let eighteen = birthday(life.born, 18);
    for period in &life.periods {
        let until = period.end.map(|(end, _, _)| end);
        let mut places = vec![
            (period.start, Place::of("looked_after_nurse", t.crew.nurse)),
            (period.start, Place::named("gp", &t.crew.gp)),
        ];
        let appointed = plus(period.start, t.diary.dice.weighted(&[(1, 40), (3, 35), (6, 20), (15, 5)]));
        places.push((appointed, Place::of("reviewing_officer", t.crew.reviewing_officer)));
        for (on, place) in places {
            if until.is_some_and(|end| on >= end) {
                continue;
            }
            joins(t, on, &place);
            // The GP stays when care ends; the others are there because of it.
            if let Some(end) = until
                && place.role != "gp"
            {
                leaves(t, end, &place);
            }
        }
        // An open period of somebody who is eighteen today cannot be: their circle is told by `leaving`.
        debug_assert!(leaver || until.is_some() || eighteen > t.diary.today);
    }
    carers(t);
    if let (Some(person), Some(first)) = (t.account, life.periods.first()) {
        let on = plus(first.start, t.diary.dice.between(20, 90))
            .max(birthday(life.born, 11))
            .min(plus(t.diary.today, -8));
        joins(
            t,
            on,
            &Place { role: "young_person", person: Some(person), name: Some(life.first().to_owned()) },
        );
    }
}

fn family(t: &mut Tale<'_>) {
    let Some(first) = t.life.periods.first() else { return };
    let on = first.start;
    if t.life.story == Story::Alone {
        return;
    }
    let mother = Place::named("parent", &t.family.mother);
    t.turn(on, joined(&mother, None, None, Some(true)));
    if let Some(father) = &t.family.father {
        let responsible = t.diary.dice.often(640);
        t.turn(on, joined(&Place::named("parent", father), None, None, Some(responsible)));
    }
    if t.diary.dice.often(300) {
        let on = plus(on, t.diary.dice.between(5, 200));
        let who =
            t.diary.dice.pick(&["Grandmother (Nan)", "Grandad", "Auntie Jo", "Uncle Dee", "Great-aunt May"]);
        joins(t, on, &Place::named("relative", who));
    }
    for sibling in t.siblings.clone() {
        joins(t, on, &Place::named("sibling", &sibling));
    }
}

/// Key workers, one after the other. Each relieves the one before.
fn workers(t: &mut Tale<'_>) {
    let life = t.life;
    for (number, period) in life.periods.iter().enumerate() {
        let until = t.until(period);
        let spells: Vec<_> = t.crew.workers(period.start, until).map(|(on, o)| (on, o.clone())).collect();
        for (at, (on, worker)) in spells.iter().enumerate() {
            let reason = match (at, number) {
                (0, 0) => "FCONTA",
                (0, _) => "TSPROC",
                _ => t.diary.dice.weighted(&[("LEFTRL", 70), ("MANAGE", 12), ("ORGRST", 10), ("ABSENC", 8)]),
            };
            let place = Place::of("social_worker", &worker.who);
            t.turn(*on, joined(&place, Some(&worker.worker_id), Some(reason), None));
        }
        // From eighteen the adviser relieves the social worker; before that the work simply ends.
        if let (Some((end, reason, _)), Some((_, worker))) = (period.end, spells.last())
            && (life.story != Story::Leaver || reason == "E4A")
        {
            leaves(t, end, &Place::of("social_worker", &worker.who));
        }
    }
}

fn carers(t: &mut Tale<'_>) {
    let stays = t.stays.clone();
    for stay in &stays {
        let role = match stay.code {
            "U1" | "U3" | "U4" | "U5" | "U6" => "foster_carer",
            "K2" | "K3" | "H5" | "R3" | "S1" => "residential_worker",
            "A6" => "adopter",
            _ => continue,
        };
        let place = Place { role, person: stay.carer, name: Some(stay.carer_name.clone()) };
        joins(t, stay.start, &place);
        if !stay.open {
            leaves(t, stay.end, &place);
        }
        if stay.carer.is_some() {
            let supervising = Place::of("supervising_social_worker", t.crew.supervising);
            joins(t, stay.start, &supervising);
            if !stay.open {
                leaves(t, stay.end, &supervising);
            }
        }
    }
}

/// A school on its first day: its designated teacher joins, and the last one leaves.
pub fn teacher(t: &mut Tale<'_>, on: Date, school: Option<usize>, last: Option<usize>) {
    let teachers = t.crew.teachers;
    if let Some(last) = last {
        leaves(t, on, &Place::of("designated_teacher", &teachers[last]));
    }
    if let Some(school) = school {
        joins(t, on, &Place::of("designated_teacher", &teachers[school]));
    }
}

/// The personal adviser joins; as key worker from eighteen.
pub fn adviser(t: &mut Tale<'_>, on: Date, key: bool) {
    let place = Place::of("personal_adviser", t.crew.adviser);
    t.turn(on, joined(&place, key.then_some(""), key.then_some("TSPROC"), None));
}

/// The personal adviser of the years before eighteen steps back, to return as key worker.
pub fn adviser_leaves(t: &mut Tale<'_>, on: Date) {
    let place = Place::of("personal_adviser", t.crew.adviser);
    leaves(t, on, &place);
}
