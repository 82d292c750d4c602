//! The threshold: schools, the personal adviser, and the first own front doors.

use jiff::civil::{Date, date};
use kinfold_record::Event;

use super::circle;
use crate::dice::{birthday, days, plus};
use crate::family::Story;
use crate::places;
use crate::tale::{Tale, code};

/// Tells schools, and from sixteen the adviser and the homes after care.
pub fn leaving(t: &mut Tale<'_>) {
    schools(t);
    let (born, story) = (t.life.born, t.life.story);
    let Some(first) = t.life.periods.first().map(|p| p.start) else { return };
    if matches!(story, Story::ShortBreaks | Story::Ceased) {
        return;
    }
    let eighteen = birthday(born, 18);
    let end = t.life.periods.last().and_then(|p| p.end);
    // Thirteen weeks in care, begun at fourteen or later, with a day after sixteen.
    let eligible = birthday(born, 16).max(plus(first.max(birthday(born, 14)), 91));
    let late = t.diary.dice.often(130);
    let wait = if late { t.diary.dice.between(93, 130) } else { t.diary.dice.between(10, 86) };
    let from = plus(eligible, wait).min(plus(eighteen, -20));
    let over = end.map_or(eighteen, |(end, _, _)| end).min(eighteen);
    if from < plus(over, -3) && from >= eligible {
        circle::adviser(t, from, false);
        if over <= eighteen && end.is_some() {
            circle::adviser_leaves(t, plus(over, -1));
        }
    }
    if let Some((end, reason, home)) = end
        && story == Story::Leaver
    {
        circle::adviser(t, end, true);
        after_care(t, end, reason, home);
    }
}

fn after_care(t: &mut Tale<'_>, end: Date, reason: &str, home: &str) {
    let mut on = end;
    let mut kind = match (reason, home) {
        ("E17", _) => "Z1",
        ("E5", _) => "D1",
        ("E7", _) => "C1",
        ("E4A", _) => "B1",
        ("E6", _) => "U1",
        _ => "Y1",
    };
    loop {
        let ours = matches!(kind, "D1" | "E1" | "T1" | "V2" | "W2");
        let (address, postcode) = places::address(&mut t.diary.dice, "in_area");
        let event = Event::LeaverMoved {
            accommodation: code(kind),
            provided_by_authority: Some(ours),
            suitable: Some(kind.ends_with('1')),
            address: Some(format!("{address}, {postcode}")),
            address_confidential: Some(t.family.hidden),
        };
        let by = t.crew.adviser.person;
        t.diary.turn(crate::diary::jot(on, by, event));
        on = plus(on, t.diary.dice.between(150, 1100));
        if on >= t.diary.today {
            return;
        }
        kind = t.diary.dice.weighted(&[
            ("U1", 42),
            ("D1", 16),
            ("E1", 8),
            ("T1", 7),
            ("B1", 9),
            ("Y1", 6),
            ("S2", 3),
            ("W2", 3),
            ("V2", 2),
            ("X2", 3),
            ("U2", 1),
        ]);
    }
}

/// Which schools a child goes to, with the September after the eleventh and sixteenth birthdays between them.
fn schools(t: &mut Tale<'_>) {
    let (born, today) = (t.life.born, t.diary.today);
    let Some(first) = t.life.periods.first().map(|p| p.start) else { return };
    let end = t.until(&t.life.periods[t.life.periods.len() - 1].clone()).min(birthday(born, 18));
    let special = t.life.disabled && t.diary.dice.often(550);
    let mut last: Option<usize> = None;
    for (phase, from, to) in
        [("early_years", 3, 4), ("primary", 4, 11), ("secondary", 11, 16), ("post_16", 16, 18)]
    {
        let (start, stop) = (september(born, from), september(born, to));
        let on = start.max(first);
        if on >= stop.min(end).min(today) || (phase == "early_years" && t.diary.dice.often(400)) {
            continue;
        }
        // Those who left the country, or learning, for good are few; most are somewhere.
        if phase == "post_16" && t.diary.dice.often(220) {
            continue;
        }
        let wanted = if special && matches!(phase, "primary" | "secondary") { "special" } else { phase };
        let school = choose(t, wanted);
        starts(t, on, school, last);
        last = Some(school);
        moved(t, wanted, on, stop.min(end), &mut last);
    }
    // The school goes on; the duty to plan with it ends with care.
    if !t.life.open() && last.is_some() {
        circle::teacher(t, end, None, last);
    }
}

/// A move across the county sometimes means another school.
fn moved(t: &mut Tale<'_>, phase: &'static str, from: Date, to: Date, last: &mut Option<usize>) {
    let moves: Vec<_> = t
        .stays
        .iter()
        .skip(1)
        .map(|s| s.start)
        .filter(|on| *on > plus(from, 20) && *on < plus(to, -30))
        .collect();
    for on in moves {
        if t.diary.dice.often(230) {
            let on = plus(on, t.diary.dice.between(1, 24));
            let elsewhere = phase == "secondary" && t.diary.dice.often(120);
            let next = choose(t, if elsewhere { "alternative" } else { phase });
            if Some(next) != *last && on < to {
                t.turn(on, Event::SchoolEnded { reason: Some(code("moved_home")) });
                starts(t, on, next, *last);
                *last = Some(next);
            }
        }
    }
}

fn starts(t: &mut Tale<'_>, on: Date, school: usize, last: Option<usize>) {
    if last == Some(school) {
        return;
    }
    let (name, phase) = places::SCHOOLS[school];
    let teacher = t.crew.teachers[school].person;
    t.turn(
        on,
        Event::SchoolStarted {
            school: name.to_owned(),
            urn: Some(format!("{}", 990_001 + school)),
            designated_teacher: Some(teacher),
            phase: Some(code(phase)),
        },
    );
    circle::teacher(t, on, Some(school), last);
}

fn choose(t: &mut Tale<'_>, phase: &str) -> usize {
    let fitting: Vec<usize> =
        (0..places::SCHOOLS.len()).filter(|at| places::SCHOOLS[*at].1 == phase).collect();
    fitting[t.diary.dice.below(fitting.len())]
}

/// The first of September of the school year in which a child starts at this age.
fn september(born: jiff::civil::Date, years: i32) -> Date {
    let birthday = birthday(born, years);
    let this_year = date(birthday.year(), 9, 1);
    if birthday < this_year || days(this_year, birthday) == 0 {
        this_year
    } else {
        date(birthday.year() + 1, 9, 1)
    }
}
