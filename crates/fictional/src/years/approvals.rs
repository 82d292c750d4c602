//! Approvals and notices that coming into care and each home ask for (CPPCR 2010 regs 11-14, 18, 23-25): done, done
//! late, or missing.

use jiff::civil::Date;
use kinfold_record::{Event, PersonId};

use crate::dice::{days, plus, weekdays_after};
use crate::family::Story;
use crate::tale::{Stay, Tale, code};

/// Tells approvals and notices.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        if life.story != Story::ShortBreaks {
            coming_into_care(t, period.start);
        }
        if let Some((end, _, _)) = period.end {
            let (officer, by) = (t.crew.nominated_officer, t.worker(end));
            if t.diary.dice.often(940) {
                let on = plus(end, -t.diary.dice.between(1, 20)).max(period.start);
                // From sixteen, and not under an order, it is for the director (CPPCR 2010 reg 39(5)).
                let order = t.statuses.iter().rev().find(|(from, _)| *from <= on).map(|(_, status)| *status);
                if t.age(end) >= 16 && order == Some("V2") {
                    let director = t.crew.director;
                    t.recorded(on, director, approval("ceasing", "director", director));
                } else {
                    t.recorded(on, officer, approval("ceasing", "nominated_officer", officer));
                }
            }
            if t.age(end) >= 16 && t.diary.dice.often(800) {
                let on = plus(end, -t.diary.dice.between(0, 15)).max(period.start);
                t.recorded(on, by, notice("leaving_care", &["icb", "gp", "designated_nurse"], &[]));
            }
        }
    }
    if life.story == Story::ShortBreaks {
        return;
    }
    let stays = t.stays.clone();
    for (number, stay) in stays.iter().enumerate() {
        home(t, stay, number > 0);
        if stays.get(number + 1).is_some_and(|next| next.start == stay.end) {
            leaving_home(t, stay);
        }
    }
}

fn approval(what: &'static str, capacity: &'static str, by: PersonId) -> Event {
    Event::ApprovalGiven {
        approval: code(what),
        approver: Some(code(capacity)),
        approved_by: Some(by),
        text: None,
    }
}

