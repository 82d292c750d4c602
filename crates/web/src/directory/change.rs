//! Adding an entry, changing it, giving it to somebody, taking it out.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::directory::{Cells, ListedPage, NewListing};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, Legend, Radios, TextInput, Textarea, Width, button_group,
    csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// Whoever answers for an entry changes it too, so that those addresses are for all who read the directory; the use case
/// knows who may.
pub(super) fn routes() -> Vec<Route> {
    let (read, edit) = (For::Authority(Action::ViewDirectory), For::Authority(Action::EditDirectory));
    vec![
        get("/directory/new", edit, new),
        post("/directory/new", edit, make),
        get("/directory/{listing}/change", read, ask),
        post("/directory/{listing}/change", read, save),
        post("/directory/{listing}/checked", read, checked),
        get("/directory/{listing}/owner", edit, ask_owner),
        post("/directory/{listing}/owner", edit, give),
        get("/directory/{listing}/end", edit, ask_end),
        post("/directory/{listing}/end", edit, end),
    ]
}

/// Fields of one line or of many; the ticks come beside.
const FIELDS: [&str; 23] = [
    "kind",
    "name",
    "organisation",
    "description",
    "plain",
    "for_whom",
    "age_from",
    "age_to",
    "languages",
    "area",
    "refer",
    "waiting",
    "cost",
    "phone",
    "email",
    "website",
    "address",
    "town",
    "postcode",
    "latitude",
    "longitude",
    "tell",
    "needs",
];
const TICKS: [&str; 3] = ["young", "hide_address", "inside_only"];

/// What was sent, as the use case takes it.
fn cells(form: &FormState) -> Cells {
    let mut out = Cells::new();
    for name in FIELDS {
        out.insert(name, form.values(name).join("; "));
    }
    for name in TICKS {
        out.insert(name, form.value(name).to_owned());
    }
    out.insert("sure", form.value("sure").to_owned());
    out
}

fn filled(visit: &Visit, page: &ListedPage) -> FormState {
    let listing = &page.listed.listing;
    let cells = visit.casework().listing_cells(listing);
    let form = cells.into_iter().fold(FormState::new(), |form, (name, value)| form.with(name, value));
    form.with_all("needs", listing.needs.iter().map(|n| n.to_string()))
        .with("seen", page.listed.version.to_string())
}

async fn new(visit: Visit) -> Reply<Markup> {
    if !visit.actor.may().has(Action::EditDirectory) {
        return Err(Error::Absent.into());
    }
    let form = FormState::new().with("key", form_key()).with("kind", "service");
    Ok(draw(&visit, None, &form, None))
}

fn draw(visit: &Visit, id: Option<Uuid>, form: &FormState, conflict: Option<Markup>) -> Markup {
    let (title, action, back) = match id {
        None => ("Add an entry", "/directory/new".to_owned(), "/directory".to_owned()),
        Some(id) => ("Change an entry", format!("/directory/{id}/change"), format!("/directory/{id}")),
    };
    let mut around = frame(visit, title);
    around.back =
        Some((if id.is_some() { "The entry" } else { "Directory of services" }.to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            @if let Some(conflict) = conflict { (conflict) }
            h1.govuk-heading-l { (title) }
            p.govuk-body { "Anybody can read what you write here, unless you say otherwise below. Name no person: name the post." }
            form method="post" action=(action) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (hidden("seen", form.value("seen")))
                (fields(visit, form))
                (button_group(&[Button::main("Save")], Some(("Cancel", &back))))
            }
        } }
    })
}

fn fields(visit: &Visit, form: &FormState) -> Markup {
    let book = visit.casework().book();
    let today = visit.casework().today();
    let needs = book.guidance.codes.list("service_need").into_iter().flat_map(|l| l.on(today));
    let needs: Vec<Choice> = needs.map(|c| Choice::new(c.code.to_string(), c.title.clone())).collect();
    let tick = |name: &'static str, words: &'static str, hint: &'static str| {
        Radios::yes_no(name, Legend::small(words)).hint(hint).inline()
    };
    // What a form does not say is no.
    let form = &TICKS.into_iter().fold(form.clone(), |form, name| {
        if form.value(name).is_empty() { form.with(name, "no") } else { form }
    });
    html! {
        (Radios::new("kind", "What it is", [Choice::new("service", "A service"), Choice::new("agency", "An agency")]).inline().render(form))
        (TextInput::new("name", "Name").render(form))
        (TextInput::new("organisation", "Who runs it (optional)").render(form))
        (Textarea::new("description", "What it does").rows(5).limit(20_000).render(form))
        (Textarea::new("plain", "The same in plain words, for young people (optional)").hint("Short words and short sentences").rows(4).limit(20_000).render(form))
        (Textarea::new("for_whom", "Who it is for (optional)").rows(2).render(form))
        (TextInput::new("age_from", "From which age (optional)").figures().width(Width::Chars(3)).render(form))
        (TextInput::new("age_to", "To which age (optional)").figures().width(Width::Chars(3)).render(form))
        (Checkboxes::new("needs", Legend::medium("Needs it answers"), needs).small().render(form))
        (TextInput::new("languages", "Languages (optional)").hint("With a semicolon between them: Arabic; Polish").render(form))
        (TextInput::new("area", "Where people have to live (optional)").hint("Areas or towns with a semicolon between them").render(form))
        (Textarea::new("refer", "How to refer, or how to come (optional)").rows(3).render(form))
        (TextInput::new("waiting", "Waiting time (optional)").hint("About three weeks").render(form))
        (TextInput::new("cost", "Cost (optional)").render(form))
        (TextInput::new("phone", "Telephone (optional)").hint("More than one with a semicolon between them").render(form))
        (TextInput::new("email", "E-mail (optional)").hint("Of the service or team, not of a person").email().render(form))
        (TextInput::new("website", "Website (optional)").render(form))
        h2.govuk-heading-m { "Where it is" }
        (TextInput::new("address", "House and street (optional)").autocomplete("off").render(form))
        (TextInput::new("town", "Town (optional)").autocomplete("off").render(form))
        (TextInput::new("postcode", "Postcode (optional)").width(Width::Chars(10)).autocomplete("off").render(form))
        (TextInput::new("latitude", "Latitude (optional)").hint("With both it stands on the map, for example 51.5072").figures().width(Width::Chars(10)).render(form))
        (TextInput::new("longitude", "Longitude (optional)").hint("For example -0.1276").figures().width(Width::Chars(10)).render(form))
        (tick("hide_address", "Must nobody outside know where it is?", "A refuge, a children’s home. The address is then on no public page, map or file").render(form))
        @if form.error_of("hide_address").is_some() {
            (Checkboxes::new("sure", Legend::small("Or"), [Choice::new("yes", "Its address may be known")]).small().render(form))
        }
        h2.govuk-heading-m { "Who sees it" }
        (tick("young", "Is it shown to young people and care leavers?", "On their own page, in plain words").render(form))
        (tick("inside_only", "Is it only for those who work here?", "It is then on no public page at all").render(form))
        h2.govuk-heading-m { "Whom to tell there" }
        (Textarea::new("tell", "Whom to tell (optional)").hint("On each line: of what | area | post | telephone | e-mail. For example: A child in care moves here | Mossbury | Nurses for looked-after children | 01632 960 111 | nurses@health.example").rows(5).render(form))
    }
}

