//! Notes, needs that are not met, advocates, and things put right afterwards.

use kinfold_record::{Event, Sensitivity};

use crate::diary::jot;
use crate::dice::{days, plus, weekday, weekdays_after};
use crate::family::Story;
use crate::tale::{Tale, code};
use crate::words;

/// Tells them.
pub fn tell(t: &mut Tale<'_>) {
    let life = t.life;
    for period in &life.periods {
        let until = t.until(period);
        let mut on = plus(period.start, t.diary.dice.between(4, 150));
        while on < until {
            let age = t.age(on);
            let (topic, text) = if t.plain {
                ("call", "Call with the carer.".to_owned())
            } else {
                words::note(&mut t.diary.dice, life, age)
            };
            let level = if topic == "health" { Sensitivity::Health } else { Sensitivity::Ordinary };
            let by = t.worker(on);
            t.diary.add(
                jot(weekday(on).max(period.start), by, Event::Note { text, topic: Some(code(topic)) })
                    .level(level),
            );
            on = plus(on, t.diary.dice.between(170, 500));
        }
        advocate(t, period.start, until);
        unmet(t, period.start, until);
        complaint(t, period.start, until);
    }
    corrections(t);
}

fn advocate(t: &mut Tale<'_>, start: jiff::civil::Date, until: jiff::civil::Date) {
    if t.life.story == Story::ShortBreaks {
        return;
    }
    let from = start.max(t.birthday(5));
    let old = days(from, t.diary.today) > 330;
    // Offered in days: in time, late, or left until somebody asks.
    for (offer, in_time, late) in
        [("advocate", (4, 26), (34, 70)), ("independent_visitor", (40, 176), (190, 250))]
    {
        let unwilling = if offer == "independent_visitor" && from == start { 5 } else { 0 };
        let dice = &mut t.diary.dice;
        let (least, most) = match dice.weighted(&[(0, 82), (1, 10), (2, 4), (3, unwilling)]) {
            0 => in_time,
            1 => late,
            3 => {
                unwanted(t, start, from);
                continue;
            }
            _ if old => (late.1, late.1 + 80),
            _ => continue,
        };
        let on = weekday(plus(from, dice.between(least, most))).max(from);
        if on < until {
            let accepted = Some(t.diary.dice.often(350));
            t.happened(on, Event::AdvocacyOffered { offer: code(offer), accepted });
        }
    }
}

/// A child who wants to meet nobody new.
fn unwanted(t: &mut Tale<'_>, start: jiff::civil::Date, from: jiff::civil::Date) {
    let Some(began) = t.turn_of(start, |e| matches!(e, Event::CareStarted { .. })) else { return };
    let on = weekday(plus(from, t.diary.dice.between(60, 170)));
    let text = "Asked twice, and does not want to meet anybody new. It will be asked again next year.";
    t.excused(on, "advocacy.independent_visitor", began, "child_refused", text);
}

fn unmet(t: &mut Tale<'_>, start: jiff::civil::Date, until: jiff::civil::Date) {
    if !t.diary.dice.often(90) {
        return;
    }
    // Long enough in care to have waited for something.
    let from = plus(start, 45);
    if from >= until {
        return;
    }
    let raised = weekday(t.diary.dice.day(from, until)).max(from);
    let (need, text) = words::unmet(&mut t.diary.dice, t.life);
    let by = if matches!(need, "health" | "wellbeing") { t.crew.nurse.person } else { t.worker(raised) };
    t.recorded(raised, by, Event::UnmetNeedRaised { need: code(need), text });
    let late = t.diary.dice.often(220);
    let wait = if late { t.diary.dice.between(16, 50) } else { t.diary.dice.between(3, 13) };
    let answered = plus(raised, wait);
    // Unanswered needs climb: after some months one has been answered.
    let old = days(raised, t.diary.today) > 120;
    if t.diary.dice.often(800) || old {
        let text =
            "A date has been given and the child has been told. It will be checked at the next review."
                .to_owned();
        t.happened(answered, Event::UnmetNeedAnswered { need: code(need), text });
    }
}

fn complaint(t: &mut Tale<'_>, start: jiff::civil::Date, until: jiff::civil::Date) {
    if t.age(start) < 9 || !t.diary.dice.often(35) {
        return;
    }
    let made = weekday(t.diary.dice.day(start, until)).max(start);
    let about = "I was moved on a Friday and nobody told me until I came out of school. I want to know who decided that.";
    t.happened(made, Event::ComplaintMade { stage: 1, text: Some(about.to_owned()) });
    let late = t.diary.dice.often(180);
    let answered = weekdays_after(made, t.diary.dice.between(4, if late { 18 } else { 10 }));
    if t.diary.dice.often(850) || days(made, t.diary.today) > 120 {
        let answer = "We said sorry in person, explained who decided and why, and agreed how you will hear first next time.";
        t.happened(answered, Event::ComplaintAnswered { stage: 1, text: Some(answer.to_owned()) });
        if t.diary.dice.often(280) {
            second_stage(t, plus(answered, 9));
        }
    }
}

/// The answer was not enough: investigated within twenty-five working days, or some weeks more.
fn second_stage(t: &mut Tale<'_>, asked: jiff::civil::Date) {
    let asked = weekday(asked);
    let text = "Sorry is not enough. I want it written down what will be different.".to_owned();
    t.happened(asked, Event::ComplaintMade { stage: 2, text: Some(text) });
    let late = t.diary.dice.often(300);
    let wait = if late { t.diary.dice.between(28, 55) } else { t.diary.dice.between(15, 24) };
    let text = "Found in your favour. Three things change, and you were asked about each.".to_owned();
    t.happened(weekdays_after(asked, wait), Event::ComplaintAnswered { stage: 2, text: Some(text) });
}

/// Now and then a visit was written down on the wrong day, or as alone when it was not.
fn corrections(t: &mut Tale<'_>) {
    if !t.diary.dice.often(60) {
        return;
    }
    let visits: Vec<_> = t
        .diary
        .entries()
        .iter()
        .filter(|e| matches!(e.event, Event::Visit { seen: true, .. }))
        .cloned()
        .collect();
    if visits.is_empty() {
        return;
    }
    let old = visits[t.diary.dice.below(visits.len())].clone();
    let mut event = old.event.clone();
    if let Event::Visit { seen_alone, not_alone_reason, .. } = &mut event {
        if *seen_alone == Some(true) {
            *seen_alone = Some(false);
            *not_alone_reason = Some(code("unable"));
        } else {
            *seen_alone = Some(true);
            *not_alone_reason = None;
        }
    }
    let wait = t.diary.dice.between(2, 30);
    t.diary.amend(old.id, wait, event, None);
}
