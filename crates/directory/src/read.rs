//! Reading what another directory gives out. Directories in use differ from the standard in small ways: what can be
//! understood is taken over, and what cannot is named with its place, so that nothing is lost unseen.

use std::cell::RefCell;
use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::model::{
    Address, Area, Contact, Cost, Language, Organization, Phone, Place, PlaceKind, Schedule, Service, Status,
    Term,
};
use crate::node::Node;
use crate::page::PageOf;

/// More services than this in one document are not a page of a directory.
const MOST: usize = 20_000;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// The services, in their order.
    pub services: Vec<Service>,
    /// What was left out or not understood, in the order of the document.
    pub wrong: Vec<Wrong>,
    /// Which page of how many it was, where the document is one.
    pub page: Option<PageOf>,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// Where: "contents[3].organization.email".
    pub path: String,
    /// What is wrong with it.
    pub message: String,
}

/// Why a document cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotAFeed {
    /// It is not JSON.
    #[error("this is not JSON: line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON of another kind.
    #[error(
        "this has no services: there should be a page with `contents`, a list of services, or one service"
    )]
    NoServices,
    /// There are too many.
    #[error(
        "this has {0} services; at most {MOST} are read at once. Ask the other directory for smaller pages"
    )]
    TooMany(usize),
}

/// Reads a page of `/services`, a list of services, or one service.
///
/// # Errors
/// [`NotAFeed`] when nothing in it can be read. What is wrong with single values is in [`Feed::wrong`].
pub fn read(text: &str) -> Result<Feed, NotAFeed> {
    let root: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|e| NotAFeed::NotJson { line: e.line(), column: e.column() })?;
    // The first UK standard called the list of a page `content`.
    let (list, path) = match &root {
        Value::Array(list) => (list.as_slice(), "services"),
        Value::Object(page) => match (page.get("contents"), page.get("content")) {
            (Some(Value::Array(list)), _) => (list.as_slice(), "contents"),
            (_, Some(Value::Array(list))) => (list.as_slice(), "content"),
            _ if page.contains_key("name") => (std::slice::from_ref(&root), "service"),
            _ => return Err(NotAFeed::NoServices),
        },
        _ => return Err(NotAFeed::NoServices),
    };
    if list.len() > MOST {
        return Err(NotAFeed::TooMany(list.len()));
    }
    let wrong = RefCell::new(Vec::new());
    let mut seen = HashSet::new();
    let mut services = Vec::new();
    for (i, value) in list.iter().enumerate() {
        let node = Node::new(value, format!("{path}[{i}]"), &wrong);
        if let Some(service) = service(&node) {
            if seen.insert(service.id.clone()) {
                services.push(service);
            } else {
                node.say("id", format!("is there twice: {} was left out", service.name));
            }
        }
    }
    Ok(Feed { services, wrong: wrong.into_inner(), page: PageOf::of(&root) })
}

fn service(node: &Node<'_, '_>) -> Option<Service> {
    let (Some(id), Some(name)) = (node.text("id"), node.text("name")) else {
        node.say("", "has no id or no name: the service was left out");
        return None;
    };
    let status = node.text("status");
    let known = status.as_ref().and_then(|word| Status::ALL.into_iter().find(|s| s.as_str() == word));
    if known.is_none() {
        node.say("status", "is none of active, inactive, defunct and temporarily closed");
    }
    let (minimum_age, maximum_age) = (node.age("minimum_age"), node.age("maximum_age"));
    if minimum_age.zip(maximum_age).is_some_and(|(from, to)| from > to) {
        node.say("maximum_age", "is lower than minimum_age");
    }
    Some(Service {
        id,
        name,
        alternate_name: node.text("alternate_name"),
        description: node.text("description"),
        url: node.link("url"),
        email: node.email("email"),
        status: known,
        eligibility_description: node.text("eligibility_description"),
        minimum_age,
        maximum_age,
        application_process: node.text("application_process"),
        wait_time: node.text("wait_time"),
        fees: node.first(&["fees_description", "fees"]),
        accreditations: node.text("accreditations"),
        interpretation_services: node.text("interpretation_services"),
        alert: node.text("alert"),
        assured_date: node.date("assured_date"),
        assurer_email: node.email("assurer_email"),
        last_modified: node.moment("last_modified"),
        organization: node.object("organization").and_then(|o| organization(&o)),
        phones: phones(node),
        languages: node.list("languages").iter().filter_map(language).collect(),
        service_areas: node.list("service_areas").iter().filter_map(area).collect(),
        places: node.list("service_at_locations").iter().filter_map(place).collect(),
        schedules: node.list("schedules").iter().filter_map(schedule).collect(),
        contacts: node.list("contacts").iter().filter_map(contact).collect(),
        cost_options: node.list("cost_options").iter().filter_map(cost).collect(),
        terms: node.list("attributes").iter().filter_map(term).collect(),
    })
}