async fn make(Held(app): Held<App>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let new = NewListing { cells: cells(&form) };
    match visit.casework().make_listing(&visit.actor, &new, form.value("key")).await {
        Ok(id) => {
            Ok(done(&app, &format!("/directory/{id}"), "The entry is in the directory. You answer for it."))
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            if form.value("key").is_empty() {
                form = form.with("key", form_key());
            }
            Ok((status, draw(&visit, None, &form, None)).into_response())
        }
    }
}

async fn changeable(visit: &Visit, id: Uuid) -> Reply<ListedPage> {
    let page = visit.casework().directory_entry(&visit.actor, id).await?;
    if !page.may_change || page.listed.ended.is_some() {
        return Err(Error::Absent.into());
    }
    Ok(page)
}

async fn ask(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    Ok(draw(&visit, Some(id), &filled(&visit, &page), None))
}

async fn save(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    changeable(&visit, id).await?;
    let seen = form.value("seen").parse().unwrap_or(0);
    let new = NewListing { cells: cells(&form) };
    match visit.casework().change_listing(&visit.actor, id, seen, &new).await {
        Ok(()) => Ok(done(&app, &format!("/directory/{id}"), "The entry is changed.")),
        Err(Error::Conflict { current }) => {
            let page = changeable(&visit, id).await?;
            let saved = visit.casework().listing_cells(&page.listed.listing);
            let words = |cells: &Cells| -> String {
                cells
                    .iter()
                    .filter(|(_, v)| !v.is_empty())
                    .map(|(_, v)| v.as_str())
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let conflict = both(words(&saved), words(&new.cells));
            let form = form.with("seen", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&visit, Some(id), &form, Some(conflict))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, Some(id), &form, None)).into_response())
        }
    }
}

fn seen(form: &FormState) -> i64 {
    form.value("seen").parse().unwrap_or(0)
}

async fn checked(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, form }: Sent) -> Reply {
    visit.casework().check_listing(&visit.actor, id, seen(&form)).await?;
    Ok(done(&app, &format!("/directory/{id}"), "It is noted that you checked it today."))
}

/// A small form about an entry: one question and a button.
fn small(
    visit: &Visit,
    id: Uuid,
    form: &FormState,
    (title, address, button): (&str, &str, &str),
    field: &Markup,
) -> Markup {
    let back = format!("/directory/{id}");
    let mut around = frame(visit, title);
    around.back = Some(("The entry".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { (title) }
            form method="post" action=(format!("{back}/{address}")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen", form.value("seen")))
                (field)
                (button_group(&[Button::main(button)], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn ask_owner(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    Ok(draw_owner(&visit, id, &FormState::new().with("seen", page.listed.version.to_string())))
}

fn draw_owner(visit: &Visit, id: Uuid, form: &FormState) -> Markup {
    let field = html! { (TextInput::new("email", "E-mail address of the colleague who answers for it").hint("They are told when it is to be checked. Leave it empty to give it to nobody").email().render(form)) };
    small(visit, id, form, ("Give it to somebody", "owner", "Give it"), &field)
}

async fn give(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    match visit.casework().give_listing(&visit.actor, id, seen(&form), form.value("email")).await {
        Ok(()) => Ok(done(&app, &format!("/directory/{id}"), "It is noted who answers for it.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_owner(&visit, id, &form)).into_response())
        }
    }
}

async fn ask_end(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = changeable(&visit, id).await?;
    Ok(draw_end(&visit, id, &FormState::new().with("seen", page.listed.version.to_string())))
}

fn draw_end(visit: &Visit, id: Uuid, form: &FormState) -> Markup {
    let field = html! { (Textarea::new("why", "Why").hint("It stays with its history among those taken out").rows(3).render(form)) };
    small(visit, id, form, ("Take it out of the directory", "end", "Take it out"), &field)
}

async fn end(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    match visit.casework().end_listing(&visit.actor, id, seen(&form), form.value("why")).await {
        Ok(()) => Ok(done(&app, "/directory", "The entry is taken out.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_end(&visit, id, &form)).into_response())
        }
    }
}
