//! An entry as cells: a row of a spreadsheet and the fields of a form are the same, so they are read by the same rules.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfold_directory::{Address, Area, Language, Organization, Phone, Service};
use kinfold_guidance::Codes;
use smol_str::SmolStr;

use super::listing::{Listing, ListingKind, Notify};
use crate::error::FieldProblem;

/// The cells of an entry: name in forms, and head of the column.
pub const COLUMNS: [(&str, &str); 29] = [
    ("id", "Id"),
    ("version", "Version"),
    ("kind", "Kind"),
    ("name", "Name"),
    ("organisation", "Organisation"),
    ("description", "What it is"),
    ("plain", "In plain words"),
    ("for_whom", "Who it is for"),
    ("age_from", "Age from"),
    ("age_to", "Age to"),
    ("needs", "Needs"),
    ("languages", "Languages"),
    ("area", "Area"),
    ("refer", "How to refer"),
    ("waiting", "Waiting time"),
    ("cost", "Cost"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("website", "Website"),
    ("address", "Address"),
    ("town", "Town"),
    ("postcode", "Postcode"),
    ("latitude", "Latitude"),
    ("longitude", "Longitude"),
    ("hide_address", "Hide the address"),
    ("young", "For young people"),
    ("inside_only", "Only for those who work here"),
    ("tell", "Whom to tell"),
    ("checked_on", "Checked on"),
];

/// The longest text in a cell, in characters.
const LONGEST: usize = 20_000;
/// The longest on one line.
const LINE: usize = 300;

/// Cells by name. A cell that is not there leaves what the entry said; an empty one takes it away.
pub type Cells = BTreeMap<&'static str, String>;

/// The name of a column by its head, or by its name in forms; whatever the case and the spaces.
pub fn column(head: &str) -> Option<&'static str> {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let sought = bare(head);
    COLUMNS.iter().find(|(name, title)| bare(title) == sought || bare(name) == sought).map(|(name, _)| *name)
}

struct Reading<'a> {
    cells: &'a Cells,
    wrong: Vec<FieldProblem>,
}

impl Reading<'_> {
    fn say(&mut self, field: &str, message: impl Into<String>) {
        self.wrong.push(FieldProblem { field: field.to_owned(), message: message.into() });
    }

    /// A text that fits; `Some(None)` takes it away.
    fn text(&mut self, field: &'static str, most: usize) -> Option<Option<String>> {
        let text = self.cells.get(field)?.trim();
        let count = text.chars().count();
        if count > most {
            self.say(
                field,
                format!("This is {} characters too long: it may have {most}. Shorten it", count - most),
            );
            return None;
        }
        Some((!text.is_empty()).then(|| text.to_owned()))
    }

    fn set(&mut self, field: &'static str, most: usize, into: &mut Option<String>) {
        if let Some(text) = self.text(field, most) {
            *into = text;
        }
    }

    fn flag(&mut self, field: &'static str, into: &mut bool) {
        let Some(text) = self.cells.get(field) else { return };
        match text.trim().to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" => *into = true,
            "" | "no" | "n" | "false" | "0" => *into = false,
            _ => self.say(field, "Write yes or no"),
        }
    }

    fn age(&mut self, field: &'static str, into: &mut Option<u16>) {
        let Some(text) = self.cells.get(field).map(|t| t.trim().to_owned()) else { return };
        match text.parse::<u16>() {
            Ok(age) if age <= 150 => *into = Some(age),
            _ if text.is_empty() => *into = None,
            _ => self.say(field, "Write an age in whole years, such as 16"),
        }
    }

    fn list(&self, field: &str) -> Option<Vec<String>> {
        let text = self.cells.get(field)?;
        let items = text.split([';', '\n']).map(str::trim).filter(|item| !item.is_empty());
        Some(items.map(str::to_owned).collect())
    }

    fn degrees(&mut self, field: &'static str, limit: f64) -> Option<f64> {
        let text = self.cells.get(field)?.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let found = text.parse::<f64>().ok().filter(|n| n.is_finite() && n.abs() <= limit);
        if found.is_none() {
            self.say(field, format!("Write degrees between -{limit} and {limit}, such as 51.5072"));
        }
        // A hand's breadth on the ground, and the same however it is written.
        found.map(|n| (n * 1e6).round() / 1e6)
    }
}