fn organization(node: &Node<'_, '_>) -> Option<Organization> {
    let (Some(id), Some(name)) = (node.text("id"), node.text("name")) else {
        node.say("", "has no id or no name and was left out");
        return None;
    };
    let description = node.text("description");
    let website = ["website", "url"].iter().find_map(|key| node.link(key));
    Some(Organization { id, name, description, website, email: node.email("email") })
}

/// Telephones stand at the service, or in the UK profile at its contacts.
fn phones(node: &Node<'_, '_>) -> Vec<Phone> {
    let at_contacts = node.list("contacts").into_iter().flat_map(|c| c.list("phones"));
    let all = node.list("phones").into_iter().chain(at_contacts);
    let phone =
        |p: Node<'_, '_>| Some(Phone { number: p.text("number")?, description: p.text("description") });
    all.filter_map(phone).collect()
}

fn language(node: &Node<'_, '_>) -> Option<Language> {
    // The first UK standard had the name under `language`; the profile of 3.0 has none at all.
    let language = Language { code: node.text("code"), name: node.first(&["name", "language"]) };
    (language != Language::default()).then_some(language)
}

fn area(node: &Node<'_, '_>) -> Option<Area> {
    let area = Area { name: node.first(&["name", "service_area"]), uri: node.link("uri") };
    (area != Area::default()).then_some(area)
}

fn place(node: &Node<'_, '_>) -> Option<Place> {
    let node = node.object("location")?;
    let Some(id) = node.text("id") else {
        node.say("", "has no id and was left out");
        return None;
    };
    let word = node.text("location_type");
    let kind = word.as_ref().and_then(|word| PlaceKind::ALL.into_iter().find(|k| k.as_str() == word));
    if word.is_some() && kind.is_none() {
        node.say("location_type", "is none of physical, postal and virtual");
    }
    let at = node.degrees("latitude", 90.0).zip(node.degrees("longitude", 180.0));
    Some(Place {
        id,
        kind: kind.unwrap_or_default(),
        name: node.text("name"),
        description: node.text("description"),
        at,
        addresses: node.first_list(&["addresses", "physical_addresses"]).iter().filter_map(address).collect(),
        accessibility: node
            .first_list(&["accessibility", "accessibility_for_disabilities"])
            .iter()
            .filter_map(|a| a.first(&["description", "accessibility"]))
            .collect(),
    })
}

fn address(node: &Node<'_, '_>) -> Option<Address> {
    let text = |key: &str| node.text(key).unwrap_or_default();
    let address = Address {
        address_1: text("address_1"),
        city: text("city"),
        state_province: text("state_province"),
        postal_code: text("postal_code"),
        country: text("country"),
    };
    (address != Address::default()).then_some(address)
}

fn schedule(node: &Node<'_, '_>) -> Option<Schedule> {
    let schedule = Schedule {
        byday: node.text("byday"),
        opens_at: node.text("opens_at"),
        closes_at: node.text("closes_at"),
        description: node.text("description"),
    };
    (schedule != Schedule::default()).then_some(schedule)
}

fn contact(node: &Node<'_, '_>) -> Option<Contact> {
    let contact = Contact { name: node.text("name"), title: node.text("title") };
    (contact != Contact::default()).then_some(contact)
}

fn cost(node: &Node<'_, '_>) -> Option<Cost> {
    let amount = node.text("amount").map(|amount| format!("£{amount}"));
    let words = node.text("amount_description");
    let said = match (amount, words) {
        // What we wrote ourselves holds the amount already.
        (Some(amount), Some(words)) if !words.starts_with(&amount) => Some(format!("{amount} {words}")),
        (amount, words) => words.or(amount),
    };
    let cost = Cost { option: node.text("option"), amount_description: said };
    (cost != Cost::default()).then_some(cost)
}

fn term(node: &Node<'_, '_>) -> Option<Term> {
    let node = node.object("taxonomy_term")?;
    let (Some(id), Some(name)) = (node.text("id"), node.first(&["name", "term"])) else {
        node.say("", "has no id or no name and was left out");
        return None;
    };
    Some(Term { id, name, taxonomy: node.text("taxonomy"), term_uri: node.link("term_uri") })
}
