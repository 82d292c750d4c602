//! Duties towards a child that are over: met, excused or ended. Apart from the child's page, which says what is to be done
//! and is opened far more often.

use axum::extract::Path;
use kinfold_casework::{Action, ChildPage};
use kinfold_look::card::empty;
use kinfold_look::{Markup, html};
use kinfold_pathway::{Duty, State};
use kinfold_record::ChildId;

use super::bar::{Here, bar, tabs};
use super::overview::duty_table;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}/done", For::Child(Action::ViewChild), show)]
}

/// The way here from the child's page, where there is anything to be seen.
pub(super) fn link(page: &ChildPage) -> Markup {
    let closed = closed(page).count();
    html! {
        @if closed > 0 {
            p.govuk-body {
                a.govuk-link href=(format!("/children/{}/done", page.handle.id())) {
                    "Done, excused or ended (" (closed) ")"
                }
            }
        }
    }
}

fn closed(page: &ChildPage) -> impl Iterator<Item = &Duty> {
    page.duties.iter().filter(|duty| duty.state != State::Open)
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let mut around = frame(&visit, "Done, excused or ended");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Child’s page".to_owned(), format!("/children/{child}")));
    let mut duties: Vec<&Duty> = closed(&page).collect();
    duties.sort_by_key(|duty| std::cmp::Reverse(duty.due_on));
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Done, excused or ended" }
        (tabs(&page.handle, Here::Done))
        @if duties.is_empty() {
            (empty("Nothing is done yet", "A duty stands here once it was met, was excused, or no longer holds.", None))
        } @else {
            p.govuk-body { "Each opens how its day was worked out, and what met or excused it." }
            (duty_table("Done, excused or ended", &duties, &page, false))
        }
    }))
}
