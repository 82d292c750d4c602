//! Opening a round: what is asked, until when, and who is invited; read back before anything is sent.

use axum::extract::State as Held;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::record::form_key;
use kinfold_casework::surveys::{
    MOST_RECIPIENTS, NewRound, Recipients, SurveyChoice, WrongLine, read_recipients,
};
use kinfold_look::banner::inset;
use kinfold_look::form::{
    Button, DateInput, FileUpload, FormState, Required, Select, TextInput, Textarea, button_group,
    csrf_field, error_summary, hidden,
};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::{Upload, Uploaded};
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::RunSurveys);
    vec![get("/surveys/new", whom, new), post("/surveys/new", whom, look), post("/surveys/open", whom, open)]
}

async fn new(visit: Visit) -> Reply<Markup> {
    let surveys = visit.casework().surveys_to_open(&visit.actor)?;
    let closes = visit.casework().today().saturating_add(jiff::Span::new().days(28));
    let form = FormState::new().with("key", form_key()).with_date("closes_on", closes);
    Ok(draw(&visit, &surveys, &form, &[]))
}

fn draw(visit: &Visit, surveys: &[SurveyChoice], form: &FormState, wrong: &[WrongLine]) -> Markup {
    let mut around = frame(visit, "Open a round of a survey");
    around.back = Some(("Surveys".to_owned(), "/surveys".to_owned()));
    around.has_errors = form.has_errors();
    let choices =
        surveys.iter().map(|s| (s.id.to_string(), format!("{} ({} questions)", s.title, s.questions)));
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Open a round of a survey" }
            form method="post" action="/surveys/new" enctype="multipart/form-data" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Select::new("survey", "What is asked", choices).empty("Choose").render(form))
                (TextInput::new("title", "What this round is called").hint("For example, Autumn 2026").render(form))
                (DateInput::new("closes_on", "Last day").hint("It can be answered until the end of this day. What it came to is shown from the next day on").render(form))
                (wrong_lines(wrong))
                (Textarea::new("recipients", "Who is invited").hint("A name and an e-mail address on each line, as copied from a spreadsheet or with a comma between them").rows(12).render(form))
                (FileUpload::new("file", "Or a file (CSV)").hint("It is added to what stands above. After an error choose the file again only if it has changed").accept(".csv,.txt").render(form))
                (button_group(&[Button::main("Look at it before it is sent")], Some(("Cancel", "/surveys"))))
            }
        } }
    })
}

/// Lines that cannot be used, each with its number and the reason.
pub(super) fn wrong_lines(wrong: &[WrongLine]) -> Markup {
    let rows = wrong.iter().map(|w| Row::new().cell(w.line).cell(&w.text).cell(&w.why));
    let columns = [Column::new("Line"), Column::new("What stands there"), Column::new("What to do")];
    html! {
        @if !wrong.is_empty() {
            (Table::new("Lines that cannot be used", columns).rows(rows))
        }
    }
}

/// What was typed and what the file holds, as one text.
pub(super) fn all_lines(form: &mut FormState, files: &[Uploaded]) -> String {
    let mut text = form.value("recipients").replace("\r\n", "\n");
    for file in files.iter().filter(|file| !file.bytes.is_empty()) {
        match std::str::from_utf8(&file.bytes) {
            Ok(more) => {
                if !text.trim().is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push_str(more.trim_start_matches('\u{feff}'));
            }
            Err(_) => {
                form.error("file", "This file is not in UTF-8. In the spreadsheet program choose “CSV UTF-8”")
            }
        }
    }
    text
}

/// What is entered, as the use case takes it.
fn read(form: &mut FormState, read: Recipients) -> Option<NewRound> {
    let closes_on = form.read_date("closes_on", "Last day", Required::Yes)?;
    Some(NewRound {
        survey: form.value("survey").to_owned(),
        title: form.value("title").to_owned(),
        closes_on: Some(closes_on),
        recipients: read.right,
    })
}

