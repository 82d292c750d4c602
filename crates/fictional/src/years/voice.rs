//! What young people with an account of their own said in the last weeks, what they were answered and what was decided.

use kinfold_record::{Event, Sensitivity};

use crate::diary::jot;
use crate::dice::{plus, weekday};
use crate::tale::{Tale, code};

/// Tells it.
pub fn tell(t: &mut Tale<'_>) {
    let Some(account) = t.account else { return };
    let today = t.diary.today;
    let on = |days: i32| weekday(plus(today, -days));
    let worker = t.worker(on(30));
    let officer = t.crew.reviewing_officer.person;
    let role = if worker == t.crew.adviser.person { "personal_adviser" } else { "social_worker" };
    for (days, what, text) in [
        (200, "like", "Drawing birds"),
        (198, "dislike", "Being asked how I feel when everyone is listening"),
        (90, "proud", "I swam fifty metres"),
        (60, "activity", "Swimming club on Thursdays"),
    ] {
        let event = Event::AboutMe { what: code(what), text: text.to_owned() };
        t.diary.add(jot(on(days), account, event));
    }
    let decision = Event::DecisionMade {
        subject: "Staying the night with my friend".to_owned(),
        decided: "You can stay the night at your friend’s house. Your carer says when.".to_owned(),
        wanted: Some("I want to stay at my friend’s house like everyone else.".to_owned()),
        reason: Some("Your carer knows the family and it is good for you to have friends.".to_owned()),
        told_by: None,
        told_on: Some(on(44)),
    };
    t.diary.add(jot(on(45), worker, decision));
    let said =
        |voice: &'static str, topic: &'static str, feeling: &'static str, text: &str| Event::VoiceSaid {
            voice: code(voice),
            topic: code(topic),
            text: Some(text.to_owned()),
            feeling: Some(code(feeling)),
            readers: Some(vec![worker, officer]),
            reply_from: Some(worker),
            reply_role: Some(code(role)),
            passed_on: None,
            files: None,
            line: None,
        };
    let asked = said("said-1", "change", "okay", "I want my own key like the others have.");
    t.diary.add(jot(on(40), account, asked).level(Sensitivity::Voice));
    let reply = Event::VoiceReplied {
        voice: code("said-1"),
        text: "Thank you for telling me. I asked your carer. You will get your own key next week.".to_owned(),
        readers: Some(vec![worker, officer]),
    };
    t.diary.add(jot(on(37), worker, reply).level(Sensitivity::Voice));
    let open = said("said-2", "question", "good", "Can I go on the school trip?");
    t.diary.add(jot(on(3), account, open).level(Sensitivity::Voice));
}
