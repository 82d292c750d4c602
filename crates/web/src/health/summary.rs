//! The health summary: what one recipient would receive, to be looked at before it goes out, printed, and recorded.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::health::{
    Decided, NOT_THE_FULL_RECORD, Rendered, Rendering, SharePurpose, SummaryAsk, SummaryPage, SummarySent,
};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::banner::{inset, warning};
use kinfold_look::card::empty;
use kinfold_look::form::{
    Button, Checkboxes, Choice, FormState, Select, TextInput, Textarea, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::ChildId;

use super::inside;
use crate::child::bar::bar;
use crate::child::event_form::codes;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/health/summary", For::Child(Action::ViewHealth), show),
        post("/children/{child}/health/summary", For::Child(Action::RecordHealth), send),
    ]
}

/// For whom, from the answers in an address or a form.
fn ask(form: &FormState, may_address: bool) -> SummaryAsk {
    let recipient = form.value("recipient");
    SummaryAsk {
        recipient: if recipient.is_empty() { "gp".to_owned() } else { recipient.to_owned() },
        rendering: Rendering::parse(form.value("rendering")),
        purpose: SharePurpose::parse(form.value("purpose")),
        decided: Decided {
            address: may_address && form.holds("decided", "address"),
            others: form.holds("decided", "others"),
        },
    }
}

async fn show(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let summary = visit.casework().health_summary(&visit.actor, child, &ask(&visit.query, true)).await?;
    let form = with_asked(FormState::new().with("key", form_key()), &summary)
        .with("seen-version", summary.page.handle.version.to_string());
    Ok(draw(&visit, &summary, &form))
}

/// The answers as they were understood, so that the form says what the preview shows.
fn with_asked(form: FormState, summary: &SummaryPage) -> FormState {
    let audience = &summary.rendered.audience;
    let decided = [(audience.decided.address, "address"), (audience.decided.others, "others")];
    form.with("recipient", audience.recipient.clone())
        .with("rendering", audience.rendering.code())
        .with("purpose", audience.purpose.as_str())
        .with_all("decided", decided.into_iter().filter(|(yes, _)| *yes).map(|(_, name)| name))
}

fn choices(summary: &SummaryPage, form: &FormState) -> Markup {
    let page = &summary.page;
    let codes_of = |list: &str| codes(&page.book, list, page.today);
    let open = Rendering::open_to(&summary.rendered.audience.recipient);
    let renderings: Vec<(String, String)> = codes_of("health_rendering")
        .into_iter()
        .filter(|(code, _)| open.iter().any(|rendering| rendering.code() == code))
        .collect();
    let purposes = SharePurpose::ALL.map(|p| (p.as_str(), p.title()));
    let mut decisions =
        vec![Choice::new("others", "Facts that are about somebody else too may go to this recipient")];
    if page.handle.may.has(Action::ViewConfidentialAddress) {
        decisions.push(Choice::new("address", "A confidential address may go to this recipient"));
    }
    html! {
        form class="kf-screen-only" method="get" action=(format!("/children/{}/health/summary", page.handle.id())) {
            (Select::new("recipient", "For whom", codes_of("health_recipient")).render(form))
            (Select::new("rendering", "Which rendering", renderings).empty("As usual for this recipient").render(form))
            (Select::new("purpose", "What for", purposes).render(form))
            (Checkboxes::new("decided", "Decided for this one", decisions).small().render(form))
            (Button::secondary("Show what they would receive").repeatable())
        }
    }
}

