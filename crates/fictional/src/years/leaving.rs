//! From sixteen: the needs assessment, the pathway plan, the adviser's visits and keeping in touch.

use jiff::civil::Date;
use kinfold_record::Event;

use crate::dice::{birthday, days, months, plus, weekday};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::words;

/// Tells it for everyone who is or was an eligible child.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    let (Some(first), Some(last)) = (life.periods.first(), life.periods.last()) else { return };
    if matches!(life.story, Story::ShortBreaks | Story::Ceased) {
        return;
    }
    let eligible = birthday(life.born, 16).max(plus(first.start.max(birthday(life.born, 14)), 91));
    let ends = last.end.map_or(t.diary.today, |(end, _, _)| end);
    if eligible >= ends.min(t.diary.today) {
        return;
    }
    let planned = before(t, eligible);
    let until = if life.story == Story::Leaver && last.end.is_some() { t.diary.today } else { ends };
    reviewed(t, planned, until);
    consultation(t, until);
    if life.story == Story::Leaver
        && let Some((end, _, _)) = last.end
    {
        after(t, end);
    }
}

/// Needs assessed within three months of becoming eligible, then the plan. The day of the plan.
fn before(t: &mut Tale<'_>, eligible: Date) -> Date {
    let due = months(eligible, 3);
    let on = match t.diary.dice.weighted(&[(0, 80), (1, 13), (2, 7)]) {
        0 => plus(due, -t.diary.dice.between(0, 60)),
        1 => plus(due, t.diary.dice.between(3, 50)),
        _ => plus(due, t.diary.dice.between(90, 200)),
    };
    let by = t.crew.adviser.person;
    let text = t.text(|_, life| words::about(life, "{name} cooks, budgets and gets up for work. {they} wants help with forms, and someone to ring on a bad night."));
    t.recorded(weekday(on), by, Event::NeedsAssessed { text });
    let late = t.diary.dice.often(120);
    let planned = plus(on, t.diary.dice.between(7, if late { 55 } else { 29 }));
    let agreed_by = Some(vec![code("child"), code("manager")]);
    t.recorded(
        weekday(planned),
        by,
        Event::PlanMade { plan: code("pathway_plan"), signed: Some(true), agreed_by, child_wishes: None },
    );
    planned
}

fn reviewed(t: &mut Tale<'_>, planned: Date, until: Date) {
    let by = t.crew.adviser.person;
    let open = until == t.diary.today;
    after_moves(t, planned);
    for on in t.rhythm(planned, until, open, |_, last| months(last, 6)) {
        t.recorded(on, by, Event::PlanReviewed { plan: code("pathway_plan"), changed: Some(true) });
        let event = Event::ReviewHeld {
            review: code("pathway"),
            participation: None,
            meeting: Some(true),
            chaired_by: Some(by),
            spoke_alone: Some(true),
            adjourned: Some(false),
            text: None,
            occasion: None,
        };
        t.recorded(on, by, event);
    }
}

/// A young person who moves into a home of ours has the plan looked at within four weeks.
fn after_moves(t: &mut Tale<'_>, planned: Date) {
    let (by, twenty_one) = (t.crew.adviser.person, birthday(t.life.born, 21));
    let moves = moves_to_ours(t).into_iter().filter(|on| *on > planned && *on < twenty_one);
    for on in moves {
        if t.diary.dice.often(60) {
            let text = "Asked us to wait until the exams are over.";
            if let Some(moved) = t.turn_of(on, |e| matches!(e, Event::LeaverMoved { .. })) {
                t.excused(plus(on, 12), "leaving.move_review", moved, "child_request", text);
            }
            continue;
        }
        let late = t.diary.dice.often(150);
        let on = plus(on, if late { t.diary.dice.between(30, 60) } else { t.diary.dice.between(8, 27) });
        t.recorded(weekday(on), by, Event::PlanReviewed { plan: code("pathway_plan"), changed: Some(true) });
    }
}

/// The days of moving into a home that the authority provides.
fn moves_to_ours(t: &Tale<'_>) -> Vec<Date> {
    let ours = |event: &Event| matches!(event, Event::LeaverMoved { provided_by_authority: Some(true), .. });
    t.diary.entries().iter().filter(|e| ours(&e.event)).map(|e| e.happened_on).collect()
}

/// The leaving-care health consultation, in the last half-year before eighteen.
fn consultation(t: &mut Tale<'_>, until: Date) {
    let on = plus(t.birthday(18), -t.diary.dice.between(20, 170));
    if on >= until || !t.diary.dice.often(700) {
        return;
    }
    let nurse = t.crew.nurse.person;
    let event = if t.diary.dice.often(200) {
        Event::HealthAssessmentRefused { assessment: code("leaving_care"), competent: true, text: None }
    } else {
        Event::HealthAssessment {
            assessment: code("leaving_care"),
            practitioner: Some(code("nurse")),
            text: None,
            child_words: None,
            no_words_reason: None,
        }
    };
    t.recorded(weekday(on), nurse, event);
}

