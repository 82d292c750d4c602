//! The chronology: what happened, as it stands or as it was known on a past day; filtered; fit to print.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_casework::chronology::{ChronologyFilter, ChronologyLine, ChronologyPage, recorded_words};
use kinfold_look::banner::warning;
use kinfold_look::card::empty;
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Checkboxes, Choice, DateInput, FormState, Legend, Required};
use kinfold_look::nav::Pagination;
use kinfold_look::timeline::{Entry, Moment, Standing, timeline};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EventKind, FieldKind, Sensitivity, Strand};

use super::bar::{Here, bar, tabs};
use super::event_form;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

/// Entries on one page.
const PER_PAGE: usize = 40;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}/chronology", For::Child(Action::ViewChild), show)]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let mut form = visit.query.clone();
    let filter = read(&mut form);
    let page = visit.casework().chronology(&visit.actor, child, &filter).await?;
    let book = visit.casework().book();
    let mut around = frame(&visit, "Chronology");
    around.bar = Some(bar(&page.handle, &page.timeline, &book, page.today));
    around.has_errors = form.has_errors();
    let number: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, 10_000);
    let pages = u32::try_from(page.lines.len().div_ceil(PER_PAGE)).unwrap_or(1).max(1);
    let number = if visit.query.holds("all", "yes") { 1 } else { number.min(pages) };
    let per_page = if visit.query.holds("all", "yes") { usize::MAX } else { PER_PAGE };
    let shown: Vec<&ChronologyLine> =
        page.lines.iter().skip((number as usize - 1) * PER_PAGE).take(per_page).collect();
    let list = html! {
        @if let Some(day) = filter.known_on {
            (warning(&format!("This is the record as it was known at the end of {}. What was recorded later is not shown.", date::long(day))))
        }
        p.govuk-body { (page.lines.len()) @if page.lines.len() == 1 { " entry" } @else { " entries" } ", newest first." }
        @if page.lines.is_empty() {
            (empty("Nothing to show", "No entry fits, or none may be shown to you. Change the filter, or record what happened.", None))
        } @else {
            (timeline(&shown.iter().map(|line| entry(line, &page, &book)).collect::<Vec<_>>(), 2))
            @if per_page != usize::MAX {
                (Pagination { page: number, pages, what: "entries".to_owned() }.render(|n| with_page(child, &form, n)))
                @if pages > 1 {
                    p.govuk-body { a.govuk-link href=(format!("{}&all=yes", with_page(child, &form, 1))) { "Show all on one page, to print" } }
                }
            }
        }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Chronology" }
        (tabs(&page.handle, Here::Chronology))
        (kinfold_look::form::error_summary(&form))
        (filter_panel(child, &filter, &form).beside(&list))
    }))
}

fn read(form: &mut FormState) -> ChronologyFilter {
    ChronologyFilter {
        strands: form.values("strand").iter().filter_map(|s| Strand::parse(s)).collect(),
        from: form.read_date("from", "The first day", Required::No),
        to: form.read_date("to", "The last day", Required::No),
        corrected: form.holds("corrected", "yes"),
        known_on: form.read_date("known", "The day it was known on", Required::No),
    }
}

fn filter_panel(child: ChildId, filter: &ChronologyFilter, form: &FormState) -> Filter {
    let base = format!("/children/{child}/chronology");
    let mut chosen: Vec<Chosen> = Vec::new();
    let mut choose = |category: &str, values: Vec<(String, String)>| {
        if !values.is_empty() {
            chosen.push(Chosen { category: category.to_owned(), values });
        }
    };
    let strand = |s: &Strand| (s.title().to_owned(), without(&base, form, "strand", s.as_str()));
    choose("Strand", filter.strands.iter().map(strand).collect());
    for (name, what, day) in
        [("from", "From", filter.from), ("to", "To", filter.to), ("known", "As known on", filter.known_on)]
    {
        choose(what, day.map(|day| (date::short(day), without(&base, form, name, ""))).into_iter().collect());
    }
    if filter.corrected {
        choose("Also", vec![("corrected entries".to_owned(), without(&base, form, "corrected", "yes"))]);
    }
    let strands =
        Strand::ALL.into_iter().filter(|s| *s != Strand::Carers).map(|s| Choice::new(s.as_str(), s.title()));
    Filter {
        action: base,
        chosen,
        fields: html! {
            (Checkboxes::new("strand", Legend::small("Strand"), strands).small().render(form))
            (DateInput::new("from", Legend::small("From")).render(form))
            (DateInput::new("to", Legend::small("To")).render(form))
            (DateInput::new("known", Legend::small("As known on")).hint("Shows the record as it was at the end of that day").render(form))
            (Checkboxes::new("corrected", Legend::small("Corrections"), [Choice::new("yes", "Show corrected and withdrawn entries")]).small().render(form))
        },
        keep: Vec::new(),
    }
}

