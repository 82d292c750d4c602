//! Looking for a service by need, place and age: for practitioners, and in plainer words for young people. Anybody may; what
//! is looked for stands in the address and is kept nowhere.

use axum::extract::{OriginalUri, State};
use kinfold_casework::directory::{Found, PublicListing, Sought};
use kinfold_look::banner::details;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, FormState, Select, TextInput, Width};
use kinfold_look::page::{Page, Voice};
use kinfold_look::{Markup, html};

use super::entry::{ages, needs, points};
use super::map::draw;
use crate::App;
use crate::frame::base;
use crate::help::Guest;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::query;

/// Where "Exit this page" leads: a page that says nothing about who was here.
pub(super) const WEATHER: &str = "https://www.bbc.co.uk/weather";

pub(super) fn routes() -> Vec<Route> {
    vec![get("/services", For::Anybody, services), get("/local-help", For::Anybody, local_help)]
}

/// The frame of the young people's pages: their voice, and the way out. Nobody is signed in on it.
pub(super) fn young_frame(app: &App, title: &str) -> Page {
    let mut page = base(app, title);
    page.voice = Voice::Me;
    page.exit = Some(WEATHER.to_owned());
    page
}

fn sought(form: &FormState, young: bool) -> Sought {
    Sought {
        words: form.value("q").to_owned(),
        need: form.value("need").to_owned(),
        place: form.value("place").to_owned(),
        age: form.value("age").trim().parse().ok(),
        young,
    }
}

async fn services(guest: Guest, State(app): State<App>, OriginalUri(uri): OriginalUri) -> Reply<Markup> {
    let form = query(uri.query().unwrap_or(""));
    let found = app.casework.find_services(&sought(&form, false)).await?;
    let mut around = guest.frame("Services near you");
    around.wide = true;
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Services and agencies" }
        p.kf-lead { "Who can help children in care, care leavers and their carers here: what they do, for whom, how to refer and whom to tell." }
        p class="govuk-body kf-screen-only" {
            a.govuk-link href="/services/who-to-tell" { "Whom to tell" } " · "
            a.govuk-link href="/local-help" { "The page for young people" } " · "
            a.govuk-link href="/open-referral/services.json" { "All of it as Open Referral UK" }
        }
        (ask(&found, &form, "/services", false))
        (results(&app, &found, &form, "/services", false))
    }))
}

async fn local_help(State(app): State<App>, OriginalUri(uri): OriginalUri) -> Reply<Markup> {
    let form = query(uri.query().unwrap_or(""));
    let found = app.casework.find_services(&sought(&form, true)).await?;
    Ok(young_frame(&app, "Find help near you").render(&html! {
        h1.govuk-heading-l { "Find help near you" }
        p.kf-lead { "People and places that can help you. You do not need to say who you are." }
        p.govuk-body { "If you are in danger now, ring 999. If you want to talk to somebody now, ring Childline on 0800 1111. It is free." }
        (ask(&found, &form, "/local-help", true))
        (results(&app, &found, &form, "/local-help", true))
    }))
}

/// The questions of the search.
fn ask(found: &Found, form: &FormState, action: &str, young: bool) -> Markup {
    let needs = found.needs.iter().map(|(code, title)| (code.to_string(), title.clone()));
    let words = |plain: &'static str, exact: &'static str| if young { plain } else { exact };
    let places: Vec<&str> = found.places.iter().take(6).map(String::as_str).collect();
    let hint = match places.as_slice() {
        [] => "A town, or the first half of a postcode".to_owned(),
        places => {
            format!("A town, or the first half of a postcode. There is something in {}", places.join(", "))
        }
    };
    html! {
        form.kf-read method="get" action=(action) {
            (Select::new("need", words("What is it about?", "Need"), needs).empty(words("Anything", "Any")).render(form))
            (TextInput::new("place", words("Where do you live?", "Place")).hint(hint).width(Width::Chars(20)).autocomplete("off").render(form))
            (TextInput::new("age", words("How old are you?", "Age")).figures().width(Width::Chars(3)).autocomplete("off").render(form))
            (TextInput::new("q", words("Or look for a word", "Words in the entry")).autocomplete("off").render(form))
            (Button::main(words("Find help", "Search")).repeatable())
        }
    }
}

fn results(app: &App, found: &Found, form: &FormState, base: &str, young: bool) -> Markup {
    let all: Vec<_> =
        found.listings.iter().enumerate().flat_map(|(at, l)| points(at + 1, &l.listing)).collect();
    let count = found.listings.len();
    let asked = ["need", "place", "age", "q"].iter().any(|name| !form.value(name).trim().is_empty());
    html! {
        h2.govuk-heading-m {
            @match count {
                0 => "Nothing was found",
                1 => "1 was found",
                n => { (n) @if asked { " were found" } @else { " in all" } },
            }
        }
        @if count == 0 {
            @if asked {
                (empty("Try it another way", if young { "Choose “Anything”, or leave the place empty. You can also ask somebody you trust." } else { "Choose another need, or leave the place empty: not every service says where it is." }, Some(("See everything", base))))
            } @else {
                (empty("Nothing is in the directory yet", "Commissioners and others put in the services they know.", None))
            }
        } @else {
            @if !all.is_empty() { (details("On a map", &draw(&all), !young)) }
            ol.kf-entries {
                @for (at, listed) in found.listings.iter().enumerate() { (line(app, at + 1, listed, base, young)) }
            }
            @let off = found.listings.iter().filter(|l| l.listing.service.places.iter().all(|p| p.at.is_none())).count();
            @if off > 0 && !all.is_empty() { p.govuk-body { (off) @if off == 1 { " is" } @else { " are" } " not on the map: it is kept safe, or works by telephone or on a screen." } }
        }
    }
}

fn line(app: &App, number: usize, listed: &PublicListing, base: &str, young: bool) -> Markup {
    let (listing, service) = (&listed.listing, &listed.listing.service);
    let about = match young {
        true => listing.plain.as_ref().or(service.description.as_ref()),
        false => service.description.as_ref(),
    };
    let first = about.and_then(|text| text.lines().find(|l| !l.trim().is_empty()));
    let mut small: Vec<String> = Vec::new();
    if !young {
        small.extend(service.organization.as_ref().map(|o| o.name.clone()));
    }
    small.extend(needs(&app.casework, listing, young));
    small.extend(ages(listing).map(|ages| format!("ages {ages}")));
    small.extend(
        service.places.iter().flat_map(|p| &p.addresses).map(|a| a.city.clone()).find(|c| !c.is_empty()),
    );
    html! {
        li.kf-entries__item id=(format!("entry-{number}")) {
            h3.govuk-heading-s { (number) ". " a.govuk-link href=(format!("{base}/{}", listed.id)) { (service.name) } }
            @if let Some(text) = first { p.govuk-body { (text) } }
            p class="govuk-body-s" { (small.join(" · ")) }
        }
    }
}