/// Reads cells over what an entry says. Everything that is wrong is told, each with its field.
pub fn read(cells: &Cells, base: &Listing, codes: &Codes, today: Date) -> Result<Listing, Vec<FieldProblem>> {
    let mut r = Reading { cells, wrong: Vec::new() };
    let mut out = base.clone();
    match cells.get("kind").map(|k| k.trim().to_lowercase()).as_deref() {
        None => {}
        Some("" | "service") => out.kind = ListingKind::Service,
        Some("agency") => out.kind = ListingKind::Agency,
        Some(_) => r.say("kind", "Write service or agency"),
    }
    let service = &mut out.service;
    if base.service.name.is_empty() {
        service.status.get_or_insert(kinfold_directory::Status::Active);
    }
    match r.text("name", LINE) {
        Some(Some(name)) => service.name = name,
        Some(None) => r.say("name", "Enter a name"),
        None if service.name.is_empty() && r.wrong.is_empty() => r.say("name", "Enter a name"),
        None => {}
    }
    organisation(&mut r, service);
    r.set("description", LONGEST, &mut service.description);
    r.set("plain", LONGEST, &mut out.plain);
    r.set("for_whom", LONGEST, &mut service.eligibility_description);
    r.age("age_from", &mut service.minimum_age);
    r.age("age_to", &mut service.maximum_age);
    if let (Some(from), Some(to)) = (service.minimum_age, service.maximum_age)
        && from > to
    {
        r.say("age_to", "The ages end before they begin. Put the younger one first");
    }
    if let Some(items) = r.list("needs") {
        out.needs = needs(&mut r, &items, codes, today);
    }
    if let Some(names) = r.list("languages") {
        let known = std::mem::take(&mut service.languages);
        let same = |name: &String| known.iter().find(|l| l.name.as_ref() == Some(name)).cloned();
        let made = |name: String| same(&name).unwrap_or(Language { code: None, name: Some(name) });
        service.languages = names.into_iter().map(made).collect();
    }
    if let Some(names) = r.list("area") {
        let known = std::mem::take(&mut service.service_areas);
        let same = |name: &String| known.iter().find(|a| a.name.as_ref() == Some(name)).cloned();
        let made = |name: String| same(&name).unwrap_or(Area { name: Some(name), uri: None });
        service.service_areas = names.into_iter().map(made).collect();
    }
    r.set("refer", LONGEST, &mut service.application_process);
    r.set("waiting", LINE, &mut service.wait_time);
    r.set("cost", LONGEST, &mut service.fees);
    reached(&mut r, service);
    place(&mut r, service);
    r.flag("hide_address", &mut out.hide_address);
    r.flag("young", &mut out.for_young);
    r.flag("inside_only", &mut out.inside_only);
    if let Some(text) = cells.get("tell") {
        out.notify = tell(&mut r, text);
    }
    checked(&mut r, &mut out.service, today);
    if let Some(field) = out.tells_address() {
        r.say(field, "The address that is to be hidden stands in this text. Take it out");
    }
    if r.wrong.is_empty() { Ok(out) } else { Err(r.wrong) }
}

fn organisation(r: &mut Reading<'_>, service: &mut Service) {
    match r.text("organisation", LINE) {
        Some(Some(name)) if service.organization.as_ref().is_none_or(|o| o.name != name) => {
            let id = super::oruk::named("organisation", &name).to_string();
            service.organization = Some(Organization { id, name, ..Organization::default() });
        }
        Some(None) => service.organization = None,
        _ => {}
    }
}

fn needs(r: &mut Reading<'_>, items: &[String], codes: &Codes, today: Date) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    for item in items {
        let list = codes.list("service_need").into_iter().flat_map(|list| list.on(today));
        match list.into_iter().find(|c| c.code == *item || c.title.eq_ignore_ascii_case(item)) {
            Some(code) if !out.contains(&code.code) => out.push(code.code.clone()),
            Some(_) => {}
            None => r.say(
                "needs",
                format!(
                    "“{item}” is not among the needs. The list is under Guidance, code lists, service_need"
                ),
            ),
        }
    }
    out
}

fn reached(r: &mut Reading<'_>, service: &mut Service) {
    if let Some(numbers) = r.list("phone") {
        let known = std::mem::take(&mut service.phones);
        let same = |number: &String| known.iter().find(|p| p.number == *number).cloned();
        let made = |number: String| same(&number).unwrap_or(Phone { number, description: None });
        service.phones = numbers.into_iter().map(made).collect();
    }
    match r.text("email", LINE) {
        Some(Some(email)) if !crate::surveys::is_email(&email) => {
            r.say("email", "This is not an e-mail address. Write it like office@service.example");
        }
        Some(email) => service.email = email,
        None => {}
    }
    match r.text("website", 2_000) {
        Some(Some(url)) if !is_link(&url) => {
            r.say("website", "Write a whole address, like https://service.example/");
        }
        Some(url) => service.url = url,
        None => {}
    }
}

