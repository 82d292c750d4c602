//! The needs profile as it is today: who the children are and what they need, for those who plan services. No child is in
//! it, and whoever looks sees it as it may be published. What was published stands beside it and stays as it was.

use kinfold_casework::Action;
use kinfold_casework::needs::NeedsPage;
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::{FormState, Select};
use kinfold_look::{Markup, date, html};

use super::needs_drawn::profile_drawn;
use super::{year_asked, year_words};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/needs", For::Authority(Action::ViewMeasures), show)]
}

/// The profile that the address asks for.
pub(super) fn profile_asked(visit: &Visit) -> Option<&str> {
    Some(visit.query.value("profile")).filter(|id| !id.is_empty())
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().needs(&visit.actor, profile_asked(&visit), year_asked(&visit)).await?;
    let told = &page.told;
    let mut around = frame(&visit, &told.title);
    around.back = Some(("All measures".to_owned(), format!("/measures?year={}", told.year)));
    Ok(around.render(&html! {
        span.govuk-caption-l { "Needs profile" }
        h1.govuk-heading-l { (told.title) }
        p.kf-lead { (told.why) }
        (standing(&page))
        (chooser(&page))
        @if page.empty {
            (empty(
                "Nobody to count yet",
                "Figures appear here when children are in the record: added one by one, or brought in with a statutory return.",
                None,
            ))
        } @else {
            (profile_drawn(told, true))
            (downloads(&page))
        }
    }))
}

/// What this page is beside what everybody can read.
fn standing(page: &NeedsPage) -> Markup {
    html! {
        (inset(&html! {
            p.govuk-body {
                "These are the figures of today, for those who work here: they change with the record. "
                @match &page.published {
                    Some(line) => {
                        "What everybody can read is "
                        a.govuk-link href=(format!("/published/{}", line.id)) { "version " (line.number) ", published on " (date::long(line.on)) }
                        ", which stays as it is."
                    }
                    None => "Nothing of it was published yet.",
                }
            }
            @if let Some(outline) = &page.outline {
                p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("/publications/new?outline={outline}&year={}", page.told.year)) { "Begin a paper that publishes it" } }
            }
        }))
    }
}

fn chooser(page: &NeedsPage) -> Markup {
    let years: Vec<(String, String)> =
        page.years.iter().map(|y| (y.year.to_string(), year_words(*y))).collect();
    let (id, title) = (page.told.id.to_string(), page.told.title.clone());
    let mut profiles = vec![(id.clone(), title)];
    profiles.extend(page.others.iter().cloned());
    let state = FormState::new().with("year", page.told.year.to_string()).with("profile", id);
    html! {
        form class="kf-read kf-screen-only" method="get" action="/needs" {
            @if profiles.len() > 1 { (Select::new("profile", "Profile", profiles).render(&state)) }
            (Select::new("year", "Year", years).render(&state))
            button class="govuk-button govuk-button--secondary" type="submit" { "Show" }
        }
    }
}

fn downloads(page: &NeedsPage) -> Markup {
    let link = |ending: &str| format!("/needs.{ending}?year={}&profile={}", page.told.year, page.told.id);
    html! {
        p class="govuk-body kf-screen-only" {
            "Take a copy: "
            a.govuk-link href=(link("pdf")) { "PDF for a needs assessment" }
            ", "
            a.govuk-link href=(link("csv")) { "CSV file" }
            " or "
            a.govuk-link href=(link("xlsx")) { "Excel file (XLSX)" }
            ". For the last two you will be asked for your password; the log keeps what was taken."
        }
    }
}
