//! A survey as somebody answers it who has no account. All questions stand on one page, and nothing is kept before the
//! answers are sent: between the pages they travel in the form itself.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kinfold_casework::Error;
use kinfold_casework::surveys::{SurveyAnswered, SurveyOpened};
use kinfold_forms::posted::{self, Posted as Fields};
use kinfold_forms::words::shown;
use kinfold_forms::{Answers, Facts, Key, Severity, Sheet};
use kinfold_guidance::Survey;
use kinfold_guidance::form::{Form, Question};
use kinfold_look::banner::{important_banner, inset, panel};
use kinfold_look::form::{Button, FormState, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};

use crate::App;
use crate::forms::{Drawing, answer_shown, mark, names};
use crate::frame::base;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Posted;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/survey/{token}", For::Bearer, open),
        post("/survey/{token}", For::Bearer, look),
        post("/survey/{token}/send", For::Bearer, send),
    ]
}

/// A page for somebody outside. Its title names nobody.
fn page(app: &App, wrong: bool, body: &Markup) -> Markup {
    let mut around = base(app, "A survey");
    around.has_errors = wrong;
    around.render(&html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } })
}

fn over(app: &App, used: bool) -> Response {
    let body = html! {
        @if used {
            h1.govuk-heading-l { "This link has been used" }
            p.govuk-body { "Answers were sent with it, and each link works once. If that was you: thank you, there is nothing more to do." }
            p.govuk-body { "If it was not you, tell whoever sent you the link." }
        } @else {
            h1.govuk-heading-l { "This survey is closed" }
            p.govuk-body { "Its last day has passed, so no more answers are taken. If you still want to say something, tell whoever sent you the link." }
        }
    };
    (StatusCode::GONE, page(app, false, &body)).into_response()
}

/// A link that opens nothing, or was used too often.
fn failed(app: &App, error: Error) -> Reply {
    match error {
        Error::Absent => {
            let body = html! {
                h1.govuk-heading-l { "This link opens nothing" }
                p.govuk-body { "Check that you have the whole link from the message. If you do, ask whoever sent it for another." }
            };
            Ok((StatusCode::NOT_FOUND, page(app, false, &body)).into_response())
        }
        error => Err(error.into()),
    }
}

/// What is asked, what was answered so far, and what follows from both.
struct Asked {
    survey: Survey,
    form: Form,
    closes_on: Date,
    answers: Answers,
    facts: Facts,
}

impl Asked {
    fn new(app: &App, survey: Survey, closes_on: Date, sent: &FormState) -> Self {
        let facts = Facts::on(app.casework.today());
        let fields: Fields = sent.pairs().collect();
        let mut answers = Answers::default();
        for question in survey.questions() {
            answers.set(Key::of(&question.id), posted::read(question, &fields, facts.today, &|_| None));
        }
        Self { form: survey.as_form(), survey, closes_on, answers, facts }
    }

    /// The questions asked for these answers, and whether all of them stood on the page that was sent.
    fn questions<'a>(sheet: &Sheet<'a>, sent: &FormState) -> (Vec<&'a Question>, bool) {
        let asked: Vec<&Question> = sheet.asked().map(|(_, _, question)| question).collect();
        let seen: Vec<&str> = sent.value("asked").split(' ').collect();
        let all = asked.iter().all(|q| seen.contains(&q.id.as_str()));
        (asked, all)
    }
}

/// Runs `work` with what a link opens, or says why it opens nothing.
macro_rules! opened {
    ($app:expr, $token:expr, $sent:expr, |$asked:ident, $sheet:ident| $work:expr) => {{
        match $app.casework.survey_outside(&$token).await {
            Ok(SurveyOpened::Open { survey, closes_on }) => {
                let $asked = Asked::new(&$app, *survey, closes_on, $sent);
                let book = $app.casework.book();
                let $sheet = Sheet::new(&$asked.form, &$asked.answers, &$asked.facts, &book.guidance.codes);
                $work
            }
            Ok(SurveyOpened::Used) => Ok(over(&$app, true)),
            Ok(SurveyOpened::Closed) => Ok(over(&$app, false)),
            Err(error) => failed(&$app, error),
        }
    }};
}

async fn open(State(app): State<App>, Path(token): Path<String>) -> Reply {
    let empty = FormState::new();
    opened!(app, token, &empty, |asked, sheet| {
        let body = questions(&app, &token, &asked, &sheet, &empty, &html! {});
        Ok(page(&app, false, &body).into_response())
    })
}

/// Who asks.
fn asking(app: &App) -> &str {
    let authority = app.casework.settings().authority.as_str();
    if authority.is_empty() { "The authority" } else { authority }
}

