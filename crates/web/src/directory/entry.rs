//! What an entry says, as facts: for practitioners, or in plainer words.

use kinfold_casework::Casework;
use kinfold_casework::directory::listing::{Listing, ListingKind, Notify};
use kinfold_directory::{Place, Status};
use kinfold_look::banner::inset;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, html};

use super::map::Point;

/// Text in the paragraphs it was written in.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) { p.govuk-body { (line) } } }
}

/// Ages in words.
pub(super) fn ages(listing: &Listing) -> Option<String> {
    match (listing.service.minimum_age, listing.service.maximum_age) {
        (None, None) => None,
        (Some(from), None) => Some(format!("{from} and over")),
        (None | Some(0), Some(to)) => Some(format!("up to {to}")),
        (Some(from), Some(to)) if from == to => Some(from.to_string()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
    }
}

/// The words of its needs.
pub(super) fn needs(casework: &Casework, listing: &Listing, young: bool) -> Vec<String> {
    let book = casework.book();
    let list = if young { "service_need_plain" } else { "service_need" };
    listing.needs.iter().map(|need| book.guidance.codes.title(list, need).to_owned()).collect()
}

/// The places of an entry as points of the map.
pub(super) fn points(number: usize, listing: &Listing) -> Vec<Point> {
    let town = |place: &Place| place.addresses.first().map_or_else(String::new, |a| a.city.trim().to_owned());
    let point = |place: &Place| {
        Some(Point { number, at: place.at?, name: listing.service.name.clone(), town: town(place) })
    };
    listing.service.places.iter().filter_map(point).collect()
}

fn lines(place: &Place) -> Vec<String> {
    let mut out: Vec<String> = place.name.iter().cloned().collect();
    for address in &place.addresses {
        let parts = [&address.address_1, &address.city, &address.state_province, &address.postal_code];
        out.extend(parts.into_iter().filter(|part| !part.trim().is_empty()).cloned());
    }
    out
}

/// Everything an entry says. `young`: in plainer words, and only what somebody needs who looks for help.
pub(super) fn said(casework: &Casework, listing: &Listing, young: bool) -> Markup {
    let service = &listing.service;
    let mut facts: Vec<Fact> = Vec::new();
    let word = |plain: &'static str, exact: &'static str| if young { plain } else { exact };
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.trim().is_empty()) {
            facts.push(Fact::new(key, paragraphs_inline(&value)));
        }
    };
    let joined = |items: Vec<String>| Some(items.join(", "));
    if !young {
        add("Run by", service.organization.as_ref().map(|o| o.name.clone()));
        add("Needs", joined(needs(casework, listing, false)));
    }
    add(word("Who it is for", "Who it is for"), service.eligibility_description.clone());
    add("Ages", ages(listing));
    add("Languages", joined(service.languages.iter().filter_map(|l| l.name.clone()).collect()));
    add(
        word("Where you need to live", "Area"),
        joined(service.service_areas.iter().filter_map(|a| a.name.clone()).collect()),
    );
    add(word("How to get it", "How to refer"), service.application_process.clone());
    add(word("How long you wait", "Waiting time"), service.wait_time.clone());
    add(word("What it costs", "Cost"), service.fees.clone());
    let open = service.schedules.iter().filter_map(|s| {
        let hours = s.opens_at.as_ref().zip(s.closes_at.as_ref()).map(|(from, to)| format!("{from} to {to}"));
        let parts: Vec<String> =
            [s.byday.clone(), hours, s.description.clone()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    add(word("When it is open", "Opening hours"), Some(open.collect::<Vec<_>>().join("\n")));
    for place in &service.places {
        add(word("Where it is", "Address"), Some(lines(place).join("\n")));
    }
    if listing.hide_address {
        add(word("Where it is", "Address"), Some("Kept safe: ask when you get in touch.".to_owned()));
    }
    reach(&mut facts, listing);
    html! {
        @if let Some(status @ (Status::Inactive | Status::TemporarilyClosed)) = service.status {
            (inset(&html! { p { @if status == Status::Inactive { "It is not offered at present." } @else { "It is closed for now and will open again." } } }))
        }
        @if let Some(alert) = &service.alert { (inset(&html! { p { (alert) } })) }
        (summary_list(&facts))
        @if !young { (tell(&listing.notify)) }
    }
}

fn paragraphs_inline(text: &str) -> Markup {
    html! { @for (at, line) in text.lines().enumerate() { @if at > 0 { br; } (line) } }
}

/// Ways to reach it.
fn reach(facts: &mut Vec<Fact>, listing: &Listing) {
    let service = &listing.service;
    for phone in &service.phones {
        let digits: String = phone.number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        facts.push(Fact::new(
            "Telephone",
            html! {
                a.govuk-link href=(format!("tel:{digits}")) { (phone.number) }
                @if let Some(what) = &phone.description { ", " (what) }
            },
        ));
    }
    if let Some(email) = &service.email {
        facts.push(Fact::new("E-mail", html! { a.govuk-link href=(format!("mailto:{email}")) { (email) } }));
    }
    // Read again where it is drawn: what stands in the store may be older than the rule that only these may be links.
    let link = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
    if let Some(url) = service.url.as_ref().filter(link) {
        facts.push(Fact::new(
            "Website",
            html! { a.govuk-link href=(url) rel="noreferrer noopener" { (url) } },
        ));
    }
}

/// Whom to tell there.
pub(super) fn tell(lines: &[Notify]) -> Markup {
    if lines.is_empty() {
        return html! {};
    }
    let columns =
        [Column::new("Of what"), Column::new("Area"), Column::new("Whom to tell"), Column::new("How")];
    let rows = lines.iter().map(|n| {
        Row::new()
            .cell(&n.about)
            .cell(if n.area.is_empty() { "Everywhere" } else { n.area.as_str() })
            .cell(&n.role)
            .cell(how(n))
    });
    html! { (Table::new("Whom to tell", columns).rows(rows)) }
}

/// How somebody is told.
pub(super) fn how(n: &Notify) -> Markup {
    html! {
        @if !n.phone.is_empty() { (n.phone) }
        @if !n.phone.is_empty() && !n.email.is_empty() { br; }
        @if !n.email.is_empty() { a.govuk-link href=(format!("mailto:{}", n.email)) { (n.email) } }
    }
}

/// What kind of entry, in a word.
pub(super) fn kind(listing: &Listing) -> &'static str {
    match listing.kind {
        ListingKind::Service => "Service",
        ListingKind::Agency => "Agency",
    }
}
