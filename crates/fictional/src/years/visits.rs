//! Visits by the authority (CPPCR 2010 regs 28-29): mostly on time, some late, and not every child seen or seen alone.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::diary::jot;
use crate::dice::{days, months, plus};
use crate::family::Story;
use crate::tale::{Stay, Tale, code};
use crate::words;

/// Tells the visits of every stay.
pub fn tell(t: &mut Tale<'_>) {
    let interim = |t: &Tale<'_>, on: Date| {
        t.statuses.iter().rev().find(|(from, _)| *from <= on).is_some_and(|(_, status)| *status == "C1")
    };
    for stay in t.stays.clone() {
        let often = (stay.code == "P1" && interim(t, stay.start)) || stay.basis == "temporary_approval";
        let weekly = matches!(stay.basis, "adoption" | "with_parents_early");
        let short_breaks = t.life.story == Story::ShortBreaks;
        let settled = stay.clone();
        // The first review ends the weekly visits; it is held within four weeks or so.
        let review = plus(stay.start, 27);
        let limit = move |number: usize, last: Date| -> Date {
            match number {
                _ if short_breaks => months(last, 3),
                0 => plus(stay.start, 7),
                _ if (often || weekly) && last < review => plus(last, 7),
                _ if often && days(stay.start, last) < 240 => plus(last, 28),
                _ => plus(last, apart(&stay, last)),
            }
        };
        let on = t.rhythm(settled.start, settled.end, settled.open, limit);
        for on in on {
            visit(t, &settled, on);
        }
    }
}

/// The longest allowed time between two visits, in days.
fn apart(stay: &Stay, last: Date) -> i32 {
    let year = days(stay.start, last) >= 365;
    if year && stay.fewer_visits.is_some_and(|on| on <= last) {
        180
    } else if year && stay.lasting.is_some_and(|on| on <= last) {
        89
    } else {
        42
    }
}

fn visit(t: &mut Tale<'_>, stay: &Stay, on: Date) {
    let age = t.age(on);
    let dice = &mut t.diary.dice;
    let place = dice.weighted(&[
        ("home", 80),
        ("school", if age >= 4 { 9 } else { 0 }),
        ("out", if age >= 8 { 8 } else { 1 }),
        ("family", 2),
        ("office", 1),
    ]);
    let seen = !dice.often(if age >= 13 { 75 } else { 25 });
    let visitor = dice.weighted(&[("social_worker", 92), ("representative", 7), ("manager", 1)]);
    if !seen {
        let why = dice.weighted(&[
            ("out", 36),
            ("cancelled", 24),
            ("refused", if age >= 10 { 22 } else { 0 }),
            ("worker_unable", 10),
            ("virtual", 8),
        ]);
        t.happened(on, event(false, None, None, Some(why), place, visitor, None, None));
        // Most are tried again within the week.
        if t.diary.dice.often(800) {
            let again = crate::dice::weekday(plus(on, t.diary.dice.between(2, 8))).max(plus(on, 1));
            if again < stay.end {
                seen_visit(t, again, "home", visitor);
            }
        }
        return;
    }
    seen_visit(t, on, place, visitor);
}

fn seen_visit(t: &mut Tale<'_>, on: Date, place: &'static str, visitor: &'static str) {
    let age = t.age(on);
    let alone = if age < 3 { t.diary.dice.often(120) } else { t.diary.dice.often(870) };
    let why = (!alone).then(|| {
        if age < 5 {
            "inappropriate"
        } else {
            t.diary.dice.weighted(&[
                ("refused", if age >= 9 { 50 } else { 10 }),
                ("unable", 35),
                ("inappropriate", 15),
            ])
        }
    });
    let said = if t.plain || !t.diary.dice.often(520) { None } else { words::said(&mut t.diary.dice, age) };
    let wrote = t.text(|dice, life| words::visit(dice, life, age));
    let whole = event(true, Some(alone), why, None, place, visitor, said, wrote);
    if why.is_none() || !t.diary.dice.often(40) {
        t.happened(on, whole);
        return;
    }
    // Now and then the reason is left out, and mostly put in within days.
    let mut without = whole.clone();
    if let Event::Visit { not_alone_reason, .. } = &mut without {
        *not_alone_reason = None;
    }
    let by = t.worker(on);
    let visit = t.diary.add(jot(on, by, without));
    let wait = t.diary.dice.between(1, 3);
    if let Some(visit) = visit
        && t.diary.dice.often(800)
    {
        t.diary.amend(visit, wait, whole, None);
    }
}

#[expect(clippy::too_many_arguments, reason = "the fields of the event")]
fn event(
    seen: bool,
    seen_alone: Option<bool>,
    not_alone: Option<&'static str>,
    not_seen: Option<&'static str>,
    place: &'static str,
    visitor: &'static str,
    child_words: Option<String>,
    text: Option<String>,
) -> Event {
    Event::Visit {
        seen,
        seen_alone,
        not_alone_reason: not_alone.map(code),
        not_seen_reason: not_seen.map(code),
        place: Some(code(place)),
        visitor: Some(code(visitor)),
        child_words,
        text,
    }
}
