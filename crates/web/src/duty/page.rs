//! A duty's page: what must happen and why, whose it is, how the date came about, who is told when it is late, where it
//! is stuck, and excusing it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::duties::DutyPage;
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Casework, Error};
use kinfold_guidance::{Approver, Rule};
use kinfold_look::form::{
    Button, Choice, FormState, Radios, Required, Textarea, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::pathway_row::{Standing, Step, pathway_row};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_pathway::{Duty, State};
use kinfold_record::ChildId;

use super::{address, duty_state, sum};
use crate::child::bar::bar;
use crate::frame::frame;
use crate::help::role_link;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/duties/{rule}/{occurrence}", For::Child(Action::ViewChild), show),
        get("/children/{child}/duties/{rule}/{occurrence}/excuse", For::Child(Action::ExcuseDuty), ask),
        post("/children/{child}/duties/{rule}/{occurrence}/excuse", For::Child(Action::ExcuseDuty), send),
    ]
}

type At = (ChildId, String, String);

async fn find(visit: &Visit, (child, rule, occurrence): &At) -> Reply<DutyPage> {
    Ok(visit.casework().duty_page(&visit.actor, *child, rule, occurrence).await?)
}

fn rule_of(page: &DutyPage) -> Result<&Rule, Error> {
    page.child.book.rules.rule_of(&page.duty).ok_or(Error::Absent)
}

async fn show(visit: Visit, Path(at): Path<At>) -> Reply<Markup> {
    let page = find(&visit, &at).await?;
    let rule = rule_of(&page)?;
    let (duty, child) = (&page.duty, &page.child);
    let base = address(child.handle.id().0, &duty.rule, &duty.occurrence.to_string());
    let mut around = frame(&visit, &rule.title);
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the child’s page".to_owned(), format!("/children/{}", child.handle.id())));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (rule.title) }
        p.govuk-body-l { (rule.why) }
        (summary_list(&facts(&page, rule)))
        @if rule.id.starts_with("voice.") {
            p.govuk-body { a.govuk-link href=(format!("/children/{}/voice/{}", child.handle.id(), duty.occurrence)) { "Read what the child said and reply" } " if the child chose you to read it, or the reply is yours." }
        }
        (sum(duty, rule, &child.book))
        @if !duty.handoffs.is_empty() {
            h2.govuk-heading-m { "Where it is on its way" }
            (pathway_row(&rule.title, &steps(duty, rule, &page)))
        }
        @for (form, title) in &page.forms {
            form method="post" action=(format!("/children/{}/forms", child.handle.id())) {
                (csrf_field(visit.actor.csrf()))
                (hidden("form", form))
                (hidden("key", &form_key()))
                (Button::secondary(format!("Fill in: {title}")))
            }
        }
        @if duty.state == State::Open && child.handle.may.has(Action::ExcuseDuty) {
            p.govuk-body { a.govuk-link href=(format!("{base}/excuse")) { "Excuse this duty" } " if it cannot or need not be done, with the reason." }
        }
        @if child.handle.may.has(Action::RaiseUnmetNeed) {
            p.govuk-body { a.govuk-link href=(format!("/children/{}/record/unmet_need_raised", child.handle.id())) { "Raise an unmet need" } " if the child needs something that nobody gives." }
        }
        @if !page.earlier.is_empty() { (earlier(&page)) }
    }))
}

fn facts(page: &DutyPage, rule: &Rule) -> Vec<Fact> {
    let (duty, child) = (&page.duty, &page.child);
    let state = duty_state(duty, child.today, child.now);
    let mut facts = vec![
        Fact::new("State", html! { (state) }),
        Fact::new(
            "Due",
            html! { (date::long(duty.due_on)) @if let Some(at) = duty.due_at { ", " (date::time(kinfold_casework::clock::in_england(at).time())) } " (" (date::relative(duty.due_on, child.today)) ")" },
        ),
        Fact::new(
            "Whose",
            html! {
                (role_link(&rule.owner.role))
                @match &page.owner { Some(name) => { ": " (name) }, None if duty.state == State::Open => { ": nobody holds this role for the child. The team manager decides who." }, None => {} }
            },
        ),
        Fact::new(
            "Law",
            html! { @match &rule.source.url { Some(url) => { a.govuk-link href=(url) rel="noreferrer noopener" { (rule.source.cite) } }, None => (rule.source.cite) } },
        ),
    ];
    match &duty.state {
        State::Open => {}
        State::Met { on, days_late, .. } => facts.push(Fact::new("Done", html! { (date::long(*on)) @if *days_late > 0 { ", " (days_late) @if *days_late == 1 { " day late" } @else { " days late" } } })),
        State::Excused { on, reason, .. } => facts.push(Fact::new("Excused", html! { (date::long(*on)) ": " (child.book.guidance.codes.title("excuse", reason)) })),
        State::Ended { on, reason } => facts.push(Fact::new("Ended", html! { (reason.words()) " " (date::long(*on)) })),
    }
    if !rule.ladder.is_empty() {
        facts.push(Fact::new("If it is late", html! {
            @for rung in &rule.ladder { (role_link(&rung.role)) " is told " @if rung.after.count == 0 { "when the date has passed" } @else { (rung.after.to_string()) " after the date" } br; }
        }));
    }
    if let Some(note) = &rule.source.note {
        facts.push(Fact::new("How we read the law", html! { (note) }));
    }
    facts
}

