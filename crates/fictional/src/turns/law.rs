//! Coming into care, the legal basis, the courts, and ceasing to be looked after.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::dice::{age, days, plus};
use crate::family::{Period, Story};
use crate::tale::{Tale, code};

/// Tells every period of care.
pub fn law(t: &mut Tale<'_>) {
    let life = t.life;
    for (number, period) in life.periods.iter().enumerate() {
        start(t, period, number);
        if life.adoption && number + 1 == life.periods.len() {
            adoption(t, period);
        } else {
            ordinary(t, period);
        }
        if let Some((end, reason, home)) = period.end {
            let text = t.text(|_, life| {
                crate::words::about(
                    life,
                    "{name} knows whom to ring, and that we will still come. Support agreed for six months.",
                )
            });
            t.turn(end, Event::CareCeased { reason: code(reason), new_home: Some(code(home)), text });
        }
    }
    if life.story == Story::Alone
        && let Some(first) = life.periods.first()
    {
        let trafficked = t.diary.dice.often(140).then_some(true);
        t.turn(first.start, Event::AsylumStatus { unaccompanied: true, trafficked, ends_on: None });
    }
}

fn start(t: &mut Tale<'_>, period: &Period, number: usize) {
    let teenager = age(t.life.born, period.start) >= 13;
    let dice = &mut t.diary.dice;
    let status = match t.life.story {
        Story::Alone => "V2",
        Story::ShortBreaks => "V4",
        _ if t.life.adoption => dice.weighted(&[("C1", 70), ("L2", 30)]),
        _ if number > 0 => dice.weighted(&[("C1", 60), ("V2", 40)]),
        _ if teenager => dice.weighted(&[("V2", 74), ("C1", 14), ("L1", 9), ("J1", 3)]),
        _ => dice.weighted(&[("V2", 36), ("C1", 42), ("L2", 11), ("L1", 11)]),
    };
    let planned = matches!(status, "V2" | "V4" | "C1") && t.life.story != Story::Alone && dice.often(550);
    let home_postcode = (!matches!(t.life.story, Story::Alone)).then(|| t.family.home.1.clone());
    t.statuses.push((period.start, status));
    t.turn(
        period.start,
        Event::CareStarted {
            legal_status: code(status),
            category_of_need: Some(code(t.family.need)),
            home_postcode,
            planned: Some(planned),
        },
    );
    if status == "C1" {
        t.turn(period.start, Event::ProceedingsIssued { extended_to: None });
    }
}

/// Changes the legal basis, if that falls within the period.
fn change(t: &mut Tale<'_>, period: &Period, on: Date, status: &'static str) -> bool {
    // Courts sit on weekdays.
    let on = if matches!(status, "C2" | "E1") { crate::dice::weekday(on) } else { on };
    let falls = on > period.start && on < t.until(period);
    if falls {
        t.statuses.push((on, status));
        let expires_on = (status == "L2").then(|| plus(on, 8));
        t.turn(on, Event::LegalStatusChanged { legal_status: code(status), expires_on });
    }
    falls
}

fn ordinary(t: &mut Tale<'_>, period: &Period) {
    let mut on = period.start;
    let mut status = t.statuses.last().map_or("V2", |(_, status)| *status);
    let young = age(t.life.born, period.start) < 13;
    if matches!(status, "L1" | "L2" | "J1") {
        let (wait, next) = match status {
            "L1" => (2, if young || t.diary.dice.often(300) { "C1" } else { "V2" }),
            "L2" => (t.diary.dice.between(6, 8), "C1"),
            _ => (t.diary.dice.between(20, 70), "V2"),
        };
        on = plus(on, wait);
        if !change(t, period, on, next) {
            return;
        }
        status = next;
        if status == "C1" {
            t.turn(on, Event::ProceedingsIssued { extended_to: None });
        }
    }
    let to_court = match t.life.story {
        Story::Alone | Story::ShortBreaks => false,
        _ => t.diary.dice.often(if young { 600 } else { 130 }),
    };
    if status == "V2" && to_court {
        on = plus(on, t.diary.dice.between(30, 250));
        if !change(t, period, on, "C1") {
            return;
        }
        t.turn(on, Event::ProceedingsIssued { extended_to: None });
        status = "C1";
    }
    if status == "C1" {
        court(t, period, on);
    }
}

/// From an interim order to the final hearing: twenty-six weeks by law, often more in life.
fn court(t: &mut Tale<'_>, period: &Period, issued: Date) {
    let heard = plus(
        issued,
        t.diary.dice.weighted(&[(168, 25), (181, 30), (230, 25), (290, 20)]) + t.diary.dice.between(-9, 9),
    );
    let leaves = period.end.map(|(end, reason, _)| (end, reason));
    if let Some((end, reason)) = leaves
        && end <= plus(heard, 20)
    {
        let outcome = match reason {
            "E45" => "special_guardianship",
            "E41" => "child_arrangements",
            _ => "no_order",
        };
        t.turn(end, Event::ProceedingsEnded { outcome: Some(code(outcome)) });
    } else if change(t, period, heard, "C2") {
        t.turn(crate::dice::weekday(heard), Event::ProceedingsEnded { outcome: Some(code("care_order")) });
    }
}

/// The adoption track: decided, order to place, matched. The home with the adopters is in `homes`.
fn adoption(t: &mut Tale<'_>, period: &Period) {
    // Where the story is still running it is told as if it were to end some months from now.
    let end =
        period.end.map_or_else(|| plus(t.diary.today, t.diary.dice.between(20, 160)), |(end, _, _)| end);
    let whole = days(period.start, end);
    let at = |part: i32| plus(period.start, whole * part / 100);
    if t.statuses.last().is_some_and(|(_, s)| *s == "L2") {
        let on = plus(period.start, 8);
        change(t, period, on, "C1");
        t.turn(on, Event::ProceedingsIssued { extended_to: None });
    }
    t.turn(at(30), Event::AdoptionDecided { authorised_by: Some(code("none_yet")) });
    if change(t, period, at(38), "E1") {
        t.turn(
            crate::dice::weekday(at(38)),
            Event::ProceedingsEnded { outcome: Some(code("placement_order")) },
        );
    }
    t.matched = Some(at(52));
    let pair = t.diary.dice.often(850);
    let (sex, status) = match (pair, t.diary.dice.below(10)) {
        (false, 0) => ("M1", "L0"),
        (false, _) => ("F1", "L0"),
        (true, 0) => ("MM", "L12"),
        (true, 1) => ("FF", "L2"),
        (true, _) => ("MF", "L11"),
    };
    t.turn(
        at(52),
        Event::AdoptersMatched {
            foster_carers: Some(false),
            adopters: Some(if pair { 2 } else { 1 }),
            adopter_sex: Some(code(sex)),
            adopter_status: Some(code(status)),
        },
    );
}
