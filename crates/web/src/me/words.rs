//! Plain words for codes, as a child reads them. Short words, short lines.

use jiff::civil::Date;
use kinfold_casework::me::{Next, NextThing, OwnPerson};
use kinfold_look::date;

/// What somebody is to the child, and what they do for them.
pub(crate) fn role(code: &str) -> (&'static str, &'static str) {
    match code {
        "social_worker" => {
            ("My social worker", "They come to see you. They make the plan with you and help keep you safe.")
        }
        "cover_worker" => {
            ("Stands in for my social worker", "They help you when your social worker is away.")
        }
        "team_manager" => {
            ("My social worker’s boss", "They check that your social worker does what they should.")
        }
        "reviewing_officer" => {
            ("My reviewing officer", "They run your review. They see to it that we all keep our word to you.")
        }
        "personal_adviser" => ("My adviser", "They help you get set for life as an adult."),
        "looked_after_nurse" => {
            ("My nurse", "They help you stay well. You can ask them about your body and your mind.")
        }
        "designated_doctor" | "gp" => {
            ("My doctor", "They help when you are ill and check that you are well.")
        }
        "health_visitor" => ("My health visitor", "They check that small children grow well."),
        "therapist" => ("My therapist", "They help with big feelings."),
        "designated_teacher" => ("My teacher for this", "They look out for you at school."),
        "virtual_school" => ("My school adviser", "They check that your school does its best for you."),
        "foster_carer" => ("My carer", "You live with them. They look after you each day."),
        "residential_worker" => {
            ("My key worker at home", "They look out for you in the home where you live.")
        }
        "supervising_social_worker" => ("My carer’s social worker", "They help your carer look after you."),
        "advocate" => ("My advocate", "They are on your side. They help you say what you want."),
        "independent_visitor" => {
            ("My visitor", "A grown-up friend who comes to see you and does fun things with you.")
        }
        "parent" => ("My mum or dad", "They are your family."),
        "relative" => ("My family", "They are your family."),
        "sibling" => ("My brother or sister", "They are your family."),
        "guardian" => ("My guardian", "They tell the court what is best for you."),
        "solicitor" => ("My solicitor", "They speak for you in court."),
        _ => ("Helps me", "They help you."),
    }
}

/// Where a review is, as a child says it.
pub(crate) fn place(code: &str) -> &'static str {
    match code {
        "home" => "Where you live",
        "school" => "At school",
        "office" => "At an office",
        "outside" => "A place you like",
        "video" => "By video",
        "none" => "We talk with each of you on your own",
        _ => "We will tell you",
    }
}

/// A name, or what they are.
pub(super) fn name(person: &OwnPerson) -> String {
    person.name.clone().unwrap_or_else(|| role(&person.role).0.to_owned())
}

/// What is being said: the words of the choice, and what they mean.
pub(super) fn topic(code: &str) -> (&'static str, &'static str) {
    match code {
        "feelings" => ("How I feel", "Good, bad or in between."),
        "going_well" => ("What is going well", "Things you like as they are."),
        "change" => ("What I want to change", "Things you want to be different."),
        "question" => ("I have a question", "Ask us what you like."),
        "worry" => ("I have a worry", "Tell us and we will help."),
        "good_news" => ("I have good news", "We want to hear it."),
        "complaint" => {
            ("I want to complain", "Tell us what went wrong. It goes to the boss, and they must write back.")
        }
        "who_looked" => ("Who looked at my record", "Ask why someone looked."),
        "help_now" => ("I need help now", "Someone will come to you fast."),
        _ => ("Something else", ""),
    }
}

/// Topics a child starts with, in order.
pub(super) const TOPICS: [&str; 7] =
    ["feelings", "going_well", "change", "question", "worry", "good_news", "complaint"];

/// A feeling in words.
pub(super) fn feeling(code: &str) -> &'static str {
    match code {
        "great" => "Really good",
        "good" => "Good",
        "okay" => "OK",
        "low" => "Not so good",
        _ => "Really bad",
    }
}

