//! The return for those who know the children: what the rules find in one record, and in all those that one works with
//! or whose team one manages, each with the link that puts it right.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::census_return::ReturnChild;
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::{Markup, html};
use kinfold_record::ChildId;
use uuid::Uuid;

use super::part::{amount, as_recorded, closed_part, finding_part, put_right_part, rows};
use super::{collection_words, counted};
use crate::child::bar::{Here, bar, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/return", For::Child(Action::CorrectEntry), of_child),
        get("/return/mine", For::SignedIn, mine),
    ]
}

fn year(visit: &Visit) -> Option<i16> {
    visit.query.value("year").parse().ok()
}

async fn of_child(visit: Visit, Path(child): Path<Uuid>) -> Reply<Markup> {
    let of = visit.casework().child_return(&visit.actor, ChildId(child), year(&visit)).await?;
    let page = visit.casework().child_page(&visit.actor, ChildId(child)).await?;
    let title = format!("Statutory return {}", collection_words(of.year));
    let mut around = frame(&visit, &title);
    around.wide = true;
    Ok(around.render(&html! {
        (bar(&page.handle, &page.timeline, &page.book, page.today))
        (tabs(&page.handle, Here::Return))
        h1.govuk-heading-l { (title) }
        (years(of.years, of.year, &format!("/children/{child}/return")))
        @if of.child.rows == 0 && of.child.found == 0 {
            (empty("Not in this return", "The collection asks nothing about this child in that year.", None))
        } @else {
            p.govuk-body { "What is returned about this child, and what the rules find in it: " (amount(of.child.rows, of.child.found)) "." }
            (findings(child, &of.child))
            (details("Rows that are returned", &html! { @for table in &of.child.tables { (rows("this child", table)) } }, false))
        }
    }))
}

async fn mine(visit: Visit) -> Reply<Markup> {
    let of = visit.casework().my_return(&visit.actor, year(&visit)).await?;
    let title = format!("Findings of the return {}", collection_words(of.year));
    let mut around = frame(&visit, &title);
    around.wide = true;
    around.back = Some(("My work".to_owned(), "/".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (title) }
        p.kf-lead { "What the rules of the statutory return find in the records of the children you work with, and of the teams you manage. Everything is checked each time you open this page." }
        (years(of.years, of.year, "/return/mine"))
        @if of.more {
            p.govuk-body { "You work with more children than are looked at here. Open a child to see the findings in that record." }
        }
        @if of.children.is_empty() {
            (empty("Nothing is found", if of.looked_at == 0 { "There is no child whose record you may correct." } else { "The rules find nothing in the records of your children." }, None))
        } @else {
            p.govuk-body { (counted(of.children.len(), "child", "children")) " of " (of.looked_at) }
            @for child in &of.children {
                @if let Some(line) = &child.child {
                    h2.govuk-heading-m { (child_link(line.id, &line.name, &line.reference, line.restricted)) }
                    (findings(line.id, child))
                }
            }
        }
    }))
}

fn findings(id: Uuid, child: &ReturnChild) -> Markup {
    html! {
        @if child.found == 0 { p.govuk-body { "The rules find nothing." } }
        @for finding in &child.findings { (finding_part(id, finding, false, &as_recorded(finding), &html! {})) }
        (closed_part(&child.closed))
        (put_right_part(&child.put_right))
    }
}

/// The collections that can still be put right.
fn years(years: [i16; 2], shown: i16, base: &str) -> Markup {
    html! {
        p class="govuk-body kf-screen-only" {
            @for (at, year) in years.into_iter().enumerate() {
                @if at > 0 { " | " }
                @if year == shown { strong { (collection_words(year)) } }
                @else { a.govuk-link href=(format!("{base}?year={year}")) { (collection_words(year)) } }
            }
        }
    }
}
