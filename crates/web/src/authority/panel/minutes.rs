//! Minutes: written item by item, with decisions that become actions, and agreed.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::NewRecommendation;
use kinfold_casework::authority::panel::meeting::{AgendaItem, Presence};
use kinfold_casework::authority::panel::{Decision, MeetingPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, TextInput, Textarea, Width, error_summary,
};
use kinfold_look::{Markup, date, html};
use kinfold_paper::Block;
use uuid::Uuid;

use super::address;
use super::meeting::{changeable, fresh};
use crate::authority::form::{FormPage, press, seen};
use crate::authority::frozen::{plain_day, prose, text_blocks};
use crate::authority::plan::LONGEST;
use crate::authority::written;
use crate::frame::frame;
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let (read, run) = (For::Authority(Action::ViewPlans), For::Authority(Action::RunPanel));
    vec![
        get("/panel/{meeting}/minutes", read, show),
        get("/panel/{meeting}/minutes/minutes.pdf", read, on_paper),
        post("/panel/{meeting}/agree", run, agree),
        get("/panel/{meeting}/items/{item}/minute", run, minute),
        post("/panel/{meeting}/items/{item}/minute", run, minuted),
        get("/panel/{meeting}/items/{item}/decide", run, decide),
        post("/panel/{meeting}/items/{item}/decide", run, decided),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    Ok(draw(&visit, &page, &FormState::new()))
}

fn names(page: &MeetingPage, presence: Presence) -> String {
    let guests = page.meeting.guests.iter().filter(|guest| guest.presence == Some(presence));
    let names: Vec<&str> = guests.map(|guest| guest.name.as_str()).collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
}

fn draw(visit: &Visit, page: &MeetingPage, form: &FormState) -> Markup {
    let (meeting, here) = (&page.meeting, address(page.meeting.id));
    let mut around = frame(visit, "Minutes of the panel");
    around.back = Some(("The meeting".to_owned(), here.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        span.govuk-caption-l { "Minutes of the corporate parenting panel" }
        h1.govuk-heading-l { (date::long(meeting.on)) ", " (meeting.place) }
        @match &meeting.agreed {
            Some((on, stamp)) => (inset(&html! { p { "Agreed on " (plain_day(*on)) " (" (written(page.name(stamp.by), *stamp)) "). Nothing in them changes." } })),
            None => p.govuk-body { "Not agreed yet." },
        }
        p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/minutes/minutes.pdf")) { "Take a copy as a PDF" } }
        div.kf-read {
            p.govuk-body { strong { "Attended: " } (names(page, Presence::Attended)) }
            p.govuk-body { strong { "Apologies: " } (names(page, Presence::Apologies)) }
        }
        @for item in &meeting.items { (item_drawn(page, item, &here)) }
        @if page.may_change() && meeting.on <= page.today {
            (press(visit, &format!("{here}/agree"), &form_key(), meeting.version, &Button::main("The minutes are agreed")))
            p class="govuk-hint kf-screen-only" { "Usually at the next meeting. Nothing of this meeting can be changed afterwards." }
        }
    })
}

fn item_drawn(page: &MeetingPage, item: &AgendaItem, here: &str) -> Markup {
    html! {
        h2.govuk-heading-m { (item.title) }
        div.kf-read {
            @match &item.minute { Some(minute) => (prose(&minute.text)), None => p.govuk-body { "Nothing is written down." } }
            @if !item.decisions.is_empty() {
                h3.govuk-heading-s { "Decided" }
                ul class="govuk-list govuk-list--bullet" {
                    @for decision in &item.decisions {
                        li { a.govuk-link href=(format!("/plans/{}/{}", decision.plan, decision.recommendation)) { (decision.text) } }
                    }
                }
            }
            @if page.may_change() && page.meeting.on <= page.today {
                p class="govuk-body-s kf-screen-only" {
                    a.govuk-link href=(format!("{here}/items/{}/minute", item.item)) { "Write the minute" span.govuk-visually-hidden { " of " (item.title) } } " · "
                    a.govuk-link href=(format!("{here}/items/{}/decide", item.item)) { "Write down a decision" span.govuk-visually-hidden { " on " (item.title) } }
                }
            }
        }
    }
}

async fn on_paper(visit: Visit, Path(id): Path<Uuid>) -> Reply<Response> {
    let page = visit.casework().meeting(&visit.actor, id).await?;
    let meeting = &page.meeting;
    let mut out = vec![
        Block::Strong(format!("{}, {}", plain_day(meeting.on), meeting.place)),
        Block::Text(match &meeting.agreed {
            Some((on, _)) => format!("Agreed on {}.", plain_day(*on)),
            None => "Not agreed yet.".to_owned(),
        }),
        Block::Text(format!("Attended: {}.", names(&page, Presence::Attended))),
        Block::Text(format!("Apologies: {}.", names(&page, Presence::Apologies))),
    ];
    for item in &meeting.items {
        out.push(Block::Heading(2, item.title.clone()));
        match &item.minute {
            Some(minute) => out.extend(text_blocks(&minute.text)),
            None => out.push(Block::Text("Nothing is written down.".to_owned())),
        }
        if !item.decisions.is_empty() {
            out.push(Block::Heading(3, "Decided".to_owned()));
            out.push(Block::List(item.decisions.iter().map(|d| d.text.clone()).collect()));
        }
    }
    let authority = visit.casework().settings().authority.clone();
    let title = "Corporate parenting panel: minutes".to_owned();
    pdf_file(&paper_of(title, authority, meeting.on, out), "panel-minutes")
}

