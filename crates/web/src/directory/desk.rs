//! The directory as those see it who work here: who answers for what, what is to be checked, and what happened to an entry.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::clock::day;
use kinfold_casework::directory::listing::ListingEvent;
use kinfold_casework::directory::{DirectoryPage, ListedLine, ListedPage, Showing};
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, TextInput, button_link, csrf_field, hidden};
use kinfold_look::nav::{Tab, sub_navigation};
use kinfold_look::state::State;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::entry::{kind, needs, paragraphs, said};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewDirectory);
    vec![get("/directory", whom, list), get("/directory/{listing}", whom, show)]
}

fn words(showing: Showing) -> &'static str {
    match showing {
        Showing::All => "All",
        Showing::Mine => "Mine",
        Showing::Stale => "To be checked",
        Showing::Nobody => "Nobody answers",
        Showing::Ended => "Taken out",
    }
}

async fn list(visit: Visit) -> Reply<Markup> {
    let showing = Showing::parse(visit.query.value("show"));
    let page = visit.casework().directory(&visit.actor, showing, visit.query.value("q")).await?;
    let mut around = frame(&visit, "Directory of services");
    around.wide = true;
    let tabs: Vec<Tab> = page
        .counts
        .iter()
        .map(|(s, count)| {
            let tab = Tab::new(words(*s), format!("/directory?show={}", s.code()), *s == showing);
            tab.count(u32::try_from(*count).unwrap_or(u32::MAX), "entries")
        })
        .collect();
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Directory of services" }
        p.kf-lead { "Agencies and services, whom to tell where, who answers for each entry and when it was last checked. Anybody can read the "
            a.govuk-link href="/services" { "public page" } "; young people have " a.govuk-link href="/local-help" { "their own" } "." }
        @if page.may_edit {
            div.govuk-button-group.kf-screen-only { (button_link("Add an entry", "/directory/new", true)) (button_link("Bring in a file", "/directory/import", false)) }
        }
        (sub_navigation("Which entries", &tabs))
        form.kf-read.kf-screen-only method="get" action="/directory" {
            (hidden("show", showing.code()))
            (TextInput::new("q", "Name or organisation").autocomplete("off").render(&visit.query))
            (Button::secondary("Search").repeatable())
        }
        @if page.lines.is_empty() { (none(showing)) } @else { (table(&page)) }
        p class="govuk-body kf-screen-only" {
            "Take a copy: " a.govuk-link href="/directory/export.csv" { "CSV file" } " or " a.govuk-link href="/directory/export.xlsx" { "Excel file (XLSX)" }
            ". You will be asked for your password, and the log keeps what was taken. For everybody: " a.govuk-link href="/open-referral/services.json" { "Open Referral UK" } "."
        }
    }))
}

fn none(showing: Showing) -> Markup {
    match showing {
        Showing::All => empty(
            "Nothing is in the directory yet",
            "Whoever keeps the directory adds entries, or brings in a file.",
            None,
        ),
        Showing::Mine => empty(
            "You answer for no entry",
            "Whoever keeps the directory gives entries to those who know the service.",
            None,
        ),
        Showing::Stale => empty(
            "Nothing is to be checked",
            "Entries come here when nobody has checked them for six months.",
            None,
        ),
        Showing::Nobody => empty(
            "Somebody answers for every entry",
            "Entries that an import brings come here until somebody is named.",
            None,
        ),
        Showing::Ended => {
            empty("Nothing was taken out", "An entry that is taken out stays here with its history.", None)
        }
    }
}

fn table(page: &DirectoryPage) -> Table {
    let columns = [
        Column::new("Entry"),
        Column::new("Kind"),
        Column::new("Answers for it"),
        Column::new("Last checked"),
        Column::new("Shown to"),
    ];
    Table::new("Entries", columns).caption_hidden().rows(page.lines.iter().map(|line| row(page, line)))
}

fn row(page: &DirectoryPage, line: &ListedLine) -> Row {
    let (listed, listing) = (&line.listed, &line.listed.listing);
    let shown = match (listing.inside_only, listing.for_young) {
        (true, _) => "Those who work here",
        (false, true) => "Anybody, young people too",
        (false, false) => "Anybody",
    };
    let row = Row::new()
        .cell(html! {
            a.govuk-link href=(format!("/directory/{}", listed.id)) { (listing.service.name) }
            @if let Some(o) = &listing.service.organization { br; span.govuk-hint { (o.name) } }
        })
        .cell(kind(listing))
        .cell(html! { @match &line.owner { Some(name) => (name), None => span.kf-unknown { "Nobody" } } })
        .cell(html! { (date::short_element(listed.checked_on)) @if listed.is_stale(page.today) { br; (State::Late.saying("To be checked")) } })
        .cell(html! { (shown) @if listing.hide_address { br; span.govuk-hint { "Address hidden" } } });
    if listed.is_stale(page.today) { row.late() } else { row }
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().directory_entry(&visit.actor, id).await?;
    let (listed, listing) = (&page.listed, &page.listed.listing);
    let mut around = frame(&visit, "An entry of the directory");
    around.back = Some(("Directory of services".to_owned(), "/directory".to_owned()));
    let base = format!("/directory/{id}");
    let yes = |flag: bool| if flag { "Yes" } else { "No" };
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            span.govuk-caption-l { (kind(listing)) }
            h1.govuk-heading-l { (listing.service.name) }
            @if let Some(why) = &listed.ended { (inset(&html! { p { "It was taken out of the directory: " (why) } })) }
            (summary_list(&[
                Fact::new("Answers for it", html! { @match listed.owner { Some(owner) => (page.name(Some(owner))), None => "Nobody" } }),
                Fact::new("Last checked", html! { (date::long(listed.checked_on)) @if listed.is_stale(page.today) { " " (State::Late.saying("To be checked")) } }),
                Fact::new("Shown to young people", yes(listing.for_young)),
                Fact::new("Address hidden", yes(listing.hide_address)),
                Fact::new("Only for those who work here", yes(listing.inside_only)),
            ]))
            @if page.may_change && listed.ended.is_none() { (keep(&visit, &page, &base)) }
            h2.govuk-heading-m { "What it says" }
            @if let Some(text) = &listing.service.description { (paragraphs(text)) }
            (said(visit.casework(), listing, false))
            @if listing.hide_address && page.may_change { (hidden_places(&page)) }
            @if let Some(plain) = &listing.plain {
                h3.govuk-heading-s { "In plain words" }
                (paragraphs(plain))
                p class="govuk-body-s" { (needs(visit.casework(), listing, true).join(" · ")) }
            }
            h2.govuk-heading-m { "What happened to it" }
            (history(&page))
        } }
    }))
}

