//! All meetings, and calling one.

use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::panel::meeting::{Meeting, Presence};
use kinfold_casework::authority::panel::{NewMeeting, PanelPage};
use kinfold_casework::record::form_key;
use kinfold_look::card::empty;
use kinfold_look::form::{DateInput, FormState, Required, TextInput, Textarea, button_link};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::address;
use crate::authority::form::FormPage;
use crate::authority::{Strand, tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let run = For::Authority(Action::RunPanel);
    vec![
        get("/panel", For::Authority(Action::ViewPlans), show),
        get("/panel/new", run, new),
        post("/panel/new", run, call),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().panel(&visit.actor).await?;
    let mut around = frame(&visit, "Corporate parenting panel");
    around.wide = true;
    Ok(around.render(&html! {
        (tabs(Strand::Panel))
        h1.govuk-heading-l { "Corporate parenting panel" }
        p.kf-lead { "Where councillors, with those who work with children, look at how the council does as a parent." }
        div class="govuk-button-group kf-screen-only" {
            @if page.may_run { (button_link("Call a meeting", "/panel/new", true)) }
            (button_link("Pass words on to the panel", "/panel/words/new", false))
        }
        ul class="govuk-list" {
            li { a.govuk-link href="/panel/visits" { "Members’ visits and events" } }
            li { a.govuk-link href="/panel/words" { @if page.may_run { "Words passed on to the panel" } @else { "Words that you passed on" } } }
        }
        @if page.meetings.is_empty() {
            (empty("No meeting yet", "The panel’s clerk calls the first one. Councillors and the director are told.", None))
        } @else { (table(&page)) }
    }))
}

fn table(page: &PanelPage) -> Table {
    let columns = [
        Column::new("Meeting"),
        Column::new("Place"),
        Column::figures("Items"),
        Column::new("Papers"),
        Column::new("Minutes"),
        Column::figures("Attended"),
    ];
    Table::new("Meetings", columns)
        .caption_hidden()
        .rows(page.meetings.iter().map(|line| row(&line.meeting, page.today)))
}

fn row(meeting: &Meeting, today: jiff::civil::Date) -> Row {
    let minutes = match (&meeting.agreed, meeting.has_minutes()) {
        (Some(_), _) => "Agreed",
        (None, true) => "Written",
        (None, false) if meeting.on >= today => "To come",
        (None, false) => "None yet",
    };
    Row::new()
        .cell(html! {
            a.govuk-link href=(address(meeting.id)) { (date::long(meeting.on)) }
            @if meeting.cancelled.is_some() { br; "Not held" }
        })
        .cell(&meeting.place)
        .cell(meeting.items.len())
        .cell(match meeting.pack() {
            Some(pack) => format!("Issued {}", date::short(pack.on)),
            None => "Not yet".to_owned(),
        })
        .cell(minutes)
        .cell(meeting.count(Presence::Attended))
}

/// Only for those who call meetings.
async fn calls(visit: &Visit) -> Reply<()> {
    let page = visit.casework().panel(&visit.actor).await?;
    if page.may_run { Ok(()) } else { Err(kinfold_casework::Error::Absent.into()) }
}

async fn new(visit: Visit) -> Reply<Markup> {
    calls(&visit).await?;
    let form = FormState::new().with("key", form_key()).with("at", "10 am");
    Ok(draw(&visit, &form))
}

fn draw(visit: &Visit, form: &FormState) -> Markup {
    let page = FormPage {
        title: "Call a meeting",
        about: "Corporate parenting panel",
        action: "/panel/new",
        back: ("The panel", "/panel"),
        button: "Call it",
        upload: false,
    };
    let before = html! {
        p.govuk-body { "It comes with the usual agenda, and everybody who was called to the last one is called and told. You can change both." }
    };
    page.draw(visit, form, &before, &fields(form))
}

/// The day, the time and the place of a meeting.
pub(super) fn fields(form: &FormState) -> Markup {
    html! {
        (DateInput::new("on", "Day").render(form))
        (TextInput::new("at", "Time (optional)").width(kinfold_look::form::Width::Chars(10)).render(form))
        (TextInput::new("place", "Place").hint("A room, or how to join from elsewhere").render(form))
    }
}

/// Why it is moved.
pub(super) fn reason(form: &FormState, words: &str) -> Markup {
    html! { (Textarea::new("reason", words).rows(3).render(form)) }
}

/// What was typed; `None` when the day makes no sense, and the form says so.
pub(super) fn read(form: &mut FormState) -> Option<NewMeeting> {
    let on = form.read_date("on", "Day", Required::Yes)?;
    let value = |name: &str| form.value(name).to_owned();
    Some(NewMeeting { on, at: value("at"), place: value("place"), reason: value("reason") })
}

async fn call(Sent { visit, mut form }: Sent) -> Reply<Response> {
    // Before what was typed is looked at: a refusal for it would tell that there is something here.
    calls(&visit).await?;
    let casework = visit.casework();
    let status = match read(&mut form) {
        None => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        Some(new) => match casework.call_meeting(&visit.actor, &new, form.value("key")).await {
            Ok(id) => return Ok(done(&visit.app, &address(id), "The meeting is called.")),
            Err(error) => refuse(&mut form, error)?,
        },
    };
    Ok((status, draw(&visit, &form)).into_response())
}
