//! Personal education plans: started within ten working days, ready for the first review, looked at each term.

use jiff::civil::{Date, date};
use kinfold_record::Event;

use crate::dice::{plus, weekday, weekdays_after};
use crate::tale::{Tale, code};

/// Tells the plans of every period of care.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    let (three, eighteen) = (t.birthday(3), t.birthday(18));
    for period in &life.periods {
        let from = period.start.max(three);
        let until = t.until(period).min(eighteen);
        let late = t.diary.dice.often(120);
        let begun = weekdays_after(
            from,
            if late { t.diary.dice.between(11, 22) } else { t.diary.dice.between(2, 8) },
        );
        if late && from == period.start && t.diary.dice.often(250) {
            closed(t, from);
        }
        let ready = weekdays_after(begun, if late { 9 } else { t.diary.dice.between(3, 6) });
        for (on, stage) in [(begun, "initiated"), (ready, "completed")] {
            if on < until {
                plan(t, on, stage);
            }
        }
        terms(t, ready, until, period.end.is_none());
    }
}

/// Nobody is at school to begin the plan with.
fn closed(t: &mut Tale<'_>, start: Date) {
    let Some(began) = t.turn_of(start, |e| matches!(e, Event::CareStarted { .. })) else { return };
    let on = weekdays_after(start, t.diary.dice.between(4, 9));
    let text = "The school is closed and its teachers are away. The plan begins on their first day back.";
    t.excused(on, "education.plan_started", began, "not_reasonably_practicable", text);
}

/// Autumn, spring and summer, each with its last day.
fn term_ends(year: i16) -> [(Date, Date); 3] {
    [
        (date(year, 1, 8), date(year, 3, 27)),
        (date(year, 4, 20), date(year, 7, 17)),
        (date(year, 9, 8), date(year, 12, 16)),
    ]
}

fn terms(t: &mut Tale<'_>, from: Date, until: Date, open: bool) {
    // A school that has lost its rhythm misses the last term or two.
    let missed = open && t.diary.dice.often(70);
    let until = if missed { plus(until, -130) } else { until };
    for year in from.year()..=until.year() {
        for (start, end) in term_ends(year) {
            if plus(start, -10) < from || t.diary.dice.often(30) {
                continue;
            }
            let middle = plus(start, t.diary.dice.between(8, 60));
            let on = if t.diary.dice.often(880) { middle } else { plus(end, t.diary.dice.between(1, 30)) };
            if on < until {
                plan(t, weekday(on), "reviewed");
            }
        }
    }
}

fn plan(t: &mut Tale<'_>, on: Date, stage: &'static str) {
    let age = t.age(on);
    let dice = &mut t.diary.dice;
    let quality = (stage != "initiated").then(|| dice.often(780));
    let took_part = (age >= 5).then(|| dice.often(800));
    let text = t.text(|dice, life| crate::words::education(dice, life, age));
    let by = t.crew.school_adviser.person;
    t.recorded(
        on,
        by,
        Event::EducationPlan {
            stage: code(stage),
            quality_assured: quality,
            child_took_part: took_part,
            text,
        },
    );
}
