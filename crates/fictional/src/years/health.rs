//! Health: the whole path of each assessment, and where it stuck; teeth, immunisations, growing up, feelings.

use jiff::civil::Date;
use kinfold_record::{Event, Sensitivity};

use crate::diary::jot;
use crate::dice::{days, months, plus, weekday, weekdays_after};
use crate::tale::{Tale, code};
use crate::words;

/// Tells health for every period of care.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        let (start, until, open) = (period.start, t.until(period), period.end.is_none());
        let first = initial(t, start, until);
        if let Some(first) = first {
            reviews(t, first, until, open);
        }
        yearly(t, start, until, open);
    }
}

fn step(t: &mut Tale<'_>, on: Date, assessment: &'static str, step: &'static str) {
    let by = match step {
        "told" | "consent" => t.worker(on),
        "booked" | "did_not_attend" | "shared" => t.crew.clerk.person,
        _ => t.crew.nurse.person,
    };
    let with = (step == "booked" && !t.plain).then(|| t.crew.gp.clone());
    let event = Event::HealthStep {
        assessment: code(assessment),
        step: code(step),
        with,
        appointment: None,
        reason: None,
        standard: None,
        chosen_by_child: None,
        told: None,
        text: None,
    };
    t.recorded(weekday(on), by, event);
}

/// The initial assessment, by a doctor, before the first review (CPPCR 2010 reg 7). The day it took place.
fn initial(t: &mut Tale<'_>, start: Date, until: Date) -> Option<Date> {
    let due = weekdays_after(start, 20);
    let told = weekdays_after(start, t.diary.dice.weighted(&[(1, 40), (3, 40), (5, 10), (9, 10)]));
    let late = t.diary.dice.often(170);
    let seen = if late {
        plus(due, t.diary.dice.between(2, 45))
    } else {
        // In time for the first review as well.
        weekdays_after(start, t.diary.dice.between(9, 13)).max(plus(told, 7))
    };
    // Some paths stop at a hand-off, and are still there when we look.
    let stuck = if t.diary.dice.often(90) { t.diary.dice.below(3) } else { 9 };
    let path = [
        ("told", told),
        ("consent", plus(told, t.diary.dice.between(1, 5))),
        ("booked", plus(told, t.diary.dice.between(6, 8))),
    ];
    for (at, (name, on)) in path.into_iter().enumerate() {
        let old = days(start, t.diary.today) > 120;
        if on < until && (at <= stuck || old) {
            step(t, on, "initial", name);
        }
    }
    let seen = weekday(if stuck < 3 { plus(seen, 60) } else { seen });
    if t.diary.dice.often(70) && seen < until {
        let missed = weekday(plus(seen, -8)).max(plus(told, 7));
        step(t, missed, "initial", "did_not_attend");
    }
    if seen >= until {
        return None;
    }
    held(t, seen, "initial", "doctor");
    after(t, seen, until, "initial");
    made_plan(t, seen);
    Some(seen)
}

fn held(t: &mut Tale<'_>, on: Date, assessment: &'static str, practitioner: &'static str) {
    step(t, on, assessment, "seen");
    let age = t.age(on);
    let text = t.text(|dice, life| words::health(dice, life, age));
    let by = if practitioner == "doctor" { t.crew.doctor.person } else { t.crew.nurse.person };
    let event = Event::HealthAssessment {
        assessment: code(assessment),
        practitioner: Some(code(practitioner)),
        text,
        child_words: None,
        no_words_reason: None,
    };
    t.diary.add(jot(on, by, event).level(Sensitivity::Health));
}

/// The report comes back and is shared, unless it stuck there.
fn after(t: &mut Tale<'_>, seen: Date, until: Date, assessment: &'static str) {
    let back = weekdays_after(seen, t.diary.dice.weighted(&[(4, 50), (8, 38), (20, 12)]));
    let shared = weekdays_after(back, t.diary.dice.weighted(&[(2, 60), (5, 30), (15, 10)]));
    let recent = days(seen, t.diary.today) < 100;
    let stuck = recent && t.diary.dice.often(130);
    if back < until && !(stuck && t.diary.dice.often(500)) {
        step(t, back, assessment, "report_back");
        if shared < until && !stuck {
            step(t, shared, assessment, "shared");
        }
    }
}

fn made_plan(t: &mut Tale<'_>, seen: Date) {
    let on = weekdays_after(seen, t.diary.dice.between(5, 14));
    let agreed = Some(vec![code("carer"), code("manager")]);
    t.happened(
        on,
        Event::PlanMade {
            plan: code("health_plan"),
            signed: Some(true),
            agreed_by: agreed,
            child_wishes: None,
        },
    );
}

