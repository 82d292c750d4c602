//! Statutory reviews (CPPCR 2010 reg 33) and what must follow from each.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::dice::{days, months, plus, weekdays_after};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::words;

/// Tells the reviews of every period of care.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        // Once placed for adoption, the adoption reviews take their place.
        let placed =
            t.stays.iter().find(|s| s.basis == "adoption" && s.start >= period.start).map(|s| s.start);
        let until = placed.unwrap_or_else(|| t.until(period));
        let open = period.end.is_none() && placed.is_none();
        let start = period.start;
        let short_breaks = life.story == Story::ShortBreaks;
        let dates = t.rhythm(start, until, open, |number, last| match number {
            0 if short_breaks => months(start, 3),
            0 => weekdays_after(start, 20),
            1 if !short_breaks => months(last, 3),
            _ => months(last, 6),
        });
        for on in dates {
            let kind = if short_breaks { "short_break" } else { "looked_after" };
            held(t, on, kind);
        }
    }
    adoption(t);
}

/// Placed for adoption: within four weeks, three months, then six months (AAR 2005 reg 36).
fn adoption(t: &mut Tale<'_>) {
    let Some(stay) = t.stays.iter().find(|s| s.basis == "adoption").cloned() else { return };
    let start = stay.start;
    let dates = t.rhythm(start, stay.end, stay.open, |number, last| match number {
        0 => plus(start, 28),
        1 => months(last, 3),
        _ => months(last, 6),
    });
    for on in dates {
        held(t, on, "adoption");
    }
}

fn held(t: &mut Tale<'_>, on: Date, review: &'static str) {
    let age = t.age(on);
    let dice = &mut t.diary.dice;
    let participation = match age {
        ..=3 => "PN0",
        4..=9 => dice.weighted(&[
            ("PN1", 30),
            ("PN2", 5),
            ("PN3", 12),
            ("PN4", 8),
            ("PN5", 15),
            ("PN6", 26),
            ("PN7", 4),
        ]),
        _ => dice.weighted(&[
            ("PN1", 55),
            ("PN2", 4),
            ("PN3", 2),
            ("PN4", 5),
            ("PN5", 12),
            ("PN6", 16),
            ("PN7", 6),
        ]),
    };
    let adjourned = dice.often(25);
    let spoke_alone = age >= 4 && dice.often(780);
    let text = t.text(|dice, life| words::review(dice, life, age));
    let officer = t.crew.reviewing_officer.person;
    t.recorded(
        on,
        officer,
        Event::ReviewHeld {
            review: code(review),
            participation: Some(code(participation)),
            meeting: Some(true),
            chaired_by: Some(officer),
            spoke_alone: Some(spoke_alone),
            adjourned: Some(adjourned),
            text,
        },
    );
    outputs(t, on);
    if t.diary.dice.often(22) {
        dispute(t, on);
    }
}

fn outputs(t: &mut Tale<'_>, on: Date) {
    let officer = t.crew.reviewing_officer.person;
    for (output, limit) in [("decisions", 5), ("care_plan_updated", 10), ("record", 15), ("distributed", 20)]
    {
        let dice = &mut t.diary.dice;
        let done = match dice.weighted(&[(0, 84), (1, 13), (2, 3)]) {
            0 => weekdays_after(on, dice.between(limit / 2, limit)),
            1 => weekdays_after(on, limit + dice.between(1, 12)),
            // Never written, in the way of busy places: a later review overtakes it.
            _ if days(on, t.diary.today) > 40 => weekdays_after(on, limit + dice.between(15, 30)),
            _ => continue,
        };
        let by = if output == "care_plan_updated" { t.worker(done) } else { officer };
        t.recorded(done, by, Event::ReviewOutput { output: code(output) });
    }
}

fn dispute(t: &mut Tale<'_>, review: Date) {
    let officer = t.crew.reviewing_officer.person;
    let on = weekdays_after(review, t.diary.dice.between(1, 6));
    let text = t.text(|_, life| {
        words::about(
            life,
            "{name} has waited for a decision about where {they} will live since the last review.",
        )
    });
    t.recorded(on, officer, Event::DisputeRaised { stage: Some(code("informal")), text });
    if t.diary.dice.often(850) {
        let done = weekdays_after(on, t.diary.dice.between(4, 24));
        let outcome = t.text(|_, _| {
            "The head of service gave a date and a name. The reviewing officer will check both.".to_owned()
        });
        t.recorded(done, officer, Event::DisputeSettled { outcome, to_cafcass: Some(false) });
    }
}
