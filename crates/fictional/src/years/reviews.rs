//! Statutory reviews (CPPCR 2010 reg 33) and what must follow from each.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::dice::{days, months, plus, weekday, weekdays_after};
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
        let mut dates = t.rhythm(start, until, open, |number, last| match number {
            0 if short_breaks => months(start, 3),
            0 => weekdays_after(start, 20),
            1 if !short_breaks => months(last, 3),
            _ => months(last, 6),
        });
        before_moves(t, start, until, &mut dates);
        early_with_parents(t, start, until, &mut dates);
        for on in dates {
            let kind = if short_breaks { "short_break" } else { "looked_after" };
            held(t, on, kind, until);
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
        held(t, on, "adoption", stay.end);
    }
}

/// No planned move without a review in the weeks before it (reg 14(1)): it takes the place of the next one.
fn before_moves(t: &mut Tale<'_>, start: Date, until: Date, dates: &mut Vec<Date>) {
    let planned = t.stays.iter().filter(|s| s.planned && s.basis != "adoption" && s.start < until);
    let moves: Vec<Date> = planned.map(|s| s.start).filter(|on| *on > plus(start, 14)).collect();
    for on in moves {
        let fresh = dates.iter().any(|d| *d <= on && days(*d, on) <= 40);
        if fresh {
            continue;
        }
        if !t.diary.dice.often(830) {
            brought_forward(t, on);
            continue;
        }
        let review = weekday(plus(on, -t.diary.dice.between(2, 12)));
        dates.retain(|d| *d < review || days(review, *d) > 30);
        dates.push(review);
        dates.sort_unstable();
    }
}

/// Early with parents: the assessment is looked at within ten working days.
fn early_with_parents(t: &mut Tale<'_>, start: Date, until: Date, dates: &mut Vec<Date>) {
    let early = t.stays.iter().filter(|s| s.basis == "with_parents_early" && s.start >= start);
    for on in early.map(|s| s.start).filter(|on| *on < until).collect::<Vec<_>>() {
        let review = weekdays_after(on, t.diary.dice.between(6, 10));
        if review < until && !dates.iter().any(|d| (0..14).contains(&days(on, *d))) {
            dates.retain(|d| *d < review || days(review, *d) > 20);
            dates.push(review);
            dates.sort_unstable();
        }
    }
}

/// Some moves come sooner than planned, and the review after them.
fn brought_forward(t: &mut Tale<'_>, on: Date) {
    let left = t.stays.iter().find(|s| s.end == on).map(|s| s.start);
    let began = |e: &Event| matches!(e, Event::PlacementStarted { .. });
    if let Some(left) = left.and_then(|start| t.turn_of(start, began))
        && t.diary.dice.often(450)
    {
        let text = "The carer was taken into hospital and the move was brought forward.";
        t.excused(plus(on, 3), "review.before_move", left, "not_reasonably_practicable", text);
    }
}

fn held(t: &mut Tale<'_>, on: Date, review: &'static str, until: Date) {
    let adjourns = review == "looked_after" && t.diary.dice.often(25);
    session(t, on, review, adjourns);
    if !adjourns {
        outputs(t, on);
    } else {
        // Adjourned: completed within twenty working days, or soon after.
        let late = t.diary.dice.often(150);
        let wait = if late { t.diary.dice.between(22, 32) } else { t.diary.dice.between(6, 19) };
        let completed = weekdays_after(on, wait);
        if completed < until {
            session(t, completed, review, false);
            outputs(t, completed);
        }
    }
    if t.diary.dice.often(22) {
        dispute(t, on);
    }
}

/// One meeting.
fn session(t: &mut Tale<'_>, on: Date, review: &'static str, adjourned: bool) {
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
            occasion: None,
        },
    );
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
        if output == "decisions" {
            answer(t, done);
        }
    }
}

/// The manager answers the decisions within five working days.
fn answer(t: &mut Tale<'_>, decisions: Date) {
    let dice = &mut t.diary.dice;
    let old = days(decisions, t.diary.today) > 40;
    let wait = match dice.weighted(&[(0, 86), (1, 11), (2, 3)]) {
        0 => dice.between(1, 5),
        1 => dice.between(6, 14),
        _ if old => dice.between(15, 25),
        _ => return,
    };
    let (on, manager) = (weekdays_after(decisions, wait), t.crew.desk.manager);
    t.recorded(on, manager, Event::ReviewOutput { output: code("decisions_objected") });
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
    if t.diary.dice.often(850) || days(on, t.diary.today) > 60 {
        let done = weekdays_after(on, t.diary.dice.between(4, 23));
        let outcome = t.text(|_, _| {
            "The head of service gave a date and a name. The reviewing officer will check both.".to_owned()
        });
        t.recorded(done, officer, Event::DisputeSettled { outcome, to_cafcass: Some(false) });
    }
}