fn notice(about: &'static str, to: &[&'static str], withheld: &[&'static str]) -> Event {
    let codes = |list: &[&'static str]| (!list.is_empty()).then(|| list.iter().copied().map(code).collect());
    let reason = match withheld {
        [] => None,
        ["parent"] => Some("Nobody knows how to reach them.".to_owned()),
        _ => Some("Telling them the address could put the child or the carers at risk.".to_owned()),
    };
    Event::NoticeSent { notice: code(about), recipients: codes(to), withheld_from: codes(withheld), reason }
}

/// On time, late or not yet: the day something was done that was due by `due`. What was forgotten is found in the end.
fn done(t: &mut Tale<'_>, from: Date, due: Date, late_by: i32) -> Option<Date> {
    let old = days(due, t.diary.today) > 120;
    let dice = &mut t.diary.dice;
    match dice.weighted(&[(0, 85), (1, 11), (2, 4)]) {
        0 => Some(plus(from, dice.between(0, days(from, due).max(0)))),
        1 => Some(plus(due, dice.between(1, late_by))),
        _ if old => Some(plus(due, dice.between(late_by, late_by + 60))),
        _ => None,
    }
}

fn coming_into_care(t: &mut Tale<'_>, start: Date) {
    let due = weekdays_after(start, 5);
    if let Some(on) = done(t, start, due, 12) {
        t.happened(on, notice("health_coming_into_care", &["designated_nurse", "icb", "gp"], &[]));
        if t.diary.dice.often(860) {
            let seen = weekdays_after(on, t.diary.dice.between(0, 4));
            let nurse = t.crew.clerk.person;
            t.recorded(
                seen,
                nurse,
                Event::NoticeAcknowledged {
                    notice: code("health_coming_into_care"),
                    recipient: code("designated_nurse"),
                },
            );
        }
    }
    let two_days = weekdays_after(start, 2);
    if let Some(on) = done(t, start, two_days, 6) {
        t.happened(on, notice("iro_service", &["reviewing_officer"], &[]));
    }
    if t.life.story == Story::Alone {
        transfer(t, start);
    }
}

/// The National Transfer Scheme: referred within ten working days, or kept because the county is below its share.
fn transfer(t: &mut Tale<'_>, start: Date) {
    let due = weekdays_after(start, 10);
    if t.diary.dice.often(620) {
        if let Some(on) = done(t, plus(start, 2), due, 20) {
            t.happened(on, notice("unaccompanied_transfer", &["area_authority"], &[]));
        }
        return;
    }
    // Nothing to excuse before the protocol asked for it.
    if start < jiff::civil::date(2025, 6, 9) {
        return;
    }
    let Some(known) = t.turn_of(start, |e| matches!(e, Event::AsylumStatus { .. })) else { return };
    let on = weekdays_after(start, t.diary.dice.between(3, 9));
    let text = "We are below our share and keep the young person here.";
    t.excused(on, "uasc.transfer", known, "not_applicable", text);
}

/// All who knew the home are told that it ends, when the child moves on within care.
fn leaving_home(t: &mut Tale<'_>, stay: &Stay) {
    let began = t.turn_of(stay.start, |e| matches!(e, Event::PlacementStarted { .. }));
    if let Some(began) = began
        && t.diary.dice.often(25)
    {
        let text = "All were told by letter before the move. The letters are in the paper file.";
        t.excused(plus(stay.end, 4), "notify.placement_ending", began, "recorded_elsewhere", text);
        return;
    }
    let due = weekdays_after(stay.end, 10);
    if let Some(on) = done(t, plus(stay.end, -6).max(stay.start), due, 20) {
        let to = ["child", "parent", "carer", "gp", "school", "reviewing_officer", "icb"];
        let to = if t.life.story == Story::Alone || t.family.hidden { &to[2..] } else { &to[..] };
        t.happened(on, notice("placement_ending", to, &[]));
    }
}

fn home(t: &mut Tale<'_>, stay: &Stay, moved: bool) {
    let due = weekdays_after(stay.start, 5);
    let hidden = t.family.hidden || stay.basis == "adoption";
    let withheld: &[&'static str] = match t.life.story {
        _ if hidden => &["parent", "last_carer"],
        // Nobody knows where they are.
        Story::Alone => &["parent"],
        _ => &[],
    };
    let to: &[&'static str] = if hidden || t.life.story == Story::Alone {
        &["child", "gp", "school", "reviewing_officer", "icb"]
    } else {
        &["child", "parent", "gp", "school", "reviewing_officer", "icb"]
    };
    let start = stay.start;
    if let Some(on) = done(t, start, due, 15) {
        t.happened(on, notice("placement", to, withheld));
    }
    if moved && let Some(on) = done(t, start, due, 20) {
        t.happened(on, notice("health_move", &["designated_nurse", "icb", "gp"], &[]));
    }
    let (officer, director) = (t.crew.nominated_officer, t.crew.director);
    let before = plus(start, -3);
    match stay.location {
        "adjoining" => away(t, before, start, approval("out_of_area", "nominated_officer", officer), officer),
        "distant" | "outside_england" => {
            away(t, before, start, approval("at_distance", "director", director), director)
        }
        _ => {}
    }
    if stay.location != "in_area"
        && let Some(on) = done(t, start, due, 15)
    {
        t.happened(on, notice("area_authority", &["area_authority"], &[]));
        if t.diary.dice.often(550) {
            let seen = plus(on, t.diary.dice.between(2, 25));
            t.happened(
                seen,
                Event::NoticeAcknowledged {
                    notice: code("area_authority"),
                    recipient: code("area_authority"),
                },
            );
        }
    }
    for (basis, what) in [
        ("with_parents", "placement_with_parents"),
        ("with_parents_early", "placement_with_parents_early"),
        ("temporary_approval", "temporary_approval"),
        ("outside_terms", "outside_terms"),
    ] {
        if stay.basis == basis {
            away(t, before, start, approval(what, "nominated_officer", officer), officer);
        }
    }
    if stay.basis == "temporary_approval" && days(start, stay.end) > 112 && t.diary.dice.often(600) {
        let on = plus(start, t.diary.dice.between(101, 111));
        t.recorded(on, officer, approval("temporary_approval_extension", "nominated_officer", officer));
    }
    if stay.disrupts {
        away(t, before, start, approval("ks4_move", "nominated_officer", officer), officer);
    }
    if stay.basis == "with_parents_early" {
        // The decision, once the assessment is there.
        let on = plus(start, 14);
        if on < stay.end {
            t.recorded(on, officer, approval("placement_with_parents", "nominated_officer", officer));
        }
    }
    if stay.basis == "adoption" {
        let on = plus(start, -17);
        t.recorded(on, director, approval("adoption_match", "agency_decision_maker", director));
    }
}

/// An approval that is due before the home starts.
fn away(t: &mut Tale<'_>, before: Date, start: Date, event: Event, by: PersonId) {
    if let Some(on) = done(t, before, start, 14) {
        // Not before the child was known to us at all.
        let first = t.life.periods.first().map_or(start, |p| p.start);
        t.recorded(on.max(first), by, event);
    }
}
