//! What came of the assessments: consent, early history, measurements, facts, needs and who does something about them,
//! referrals that got lost, and how a child felt. Told for those in care today, about the time that may still be asked
//! about.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::diary::jot;
use crate::dice::{days, plus, weekday, weekdays_after};
use crate::family::Period;
use crate::tale::{Tale, code};
use crate::words;

/// How far back the telling goes, in days.
const BACK: i32 = 90;

/// Height in millimetres and weight in grams at each birthday from the first: a child in the middle.
const GROWTH: [(i32, i32); 17] = [
    (755, 9_700),
    (865, 12_200),
    (955, 14_300),
    (1_030, 16_300),
    (1_095, 18_300),
    (1_155, 20_700),
    (1_215, 23_100),
    (1_272, 25_800),
    (1_330, 29_000),
    (1_385, 32_500),
    (1_436, 36_500),
    (1_496, 41_000),
    (1_560, 46_500),
    (1_622, 52_000),
    (1_668, 57_000),
    (1_692, 61_000),
    (1_706, 64_000),
];

/// Tells it.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    let Some(period) = life.periods.last().filter(|p| p.end.is_none() && !t.plain) else { return };
    arrival(t, period);
    measured(t, period);
    facts(t, period);
    planned(t);
    felt(t);
    elsewhere(t);
}

/// Records with the label that is usual for the kind.
fn nurse(t: &mut Tale<'_>, on: Date, event: Event) {
    let by = t.crew.nurse.person;
    let level = event.kind().usual_sensitivity();
    t.diary.add(jot(on, by, event).level(level));
}

fn worker(t: &mut Tale<'_>, on: Date, event: Event) {
    let by = t.worker(on);
    let level = event.kind().usual_sensitivity();
    t.diary.add(jot(on, by, event).level(level));
}

/// A day some working days later.
fn after(t: &mut Tale<'_>, on: Date, low: i32, high: i32) -> Date {
    weekdays_after(on, t.diary.dice.between(low, high))
}

fn consent(
    t: &mut Tale<'_>,
    on: Date,
    outcome: &'static str,
    by: &'static str,
    reason: Option<&'static str>,
) {
    let event = Event::Consent {
        decision: code("assessment"),
        outcome: code(outcome),
        by: Some(code(by)),
        name: None,
        gillick: None,
        assessed_by: None,
        evidence: None,
        reason: reason.map(code),
        ground: None,
        until: None,
        text: None,
    };
    worker(t, on, event);
}

/// The first weeks: who consents, where the red book is, what is known of the beginning.
fn arrival(t: &mut Tale<'_>, period: &Period) {
    if days(period.start, t.diary.today) > BACK {
        return;
    }
    let asked = weekdays_after(period.start, t.diary.dice.between(1, 3));
    consent(t, asked, "asked", "mother", None);
    let answer = weekdays_after(asked, t.diary.dice.between(1, 4));
    if t.diary.dice.often(120) {
        consent(t, answer, "refused", "mother", Some("parent_refused"));
        if t.diary.dice.often(700) {
            let other = after(t, answer, 3, 8);
            consent(t, other, "given", "father", None);
        }
    } else {
        consent(t, answer, "given", "mother", None);
    }
    let book = weekdays_after(period.start, t.diary.dice.between(4, 19));
    let state = t.diary.dice.weighted(&[
        ("seen", 30),
        ("copied", 25),
        ("asked_for", 15),
        ("never_existed", 15),
        ("lost", 15),
    ]);
    red_book(t, book, state);
    if matches!(state, "asked_for" | "lost") && t.diary.dice.often(750) {
        let rebuilt = after(t, book, 5, 18);
        red_book(t, rebuilt, "rebuilt");
    }
    let found = weekdays_after(period.start, t.diary.dice.between(20, 58));
    for what in [
        "birth",
        "newborn_examination",
        "newborn_hearing",
        "newborn_blood_spot",
        "six_to_eight_weeks",
        "immunisations",
    ] {
        let known = t.diary.dice.weighted(&[
            ("known", 60),
            ("known_in_part", 12),
            ("not_known", 18),
            ("not_done", 10),
        ]);
        let told_by = (known != "not_known").then(|| code("gp_record"));
        let event = Event::EarlyHistory {
            what: code(what),
            known: code(known),
            told_by,
            asked: None,
            result: None,
            text: None,
        };
        nurse(t, found, event);
    }
    let known = t.diary.dice.weighted(&[("complete", 55), ("partly", 30), ("unknown", 15)]);
    let event =
        Event::ImmunisationHistory { known: code(known), told_by: Some(code("child_health")), text: None };
    nurse(t, found, event);
}

fn red_book(t: &mut Tale<'_>, on: Date, state: &'static str) {
    let event = Event::RedBook {
        state: code(state),
        held_by: None,
        copies: None,
        told_by: Some(code("parent")),
        text: None,
    };
    worker(t, on, event);
}