async fn agree(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let key = form.value("key").to_owned();
    match visit.casework().agree_minutes(&visit.actor, id, &key).await {
        Ok(()) => Ok(done(&visit.app, &format!("{}/minutes", address(id)), "The minutes are agreed.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = visit.casework().meeting(&visit.actor, id).await?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}

async fn item_of(visit: &Visit, id: Uuid, item: Uuid) -> Reply<(MeetingPage, AgendaItem)> {
    let page = changeable(visit, id).await?;
    let found = page.meeting.item(item).cloned().ok_or(Error::Absent)?;
    Ok((page, found))
}

async fn minute(visit: Visit, Path((id, item)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let (page, found) = item_of(&visit, id, item).await?;
    let form = fresh(&page).with("text", found.minute.as_ref().map_or("", |minute| minute.text.as_str()));
    Ok(draw_minute(&visit, id, &found, &form, None))
}

fn draw_minute(
    visit: &Visit,
    id: Uuid,
    item: &AgendaItem,
    form: &FormState,
    conflict: Option<Markup>,
) -> Markup {
    let back = format!("{}/minutes", address(id));
    let page = FormPage {
        title: "Write the minute",
        about: &item.title,
        action: &format!("{}/items/{}/minute", address(id), item.item),
        back: ("The minutes", &back),
        button: "Save",
        upload: false,
    };
    let hint = "Name no child. A line that starts with “- ” is a point of a list.";
    let fields =
        html! { (Textarea::new("text", "What was said").hint(hint).rows(12).limit(LONGEST).render(form)) };
    page.draw(visit, form, &html! { @if let Some(conflict) = conflict { (conflict) } }, &fields)
}

async fn minuted(Path((id, item)): Path<(Uuid, Uuid)>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let (_, found) = item_of(&visit, id, item).await?;
    let (text, key) = (form.value("text").to_owned(), form.value("key").to_owned());
    match visit.casework().write_minute(&visit.actor, (id, item), seen(&form), &text, &key).await {
        Ok(()) => Ok(done(&visit.app, &format!("{}/minutes", address(id)), "It is written down.")),
        Err(Error::Conflict { current }) => {
            let (_, now) = item_of(&visit, id, item).await?;
            let saved = now.minute.as_ref().map(|minute| minute.text.clone()).unwrap_or_default();
            let conflict = both(saved, text);
            let form = crate::authority::change::with(form, "seen", current.to_string());
            Ok((StatusCode::CONFLICT, draw_minute(&visit, id, &now, &form, Some(conflict))).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_minute(&visit, id, &found, &form, None)).into_response())
        }
    }
}

async fn decide(visit: Visit, Path((id, item)): Path<(Uuid, Uuid)>) -> Reply<Markup> {
    let (page, found) = item_of(&visit, id, item).await?;
    draw_decide(&visit, id, &found, &fresh(&page)).await
}

async fn draw_decide(visit: &Visit, id: Uuid, item: &AgendaItem, form: &FormState) -> Reply<Markup> {
    let back = address(id);
    let page = FormPage {
        title: "Write down a decision",
        about: &item.title,
        action: &format!("{back}/items/{}/decide", item.item),
        back: ("The meeting", &back),
        button: "Save",
        upload: false,
    };
    let plans = visit.casework().plans(&visit.actor).await?;
    let choices = plans.plans.iter().map(|line| (line.plan.id.to_string(), line.plan.title.clone()));
    let fields = html! {
        (Textarea::new("text", "What was decided").hint("What is to be done. Name no child.").rows(4).limit(LONGEST).render(form))
        (Select::new("plan", "Action plan it goes into", choices).empty("Choose").render(form))
        (TextInput::new("number", "Number in that plan").width(Width::Chars(5)).render(form))
        (TextInput::new("email", "E-mail address of the colleague who does it").email().hint("They are told").render(form))
        (TextInput::new("post", "Or the post that does it").render(form))
        (DateInput::new("target_on", "By when").render(form))
    };
    let before = html! {
        @if plans.plans.is_empty() { p.govuk-body { "There is no action plan yet: " a.govuk-link href="/plans/new" { "make one" } " first." } }
    };
    Ok(page.draw(visit, form, &before, &fields))
}

async fn decided(Path((id, item)): Path<(Uuid, Uuid)>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let (_, found) = item_of(&visit, id, item).await?;
    let on = form.read_date("target_on", "Day", Required::No);
    if form.has_errors() {
        let drawn = draw_decide(&visit, id, &found, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response());
    }
    let value = |name: &str| form.value(name).to_owned();
    let action = NewRecommendation {
        number: value("number"),
        text: value("text"),
        email: value("email"),
        post: value("post"),
        target_on: on,
        ..NewRecommendation::default()
    };
    let decision = Decision { plan: form.value("plan").parse().unwrap_or_default(), action };
    let key = value("key");
    match visit.casework().decide_at_panel(&visit.actor, (id, item), &decision, &key).await {
        Ok(_) => Ok(done(&visit.app, &address(id), "It is decided, and stands in the action plan.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw_decide(&visit, id, &found, &form).await?).into_response())
        }
    }
}
