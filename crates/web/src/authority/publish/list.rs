//! All drafts and what was published, and beginning a draft.

use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::publish::{NewPublication, PublicationLine, PublicationsPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::card::empty;
use kinfold_look::form::{FormState, Select, TextInput, button_link};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::address;
use crate::authority::form::FormPage;
use crate::authority::frozen::plain_day;
use crate::authority::{Strand, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let edit = For::Authority(Action::EditPlans);
    vec![
        get("/publications", For::Authority(Action::ViewPlans), show),
        get("/publications/new", edit, new),
        post("/publications/new", edit, begin),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().publications(&visit.actor).await?;
    let mut around = frame(&visit, "Reports and promises");
    around.wide = true;
    Ok(around.render(&html! {
        (tabs(Strand::Publications))
        h1.govuk-heading-l { "Reports and promises" }
        p.kf-lead { "Annual reports, the corporate parenting strategy, the pledge and the local offer: as drafts here, and for everybody once they are published." }
        div class="govuk-button-group kf-screen-only" {
            @if page.may_edit { (button_link("Begin a paper", "/publications/new", true)) }
            (button_link("What everybody can read", "/published", false))
        }
        @if page.lines.is_empty() {
            (empty("No paper yet", "The director, a head of service, a commissioner or the panel’s clerk begins one.", None))
        } @else { (table(&page)) }
    }))
}

fn table(page: &PublicationsPage) -> Table {
    let columns = [
        Column::new("Paper"),
        Column::new("For"),
        Column::new("Year to March"),
        Column::new("Answers for it"),
        Column::new("Published"),
    ];
    Table::new("Papers", columns).caption_hidden().rows(page.lines.iter().map(row))
}

fn row(line: &PublicationLine) -> Row {
    let of = &line.publication;
    let published = html! {
        @match of.latest() {
            None => "Not yet",
            Some(last) => {
                a.govuk-link href=(format!("/published/{}", of.id)) { "Version " (last.number) } ", " (date::short_element(last.on))
                @if of.has_changes() { br; "The draft differs" }
            }
        }
    };
    Row::new()
        .cell(html! { a.govuk-link href=(address(of.id)) { (of.title) } br; span.govuk-hint { (of.paper.title()) } })
        .cell(&of.reader)
        .cell(of.year)
        .cell(&line.owner)
        .cell(published)
}

async fn new(visit: Visit) -> Reply<Markup> {
    let page = begins(&visit).await?;
    let over = page.years.iter().find(|year| !year.running).map(|year| year.year.to_string());
    // A page that knows what is to be told of says so in the address.
    let outline = page.outlines.iter().find(|outline| outline.id == visit.query.value("outline"));
    let asked = page.years.iter().map(|year| year.year.to_string());
    let year = asked.into_iter().find(|year| year == visit.query.value("year")).or(over);
    let form = FormState::new()
        .with("key", form_key())
        .with("outline", outline.map(|outline| outline.id.clone()).unwrap_or_default())
        .with("title", outline.map(|outline| outline.title.clone()).unwrap_or_default())
        .with("year", year.unwrap_or_default());
    Ok(draw(&visit, &page, &form))
}

async fn begins(visit: &Visit) -> Reply<PublicationsPage> {
    let page = visit.casework().publications(&visit.actor).await?;
    if page.may_edit { Ok(page) } else { Err(Error::Absent.into()) }
}

fn draw(visit: &Visit, of: &PublicationsPage, form: &FormState) -> Markup {
    let page = FormPage {
        title: "Begin a paper",
        about: "Reports and promises",
        action: "/publications/new",
        back: ("Reports and promises", "/publications"),
        button: "Begin it",
        upload: false,
    };
    let outlines = of.outlines.iter().map(|outline| (outline.id.clone(), outline.title.clone()));
    let years = of.years.iter().map(|year| {
        let words = match year.running {
            true => format!("The twelve months to {} (today)", plain_day(year.span.to)),
            false => format!("The year to {}", plain_day(year.span.to)),
        };
        (year.year.to_string(), words)
    });
    let fields = html! {
        (Select::new("outline", "What it is", outlines).empty("Choose").render(form))
        (TextInput::new("title", "Title").render(form))
        (Select::new("year", "The year it tells of", years).render(form))
    };
    let before = html! {
        p.govuk-body { "The draft begins with the words of its outline, with what the record tells, and with the figures of today. All of it can be edited." }
    };
    page.draw(visit, form, &before, &fields)
}

async fn begin(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let page = begins(&visit).await?;
    let value = |name: &str| form.value(name).to_owned();
    let year = form.value("year").parse().unwrap_or_default();
    let new = NewPublication { outline: value("outline"), title: value("title"), year };
    match visit.casework().start_publication(&visit.actor, &new, form.value("key")).await {
        Ok(id) => Ok(done(&visit.app, &address(id), "The draft is begun. Edit its sections.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}
