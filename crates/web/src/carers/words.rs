//! Words for what is coming and where something stands.

use jiff::civil::Date;
use kinfold_casework::Book;
use kinfold_casework::carers::{Coming, DiaryLine, LogState, ReplyState};
use kinfold_look::tag::{Colour, tag};
use kinfold_look::{Markup, date, html};

/// What is coming, in words.
pub(super) fn coming(line: &DiaryLine, book: &Book) -> Markup {
    let title = |list: &str, code: &str| book.guidance.codes.title(list, code).to_owned();
    let lower = |text: String| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    };
    html! {
        @match &line.what {
            Coming::Review(time, place) => {
                "Review"
                @if let Some(time) = time { ", " (time) }
                @if let Some(place) = place { ". Where: " (lower(title("review_place", place))) }
            },
            Coming::HealthAssessment(which) => { (title("health_assessment", which)) ": appointment" },
            Coming::Appointment(service) => { "Appointment: " @if service.is_empty() { "health" } @else { (lower(title("referral_service", service))) } },
            Coming::Dentist => "Dentist",
            Coming::Optician => "Eye test",
            Coming::Hearing => "Hearing test",
            Coming::MedicineReview(name) => { "Medicine to be looked at again: " (name) },
            Coming::Decision(code) => { "Who decides is looked at again: " (lower(title("delegated_decision", code))) },
            Coming::VisitBy => "The social worker visits by this day",
            Coming::ReviewBy => "The next review is held by this day",
            Coming::SchoolPlanBy => "The plan for school is looked at by this day",
            Coming::HealthBy => "The health assessment takes place by this day",
            Coming::Mine(title, rule, occurrence) => {
                a.govuk-link href=(format!("/children/{}/duties/{rule}/{occurrence}", line.child)) { (title) }
                " – yours, by this day"
            },
        }
    }
}

/// What is coming, as a calendar says it: calendars are shared, so it names no service, no medicine and no place.
pub(crate) fn in_calendar(what: &Coming) -> String {
    match what {
        Coming::Review(Some(time), _) => format!("Review, {time}"),
        Coming::Review(None, _) => "Review".to_owned(),
        Coming::HealthAssessment(_) => "Health assessment".to_owned(),
        Coming::Appointment(_) => "Appointment".to_owned(),
        Coming::Dentist => "Dentist".to_owned(),
        Coming::Optician => "Eye test".to_owned(),
        Coming::Hearing => "Hearing test".to_owned(),
        Coming::MedicineReview(_) => "Medicine to be looked at again".to_owned(),
        Coming::Decision(_) => "Who decides is looked at again".to_owned(),
        Coming::VisitBy => "The social worker visits by this day".to_owned(),
        Coming::ReviewBy => "The next review is held by this day".to_owned(),
        Coming::SchoolPlanBy => "The plan for school is looked at by this day".to_owned(),
        Coming::HealthBy => "The health assessment takes place by this day".to_owned(),
        Coming::Mine(title, ..) => title.clone(),
    }
}

/// Where a note stands, as its carer reads it.
pub(super) fn state(state: LogState) -> Markup {
    match state {
        LogState::Waiting(_) => tag("Waiting to be read", Colour::Grey),
        LogState::Late(_) => tag("Late: others were told", Colour::Purple),
        LogState::Accepted => tag("In the record", Colour::Teal),
        LogState::SentBack => tag("A question for you", Colour::Purple),
        LogState::Withdrawn => tag("Taken back", Colour::Grey),
    }
}

/// The same in a sentence.
pub(super) fn state_sentence(state: LogState) -> String {
    match state {
        LogState::Waiting(Some(due)) => format!("Somebody reads it by {}.", date::long(due)),
        LogState::Waiting(None) => "Somebody will read it.".to_owned(),
        LogState::Late(due) => {
            format!("It should have been read by {}. Others have been told.", date::long(due))
        }
        LogState::Accepted => "It is part of the record, in your words.".to_owned(),
        LogState::SentBack => "It came back with a question. Write a note that answers it.".to_owned(),
        LogState::Withdrawn => "You took it back. It stays here, marked.".to_owned(),
    }
}

/// Where a question stands.
pub(super) fn reply(state: ReplyState) -> String {
    match state {
        ReplyState::Owed(due) => format!("A reply is owed by {}.", date::long(due)),
        ReplyState::Late(due) => {
            format!("The reply was owed by {}. It is late, and others have been told.", date::long(due))
        }
        ReplyState::Answered => "Answered.".to_owned(),
        ReplyState::Closed => "No reply is owed any more.".to_owned(),
    }
}

/// A day with how far off it is.
pub(super) fn day(on: Date, today: Date) -> String {
    format!("{} ({})", date::long(on), date::relative(on, today))
}
