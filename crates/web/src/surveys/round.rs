//! One round: how many have answered while it is open, what it came to once it is closed.

use axum::extract::{Path, State as Held};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::record::form_key;
use kinfold_casework::surveys::{Choices, Counted, Outcome, Results, RoundPage, Texts, read_recipients};
use kinfold_look::banner::{details, inset};
use kinfold_look::card::{Stat, stats};
use kinfold_look::form::{
    Button, DateInput, FileUpload, FormState, Required, Textarea, button_group, csrf_field, error_summary,
    hidden,
};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::open::{all_lines, wrong_lines};
use super::{share, standing};
use crate::App;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::upload::Upload;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let run = For::Authority(Action::RunSurveys);
    vec![
        get("/surveys/{round}", For::Authority(Action::ViewSurveys), show),
        post("/surveys/{round}/remind", run, remind),
        post("/surveys/{round}/close", run, close),
        get("/surveys/{round}/move", run, ask_move),
        post("/surveys/{round}/move", run, move_it),
        get("/surveys/{round}/more", run, ask_more),
        post("/surveys/{round}/more", run, more),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().survey_round(&visit.actor, id).await?;
    let mut around = frame(&visit, "A round of a survey");
    around.wide = true;
    around.back = Some(("Surveys".to_owned(), "/surveys".to_owned()));
    let round = &page.round;
    Ok(around.render(&html! {
        span.govuk-caption-l { (round.survey.head.title) }
        h1.govuk-heading-l { (round.title) }
        p.govuk-body { (standing(round, page.today)) " Opened " (date::long(round.opened_on))
            @if let Some(name) = round.opened.by.and_then(|by| page.names.get(&by)) { " by " (name) }
            @if round.is_open(page.today) { ". The last day is " } @else { ". Nobody could answer after " }
            strong { (date::long(round.ended_on())) } "." }
        (numbers(&page))
        @if page.may_run && !round.survey.anonymous {
            p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("/surveys/{id}/answers")) { "Read what each answered" } }
        }
        @match &page.results {
            None => (while_open(&visit, &page)),
            Some(results) => (came_to(&page, results)),
        }
    }))
}

fn numbers(page: &RoundPage) -> Markup {
    let stat = |figure: String, words: &str| Stat {
        figure,
        label: words.to_owned(),
        note: None,
        href: None,
        state: None,
    };
    let invited = i64::from(page.round.invited);
    let rate = match invited {
        0 => "–".to_owned(),
        n => format!("{}%", (page.answered * 200 / n + 1) / 2),
    };
    stats(&[
        stat(invited.to_string(), "invited"),
        stat(page.answered.to_string(), "answered"),
        stat(rate, "of those invited"),
    ])
}

fn while_open(visit: &Visit, page: &RoundPage) -> Markup {
    let base = format!("/surveys/{}", page.round.id);
    let reminded: Vec<String> = page.round.reminded_on.iter().map(|on| date::long(*on)).collect();
    html! {
        div.kf-read {
            (inset(&html! { p {
                @if page.round.survey.anonymous {
                    "What it comes to is shown once it is closed, so that nobody can see what one more answer changed. Who has answered is shown to nobody; reminders find those who have not by themselves."
                } @else { "What it comes to is counted once it is closed." }
            } }))
            @if let Some(token) = &page.shown_link {
                p.govuk-body { "This is an invented council and nobody gets e-mail. One of the links that were sent: " a.govuk-link href=(format!("/survey/{token}")) { "answer as somebody who was invited" } "." }
            }
            p.govuk-body {
                @if reminded.is_empty() { "Nobody has been reminded yet. Everybody who has not answered is reminded a week before the last day." }
                @else { "Reminded on " (reminded.join(", ")) "." }
            }
            @if page.may_run {
                div.govuk-button-group.kf-screen-only {
                    form method="post" action=(format!("{base}/remind")) { (csrf_field(visit.actor.csrf())) (Button::secondary("Remind those who have not answered")) }
                    form method="post" action=(format!("{base}/close")) { (csrf_field(visit.actor.csrf())) (Button::warning("Close it today")) }
                }
                p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{base}/move")) { "Move the last day" } " or " a.govuk-link href=(format!("{base}/more")) { "invite more people" } }
            }
        }
    }
}