/// The same list at another page.
fn with_page(child: ChildId, form: &FormState, page: u32) -> String {
    let base = without(&format!("/children/{child}/chronology"), form, "page", form.value("page"));
    let joint = if base.ends_with('?') { "" } else { "&" };
    format!("{base}{joint}page={page}")
}

/// The same address without one answer.
fn without(base: &str, form: &FormState, name: &str, value: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (n, v) in form.pairs() {
        let part_of_date = value.is_empty() && n.starts_with(&format!("{name}-"));
        let taken = part_of_date || (n == name && v == value);
        if !taken && !v.is_empty() {
            query.append_pair(n, v);
        }
    }
    format!("{base}?{}", query.finish())
}

fn entry(line: &ChronologyLine, page: &ChronologyPage, book: &kinfold_casework::Book) -> Entry {
    let entry = &line.entry;
    let child = page.handle.id();
    let moment = match entry.happened_at {
        Some(time) => Moment::At(entry.happened_on.to_datetime(time)),
        None => Moment::Day(entry.happened_on),
    };
    let recorded = recorded_words(entry.recorded_at);
    let mut out = Entry::new(entry.id.to_string(), moment, entry.event.kind().title(), line.by.clone());
    out.strand = look_strand(entry.event.kind().strand());
    out.body = body(line, page, book);
    out.restricted = match entry.sensitivity {
        Sensitivity::Ordinary => None,
        Sensitivity::Health => Some("Health".to_owned()),
        Sensitivity::ThirdParty => Some("About somebody else".to_owned()),
        Sensitivity::Safeguarding => Some("Safeguarding".to_owned()),
        Sensitivity::Restricted => Some("Named people only".to_owned()),
        Sensitivity::Answers => Some("Answers one by one".to_owned()),
        Sensitivity::FamilyHealth => Some("Health of the birth family".to_owned()),
        Sensitivity::SexualHealth => Some("Sexual health".to_owned()),
        Sensitivity::Therapy => Some("Therapy".to_owned()),
        Sensitivity::Voice => Some("The child chose who reads this".to_owned()),
        Sensitivity::SubstanceUse => Some("Alcohol, drugs and tobacco".to_owned()),
        Sensitivity::Carer => Some("The carer’s own log".to_owned()),
    };
    // A few days are usual; longer is worth knowing when reading what was known when.
    let late = recorded.date() > entry.happened_on.saturating_add(jiff::Span::new().days(7));
    out.written_late = late.then(|| format!("recorded {}", date::long(recorded.date())));
    out.standing = match (line.corrected_by, entry.replaces) {
        (Some(by), _) if line.withdrawn => {
            Standing::Replaced { href: format!("#{by}"), by: "Withdrawn".to_owned() }
        }
        (Some(by), _) => Standing::Replaced { href: format!("#{by}"), by: "Corrected".to_owned() },
        (None, Some(old)) => Standing::Corrects { href: format!("#{old}"), reason: String::new() },
        (None, None) => Standing::Stands,
    };
    let correctable = line.corrected_by.is_none() && entry.event.kind() != EventKind::Withdrawn;
    if page.handle.may.has(Action::CorrectEntry) && correctable {
        out.links.push(("Correct or withdraw".to_owned(), format!("/children/{child}/entries/{}", entry.id)));
    }
    out
}

fn body(line: &ChronologyLine, page: &ChronologyPage, book: &kinfold_casework::Book) -> Markup {
    let person = |id: &str| id.parse().ok().and_then(|id| page.names.get(&id).cloned());
    let facts = event_form::words(&line.entry.event, book, person, page.handle.may.has(Action::ViewAddress));
    let long: Vec<&str> = line
        .entry
        .event
        .kind()
        .fields()
        .iter()
        .filter(|f| f.kind == FieldKind::Text)
        .map(|f| f.label)
        .collect();
    let short: Vec<&(&str, String)> = facts.iter().filter(|(label, _)| !long.contains(label)).collect();
    html! {
        @if !short.is_empty() || line.age.is_some() {
            p.govuk-body-s {
                @if let Some(age) = line.age { "Aged " (age) ". " }
                @for (i, (label, words)) in short.iter().enumerate() {
                    @if i > 0 { " · " }
                    (label.trim_end_matches('?')) ": " strong { (words) }
                }
            }
        }
        @for (label, words) in facts.iter().filter(|(label, _)| long.contains(label)) {
            @if *label == "What the child said" || *label == "What the child wanted" {
                blockquote.kf-child-words { span.govuk-visually-hidden { (label) ": " } (event_form::paragraphs(words)) }
            } @else {
                (event_form::paragraphs(words))
            }
        }
    }
}

fn look_strand(strand: Strand) -> Option<kinfold_look::Strand> {
    match strand {
        Strand::Home => Some(kinfold_look::Strand::Home),
        Strand::Law => Some(kinfold_look::Strand::Law),
        Strand::School => Some(kinfold_look::Strand::School),
        Strand::Health => Some(kinfold_look::Strand::Health),
        Strand::People => Some(kinfold_look::Strand::People),
        _ => None,
    }
}
