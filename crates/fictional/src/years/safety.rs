//! Going missing and coming back, convictions, deprivation of liberty.

use jiff::Span;
use jiff::civil::{Date, Time};
use kinfold_record::{Event, Sensitivity};

use crate::diary::jot;
use crate::dice::{days, plus};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::words;

/// Tells it for every period of care.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        let from = period.start.max(t.birthday(12)).max(t.diary.since);
        let until = t.until(period).min(t.birthday(18));
        missing(t, from, until);
        convictions(t, period.start.max(t.birthday(13)), until);
    }
    liberty(t);
    motherhood(t);
}

/// A court has allowed a few young people to be kept from leaving their home, for three months at a time.
fn liberty(t: &mut Tale<'_>) {
    let homes: Vec<_> =
        t.stays.iter().filter(|s| s.code == "K2" && days(s.start, s.end) > 60).cloned().collect();
    for stay in homes {
        if t.age(stay.start) < 13 || t.life.story == Story::ShortBreaks || !t.diary.dice.often(60) {
            continue;
        }
        let on = plus(stay.start, t.diary.dice.between(3, 40));
        let by = t.worker(on);
        let event = Event::LibertyOrderStarted { expires_on: Some(plus(on, 90)) };
        t.diary.add(jot(on, by, event).level(Sensitivity::Safeguarding));
        let off = plus(on, 90);
        if off < stay.end {
            t.diary.add(jot(off, by, Event::LibertyOrderEnded {}).level(Sensitivity::Safeguarding));
        }
    }
}

fn motherhood(t: &mut Tale<'_>) {
    let on = plus(t.birthday(17), t.diary.dice.between(0, 900));
    if t.life.girl && t.life.story != Story::ShortBreaks && t.diary.dice.often(70) {
        t.happened(plus(on, 4), Event::BecameMother { baby_born_on: Some(on) });
    }
}

fn missing(t: &mut Tale<'_>, from: Date, until: Date) {
    let apart = match t.life.missing {
        0 => return,
        1 => (90, 420),
        _ => (12, 75),
    };
    let mut on = plus(from, t.diary.dice.between(5, apart.1));
    let mut episodes = 0;
    while on < plus(until, -1) && episodes < 24 {
        episodes += 1;
        let back = episode(t, on, until);
        on = plus(back, t.diary.dice.between(apart.0, apart.1));
    }
}

/// One episode. The day the child came back, or would have.
fn episode(t: &mut Tale<'_>, on: Date, until: Date) -> Date {
    let dice = &mut t.diary.dice;
    let category = dice.weighted(&[("M", 78), ("A", 22)]);
    let hour = Time::constant(15, 0, 0, 0) + Span::new().minutes(dice.between(0, 8 * 60));
    let away = dice.weighted(&[(5, 45), (12, 28), (26, 15), (50, 8), (110, 4)]) * 60 + dice.between(0, 180);
    let left = on.to_datetime(hour);
    let back = left.checked_add(Span::new().minutes(away)).unwrap_or(left);
    let by = t.worker(on);
    let went = t.diary.add(jot(on, by, Event::WentMissing { category: code(category) }).at(hour));
    if back.date() >= until {
        return back.date();
    }
    let text = t.text(|dice, _| {
        dice.pick(&[
            "Came home by bus.",
            "Found by police at a friend's, safe and well.",
            "Rang the carer for a lift.",
            "Walked in at breakfast and asked for toast.",
        ])
        .to_owned()
    });
    t.diary.add(jot(back.date(), by, Event::Found { text }).at(back.time()));
    if !interview(t, back)
        && let Some(went) = went
        && t.diary.dice.often(400)
    {
        let text = "Away again before anybody could ask. One conversation was held for both times.";
        t.excused(plus(back.date(), 2), "return.interview", went, "child_missing", text);
    }
    back.date()
}

/// The return interview: due within 72 hours, every time. Whether anybody came.
fn interview(t: &mut Tale<'_>, back: jiff::civil::DateTime) -> bool {
    let dice = &mut t.diary.dice;
    let hours = match dice.weighted(&[(0, 72), (1, 16), (2, 12)]) {
        0 => dice.between(14, 68),
        1 => dice.between(80, 260),
        _ => return false,
    };
    let held = back.checked_add(Span::new().hours(hours)).unwrap_or(back);
    let outcome = dice.weighted(&[("held", 74), ("declined", 22), ("unable", 4)]);
    let minutes = dice.between(9 * 60, 18 * 60);
    let at = Time::midnight() + Span::new().minutes(minutes);
    // Nobody is interviewed at night: the next possible hour of that day, but not before coming back.
    let at = if held.date() == back.date() { at.max(back.time()) } else { at };
    let text = if outcome == "held" { t.text(|dice, _| words::came_back(dice)) } else { None };
    let event =
        Event::ReturnInterview { outcome: code(outcome), independent: Some(t.diary.dice.often(850)), text };
    let by = t.worker(held.date());
    t.diary.add(jot(held.date(), by, event).at(at).level(Sensitivity::Safeguarding));
    true
}

fn convictions(t: &mut Tale<'_>, from: Date, until: Date) {
    if t.life.missing == 0 || days(from, until) < 60 || !t.diary.dice.often(220) {
        return;
    }
    let on = t.diary.dice.day(from, until);
    let by = t.worker(on);
    t.diary.add(jot(on, by, Event::Conviction { convicted: true }).level(Sensitivity::Safeguarding));
}