/// Feelings from best to worst.
pub(super) const FEELINGS: [&str; 5] = ["great", "good", "okay", "low", "bad"];

/// What comes next, in one line.
pub(super) fn next(thing: &NextThing, today: Date) -> String {
    let when = match (thing.on - today).get_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("on {}", date::long(thing.on)),
    };
    let by = match (thing.on - today).get_days() {
        0 => "today".to_owned(),
        1 => "by tomorrow".to_owned(),
        _ => format!("by {}", date::long(thing.on)),
    };
    match (thing.what, thing.exact) {
        (Next::Review, true) => format!("Your review is {when}."),
        (Next::Review, false) => format!("Your next review will be {by}."),
        (Next::Visit, _) => format!("Your social worker will come to see you {by}."),
        (Next::HealthCheck, _) => format!("You have a health check {when}."),
        (Next::Dentist, _) => format!("You see the dentist {when}."),
        (Next::SchoolPlan, true) => format!("We talk about your plan for school {when}."),
        (Next::SchoolPlan, false) => format!("We will talk about your plan for school {by}."),
    }
}

/// A plan, as it is called for a child.
pub(super) fn plan(code: &str) -> &'static str {
    match code {
        "care_plan" => "My care plan",
        "placement_plan" => "The plan for where I live",
        "pathway_plan" => "My plan for when I am an adult",
        "health_plan" => "The plan to keep me well",
        "personal_education_plan" => "My plan for school",
        _ => "A plan for me",
    }
}

/// Who has promised something.
pub(super) fn owner(code: &str) -> &'static str {
    match code {
        "social_worker" => "Your social worker",
        "foster_carer" | "carer" => "Your carer",
        "personal_adviser" => "Your adviser",
        "designated_nurse" | "nurse" => "Your nurse",
        "designated_doctor" | "doctor" => "Your doctor",
        "designated_teacher" | "school" => "Your school",
        "child" | "young_person" => "You",
        "team_manager" => "Your social worker’s boss",
        _ => "One of your people",
    }
}

/// What became of a promise.
pub(super) fn outcome(code: &str) -> &'static str {
    if code.starts_with("done") || code == "yes" { "Done" } else { "Not done. Ask us why" }
}

/// What somebody did with the record, in words a child knows.
pub(super) fn deed(action: &str, page: &str) -> &'static str {
    if action.starts_with("export") {
        return "took a copy of part of your record";
    }
    match (action, page) {
        ("record", _) => "wrote in your record",
        ("view_voice", _) => "read what you said",
        ("reply_to_child", _) => "wrote back to you",
        ("view_chronology", _) => "read your story so far",
        ("view_child", "health" | "health_passport") => "looked at your health page",
        ("view_circle", _) => "looked at who your people are",
        ("view_duty", _) => "looked at what they must do for you",
        ("view_form" | "start_form" | "fill_form" | "submit_form" | "view_document" | "save_draft", _) => {
            "worked on a form about you"
        }
        ("view_access_log" | "export_access_log", _) => "looked at who has read your record",
        ("break_glass" | "review_break_glass", _) => "opened your record because it was urgent",
        ("prepare_copy" | "release_sensitive" | "refuse_copy" | "take_copy_back", _) => {
            "looked at what someone outside may read about you"
        }
        ("send_copy", _) => "sent someone a part of your record to read",
        ("ask_outside", _) => "asked someone to help with a form about you",
        ("view_child", _) => "looked at your page",
        _ => "worked on your record",
    }
}

/// Why they say they did it.
pub(super) fn why(purpose: &str) -> &'static str {
    match purpose {
        "direct_care" => "to help look after you",
        "management" => "to check that we do our job well",
        "statutory_return" => "to send numbers to the government. Your name is left out",
        "safeguarding" => "to keep you safe",
        "audit" => "to check that rules are kept",
        _ => "to help make this work",
    }
}
