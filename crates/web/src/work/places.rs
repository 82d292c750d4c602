//! Where to go, for those whose work lies with no child of their own: councillors, clerks, commissioners, administrators.

use kinfold_casework::Actor;
use kinfold_look::card::{Card, cards};
use kinfold_look::{Markup, html};

/// What somebody finds at a place.
fn found_at(href: &str) -> &'static str {
    match href {
        "/board" => "What is due, late and stuck, for every child you may count.",
        "/health" => "The health team’s children: who waits for what, and since when.",
        "/measures" => "How the council does as a parent: figures by year, and what each of them counts.",
        "/plans" => "Action plans, self-assessments, the panel and its papers, reports and promises.",
        "/inspection" => "The lists of an inspection, and the figures behind its pack.",
        "/surveys" => "What schools, carers and young people answered, year on year.",
        "/directory" => "Services near you, who to notify, and which entries want looking at.",
        "/imports" => "Returns and lists that were brought in, and their mistakes.",
        "/return" => "The statutory return: what its rules find, and its files.",
        "/guidance" => "Every rule: what it asks, why, by when, and by which law.",
        "/admin" => "People, teams, agencies and roles.",
        "/audit" => "Who looked at what, records opened in an emergency, and the proof of the log.",
        _ => "",
    }
}

/// The places as cards under a heading.
pub(super) fn places(actor: &Actor) -> Markup {
    let all: Vec<Card> = crate::frame::places(actor)
        .into_iter()
        .map(|(title, href)| Card {
            title: title.to_owned(),
            href: Some(href.to_owned()),
            state: None,
            body: html! { p.govuk-body { (found_at(href)) } },
            foot: None,
        })
        .collect();
    html! {
        h2.govuk-heading-m { "Where your work is" }
        (cards(&all))
    }
}