fn came_to(page: &RoundPage, results: &Results) -> Markup {
    let base = format!("/surveys/{}", page.round.id);
    html! {
        @if results.enough {
            p class="govuk-body kf-screen-only" {
                "Take a copy: " a.govuk-link href=(format!("{base}/results.pdf")) { "report (PDF)" } ", "
                a.govuk-link href=(format!("{base}/results.csv")) { "CSV file" } " or "
                a.govuk-link href=(format!("{base}/results.xlsx")) { "Excel file (XLSX)" }
                ". For the files you will be asked for your password, and the log keeps what was taken."
            }
            p.govuk-body { "Numbers from 1 to 5, and what would give them away, are hidden: nobody is to be known from an answer. Shares are of all who answered." }
            @for together in results.questions.chunk_by(|one, next| one.section == next.section) {
                @if let Some(first) = together.first() { h2.govuk-heading-m { (first.section) } }
                @for outcome in together { (question(page, outcome)) }
            }
        } @else {
            (inset(&html! { p { "Too few answered for anything to be shown: it takes at least " (page.round.survey.least.max(6)) ". Who they were could be guessed from less." } }))
        }
    }
}

fn question(page: &RoundPage, outcome: &Outcome) -> Markup {
    html! {
        @match &outcome.counted {
            Counted::Choices(choices) => (choices_table(outcome, choices)),
            Counted::Mean(mean, unit) => {
                h3.govuk-heading-s { (outcome.label) }
                p.govuk-body {
                    @match mean {
                        Some(n) => { "On average " strong { (n / 10) "." (n.unsigned_abs() % 10) } @if let Some(unit) = unit { " " (unit) } },
                        None => "Too few answered for an average to be shown.",
                    }
                }
            },
            Counted::Texts(texts) => (written(page, outcome, texts)),
        }
    }
}

fn choices_table(outcome: &Outcome, choices: &Choices) -> Markup {
    let mut columns = vec![Column::new("Answer"), Column::figures("How many"), Column::figures("Share")];
    columns.extend(outcome.before.iter().map(|b| Column::figures(format!("{} (share)", b.title))));
    let rows = choices.rows.iter().map(|choice| {
        let count = choice.count.map_or_else(|| "hidden".to_owned(), |n| n.to_string());
        let row = Row::new().cell(&choice.title).cell(count).cell(share(choice.tenths));
        outcome.before.iter().fold(row, |row, before| {
            let then = before.tenths.iter().find(|(code, _)| *code == choice.code).map(|(_, t)| *t);
            row.cell(then.map_or_else(|| "–".to_owned(), share))
        })
    });
    html! {
        (Table::new(outcome.label.clone(), columns).rows(rows))
        @if choices.several { p.govuk-body { "More than one answer could be given, so the shares add up to more than 100%." } }
    }
}

fn written(page: &RoundPage, outcome: &Outcome, texts: &Texts) -> Markup {
    let look = format!("/surveys/{}/texts/{}", page.round.id, outcome.question);
    html! {
        h3.govuk-heading-s { (outcome.label) }
        @match &texts.cleared {
            _ if !texts.enough => p.govuk-body { "Too few wrote something for any of it to be shown." },
            None => {
                p.govuk-body { "What was written is shown once somebody who runs surveys has looked whether anybody could be known from it." }
                @if page.may_run { p class="govuk-body kf-screen-only" { a.govuk-link href=(look) { "Look through what was written" } } }
            },
            Some(cleared) => {
                (details(&format!("What was written ({})", cleared.len()), &html! {
                    ul class="govuk-list govuk-list--spaced" { @for text in cleared { li { blockquote.kf-child-words { @for line in text.lines() { p.govuk-body { (line) } } } } } }
                }, true))
                p class="govuk-body-s" {
                    "Looked through by " (texts.looked.and_then(|s| s.by).and_then(|by| page.names.get(&by)).map_or("somebody", String::as_str))
                    @if texts.left_out > 0 { "; " (texts.left_out) " left out" } "."
                    @if page.may_run { " " a.govuk-link href=(look) { "Look again" } }
                }
            }
        }
    }
}