/// Review assessments: every six months under five, then every twelve.
fn reviews(t: &mut Tale<'_>, first: Date, until: Date, open: bool) {
    let five = t.birthday(5);
    let dates = t.rhythm(first, until, open, |_, last| {
        if last < five { months(last, 6).min(five.max(plus(last, 30))) } else { months(last, 12) }
    });
    for on in dates {
        let age = t.age(on);
        // The hand-offs on the way are worth keeping while they may still be asked about.
        let recent = days(on, t.diary.today) < 400;
        if recent {
            step(t, plus(on, -30), "review", "told");
        }
        if age >= 13 && t.diary.dice.often(110) {
            let text = t.text(|dice, _| words::refused(dice));
            let by = t.crew.nurse.person;
            let event = Event::HealthAssessmentRefused { assessment: code("review"), competent: true, text };
            t.diary.add(jot(on, by, event).level(Sensitivity::Health));
            continue;
        }
        let dice = &mut t.diary.dice;
        let (consent, booked) = (plus(on, -dice.between(18, 28)), plus(on, -dice.between(8, 16)));
        let practitioner = if dice.often(120) { "doctor" } else { "nurse" };
        if recent {
            step(t, consent, "review", "consent");
            step(t, booked, "review", "booked");
        }
        held(t, on, "review", practitioner);
        after(t, on, until, "review");
        if t.diary.dice.often(800) {
            let seen = weekdays_after(on, t.diary.dice.between(4, 15));
            t.happened(seen, Event::PlanReviewed { plan: code("health_plan"), changed: Some(true) });
        }
    }
    underway(t, open);
}

/// A review assessment that is on its way now, at whichever hand-off it has reached.
fn underway(t: &mut Tale<'_>, open: bool) {
    if !open || !t.diary.dice.often(160) {
        return;
    }
    let told = plus(t.diary.today, -t.diary.dice.between(6, 38));
    let reached = t.diary.dice.below(3);
    for (number, (name, wait)) in [("told", 0), ("consent", 3), ("booked", 5)].into_iter().enumerate() {
        if number <= reached {
            step(t, plus(told, wait), "review", name);
        }
    }
}

fn yearly(t: &mut Tale<'_>, start: Date, until: Date, open: bool) {
    let year = |_: usize, last: Date| months(last, 12);
    let nurse = t.crew.nurse.person;
    for on in t.rhythm(plus(start, -200), until, open, year) {
        if on >= start && t.age(on) >= 1 {
            let outcome = t.text(|dice, _| {
                dice.pick(&[
                    "All well.",
                    "One filling, done the same day.",
                    "Brace being planned.",
                    "Seen; two small fillings booked.",
                ])
                .to_owned()
            });
            t.happened(on, Event::DentalCheck { outcome, treatment: None, again_on: None, told_by: None });
        }
    }
    for on in t.rhythm(plus(start, -310), until, open, year) {
        if on >= start {
            let up_to_date = t.diary.dice.often(860);
            t.recorded(on, nurse, Event::ImmunisationStatus { up_to_date });
            if t.age(on) < 5 {
                let up_to_date = t.diary.dice.often(900);
                t.recorded(on, nurse, Event::DevelopmentCheck { up_to_date });
            }
        }
    }
    for on in t.rhythm(plus(start, -240), until, open, year) {
        if on >= start {
            questionnaire(t, on);
        }
    }
    substances(t, start, until);
}

fn questionnaire(t: &mut Tale<'_>, on: Date) {
    let age = t.age(on);
    if !(4..=16).contains(&age) {
        return;
    }
    let dice = &mut t.diary.dice;
    let (total, reason) = if dice.often(880) {
        (
            Some(
                dice.weighted(&[(4, 10), (9, 22), (13, 20), (16, 18), (20, 18), (25, 10), (31, 2)])
                    + dice.between(-3, 4),
            ),
            None,
        )
    } else {
        (None, Some(dice.weighted(&[("SDQ2", 60), ("SDQ4", 25), ("SDQ5", if age >= 11 { 30 } else { 0 })])))
    };
    let event = Event::Sdq { informant: code("parent_carer"), total, reason: reason.map(code) };
    t.happened(on, event);
    if let Some(score) = total
        && age >= 11
        && score >= 17
        && t.diary.dice.often(400)
    {
        let own = (score + t.diary.dice.between(-5, 5)).clamp(0, 40);
        let on = plus(on, t.diary.dice.between(0, 20));
        t.happened(on, Event::Sdq { informant: code("self"), total: Some(own), reason: None });
    }
}

fn substances(t: &mut Tale<'_>, start: Date, until: Date) {
    let from = start.max(t.birthday(12));
    let mut on = plus(from, t.diary.dice.between(30, 200));
    while on < until {
        let identified = t.diary.dice.often(70);
        let offered = identified.then_some(true);
        let received = identified.then(|| t.diary.dice.often(550));
        let by = t.crew.nurse.person;
        let event = Event::SubstanceMisuse { identified, help_offered: offered, help_received: received };
        t.diary.add(jot(weekday(on), by, event).level(Sensitivity::Health));
        on = plus(on, t.diary.dice.between(330, 380));
    }
}
