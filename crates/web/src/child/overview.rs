//! A child's page: who this child is, where they live, who is who, what is due and why.

use axum::extract::Path;
use axum::response::IntoResponse as _;
use kinfold_casework::shelf::Shown;
use kinfold_casework::{Action, ChildPage};
use kinfold_look::card::empty;
use kinfold_look::form::button_link;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State as Mark, date, html};
use kinfold_pathway::{Duty, State};
use kinfold_record::{ChildId, Membership, SpellKind};

use super::bar::{Here, bar, tabs};
use super::done;
use super::ribbon::ribbon;
use crate::duty::{address, duty_state, sum};
use crate::frame::frame;
use crate::help::{place_link, role_link};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::{Visit, again, kept};

pub(super) fn routes() -> Vec<Route> {
    vec![get("/children/{child}", For::Child(Action::ViewChild), show)]
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply {
    let from = visit.query.value("from");
    // Only the two ways there are: an address made up must not fill the shelf.
    let drawn = if matches!(from, "birth" | "care") { from } else { "" };
    let keeps = visit.flash.is_none();
    if keeps
        && let Some(page) =
            visit.casework().shown_before(&visit.actor, &Shown::Child(child, drawn.to_owned())).await?
    {
        return Ok(again(page));
    }
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let mut around = frame(&visit, "Child’s page");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    let shown = around.render(&html! {
        h1.govuk-visually-hidden { "Child’s page" }
        (tabs(&page.handle, Here::Overview))
        (due(&page))
        @if let Some(ribbon) = ribbon(&page, from) { (ribbon) }
        div.govuk-grid-row {
            div.govuk-grid-column-one-half { (home(&page)) }
            div.govuk-grid-column-one-half { (who(&page)) }
        }
        (circle(&page))
        (done::link(&page))
    });
    if keeps {
        let (bytes, shown) = kept(shown);
        visit.casework().keep_child(&visit.actor, &page, drawn.to_owned(), bytes);
        return Ok(shown);
    }
    Ok(shown.into_response())
}

fn due(page: &ChildPage) -> Markup {
    let mut open: Vec<&Duty> =
        page.duties.iter().filter(|d| d.state == State::Open && d.opens_on <= page.today).collect();
    open.sort_by_key(|d| d.due_on);
    let mut later: Vec<&Duty> =
        page.duties.iter().filter(|d| d.state == State::Open && d.opens_on > page.today).collect();
    later.sort_by_key(|d| d.due_on);
    html! {
        h2.govuk-heading-m { "What is due" }
        @if open.is_empty() && later.is_empty() {
            (empty("Nothing is due", "Duties start when something happens: coming into care, a move, a birthday. Record it and they appear.", None))
        } @else if open.is_empty() {
            p.govuk-body { "Nothing is due now." }
        } @else {
            (duty_table("What is due now", &open, page, true))
        }
        @if page.handle.may.may_record_something() {
            (button_link("Record what happened", &format!("/children/{}/record", page.handle.id()), true))
        }
        @if !later.is_empty() {
            (kinfold_look::banner::details(&format!("Coming up later ({})", later.len()), &duty_table("Coming up later", &later, page, true), false))
        }
    }
}

/// Duties in rows; each with its sum, or only with the way to it where there are many.
pub(super) fn duty_table(caption: &str, duties: &[&Duty], page: &ChildPage, sums: bool) -> Markup {
    let rows = duties.iter().filter_map(|duty| {
        let rule = page.book.rules.rule_of(duty)?;
        let state = duty_state(duty, page.today, page.now);
        let href = address(page.handle.id().0, &duty.rule, &duty.occurrence.to_string());
        let row = Row::new()
            .cell(html! { a.govuk-link href=(href) { (rule.title) } @if sums { (sum(duty, rule, &page.book)) } })
            .cell(html! { (date::short_element(duty.due_on)) br; span.govuk-hint { (date::relative(duty.due_on, page.today)) } })
            .cell(html! { (role_link(&rule.owner.role)) })
            .cell(state.small());
        Some(if state == Mark::Late { row.late() } else { row })
    });
    html! {
        (Table::new(caption, ["Duty", "By when", "Whose", "State"].map(Column::new)).caption_hidden().dense().rows(rows))
    }
}

fn home(page: &ChildPage) -> Markup {
    let (timeline, today) = (&page.timeline, page.today);
    let codes = &page.book.guidance.codes;
    let mut facts = Vec::new();
    match timeline.placement_on(today) {
        Some(placement) => {
            facts.push(Fact::new(
                "Lives",
                html! { (codes.title("placement_type", placement.code_on(today))) },
            ));
            facts.push(Fact::new(
                "Since",
                html! { (date::long(placement.start)) " (" (date::lasted(placement.start, today)) ")" },
            ));
            if let Some(name) = &placement.carer_name {
                facts.push(Fact::new("With", html! { (name) }));
            }
            if page.handle.may.has(Action::ViewAddress) {
                let words = match &placement.address {
                    Some(address) => {
                        html! { @for line in address.lines() { (line) br; } @if placement.address_confidential { strong { "Confidential: do not pass on" } } }
                    }
                    None if placement.address_confidential => {
                        html! { "Kept back: the address is confidential" }
                    }
                    None => date::unknown(),
                };
                facts.push(Fact::new("Address", words));
            }
            let place = placement.location.as_ref().map(|l| codes.title("location", l).to_owned());
            facts.push(Fact::new(
                "Area",
                html! { @match place { Some(place) => (place), None => (date::unknown()) } },
            ));
        }
        None => facts.push(Fact::new("Lives", html! { "No home is recorded for today" })),
    }
    if let Some(care) = timeline.care_on(today) {
        facts.push(Fact::new("In care since", html! { (date::long(care.start)) }));
    }
    for (kind, words) in [
        (SpellKind::LongTermFostering, "Long-term foster placement"),
        (SpellKind::Unaccompanied, "Unaccompanied asylum-seeking child"),
        (SpellKind::Proceedings, "Care proceedings are running"),
        (SpellKind::AdoptionPlan, "Plan is adoption"),
        (SpellKind::AuthorityAccommodation, "Lives in accommodation the authority provides"),
    ] {
        if timeline.holds(kind, today) {
            facts.push(Fact::new("Also", html! { (words) }));
        }
    }
    html! { h2.govuk-heading-m { "Home" } (summary_list(&facts)) }
}

fn who(page: &ChildPage) -> Markup {
    let identity = &page.timeline.identity;
    let codes = &page.book.guidance.codes;
    let code = |list: &str, code: &Option<smol_str::SmolStr>| match code {
        Some(code) => html! { (codes.title(list, code)) },
        None => date::unknown(),
    };
    let mut facts = vec![Fact::new("Full name", html! { (identity.given_name) " " (identity.family_name) })];
    if let Some(known_as) = &identity.known_as {
        facts.push(Fact::new("Likes to be called", html! { (known_as) }));
    }
    if page.handle.may.has(Action::ViewIdentity) {
        facts.push(Fact::new("Born", html! { @match page.timeline.born { Some(born) => (date::long(born)), None => (date::unknown()) } }));
        facts.push(Fact::new("Sex", code("sex", &identity.sex)));
        facts.push(Fact::new("Ethnicity", code("ethnicity", &identity.ethnicity)));
        facts.push(Fact::new(
            "First language",
            html! { @match &identity.first_language { Some(l) => (l), None => (date::unknown()) } },
        ));
        facts.push(Fact::new("NHS number", html! { @match &identity.nhs_number { Some(n) => (kinfold_record::identifiers::show_nhs_number(n)), None => (date::unknown()) } }));
        facts.push(Fact::new(
            "UPN",
            html! { @match &identity.upn { Some(n) => (n), None => (date::unknown()) } },
        ));
    }
    html! { h2.govuk-heading-m { "Who this is" } (summary_list(&facts)) }
}

fn circle(page: &ChildPage) -> Markup {
    let members: Vec<&Membership> = page.timeline.circle_on(page.today).collect();
    let codes = &page.book.guidance.codes;
    html! {
        h2.govuk-heading-m { "Who is who" }
        @if members.is_empty() {
            (empty("Nobody is in the circle yet", "The team manager puts together who works with this child, starting with a key worker.", None))
        } @else {
            (Table::new("The circle today", ["Who", "Role", "Since"].map(Column::new)).caption_hidden().dense().rows(members.iter().map(|m| {
                Row::new()
                    .cell(html! { (m.name.clone().or_else(|| m.person.and_then(|p| page.names.get(&p).cloned())).unwrap_or_else(|| "Somebody with an account".to_owned())) })
                    .cell(html! { (place_link(&m.role, codes.title("circle_role", &m.role))) @if m.key_worker { " " strong { "(key worker)" } } @if m.parental_responsibility { br; span.govuk-hint { "Has parental responsibility" } } })
                    .cell(html! { (date::short(m.start)) })
            })))
        }
    }
}