/// The preview: exactly what goes out, and fit to print.
///
/// The summary stands under a heading of its own; the passport is the page, so its sections are one level up.
pub(super) fn preview(name: &str, rendered: &Rendered, on: jiff::civil::Date) -> Markup {
    let own_page = !name.is_empty();
    html! {
        @for section in &rendered.sections {
            @if own_page { h2.govuk-heading-m { (section.section.title()) } } @else { h3.govuk-heading-s { (section.section.title()) } }
            ul class="govuk-list govuk-list--bullet" {
                @for (words, day) in &section.lines {
                    li { (words) @if let Some(day) = day { " " span.govuk-hint { "(" (date::short(*day)) ")" } } }
                }
            }
        }
        @if rendered.sections.is_empty() {
            (empty("There is nothing to share", "The record holds nothing that this recipient may have for this purpose, or that you may read.", None))
        }
        p.govuk-body { strong { (NOT_THE_FULL_RECORD) } " As known on " (date::long(on)) @if !name.is_empty() { ", for " (name) } "." }
    }
}

fn draw(visit: &Visit, summary: &SummaryPage, form: &FormState) -> Markup {
    let (page, rendered) = (&summary.page, &summary.rendered);
    let child = page.handle.id();
    let codes = &page.book.guidance.codes;
    let mut around = frame(visit, "Health summary");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Health".to_owned(), format!("/children/{child}/health")));
    around.has_errors = form.has_errors();
    let audience = &rendered.audience;
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { "Health summary" }
        p class="kf-lead kf-screen-only" { "Drafted from the record as you may read it. Look at what the recipient would receive, then share it and record that you did." }
        (choices(summary, form))
        h2.govuk-heading-m {
            (codes.title("health_rendering", audience.rendering.code())) ", for: " (inside(codes.title("health_recipient", &audience.recipient)))
        }
        @if let Some(why) = rendered.barred { (warning(why)) } @else {
            (preview("", rendered, page.today))
            (inset(&html! {
                p { "Always left out: sexual health, therapy notes, safeguarding, restricted entries and single answers of questionnaires. Left out unless decided: the health of the birth family, confidential addresses and facts about others." }
            }))
        }
        @if rendered.barred.is_none() && !rendered.sections.is_empty() && page.handle.may.has(Action::RecordHealth) {
            form class="kf-screen-only" method="post" action=(format!("/children/{child}/health/summary")) novalidate {
                @if page.handle.may.has(Action::AskOutside) {
                    h2.govuk-heading-m { "Send it by a link" }
                    p.govuk-body { a.govuk-link href=(link_address(child, form)) { "Send this to somebody outside by a link" } ", which they read after a code." }
                }
                h2.govuk-heading-m { "Record that you shared it" }
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version", "recipient", "rendering", "purpose"] { (hidden(name, form.value(name))) }
                @for decided in form.values("decided") { (hidden("decided", decided)) }
                (TextInput::new("to", "With whom, by name or place").hint("For example, Mill Street surgery").autocomplete("off").render(form))
                (Textarea::new("why", "Why it is shared").rows(3).limit(2000).render(form))
                (button_group(&[Button::main("Record as shared")], Some(("Cancel", &format!("/children/{child}/health")))))
            }
        }
    })
}

/// Where what is shown can be sent from: the same answers, in the address.
fn link_address(child: ChildId, form: &FormState) -> String {
    let mut asked = form_urlencoded::Serializer::new(String::new());
    for name in ["recipient", "rendering", "purpose"] {
        asked.append_pair(name, form.value(name));
    }
    for decided in form.values("decided") {
        asked.append_pair("decided", decided);
    }
    format!("/children/{child}/health/summary/link?{}", asked.finish())
}

async fn send(Path(child): Path<ChildId>, Sent { visit, mut form }: Sent) -> Reply {
    let ask = ask(&form, true);
    let seen = form.value("seen-version").parse().unwrap_or(0);
    let sent =
        SummarySent { seen, key: form.value("key"), to: Some(form.value("to")), why: form.value("why") };
    match visit.casework().share_summary(&visit.actor, child, &ask, sent).await {
        Ok(_) => Ok(done(
            &visit.app,
            &format!("/children/{child}/health"),
            "Recorded as shared. Send or print the summary if you have not yet.",
        )),
        Err(Error::Invalid(problems)) => {
            let summary = visit.casework().health_summary(&visit.actor, child, &ask).await?;
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &summary, &form)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
