//! The next review, where it is near: called, some parts in, and what was promised last time. Told last and without
//! chance, so that everything else about a child stays as it was told before.

use jiff::civil::Date;
use kinfold_record::{Event, PersonId};
use smol_str::{SmolStr, format_smolstr};

use crate::dice::{days, months, plus, weekday};
use crate::family::Story;
use crate::tale::{Tale, code};

/// Calls the review that is due within four weeks.
pub fn tell(t: &mut Tale<'_>) {
    let today = t.diary.today;
    let open = t.life.periods.last().is_some_and(|p| p.end.is_none());
    if !open || t.plain || t.life.story == Story::ShortBreaks {
        return;
    }
    let held: Vec<Date> = t
        .diary
        .entries()
        .iter()
        .filter(|e| matches!(&e.event, Event::ReviewHeld { review, adjourned, .. } if review == "looked_after" && *adjourned != Some(true)))
        .map(|e| e.happened_on)
        .collect();
    let (Some(last), first) = (held.iter().max().copied(), held.len() == 1) else { return };
    let due = months(last, if first { 3 } else { 6 });
    let called = weekday(plus(today, -10));
    if due <= plus(today, 1) || days(today, due) > 28 || called <= plus(last, 20) {
        return;
    }
    let officer = t.crew.reviewing_officer.person;
    let occasion = format_smolstr!("{}-{last}", t.diary.child);
    t.recorded(
        called,
        officer,
        Event::ReviewCalled {
            occasion: occasion.clone(),
            review: code("looked_after"),
            on: weekday(plus(due, -2)).max(plus(today, 1)),
            time: Some("4 pm".to_owned()),
            place: Some(code(if t.age(today) >= 10 { "outside" } else { "home" })),
            detail: None,
            by_child: Some(t.age(today) >= 5),
            child_chairs: Some(t.age(today) >= 12),
        },
    );
    let parts_by = plus(today, 3);
    let carer = t.stays.last().filter(|stay| stay.open).and_then(|stay| stay.carer);
    let people: [(&'static str, Option<PersonId>, bool); 4] = [
        ("young_person", t.account, false),
        ("social_worker", Some(t.worker(called)), true),
        ("foster_carer", carer, carer.is_some()),
        ("looked_after_nurse", Some(t.crew.nurse.person), false),
    ];
    for (n, (role, person, came)) in people.into_iter().enumerate() {
        let part = format_smolstr!("{occasion}-{n}");
        let invited = Event::ReviewInvited {
            occasion: occasion.clone(),
            part: part.clone(),
            role: code(role),
            person,
            member: None,
            name: None,
            form: None,
            due: Some(parts_by),
        };
        t.recorded(called, officer, invited);
        if came {
            let by = person.unwrap_or(officer);
            let way = Some(code("in_writing"));
            t.recorded(
                weekday(plus(today, -3)),
                by,
                Event::ReviewPartIn { occasion: occasion.clone(), part, document: None, way },
            );
        }
    }
    promised(t, last, &occasion);
}

/// One action of the last review, and what became of it.
fn promised(t: &mut Tale<'_>, last: Date, occasion: &SmolStr) {
    let officer = t.crew.reviewing_officer.person;
    let action = format_smolstr!("{occasion}-club");
    t.recorded(
        last,
        officer,
        Event::ReviewAction {
            action: action.clone(),
            text: "Find a club to join, and pay for it.".to_owned(),
            owner: code("social_worker"),
            by: plus(last, 28),
            occasion: None,
            person: None,
            child_asked: Some(true),
        },
    );
    t.happened(
        plus(last, 20),
        Event::ReviewActionAnswered {
            action,
            outcome: code("done_in_part"),
            text: Some("The club is found and starts next term.".to_owned()),
        },
    );
}