/// Two measurements about a year apart, so that there is a curve to look at.
fn measured(t: &mut Tale<'_>, period: &Period) {
    if !t.diary.dice.often(500) {
        return;
    }
    let last = weekday(plus(t.diary.today, -t.diary.dice.between(20, 150)));
    let first = weekday(plus(last, -t.diary.dice.between(330, 400)));
    // In thousandths of the middle; heavier children are also taller.
    let build = t.diary.dice.between(-60, 70);
    for on in [first, last] {
        if on < period.start {
            continue;
        }
        let Some((height, weight)) = middle(days(t.life.born, on)) else { continue };
        let event = Event::GrowthMeasured {
            weight_g: Some(weight + weight * build * 2 / 1000 / 100 * 100),
            height_mm: Some(height + height * build / 2 / 1000),
            head_mm: None,
            lying: None,
            told_by: Some(code("seen")),
            text: None,
        };
        nurse(t, on, event);
    }
}

/// The middle at an age in days, between the birthdays in a straight line; from the first birthday on.
fn middle(age: i32) -> Option<(i32, i32)> {
    let (year, into) = (usize::try_from(age / 365).ok()?.checked_sub(1)?, age % 365);
    let (h, w) = *GROWTH.get(year)?;
    let (h2, w2) = GROWTH.get(year + 1).copied().unwrap_or((h, w));
    Some((h + (h2 - h) * into / 365, w + (w2 - w) * into / 365))
}

/// What those who look after the child have to know.
fn facts(t: &mut Tale<'_>, period: &Period) {
    let on = weekday(plus(period.start, t.diary.dice.between(15, 40)));
    if t.diary.dice.often(140) {
        let event = Event::ConditionNoted {
            item: code("condition-1"),
            name: "Asthma".to_owned(),
            diagnosed: Some(true),
            code: Some("195967001".to_owned()),
            since: None,
            care: Some("The inhaler goes wherever the child goes.".to_owned()),
            told_by: Some(code("gp_record")),
            text: None,
        };
        nurse(t, on, event);
        let event = Event::MedicineStarted {
            item: code("medicine-1"),
            name: "Salbutamol inhaler".to_owned(),
            dose: Some("100 micrograms".to_owned()),
            how: Some("Two puffs with a spacer when breathless".to_owned()),
            against: Some("Asthma".to_owned()),
            prescriber: Some("GP".to_owned()),
            review_on: None,
            code: None,
            told_by: Some(code("gp_record")),
            text: None,
        };
        nurse(t, on, event);
    }
    if t.diary.dice.often(90) {
        let event = Event::AllergyNoted {
            item: code("allergy-1"),
            name: "Peanuts".to_owned(),
            allergy: Some(code("food")),
            severity: Some(code("severe")),
            reaction: Some("Swelling of the face".to_owned()),
            emergency: Some("Give the pen and ring 999.".to_owned()),
            code: None,
            since: None,
            told_by: Some(code("parent")),
        };
        nurse(t, on, event);
    } else if t.diary.dice.often(400) {
        nurse(t, on, Event::NoneKnown { topic: code("allergies"), told_by: Some(code("parent")) });
    }
}

/// What became of the last assessment.
fn planned(t: &mut Tale<'_>) {
    let today = t.diary.today;
    let seen = t
        .diary
        .entries()
        .iter()
        .filter(|e| matches!(e.event, Event::HealthAssessment { .. }) && days(e.happened_on, today) <= BACK)
        .map(|e| e.happened_on)
        .max();
    let Some(seen) = seen else { return };
    let checked = weekdays_after(seen, t.diary.dice.between(3, 8));
    let worries = t.diary.dice.often(450);
    let (area, need, goal) = if worries {
        ("emotional", words::NEED_FEELINGS, words::GOAL_FEELINGS)
    } else {
        ("teeth", words::NEED_TEETH, words::GOAL_TEETH)
    };
    let event = Event::HealthNeed {
        need: code("need-1"),
        area: code(area),
        text: need.to_owned(),
        goal: Some(goal.to_owned()),
        child_words: None,
        assessment: None,
        told_by: Some(code("assessment")),
    };
    nurse(t, checked, event);
    if t.diary.dice.often(60) {
        // Assessed, and nothing happened.
        return;
    }
    let set = weekdays_after(checked, t.diary.dice.between(1, 7));
    let owner =
        t.diary.dice.weighted(&[("foster_carer", 45), ("social_worker", 25), ("designated_nurse", 30)]);
    let by = weekdays_after(set, t.diary.dice.between(15, 45));
    let event = Event::HealthAction {
        action: code("action-1"),
        text: if worries { words::ACTION_FEELINGS } else { words::ACTION_TEETH }.to_owned(),
        owner: code(owner),
        by,
        need: Some(code("need-1")),
        owner_person: None,
        owner_name: None,
        assessment: None,
    };
    nurse(t, set, event);
    let late = t.diary.dice.often(90);
    let done = if late { plus(by, 40) } else { weekdays_after(set, t.diary.dice.between(4, 14)) };
    if done < today {
        let refused = t.diary.dice.often(100);
        let event = Event::HealthActionAnswered {
            action: code("action-1"),
            outcome: code(if refused { "not_provided" } else { "done" }),
            reason: refused.then(|| code("no_service")),
            text: None,
        };
        nurse(t, done, event);
    }
    if worries {
        referred(t, set);
    }
}