/// Every question on one page.
fn questions(
    app: &App,
    token: &str,
    asked: &Asked,
    sheet: &Sheet<'_>,
    form: &FormState,
    note: &Markup,
) -> Markup {
    let drawing = Drawing { sheet, people: &[], alone: false };
    let shown: Vec<&str> = sheet.asked().map(|(_, _, question)| question.id.as_str()).collect();
    html! {
        (error_summary(form))
        (note)
        span.govuk-caption-l { (asking(app)) " asks" }
        h1.govuk-heading-l { (asked.survey.head.title) }
        @for part in asked.survey.intro.split("\n\n") { p.govuk-body { (part) } }
        @if asked.survey.anonymous {
            (inset(&html! { p { "Nobody can see who answered what. Your answers are kept without your name and without the time, apart from the link that you were sent." } }))
        } @else {
            (inset(&html! { p { "Your answers are kept with your name. Those who run surveys for " (asking(app)) " read them." } }))
        }
        p.govuk-body { "You can answer until " strong { (date::long(asked.closes_on)) } ". Nothing is kept before you have read your answers through and sent them." }
        form method="post" action=(format!("/survey/{token}")) novalidate {
            (hidden("asked", &shown.join(" ")))
            @for section in sheet.sections() {
                h2.govuk-heading-l { (section.title) }
                @if let Some(intro) = &section.intro { @for part in intro.split("\n\n") { p.govuk-body { (part) } } }
                @for question in sheet.questions(section, 0) { (drawing.question(question, form)) }
            }
            (Button::main("Read my answers through"))
        }
    }
}

/// Puts what is wrong beside the questions.
fn wrong(sheet: &Sheet<'_>, asked: &[&Question], form: &mut FormState) {
    let problems: Vec<_> =
        sheet.check_all().into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    mark(form, asked, &problems);
}

/// Only the fields of the survey.
fn typed(survey: &Survey, sent: &FormState) -> FormState {
    let known: Vec<String> = survey.questions().flat_map(names).collect();
    FormState::from_pairs(sent.pairs().filter(|(name, _)| known.iter().any(|k| k == name)))
}

async fn look(State(app): State<App>, Path(token): Path<String>, Posted { form: sent, .. }: Posted) -> Reply {
    opened!(app, token, &sent, |asked, sheet| {
        let mut form = typed(&asked.survey, &sent);
        let (all, seen) = Asked::questions(&sheet, &sent);
        if sent.holds("change", "yes") {
            return Ok(
                page(&app, false, &questions(&app, &token, &asked, &sheet, &form, &html! {})).into_response()
            );
        }
        if !seen {
            let note = important_banner(
                &html! { p.govuk-notification-banner__heading { "Your answers lead to more questions. They stand below, among the others." } },
            );
            return Ok(
                page(&app, false, &questions(&app, &token, &asked, &sheet, &form, &note)).into_response()
            );
        }
        wrong(&sheet, &all, &mut form);
        if form.has_errors() {
            let body = questions(&app, &token, &asked, &sheet, &form, &html! {});
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, true, &body)).into_response());
        }
        let facts: Vec<Fact> = sheet
            .asked()
            .map(|(_, key, question)| {
                Fact::new(question.label.clone(), answer_shown(&shown(&sheet, question, sheet.answer(&key))))
            })
            .collect();
        let kept = html! { @for (name, value) in form.pairs() { (hidden(name, value)) } };
        let body = html! {
            h1.govuk-heading-l { "Read your answers through" }
            p.govuk-body { "Once they are sent they cannot be changed, not by you and not by us" @if asked.survey.anonymous { ": nobody knows which are yours" } "." }
            (summary_list(&facts))
            form method="post" action=(format!("/survey/{token}/send")) {
                (kept)
                (Button::main("Send my answers"))
            }
            form method="post" action=(format!("/survey/{token}")) {
                (kept)
                (hidden("change", "yes"))
                (Button::secondary("Change them"))
            }
        };
        Ok(page(&app, false, &body).into_response())
    })
}

async fn send(State(app): State<App>, Path(token): Path<String>, Posted { form: sent, .. }: Posted) -> Reply {
    opened!(app, token, &sent, |asked, sheet| {
        match app.casework.answer_survey(&token, &asked.answers).await {
            Ok(SurveyAnswered::Thanks) => {
                let body = html! {
                    (panel("Thank you", &html! { "Your answers are sent." }))
                    p.govuk-body { "You can close this page. The link does not work any more." }
                };
                Ok(page(&app, false, &body).into_response())
            }
            Ok(SurveyAnswered::Used) => Ok(over(&app, true)),
            Ok(SurveyAnswered::Closed) => Ok(over(&app, false)),
            Err(Error::Invalid(_)) => {
                let mut form = typed(&asked.survey, &sent);
                let (all, _) = Asked::questions(&sheet, &sent);
                wrong(&sheet, &all, &mut form);
                let body = questions(&app, &token, &asked, &sheet, &form, &html! {});
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&app, true, &body)).into_response())
            }
            Err(error) => failed(&app, error),
        }
    })
}