async fn remind(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    visit.casework().remind_round(&visit.actor, id).await?;
    Ok(done(&app, &format!("/surveys/{id}"), "Reminders are on their way to those who have not answered."))
}

async fn close(Held(app): Held<App>, Path(id): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply {
    visit.casework().close_round(&visit.actor, id).await?;
    Ok(done(&app, &format!("/surveys/{id}"), "The round is closed. This is what it came to."))
}

async fn ask_move(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().survey_round(&visit.actor, id).await?;
    let form = FormState::new().with_date("closes_on", page.round.closes_on);
    Ok(draw_move(&visit, id, &form))
}

fn draw_move(visit: &Visit, id: Uuid, form: &FormState) -> Markup {
    let back = format!("/surveys/{id}");
    let mut around = frame(visit, "Move the last day");
    around.back = Some(("The round".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Move the last day" }
            p.govuk-body { "Nobody is told: remind those who have not answered if they are to know." }
            form method="post" action=(format!("{back}/move")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (DateInput::new("closes_on", "Last day").render(form))
                (button_group(&[Button::main("Move it")], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn move_it(
    Held(app): Held<App>,
    Path(id): Path<Uuid>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    visit.casework().surveys_to_open(&visit.actor)?;
    let status = match form.read_date("closes_on", "Last day", Required::Yes) {
        None => StatusCode::UNPROCESSABLE_ENTITY,
        on => match visit.casework().move_round(&visit.actor, id, on).await {
            Ok(()) => return Ok(done(&app, &format!("/surveys/{id}"), "The last day is moved.")),
            Err(error) => refuse(&mut form, error)?,
        },
    };
    Ok((status, draw_move(&visit, id, &form)).into_response())
}

async fn ask_more(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    visit.casework().survey_round(&visit.actor, id).await?;
    Ok(draw_more(&visit, id, &FormState::new().with("key", form_key()), &html! {}))
}

fn draw_more(visit: &Visit, id: Uuid, form: &FormState, wrong: &Markup) -> Markup {
    let back = format!("/surveys/{id}");
    let mut around = frame(visit, "Invite more people");
    around.back = Some(("The round".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Invite more people" }
            p.govuk-body { "Whoever is invited already is passed over. The invitations go out when you press the button." }
            (wrong)
            form method="post" action=(format!("{back}/more")) enctype="multipart/form-data" novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (Textarea::new("recipients", "Who is invited").hint("A name and an e-mail address on each line").rows(8).render(form))
                (FileUpload::new("file", "Or a file (CSV)").accept(".csv,.txt").render(form))
                (button_group(&[Button::main("Send the invitations")], Some(("Cancel", &back))))
            }
        } }
    })
}

async fn more(Path(id): Path<Uuid>, Upload { visit, mut form, files }: Upload) -> Reply<Response> {
    visit.casework().surveys_to_open(&visit.actor)?;
    let text = all_lines(&mut form, &files);
    let found = read_recipients(&text);
    let mut form = form.with("recipients", text);
    let key = form.value("key").to_owned();
    // Nothing is sent while a line is wrong: there is no page on which it would be read back.
    if !found.wrong.is_empty() {
        form.error(
            "recipients",
            format!("{} of these lines cannot be used. Put them right, or take them out", found.wrong.len()),
        );
    } else if found.right.is_empty() {
        form.error("recipients", "Enter a name and an e-mail address on each line");
    }
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        match visit.casework().widen_round(&visit.actor, id, &found.right, &key).await {
            Ok(count) => {
                let words = format!("{count} more invited.");
                return Ok(done(&visit.app, &format!("/surveys/{id}"), &words));
            }
            Err(error) => refuse(&mut form, error)?,
        }
    };
    Ok((status, draw_more(&visit, id, &form, &wrong_lines(&found.wrong))).into_response())
}