fn steps(duty: &Duty, rule: &Rule, page: &DutyPage) -> Vec<Step> {
    let today = page.child.today;
    let (waiting, stuck) = (duty.waiting_for(), duty.stuck_at(today));
    rule.handoffs
        .iter()
        .zip(&duty.handoffs)
        .enumerate()
        .map(|(i, (handoff, state))| {
            let owner = Casework::role_title(&handoff.owner).to_string();
            match state.done {
                Some((on, _)) => Step::new(&handoff.title, Standing::Done, owner, date::short(on)),
                None if stuck == Some(i) => {
                    let since = state
                        .expected_on
                        .map_or_else(String::new, |on| format!("expected {}", date::short(on)));
                    Step::new(&handoff.title, Standing::Stuck, owner, since)
                }
                None if waiting == Some(i) => {
                    let by =
                        state.expected_on.map_or_else(String::new, |on| format!("by {}", date::short(on)));
                    Step::new(&handoff.title, Standing::Now, owner, by)
                }
                None => Step::ahead(&handoff.title),
            }
        })
        .collect()
}

fn earlier(page: &DutyPage) -> Markup {
    let rows = page.earlier.iter().filter_map(|duty| {
        let rule = page.child.book.rules.rule_of(duty)?;
        Some(
            Row::new()
                .cell(html! { (date::short(duty.due_on)) })
                .cell(html! { (duty_state(duty, page.child.today, page.child.now).small()) @if let State::Met { on, days_late, .. } = &duty.state { " " (date::short(*on)) @if *days_late > 0 { " (" (days_late) " days late)" } } })
                .cell(sum(duty, rule, &page.child.book)),
        )
    });
    html! {
        h2.govuk-heading-m { "Every time before" }
        (Table::new("Earlier occasions", ["Was due", "What became of it", "How the date came about"].map(Column::new)).caption_hidden().dense().rows(rows))
    }
}

async fn ask(visit: Visit, Path(at): Path<At>) -> Reply<Markup> {
    let page = find(&visit, &at).await?;
    if !page.child.handle.may.has(Action::ExcuseDuty) {
        return Err(Error::Absent.into());
    }
    let form =
        FormState::new().with("key", form_key()).with("seen-version", page.child.handle.version.to_string());
    draw(&visit, &page, &form)
}

fn draw(visit: &Visit, page: &DutyPage, form: &FormState) -> Reply<Markup> {
    let rule = rule_of(page)?;
    let child = &page.child;
    let base = address(child.handle.id().0, &page.duty.rule, &page.duty.occurrence.to_string());
    let allowed = rule.excuse.as_ref().map(|terms| terms.reasons.clone()).unwrap_or_default();
    let choices: Vec<Choice> = crate::child::event_form::codes(&child.book, "excuse", child.today)
        .into_iter()
        .filter(|(code, _)| allowed.is_empty() || allowed.iter().any(|a| a == code))
        .map(|(code, title)| Choice::new(code, title))
        .collect();
    let approver = rule.excuse.as_ref().and_then(|terms| match &terms.approver {
        Approver::Role(role) => Some(Casework::role_title(role)),
        Approver::Anyone => None,
    });
    let mut around = frame(visit, "Excuse a duty");
    around.bar = Some(bar(&child.handle, &child.timeline, &child.book, child.today));
    around.back = Some(("Back to the duty".to_owned(), base.clone()));
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { "Excuse: " (rule.title) }
            p.govuk-body { "Due " (date::long(page.duty.due_on)) ". Excusing says that this occasion will not be done, and why. The reason stays in the record." }
            @if let Some(approver) = &approver {
                p.govuk-body { "The law leaves this to: " strong { (approver) } ". Nobody excuses what they asked for themselves." }
            }
            form method="post" action=(format!("{base}/excuse")) novalidate {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                (Radios::new("reason", "Reason", choices).render(form))
                (Textarea::new("text", "Explanation").hint("What happened, and what will be done instead").rows(4).limit(2000).render(form))
                (button_group(&[Button::main("Excuse the duty")], Some(("Cancel", &base))))
            }
        } }
    }))
}

async fn send(Path(at): Path<At>, Sent { visit, mut form }: Sent) -> Reply {
    let page = find(&visit, &at).await?;
    if !page.child.handle.may.has(Action::ExcuseDuty) {
        return Err(Error::Absent.into());
    }
    let reasons: Vec<String> = crate::child::event_form::codes(&page.child.book, "excuse", page.child.today)
        .into_iter()
        .map(|(c, _)| c)
        .collect();
    let offered: Vec<&str> = reasons.iter().map(String::as_str).collect();
    let reason =
        form.read_choice("reason", &offered, Required::Yes, "Choose a reason").map(|r| r.to_string());
    let text = form.read_text_to("text", 2000, Required::Yes, "Explain in a sentence or two");
    let (Some(reason), Some(text)) = (reason, text) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)?).into_response());
    };
    let seen = form.value("seen-version").parse().unwrap_or(page.child.handle.version);
    let key = form.value("key").to_owned();
    match visit
        .casework()
        .excuse(&visit.actor, at.0, seen, &key, (&at.1, &at.2), &reason, Some(text), None)
        .await
    {
        Ok(_) => {
            Ok(done(&visit.app, &format!("/children/{}", at.0), "The duty is excused, with your reason."))
        }
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, &form)?).into_response())
        }
        Err(Error::Forbidden(words)) => {
            form.form_error(words);
            Ok((StatusCode::FORBIDDEN, draw(&visit, &page, &form)?).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