fn after(t: &mut Tale<'_>, end: Date) {
    let today = t.diary.today;
    let twenty_one = birthday(t.life.born, 21);
    // To twenty-one in step with the law; after that for those who ask.
    let asks = t.diary.dice.often(420);
    let until = if asks { today } else { today.min(twenty_one) };
    let by = t.crew.adviser.person;
    let lost = t.diary.dice.often(50);
    let out = if lost { plus(until, -t.diary.dice.between(80, 160)) } else { until };
    let mut visits =
        t.rhythm(
            end,
            out,
            out == today,
            |number, last| if number == 0 { plus(last, 7) } else { months(last, 2) },
        );
    // A visit in the first week of every home of ours, most times.
    for on in moves_to_ours(t).into_iter().filter(|on| *on >= end && *on < out) {
        let seen = plus(on, t.diary.dice.between(1, 6));
        if seen < out && t.diary.dice.often(850) && !visits.iter().any(|v| (0..7).contains(&days(on, *v))) {
            visits.push(seen);
        }
    }
    visits.sort_unstable();
    for on in &visits {
        let seen = t.diary.dice.often(910);
        let text = t.text(|dice, life| {
            words::about(life, dice.pick(&[
                "{name} made tea. We did the council tax form and laughed about the wording. Rent is up to date.",
                "{name} has a trial shift on Friday. Bus fare sorted. {they} asked to see {their} file and I explained how.",
                "A hard month. {name} rang, which took courage. GP appointment on Tuesday; I will go too.",
                "{name} showed me the new flat. The cooker is connected. A bed is still owed from the setting-up grant.",
            ]))
        });
        t.recorded(*on, by, Event::AdviserVisit { seen, text });
        // Nobody in: mostly tried again within the fortnight.
        let again = weekday(plus(*on, t.diary.dice.between(4, 13)));
        if !seen && t.diary.dice.often(750) {
            t.recorded(again, by, Event::AdviserVisit { seen: true, text: None });
        }
    }
    contacts(t, end, until, lost);
    if asks && twenty_one < today {
        let on = plus(twenty_one, t.diary.dice.between(5, 200));
        let about = t.diary.dice.weighted(&[("advice", 40), ("education", 25), ("accommodation", 35)]);
        t.recorded(on, by, Event::SupportRequested { about: code(about) });
        supported(t, on, about);
    }
}

/// Who asks after twenty-one is assessed within three months, and unless it is about learning gets a plan again.
fn supported(t: &mut Tale<'_>, asked: Date, about: &'static str) {
    let by = t.crew.adviser.person;
    let late = t.diary.dice.often(150);
    let assessed =
        plus(asked, if late { t.diary.dice.between(95, 130) } else { t.diary.dice.between(15, 58) });
    let text = t.text(|_, life| {
        words::about(
            life,
            "{name} came to ask, which was right. Rent, work and who is there at weekends were gone through.",
        )
    });
    t.recorded(weekday(assessed), by, Event::NeedsAssessed { text });
    if about != "education" {
        let planned = weekday(plus(assessed, t.diary.dice.between(7, 28)));
        let plan = code("pathway_plan");
        t.recorded(
            planned,
            by,
            Event::PlanMade { plan, signed: Some(true), agreed_by: None, child_wishes: None },
        );
    }
}

/// How they are doing, around each birthday and between.
fn contacts(t: &mut Tale<'_>, end: Date, until: Date, lost: bool) {
    let by = t.crew.adviser.person;
    let mut on = plus(end, t.diary.dice.between(40, 120));
    let moves: Vec<(Date, smol_str::SmolStr)> = t
        .diary
        .entries()
        .iter()
        .filter_map(|e| match &e.event {
            Event::LeaverMoved { accommodation, .. } => Some((e.happened_on, accommodation.clone())),
            _ => None,
        })
        .collect();
    let mut doing = t.diary.dice.weighted(&[
        ("F2", 26),
        ("F5", 24),
        ("G5", 24),
        ("F4", 6),
        ("F1", 6),
        ("P2", 5),
        ("G4", 5),
        ("G6", 4),
    ]);
    while on < until {
        let living = moves.iter().rev().find(|(from, _)| *from <= on).map(|(_, kind)| kind.clone());
        let away = lost && plus(on, 200) > until;
        let event = if away {
            Event::LeaverContact {
                in_touch: code("NO"),
                activity: Some(code("0")),
                accommodation: Some(code("0")),
            }
        } else {
            Event::LeaverContact { in_touch: code("YES"), activity: Some(code(doing)), accommodation: living }
        };
        t.recorded(weekday(on), by, event);
        if t.diary.dice.often(300) {
            doing =
                t.diary.dice.weighted(&[("F5", 34), ("G5", 26), ("F2", 18), ("F1", 8), ("F4", 7), ("G6", 7)]);
        }
        on = plus(on, t.diary.dice.between(90, 200));
    }
}
