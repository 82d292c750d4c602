//! One entry, as anybody may see it.

use axum::extract::{Path, State};
use kinfold_casework::Error;
use kinfold_casework::directory::listing::ListingKind;
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::entry::{kind, paragraphs, points, said};
use super::map::draw;
use super::search::young_frame;
use crate::App;
use crate::help::Guest;
use crate::oops::Reply;
use crate::route::{For, Route, get};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/services/{service}", For::Anybody, service), get("/local-help/{service}", For::Anybody, young)]
}

async fn service(guest: Guest, State(app): State<App>, Path(id): Path<Uuid>) -> Reply<Markup> {
    let listed = app.casework.public_listing(id).await?;
    let listing = &listed.listing;
    let mut around = guest.frame(kind(listing));
    around.back = Some(("Services and agencies".to_owned(), "/services".to_owned()));
    let theirs = match listing.kind {
        ListingKind::Agency => app.casework.public_listings().await?,
        ListingKind::Service => Vec::new(),
    };
    let theirs = theirs.iter().filter(|l| {
        l.id != listed.id
            && l.listing.service.organization.as_ref().is_some_and(|o| o.name == listing.service.name)
    });
    let theirs: Vec<_> = theirs.collect();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            span.govuk-caption-l { (kind(listing)) }
            h1.govuk-heading-l { (listing.service.name) }
            @if let Some(text) = &listing.service.description { (paragraphs(text)) }
            (said(&app.casework, listing, false))
            @if !theirs.is_empty() {
                h2.govuk-heading-m { "What it runs" }
                ul class="govuk-list govuk-list--bullet" { @for one in theirs { li { a.govuk-link href=(format!("/services/{}", one.id)) { (one.listing.service.name) } } } }
            }
            (draw(&points(1, listing)))
            p class="govuk-body-s" { "Last checked on " (date::long(listed.checked_on)) "." }
        } }
    }))
}

async fn young(State(app): State<App>, Path(id): Path<Uuid>) -> Reply<Markup> {
    let listed = app.casework.public_listing(id).await?;
    let listing = &listed.listing;
    if !listing.for_young {
        return Err(Error::Absent.into());
    }
    let mut around = young_frame(&app, "Help near you");
    around.back = Some(("Find help near you".to_owned(), "/local-help".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (listing.service.name) }
        @if let Some(text) = listing.plain.as_ref().or(listing.service.description.as_ref()) { (paragraphs(text)) }
        (said(&app.casework, listing, true))
        p.govuk-body { "Not sure? Ask somebody you trust to ring with you." }
        p class="govuk-body-s" { "We last checked this on " (date::long(listed.checked_on)) "." }
    }))
}