async fn look(Upload { visit, mut form, files }: Upload) -> Reply<Response> {
    let surveys = visit.casework().surveys_to_open(&visit.actor)?;
    let text = all_lines(&mut form, &files);
    let found = read_recipients(&text);
    let mut form = form.with("recipients", text);
    if form.holds("change", "yes") {
        return Ok(draw(&visit, &surveys, &form, &found.wrong).into_response());
    }
    if !found.wrong.is_empty() && found.right.is_empty() {
        form.error(
            "recipients",
            "None of the lines can be used. Each needs an e-mail address, like office@school.example",
        );
    }
    let new = read(&mut form, found.clone());
    let refused = match &new {
        Some(new) => visit.casework().round_to_open(new).err(),
        None => None,
    };
    let status = match refused {
        Some(error) => refuse(&mut form, error)?,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    if form.value("key").is_empty() {
        form = form.with("key", form_key());
    }
    // Wrong lines are no reason to stop: what is right can be looked at, and what is wrong is said there.
    match new.filter(|_| !form.has_errors()) {
        Some(new) => Ok(check(&visit, &new, &form, &found)?.into_response()),
        None => Ok((status, draw(&visit, &surveys, &form, &found.wrong)).into_response()),
    }
}

/// Everything read back, with the letter as it will go out.
fn check(visit: &Visit, new: &NewRound, form: &FormState, found: &Recipients) -> Reply<Markup> {
    let (survey, title, closes_on) = visit.casework().round_to_open(new)?;
    let mut around = frame(visit, "Check the round before it is sent");
    around.back = Some(("Surveys".to_owned(), "/surveys".to_owned()));
    let fields =
        ["key", "survey", "title", "closes_on-day", "closes_on-month", "closes_on-year", "recipients"];
    let kept = html! { @for name in fields { (hidden(name, form.value(name))) } };
    let count = found.right.len();
    let promise = if survey.anonymous {
        "Nobody, not you and not whoever runs this server, will be able to see who answered what."
    } else {
        "Answers are kept with the names of those who give them. You and others who run surveys will read who answered what, and they are told so."
    };
    let people = found.right.iter().map(|r| Row::new().cell(&r.name).cell(&r.email));
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            h1.govuk-heading-l { "Check the round before it is sent" }
            (summary_list(&[
                Fact::new("Survey", survey.head.title.as_str()),
                Fact::new("Round", title),
                Fact::new("Last day", date::long(closes_on)),
                Fact::new("Invited", format!("{count} by e-mail, each with a link that works once")),
            ]))
            (inset(&html! { p { (promise) } }))
            @if !found.wrong.is_empty() {
                h2.govuk-heading-m { "Not invited: " (found.wrong.len()) @if found.wrong.len() == 1 { " line" } @else { " lines" } " that cannot be used" }
                (wrong_lines(&found.wrong))
            }
            form method="post" action="/surveys/open" {
                (csrf_field(visit.actor.csrf()))
                (kept)
                (Button::main(format!("Send {count} invitations")))
            }
            form method="post" action="/surveys/new" enctype="multipart/form-data" {
                (csrf_field(visit.actor.csrf()))
                (kept)
                (hidden("change", "yes"))
                (Button::secondary("Change it"))
            }
            h2.govuk-heading-m { "Who is invited" }
            (Table::new("Who is invited", [Column::new("Name"), Column::new("E-mail address")]).caption_hidden().dense().rows(people))
            p.govuk-body { "One round invites up to " (MOST_RECIPIENTS) "." }
        } }
    }))
}

async fn open(Held(app): Held<App>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let surveys = visit.casework().surveys_to_open(&visit.actor)?;
    let found = read_recipients(form.value("recipients"));
    let status = match read(&mut form, found.clone()) {
        Some(new) => match visit.casework().open_round(&visit.actor, &new, form.value("key")).await {
            Ok(round) => {
                let words = "The round is open and the invitations are on their way.";
                return Ok(done(&app, &format!("/surveys/{round}"), words));
            }
            Err(error) => refuse(&mut form, error)?,
        },
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok((status, draw(&visit, &surveys, &form, &found.wrong)).into_response())
}