/// The address, for those who keep the entry.
fn hidden_places(page: &ListedPage) -> Markup {
    let places = &page.listed.listing.service.places;
    let lines: Vec<String> = places
        .iter()
        .flat_map(|p| &p.addresses)
        .flat_map(|a| [&a.address_1, &a.city, &a.postal_code])
        .filter(|line| !line.is_empty())
        .cloned()
        .collect();
    html! {
        @if !lines.is_empty() {
            (inset(&html! { p { "The hidden address, for those who keep this entry: " (lines.join(", ")) } }))
        }
    }
}

fn keep(visit: &Visit, page: &ListedPage, base: &str) -> Markup {
    let seen = page.listed.version.to_string();
    html! {
        div.govuk-button-group.kf-screen-only {
            (button_link("Change it", &format!("{base}/change"), true))
            form method="post" action=(format!("{base}/checked")) {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen", &seen))
                (Button::secondary("It is right as it stands"))
            }
            @if page.may_edit {
                a.govuk-link href=(format!("{base}/owner")) { "Give it to somebody" }
                a.govuk-link href=(format!("{base}/end")) { "Take it out" }
            }
        }
    }
}

fn history(page: &ListedPage) -> Markup {
    let columns = [Column::new("When"), Column::new("Who"), Column::new("What")];
    let mut before: Option<&kinfold_casework::directory::listing::Listing> = None;
    let mut rows: Vec<Row> = Vec::new();
    for entry in &page.entries {
        let what = match &entry.event {
            ListingEvent::ListingWritten { listing, run, undoes } => {
                let words = match (before, run, undoes) {
                    (_, _, Some(_)) => {
                        "An import was taken back: it says again what it said before".to_owned()
                    }
                    (None, Some(_), _) => "An import brought it".to_owned(),
                    (None, None, _) => "Made".to_owned(),
                    (Some(old), run, _) => {
                        let by = if run.is_some() { "An import changed: " } else { "Changed: " };
                        format!("{by}{}", changed(old, listing).join(", "))
                    }
                };
                before = Some(listing);
                words
            }
            ListingEvent::ListingChecked { .. } => "Checked, and right as it stands".to_owned(),
            ListingEvent::ListingOwned { person: Some(person) } => {
                format!("Given to {}", page.name(Some(*person)))
            }
            ListingEvent::ListingOwned { person: None } => "Nobody answers for it any more".to_owned(),
            ListingEvent::ListingEnded { why, .. } => format!("Taken out: {why}"),
            ListingEvent::ListingReminded { told, .. } => {
                let names: Vec<&str> = told.iter().map(|p| page.name(Some(*p))).collect();
                format!(
                    "{} told that it is to be checked",
                    if names.is_empty() { "Nobody could be".to_owned() } else { names.join(", ") }
                )
            }
        };
        rows.push(
            Row::new()
                .cell(html! { (date::short_element(day(entry.at))) })
                .cell(page.name(entry.by))
                .cell(what),
        );
    }
    rows.reverse();
    html! { (Table::new("What happened to this entry, newest first", columns).caption_hidden().rows(rows)) }
}

/// Which fields differ, by what they are called.
fn changed(
    old: &kinfold_casework::directory::listing::Listing,
    new: &kinfold_casework::directory::listing::Listing,
) -> Vec<String> {
    let (was, is) = (&old.service, &new.service);
    let fields = [
        ("name", was.name != is.name),
        ("organisation", was.organization != is.organization),
        ("what it is", was.description != is.description),
        ("plain words", old.plain != new.plain),
        ("who it is for", was.eligibility_description != is.eligibility_description),
        ("ages", (was.minimum_age, was.maximum_age) != (is.minimum_age, is.maximum_age)),
        ("needs", old.needs != new.needs),
        ("languages", was.languages != is.languages),
        ("area", was.service_areas != is.service_areas),
        ("how to refer", was.application_process != is.application_process),
        ("waiting time", was.wait_time != is.wait_time),
        ("cost", was.fees != is.fees),
        ("ways to reach it", (&was.phones, &was.email, &was.url) != (&is.phones, &is.email, &is.url)),
        ("place", was.places != is.places),
        ("whom to tell", old.notify != new.notify),
        ("whether the address is hidden", old.hide_address != new.hide_address),
        ("whether young people see it", old.for_young != new.for_young),
        ("whether it is only for those who work here", old.inside_only != new.inside_only),
    ];
    let out: Vec<String> =
        fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect();
    if out.is_empty() { vec!["details".to_owned()] } else { out }
}
