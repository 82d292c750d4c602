//! What carers promised, what they may decide, and what they wrote and asked in the last weeks.

use jiff::civil::Date;
use kinfold_record::{Event, PersonId, Sensitivity};
use smol_str::SmolStr;

use crate::diary::jot;
use crate::dice::{plus, weekday, weekdays_after};
use crate::family::Story;
use crate::tale::{Stay, Tale, code};

/// Tells it.
pub fn tell(t: &mut Tale<'_>) {
    if t.life.story == Story::ShortBreaks {
        return;
    }
    for stay in t.stays.clone() {
        // Of homes that were left, what was decided stands in the paper plan.
        let told = stay.open;
        if told && matches!(stay.code, "U1" | "U2" | "U3" | "U4" | "U5" | "U6") && stay.basis != "adoption" {
            decided(t, &stay);
        }
    }
    let Some(stay) = t.stays.last().filter(|stay| stay.open).cloned() else { return };
    let Some(carer) = stay.carer else { return };
    if !matches!(stay.code, "U1" | "U3" | "U4" | "U5" | "U6") {
        return;
    }
    // Some have not come round to it yet.
    if t.diary.child.0.as_u128() % 11 == 3 {
        return;
    }
    signed(t, &stay, carer);
    if writes(t) {
        known(t, &stay);
        lately(t, &stay, carer);
    }
}

/// Whether these carers use their space to write and ask: one in four.
fn writes(t: &Tale<'_>) -> bool {
    t.diary.child.0.as_u128() % 4 == 1
}

fn signed(t: &mut Tale<'_>, stay: &Stay, carer: PersonId) {
    let on = stay.start.max(t.diary.since).max(plus(t.diary.today, -900));
    let event = Event::UndertakingSigned {
        account: carer.to_string().into(),
        words: code("confidentiality"),
        version: 1,
        name: stay.carer_name.clone(),
    };
    t.recorded(on, carer, event);
}

/// Who decides what: one thing at the least for every home, and most of the list for the one of today.
fn decided(t: &mut Tale<'_>, stay: &Stay) {
    const NOW: [(&str, &str, Option<&str>); 6] = [
        ("health_emergency", "carer", Some("Ring the social worker as soon as you can.")),
        ("health_routine", "carer", None),
        ("school_trip_day", "carer", None),
        ("home_sleepover", "carer", Some("You know the family, and they know how to reach you.")),
        ("home_haircut", "carer", Some("A trim, yes. A new style: the parents are asked first.")),
        ("online_photo", "authority", Some("Not with the name.")),
    ];
    let late = t.diary.dice.often(110);
    let wait = if late { t.diary.dice.between(7, 30) } else { t.diary.dice.between(0, 4) };
    let on = weekdays_after(stay.start, wait);
    if on >= stay.end || on >= t.diary.today {
        return;
    }
    let most = if stay.open && stay.carer.is_some() && writes(t) { NOW.len() } else { 1 };
    for (decision, decides, conditions) in NOW.into_iter().take(most) {
        let event = Event::DelegationDecided {
            decision: code(decision),
            decides: code(decides),
            conditions: conditions.filter(|_| !t.plain).map(str::to_owned),
            consulted: (!t.plain).then(|| vec![code("parent"), code("foster_carer")]),
            source: Some(code("placement_plan")),
            child_words: None,
            review_on: None,
        };
        t.happened(on, event);
    }
}

fn known(t: &mut Tale<'_>, stay: &Stay) {
    if t.plain {
        return;
    }
    let on = plus(stay.start, 2).max(plus(t.diary.today, -500));
    let small = t.age(t.diary.today) < 5;
    let topics: [(&str, &str); 4] = if small {
        [
            ("routine", "Bath, a story, then bed at seven with the small light on. Wakes at six."),
            ("comfort", "The grey rabbit, and being carried. Loud voices make it worse."),
            ("risk", "Climbs. The stair gate stays shut, and the back door locked."),
            (
                "who_may_see",
                "Mum on Wednesdays at the centre. Nobody is met in the street; ring the social worker if somebody turns up.",
            ),
        ]
    } else {
        [
            (
                "routine",
                "Up at seven for the bus. Phone downstairs at nine, lights out when it suits the age.",
            ),
            ("comfort", "Time alone first, then a walk or a game. Asking questions at once makes it worse."),
            (
                "risk",
                "Leaves when things get too much. Usually at the park or with a friend: ring the friend first, then the number below.",
            ),
            ("who_may_see", "Mum every second Saturday. Dad only when the social worker has said so."),
        ]
    };
    for (topic, text) in topics {
        if t.diary.dice.often(700) {
            t.happened(on, Event::NeedToKnow { topic: code(topic), text: text.to_owned() });
        }
    }
}

fn lately(t: &mut Tale<'_>, stay: &Stay, carer: PersonId) {
    let today = t.diary.today;
    let on = |days: i32| weekday(plus(today, -days));
    if on(24) <= stay.start || t.plain {
        return;
    }
    let note = |n: u32, topic: &'static str, day: Date, text: &str| Event::CarerLogWritten {
        log: SmolStr::new(format!("note-{n}")),
        topic: code(topic),
        urgent: false,
        day,
        text: text.to_owned(),
        follows: None,
    };
    let answered = |n: u32, outcome: &'static str, text: &str| Event::CarerLogAnswered {
        log: SmolStr::new(format!("note-{n}")),
        outcome: code(outcome),
        text: Some(text.to_owned()),
    };
    let own = |t: &mut Tale<'_>, day: Date, by: PersonId, event: Event| {
        t.diary.add(jot(day, by, event).level(Sensitivity::Carer));
    };
    let proud = "We made pancakes, and the second one did not land on the floor. Very proud, and wants to make them for everyone on Sunday.";
    own(t, on(23), carer, note(1, "achievement", on(23), proud));
    let worker = t.worker(on(21));
    own(t, on(21), worker, answered(1, "accepted", "Thank you, this is lovely to read."));
    let taken = Event::CarerNote {
        log: code("note-1"),
        topic: code("achievement"),
        text: proud.to_owned(),
        written_by: Some(carer),
    };
    t.diary.add(jot(on(21), worker, taken));
    own(
        t,
        on(9),
        carer,
        note(
            2,
            "family_time",
            on(9),
            "Quiet after family time and did not want supper. Better after an hour.",
        ),
    );
    let worker = t.worker(on(7));
    own(t, on(7), worker, answered(2, "sent_back", "Thank you. Was it the same after the last time?"));
    own(
        t,
        on(1),
        carer,
        note(3, "day", on(1), "A good day. Homework done before tea, and an hour on the bikes."),
    );
    let asked = Event::CarerAsked {
        question: code("asked-1"),
        text: "May we go to my sister in Wales for the weekend of the fair?".to_owned(),
        decision: Some(code("home_holiday")),
        reply_from: Some(t.worker(on(16))),
        reply_role: Some(code("social_worker")),
    };
    own(t, on(16), carer, asked);
    let worker = t.worker(on(14));
    let reply = Event::CarerReplied {
        question: code("asked-1"),
        text: "Yes. Send me the address and a number for you there.".to_owned(),
    };
    own(t, on(14), worker, reply);
    let open = Event::CarerAsked {
        question: code("asked-2"),
        text: "The dentist asks about a brace. Who signs for that?".to_owned(),
        decision: Some(code("health_planned")),
        reply_from: Some(t.worker(on(3))),
        reply_role: Some(code("social_worker")),
    };
    own(t, on(3), carer, open);
}
