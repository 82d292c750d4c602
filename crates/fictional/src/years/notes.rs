//! Notes, needs that are not met, advocates, and things put right afterwards.

use kinfold_record::{Event, Sensitivity};

use crate::diary::jot;
use crate::dice::{plus, weekday, weekdays_after};
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
            on = plus(on, t.diary.dice.between(90, 320));
        }
        advocate(t, period.start, until);
        unmet(t, period.start, until);
        complaint(t, period.start, until);
    }
    corrections(t);
}

fn advocate(t: &mut Tale<'_>, start: jiff::civil::Date, until: jiff::civil::Date) {
    if t.age(start) >= 5 && t.diary.dice.often(650) {
        let on = weekday(plus(start, t.diary.dice.between(7, 60))).max(start);
        if on < until {
            let offer = t.diary.dice.weighted(&[("advocate", 80), ("independent_visitor", 20)]);
            let accepted = Some(t.diary.dice.often(350));
            t.happened(on, Event::AdvocacyOffered { offer: code(offer), accepted });
        }
    }
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
    let answered = plus(raised, t.diary.dice.between(3, 45));
    if answered < until && t.diary.dice.often(750) {
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
    let answered = weekdays_after(made, t.diary.dice.between(5, 16));
    if t.diary.dice.often(850) {
        let answer = "We said sorry in person, explained who decided and why, and agreed how you will hear first next time.";
        t.happened(answered, Event::ComplaintAnswered { stage: 1, text: Some(answer.to_owned()) });
    }
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
