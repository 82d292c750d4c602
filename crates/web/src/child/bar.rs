//! The bar that says whose page this is, and the ways on from it.

use jiff::civil::Date;
use kinfold_casework::{Action, Book, ChildHandle};
use kinfold_look::identity::Identity;
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::{Markup, date, html};
use kinfold_record::{SpellKind, Subject, Timeline};

/// The identity bar.
pub(crate) fn bar(handle: &ChildHandle, timeline: &Timeline, book: &Book, today: Date) -> Markup {
    let mut facts = Vec::new();
    if let Some(born) = timeline.born {
        facts.push(("Age".to_owned(), date::age_words(born, today)));
        if handle.may.has(Action::ViewIdentity) {
            facts.push(("Born".to_owned(), date::short(born)));
        }
    }
    facts.push(("Reference".to_owned(), handle.reference.clone()));
    if let Some(status) = timeline.status_on(today) {
        facts.push((
            "Legal status".to_owned(),
            format!("{} ({})", book.guidance.codes.title("legal_status", &status.code), status.code),
        ));
    }
    let mut alerts = Vec::new();
    if handle.restricted {
        alerts.push("Restricted record".to_owned());
    }
    if timeline.missing.last().is_some_and(|m| m.end.is_none() && m.start <= today) {
        alerts.push("Missing or away now".to_owned());
    }
    if timeline.placement_on(today).is_some_and(|p| p.address_confidential) {
        alerts.push("Confidential address".to_owned());
    }
    if timeline.holds(SpellKind::LibertyOrder, today) {
        alerts.push("Deprivation of liberty order".to_owned());
    }
    let identity = &timeline.identity;
    html! {
        (crate::safety::emergency::band(handle))
        (Identity { name: identity.name(), href: format!("/children/{}", handle.id()), facts, alerts, words: None })
    }
}

/// Which of a child's pages is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Here {
    Overview,
    /// What is over: reached from the overview, not a tab of its own.
    Done,
    Chronology,
    Record,
    Health,
    Reviews,
    Forms,
    Circle,
    Voice,
    Carers,
    Return,
    Access,
}

/// The pages of one child.
pub(crate) fn tabs(handle: &ChildHandle, here: Here) -> Markup {
    let base = format!("/children/{}", handle.id());
    let mut tabs = vec![Tab::new("Overview", base.clone(), here == Here::Overview)];
    let may = handle.may;
    if may.has(Action::ViewChronology) {
        tabs.push(Tab::new("Chronology", format!("{base}/chronology"), here == Here::Chronology));
    }
    if may.may_record_something() {
        tabs.push(Tab::new("Record what happened", format!("{base}/record"), here == Here::Record));
    }
    tabs.push(Tab::new("Forms", format!("{base}/forms"), here == Here::Forms));
    if handle.subject == Subject::Child {
        tabs.push(Tab::new("Health", format!("{base}/health"), here == Here::Health));
    }
    if handle.subject == Subject::Child && may.has(Action::ViewChronology) {
        tabs.push(Tab::new("Reviews", format!("{base}/reviews"), here == Here::Reviews));
    }
    tabs.push(Tab::new("Circle", format!("{base}/circle"), here == Here::Circle));
    if handle.subject == Subject::Child {
        tabs.push(Tab::new("What they said", format!("{base}/voice"), here == Here::Voice));
    }
    if may.has(Action::AnswerCarer) && handle.subject == Subject::Child {
        tabs.push(Tab::new("Carers", format!("{base}/carers"), here == Here::Carers));
    }
    if may.has(Action::CorrectEntry) && handle.subject == Subject::Child {
        tabs.push(Tab::new("Statutory return", format!("{base}/return"), here == Here::Return));
    }
    if may.has(Action::ViewAccessLog) {
        tabs.push(Tab::new("Who looked", format!("{base}/access"), here == Here::Access));
    }
    let label = match handle.subject {
        Subject::Child => "This child",
        Subject::Carer => "These carers",
        Subject::Home => "This home",
    };
    sub_navigation(label, &tabs)
}