fn referred(t: &mut Tale<'_>, from: Date) {
    let sent = weekdays_after(from, t.diary.dice.between(1, 5));
    made(t, sent, "referral-1", "mental_health", None);
    let heard = weekdays_after(sent, t.diary.dice.between(8, 24));
    let said = t.diary.dice.weighted(&[("waiting", 45), ("accepted", 25), ("declined", 20), ("", 10)]);
    if said.is_empty() {
        // Nobody heard of it again.
        return;
    }
    referral_step(t, heard, said, (said == "declined").then_some("criteria"));
    if said == "declined" && t.diary.dice.often(700) {
        let other = weekdays_after(heard, t.diary.dice.between(2, 9));
        referral_step(t, other, "alternative_asked", None);
        made(t, other, "referral-2", "voluntary", Some("referral-1"));
    } else if said == "accepted" {
        let started = after(t, heard, 10, 25);
        referral_step(t, started, "in_treatment", None);
    }
}

fn made(
    t: &mut Tale<'_>,
    on: Date,
    referral: &'static str,
    service: &'static str,
    instead: Option<&'static str>,
) {
    let event = Event::ReferralMade {
        referral: code(referral),
        service: code(service),
        goal: words::GOAL_FEELINGS.to_owned(),
        to: None,
        need: Some(code("need-1")),
        action: None,
        urgent: None,
        waiting_since: None,
        carried_from: None,
        instead_of: instead.map(code),
        text: None,
    };
    nurse(t, on, event);
}

fn referral_step(t: &mut Tale<'_>, on: Date, step: &'static str, reason: Option<&'static str>) {
    let event = Event::ReferralStep {
        referral: code("referral-1"),
        step: code(step),
        appointment: None,
        reason: reason.map(code),
        text: None,
    };
    nurse(t, on, event);
}

/// What was decided after a high score.
fn felt(t: &mut Tale<'_>) {
    let today = t.diary.today;
    let high: Vec<Date> = t
        .diary
        .entries()
        .iter()
        .filter(|e| matches!(e.event, Event::Sdq { total: Some(total), .. } if total >= 16))
        .map(|e| e.happened_on)
        .filter(|on| days(*on, today) <= BACK)
        .collect();
    for on in high {
        if !t.diary.dice.often(850) {
            continue;
        }
        let response = t.diary.dice.weighted(&[
            ("talk", 30),
            ("carer_help", 30),
            ("help_in_place", 25),
            ("consultation", 15),
        ]);
        let decided = weekdays_after(on, t.diary.dice.between(3, 12));
        let event = Event::WellbeingResponse {
            response: code(response),
            owner: code("social_worker"),
            owner_person: None,
            owner_name: None,
            again_on: Some(plus(decided, 90)),
            text: None,
            child_words: None,
        };
        worker(t, decided, event);
    }
}

/// The health team of another area, told before or just after the move.
fn elsewhere(t: &mut Tale<'_>) {
    let today = t.diary.today;
    let moves: Vec<Date> = t
        .diary
        .entries()
        .iter()
        .filter(|e| {
            matches!(&e.event, Event::PlacementStarted { location: Some(l), .. } if l == "adjoining" || l == "distant")
        })
        .map(|e| e.happened_on)
        .filter(|on| days(*on, today) <= BACK)
        .collect();
    for on in moves {
        let told = weekdays_after(on, t.diary.dice.weighted(&[(1, 60), (3, 30), (9, 10)]));
        let notice = code("out_of_area_health");
        let event = Event::NoticeSent {
            notice: notice.clone(),
            recipients: Some(vec![code("area_health_team"), code("area_icb")]),
            withheld_from: None,
            reason: None,
        };
        worker(t, told, event);
        if t.diary.dice.often(800) {
            let event = Event::NoticeAcknowledged { notice, recipient: code("area_health_team") };
            let answered = after(t, told, 2, 9);
            worker(t, answered, event);
        }
        let event = Event::HealthFeasibility {
            outcome: code(t.diary.dice.weighted(&[("yes", 60), ("in_part", 25), ("not_asked", 15)])),
            area: None,
            unmet: None,
            asked: None,
            text: None,
        };
        nurse(t, weekdays_after(on, 1), event);
    }
}
