//! Care plans, placement plans, permanence: made before or soon after, sometimes late.

use kinfold_record::Event;
use smol_str::SmolStr;

use crate::dice::{days, plus, weekdays_after};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::words;

/// Tells the plans.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for (number, period) in life.periods.iter().enumerate() {
        if life.story == Story::ShortBreaks {
            let on = plus(period.start, t.diary.dice.between(0, 3));
            made(t, on, "short_break_plan");
            continue;
        }
        let on = if t.diary.dice.often(880) {
            weekdays_after(period.start, t.diary.dice.between(0, 9))
        } else {
            weekdays_after(period.start, t.diary.dice.between(11, 26))
        };
        made(t, on, "care_plan");
        if number == 0 {
            // Permanence is to be planned by the second review, four months in.
            let on = plus(period.start, t.diary.dice.between(70, 150));
            if on < t.until(period) {
                made(t, on, "permanence_plan");
            }
        }
        if t.statuses.first().is_some_and(|(_, status)| *status == "J1") {
            let on = weekdays_after(period.start, t.diary.dice.between(2, 6));
            made(t, on, "remand_plan");
        }
    }
    if life.story == Story::ShortBreaks {
        return;
    }
    for stay in t.stays.clone() {
        let on = match t.diary.dice.below(100) {
            0..=86 => weekdays_after(stay.start, t.diary.dice.between(0, 5)),
            87..=97 => weekdays_after(stay.start, t.diary.dice.between(6, 15)),
            // Missing for months is found by the next review.
            _ if days(stay.start, t.diary.today) > 120 => {
                weekdays_after(stay.start, t.diary.dice.between(20, 45))
            }
            _ => continue,
        };
        if on < stay.end && !made(t, on, "placement_plan") {
            let signed = plus(on, t.diary.dice.between(3, 20));
            if signed < stay.end {
                sign(t, signed);
            }
        }
    }
}

/// The placement plan once more, now with the signature that was missing.
fn sign(t: &mut Tale<'_>, on: jiff::civil::Date) {
    let agreed = Some(vec![code("manager"), code("carer")]);
    let plan = code("placement_plan");
    t.happened(on, Event::PlanMade { plan, signed: Some(true), agreed_by: agreed, child_wishes: None });
}

/// A plan is made; whether the right person signed it.
fn made(t: &mut Tale<'_>, on: jiff::civil::Date, plan: &'static str) -> bool {
    let age = t.age(on);
    let dice = &mut t.diary.dice;
    let signed = dice.often(if plan == "placement_plan" { 955 } else { 975 });
    let mut agreed: Vec<SmolStr> = vec![code("manager")];
    if dice.often(700) && t.life.story != Story::Alone {
        agreed.push(code("parents"));
    }
    if age >= 6 && dice.often(780) {
        agreed.push(code("child"));
    }
    if plan == "placement_plan" {
        agreed.push(code("carer"));
    }
    let child_wishes =
        if t.plain || !t.diary.dice.often(450) { None } else { words::said(&mut t.diary.dice, age) };
    t.happened(
        on,
        Event::PlanMade { plan: code(plan), signed: Some(signed), agreed_by: Some(agreed), child_wishes },
    );
    signed
}