fn is_link(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// The first place; others that an import brought stay as they are.
fn place(r: &mut Reading<'_>, service: &mut Service) {
    let names = ["address", "town", "postcode", "latitude", "longitude"];
    if !names.iter().any(|name| r.cells.contains_key(name)) {
        return;
    }
    let mut first = service.places.first().cloned().unwrap_or_default();
    let mut address = first
        .addresses
        .first()
        .cloned()
        .unwrap_or(Address { country: "GB".to_owned(), ..Address::default() });
    let line = |r: &mut Reading<'_>, name: &'static str, into: &mut String| {
        if let Some(text) = r.text(name, LINE) {
            *into = text.unwrap_or_default();
        }
    };
    line(r, "address", &mut address.address_1);
    line(r, "town", &mut address.city);
    line(r, "postcode", &mut address.postal_code);
    let (latitude, longitude) = (r.degrees("latitude", 90.0), r.degrees("longitude", 180.0));
    let told = |name: &str| r.cells.get(name).is_some_and(|t| !t.trim().is_empty());
    match (told("latitude"), told("longitude")) {
        (true, true) => first.at = latitude.zip(longitude).or(first.at),
        (true, false) => r.say("longitude", "Write the longitude as well, or leave out both"),
        (false, true) => r.say("latitude", "Write the latitude as well, or leave out both"),
        (false, false) if r.cells.contains_key("latitude") => first.at = None,
        (false, false) => {}
    }
    let said = [&address.address_1, &address.city, &address.postal_code].iter().any(|t| !t.is_empty());
    first.addresses.splice(..first.addresses.len().min(1), said.then_some(address));
    if first.id.is_empty() {
        first.id = super::oruk::named("place", &service.name).to_string();
    }
    let there = first.at.is_some() || !first.addresses.is_empty() || first.name.is_some();
    service.places.splice(..service.places.len().min(1), there.then_some(first));
}

/// Lines of "about | area | post | telephone | e-mail".
fn tell(r: &mut Reading<'_>, text: &str) -> Vec<Notify> {
    let mut out = Vec::new();
    for (at, line) in text.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let part = |n: usize| parts.get(n).copied().unwrap_or_default().to_owned();
        let one = Notify { about: part(0), area: part(1), role: part(2), phone: part(3), email: part(4) };
        if parts.len() > 5 || one.about.is_empty() || one.role.is_empty() {
            let words = format!(
                "Line {}: write what about, area, post, telephone and e-mail, with | between them",
                at + 1
            );
            r.say("tell", words);
        } else if !one.email.is_empty() && !crate::surveys::is_email(&one.email) {
            r.say("tell", format!("Line {}: the e-mail address is not one", at + 1));
        } else if line.chars().count() > 1_000 {
            r.say("tell", format!("Line {} is longer than 1,000 characters. Shorten it", at + 1));
        } else {
            out.push(one);
        }
    }
    out
}

fn checked(r: &mut Reading<'_>, service: &mut Service, today: Date) {
    let Some(text) = r.cells.get("checked_on").map(|t| t.trim().to_owned()) else { return };
    if text.is_empty() {
        return;
    }
    // Spreadsheet programs turn days round.
    let turned = || {
        let parts: Vec<i16> = text.split('/').filter_map(|p| p.trim().parse().ok()).collect();
        match parts.as_slice() {
            [day, month, year] => Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok(),
            _ => None,
        }
    };
    match text.parse::<Date>().ok().or_else(turned) {
        Some(on) if on <= today => service.assured_date = Some(on),
        Some(_) => r.say("checked_on", "The day is in the future"),
        None => r.say("checked_on", "Write a day like 2026-11-22 or 22/11/2026"),
    }
}

/// An entry as cells, all but its id, version and the day it was checked.
pub fn write(listing: &Listing, codes: &Codes) -> Cells {
    let service = &listing.service;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let yes = |flag: bool| if flag { "yes" } else { "no" }.to_owned();
    let joined = |items: Vec<String>| items.join("; ");
    let age = |age: Option<u16>| age.map_or_else(String::new, |n| n.to_string());
    let first = service.places.first();
    let address = first.and_then(|p| p.addresses.first()).cloned().unwrap_or_default();
    let at = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
    let needs = listing.needs.iter().map(|n| codes.title("service_need", n).to_owned()).collect();
    let tell = |n: &Notify| [&n.about, &n.area, &n.role, &n.phone, &n.email].map(String::as_str).join(" | ");
    BTreeMap::from([
        ("kind", if listing.kind == ListingKind::Agency { "agency" } else { "service" }.to_owned()),
        ("name", service.name.clone()),
        ("organisation", service.organization.as_ref().map_or_else(String::new, |o| o.name.clone())),
        ("description", text(&service.description)),
        ("plain", text(&listing.plain)),
        ("for_whom", text(&service.eligibility_description)),
        ("age_from", age(service.minimum_age)),
        ("age_to", age(service.maximum_age)),
        ("needs", joined(needs)),
        ("languages", joined(service.languages.iter().filter_map(|l| l.name.clone()).collect())),
        ("area", joined(service.service_areas.iter().filter_map(|a| a.name.clone()).collect())),
        ("refer", text(&service.application_process)),
        ("waiting", text(&service.wait_time)),
        ("cost", text(&service.fees)),
        ("phone", joined(service.phones.iter().map(|p| p.number.clone()).collect())),
        ("email", text(&service.email)),
        ("website", text(&service.url)),
        ("address", address.address_1),
        ("town", address.city),
        ("postcode", address.postal_code),
        ("latitude", at(first.and_then(|p| p.at).map(|at| at.0))),
        ("longitude", at(first.and_then(|p| p.at).map(|at| at.1))),
        ("hide_address", yes(listing.hide_address)),
        ("young", yes(listing.for_young)),
        ("inside_only", yes(listing.inside_only)),
        ("tell", listing.notify.iter().map(tell).collect::<Vec<_>>().join("\n")),
    ])
}
