//! A draft: its sections with their figures, its promises, what members said, and what was published of it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::publish::PublicationPage;
use kinfold_casework::authority::publish::publication::{DraftPromise, PromiseTest};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_guidance::PaperKind;
use kinfold_look::form::{Button, FormState, Textarea, button_link};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::address;
use crate::authority::form::{FormPage, press};
use crate::authority::frozen::{figures_drawn, plain_day, prose};
use crate::authority::plan::LONGEST;
use crate::authority::written;
use crate::frame::frame;
use crate::measures::profile_drawn;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let remark = For::Authority(Action::CommentAsPanel);
    vec![
        get("/publications/{publication}", For::Authority(Action::ViewPlans), show),
        post("/publications/{publication}/figures", For::Authority(Action::EditPlans), figures),
        get("/publications/{publication}/remark", remark, remark_form),
        post("/publications/{publication}/remark", remark, remarked),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().publication(&visit.actor, id).await?;
    let (of, here) = (&page.publication, address(id));
    let mut around = frame(&visit, "Draft");
    around.wide = true;
    around.back = Some(("Reports and promises".to_owned(), "/publications".to_owned()));
    Ok(around.render(&html! {
        span.govuk-caption-l { (of.paper.title()) " for " (of.reader) }
        h1.govuk-heading-l { (of.title) }
        (facts(&page))
        div class="govuk-button-group kf-screen-only" {
            @if page.may_publish && of.has_changes() { (button_link("Publish it", &format!("{here}/publish"), true)) }
            @if page.may_publish && of.latest().is_some_and(|last| !last.document.promises.is_empty()) { (button_link("Say which promises are kept", &format!("{here}/check"), false)) }
            @if page.may_edit { (button_link("Add a section", &format!("{here}/add"), false)) }
            @if page.may_edit && of.paper == PaperKind::Pledge { (button_link("Add a promise", &format!("{here}/add-promise"), false)) }
        }
        @if page.may_edit {
            (press(&visit, &format!("{here}/figures"), &form_key(), of.version, &Button::secondary("Take the figures of today")))
        }
        @if !of.promises.is_empty() {
            h2.govuk-heading-m { "Promises" }
            ol class="govuk-list govuk-list--number govuk-list--spaced" { @for promise in &of.promises { li { (promise_drawn(&page, promise, &here)) } } }
        }
        @for section in &of.sections {
            h2.govuk-heading-m { (section.heading) }
            div.kf-read { @if section.text.is_empty() { p.govuk-hint { "No words yet." } } @else { (prose(&section.text)) } }
            (figures_drawn(&of.figures_of(section), &section.heading, true))
            p class="govuk-body-s" {
                (written(page.name(section.written.by), section.written))
                @if page.may_edit { " · " a class="govuk-link kf-screen-only" href=(format!("{here}/sections/{}", section.item)) { "Edit" span.govuk-visually-hidden { " " (section.heading) } } }
            }
        }
        @if let Some(profile) = &of.profile {
            h2.govuk-heading-l { "The needs profile" }
            (profile_drawn(profile, true))
        }
        h2.govuk-heading-m { "What members said about the draft" }
        @if of.remarks.is_empty() { p.govuk-body { "Nothing yet." } }
        @for remark in &of.remarks {
            div.kf-read { (prose(&remark.text)) p class="govuk-body-s" { (written(page.name(remark.written.by), remark.written)) } }
        }
        @if page.may_remark { p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("{here}/remark")) { "Say something about the draft" } } }
    }))
}

fn facts(page: &PublicationPage) -> Markup {
    let of = &page.publication;
    let versions = html! {
        @if of.published.is_empty() { "Nothing yet" }
        @for (at, version) in of.published.iter().rev().enumerate() {
            @if at > 0 { br; }
            a.govuk-link href=(format!("/published/{}/versions/{}", of.id, version.number)) { "Version " (version.number) } ", " (date::short(version.on))
            @if let Some(corrects) = &version.corrects { ": " (corrects) }
        }
    };
    let mut facts = vec![
        Fact::new("Answers for it", page.name(Some(of.owner))),
        Fact::new("Tells of", format!("the year to March {}", of.year)),
    ];
    facts.extend(of.figures.as_ref().map(|(on, _)| Fact::new("Figures as on", plain_day(*on))));
    facts.push(Fact::new("Published", versions));
    facts.extend(of.checks.last().map(|(on, _, _)| Fact::new("Promises looked at", plain_day(*on))));
    summary_list(&facts)
}

fn promise_drawn(page: &PublicationPage, promise: &DraftPromise, here: &str) -> Markup {
    let measure = |id: &str| {
        page.measures
            .iter()
            .find(|(known, _)| known == id)
            .map_or_else(|| id.to_owned(), |(_, title)| title.clone())
    };
    html! {
        strong { (promise.text) } br;
        (promise.means) br;
        span.govuk-hint {
            @match &promise.test {
                PromiseTest::Judgement => "Nothing is counted: people say whether it is kept.",
                PromiseTest::Measure { measure: id, at_least, at_most } => {
                    "Kept when “" a.govuk-link href=(format!("/measures/{id}")) { (measure(id)) } "” is "
                    @if let Some(least) = at_least { "at least " (least) }
                    @if let Some(most) = at_most { "at most " (most) }
                    "."
                }
                PromiseTest::Action { plan, recommendation } => {
                    "Kept when " a.govuk-link href=(format!("/plans/{plan}/{recommendation}")) { "an action" } " is done."
                }
            }
        }
        @if page.may_edit { br; a class="govuk-link kf-screen-only" href=(format!("{here}/promises/{}", promise.item)) { "Edit" span.govuk-visually-hidden { " " (promise.text) } } }
    }
}

async fn figures(Path(id): Path<Uuid>, Sent { visit, form }: Sent) -> Reply<Response> {
    visit.casework().fix_figures(&visit.actor, id, form.value("key")).await?;
    Ok(done(&visit.app, &address(id), "The figures are those of today."))
}

async fn remark_form(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().publication(&visit.actor, id).await?;
    if !page.may_remark {
        return Err(Error::Absent.into());
    }
    Ok(draw_remark(&visit, &page, &FormState::new().with("key", form_key())))
}

fn draw_remark(visit: &Visit, of: &PublicationPage, form: &FormState) -> Markup {
    let here = address(of.publication.id);
    let page = FormPage {
        title: "Say something about the draft",
        about: &of.publication.title,
        action: &format!("{here}/remark"),
        back: ("The draft", &here),
        button: "Say it",
        upload: false,
    };
    let hint = "Whoever works on the draft reads it with your name. It is not published.";
    let field = Textarea::new("text", "What you want to say").hint(hint).rows(6).limit(LONGEST);
    page.draw(visit, form, &html! {}, &field.render(form))
}

async fn remarked(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    let casework = visit.casework();
    match casework.remark_on_draft(&visit.actor, id, form.value("text"), form.value("key")).await {
        Ok(()) => Ok(done(&visit.app, &address(id), "It stands beside the draft.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = casework.publication(&visit.actor, id).await?;
            Ok((status, draw_remark(&visit, &page, &form)).into_response())
        }
    }
}
