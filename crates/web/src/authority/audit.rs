//! One self-assessment: its questions with owners and judgements, the profile on one page, and closing it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::AuditPage;
use kinfold_guidance::framework::{Item, Part};
use kinfold_look::banner::{inset, warning};
use kinfold_look::form::{Button, FormState, Textarea, csrf_field, error_summary};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use super::audits::judged;
use super::plan::LONGEST;
use super::{level, paragraphs, written};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let read = For::Authority(Action::ViewPlans);
    vec![
        get("/audits/{audit}", read, show),
        get("/audits/{audit}/profile", read, profile),
        post("/audits/{audit}/close", For::Authority(Action::LeadAudit), close),
    ]
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    Ok(draw(&visit, &page, &FormState::new()))
}

fn draw(visit: &Visit, page: &AuditPage, form: &FormState) -> Markup {
    let audit = &page.audit;
    let here = format!("/audits/{}", audit.id);
    let mut around = frame(visit, "Self-assessment");
    around.wide = true;
    around.has_errors = form.has_errors();
    around.back = Some(("Self-assessments".to_owned(), "/audits".to_owned()));
    around.render(&html! {
        (error_summary(form))
        span.govuk-caption-l { (page.framework.head.title) }
        h1.govuk-heading-l { (audit.title) }
        @if page.edited {
            (warning("The file of this framework was changed after this self-assessment was started, without a version of its own: what is asked below may not be what was answered. Whoever looks after the guidance puts the file back, and writes the change as a new version."))
        }
        (facts(page))
        @if let Some((closed, summary)) = &audit.closed {
            (inset(&html! {
                p { "Closed by " (written(page.name(closed.by), *closed)) "." }
                @if let Some(summary) = summary { (paragraphs(summary)) }
            }))
        }
        p class="govuk-body kf-screen-only" {
            "Take a copy: "
            a.govuk-link href=(format!("{here}/audit.pdf")) { "PDF" } ", "
            a.govuk-link href=(format!("{here}/audit.csv")) { "CSV file" } " or "
            a.govuk-link href=(format!("{here}/audit.xlsx")) { "Excel file (XLSX)" }
            ". For the CSV and Excel files you will be asked for your password, and the log keeps what was taken."
        }
        @if page.framework.profile.is_some() {
            p.govuk-body { a.govuk-link href=(format!("{here}/profile")) { "The profile on one page" } }
        }
        @for part in &page.framework.parts {
            h2.govuk-heading-m { (page.framework.part_word) " " (part.number) ": " (part.title) }
            @if let Some(about) = &part.about { p.govuk-body { (about) } }
            (questions(page, part))
        }
        (super::young_desk::section(visit, page))
        @if page.may_lead && audit.closed.is_none() {
            div class="kf-read kf-screen-only" {
                h2.govuk-heading-m { "Close it" }
                form method="post" action=(format!("{here}/close")) novalidate {
                    (csrf_field(visit.actor.csrf()))
                    (Textarea::new("summary", "What was learnt (optional)").hint("After it is closed nothing is answered any more. What was found can still become an action.").rows(4).limit(LONGEST).render(form))
                    (Button::secondary("Close the self-assessment"))
                }
            }
        }
    })
}

fn facts(page: &AuditPage) -> Markup {
    let audit = &page.audit;
    let all = page.framework.items().count();
    let judged = audit.judged();
    let with = judged.iter().filter(|j| j.level.is_some()).count();
    let apart = judged.iter().filter(|j| j.disagreed()).count();
    let unowned = page.framework.items().filter(|i| audit.answers(&i.id).owners.is_empty()).count();
    let mut facts = Vec::new();
    facts.extend(audit.location.as_ref().map(|location| Fact::new("Location", location)));
    facts.push(Fact::new("Period", html! { (date::long(audit.from)) " to " (date::long(audit.to)) }));
    facts.push(Fact::new("Partners", audit.partners.join(", ")));
    facts.push(Fact::new("Leads", page.name(Some(audit.lead))));
    facts.push(Fact::new(
        "How far it has got",
        html! { (all) " questions: " (with) " have a judgement that holds, " (all.saturating_sub(with)) " have none, " (apart) " are seen differently, " (unowned) " have no owner." },
    ));
    let rests = html! {
        (page.framework.head.source.cite)
        @if page.framework.scale.ours { br; span.govuk-hint { "The source names no scale; this one is ours." } }
    };
    facts.push(Fact::new("What it rests on", rests));
    html! { (summary_list(&facts)) }
}

fn questions(page: &AuditPage, part: &Part) -> Table {
    let columns = [
        Column::new("Question"),
        Column::new("Owners"),
        Column::new("Judgement"),
        Column::figures("Evidence"),
    ];
    Table::new(format!("Questions of {}", part.title), columns)
        .caption_hidden()
        .rows(part.items.iter().map(|item| question(page, item)))
}

fn question(page: &AuditPage, item: &Item) -> Row {
    let answers = page.audit.answers(&item.id);
    let of = answers.judged(&item.id);
    let none = answers.judgements.is_empty();
    Row::new()
        .cell(html! {
            a.govuk-link href=(format!("/audits/{}/questions/{}", page.audit.id, item.id)) { (item.text) }
            @if let Some(aspect) = item.aspect.as_deref().and_then(|id| page.framework.aspect(id)) { br; span.govuk-hint { (aspect.title) } }
        })
        .cell(html! {
            @if answers.owners.is_empty() { strong { "Nobody yet" } }
            @for (partner, (person, _)) in &answers.owners { div { (partner) ": " (page.name(Some(*person))) } }
        })
        .cell(html! { @if none { "Not judged yet" } @else { (judged(page, Some(&of))) } })
        .cell(answers.evidence.iter().filter(|b| b.withdrawn.is_none()).count())
}

async fn profile(visit: Visit, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    let framework = &page.framework;
    let asked = framework.profile.as_ref().ok_or(kinfold_casework::Error::Absent)?;
    let mut around = frame(&visit, "Profile");
    around.wide = true;
    around.back = Some(("The self-assessment".to_owned(), format!("/audits/{id}")));
    let columns = std::iter::once(Column::new(&framework.part_word))
        .chain(framework.aspects.iter().map(|aspect| Column::new(&aspect.title)));
    let rows = framework.parts.iter().zip(&page.profile).map(|(part, fields)| {
        let row = Row::new().cell(format!("{}. {}", part.number, part.title));
        fields.fields.iter().fold(row, |row, field| {
            row.cell(html! {
                @match field.lowest() { Some(code) => { (level(&framework.scale, code)) } None => "Not judged" }
                span.govuk-hint {
                    @if field.levels.len() > 1 { br; @for (code, count) in &field.levels { (count) " " (framework.scale.level(code).map_or(code.as_str(), |l| l.title.as_str())) " " } }
                    @if field.open > 0 && field.lowest().is_some() { br; (field.open) " not judged" }
                    @if field.disagreed > 0 { br; (field.disagreed) " seen differently" }
                }
            })
        })
    });
    let made = date::long(
        page.audit
            .closed
            .as_ref()
            .map_or_else(|| visit.casework().today(), |(closed, _)| kinfold_casework::clock::day(closed.at)),
    );
    Ok(around.render(&html! {
        span.govuk-caption-l { (page.audit.title) }
        h1.govuk-heading-l { (asked.title) }
        (summary_list(&[
            Fact::new("Location", page.audit.location.clone().unwrap_or_else(|| visit.casework().settings().authority.clone())),
            Fact::new("Organisation", page.audit.partners.join(", ")),
            Fact::new(if page.audit.closed.is_some() { "Date completed" } else { "As it stands on" }, made),
        ]))
        (Table::new(&asked.title, columns).caption_hidden().rows(rows))
        p.govuk-hint { "Each field shows the lowest level in it, so that nothing weak hides behind what is strong." }
        ul.govuk-list { @for of in &framework.scale.levels { li { (level(&framework.scale, &of.code)) " " (of.means) } } }
    }))
}

async fn close(Path(id): Path<Uuid>, Sent { visit, mut form }: Sent) -> Reply<Response> {
    match visit.casework().close_audit(&visit.actor, id, form.value("summary")).await {
        Ok(()) => Ok(done(&visit.app, &format!("/audits/{id}"), "The self-assessment is closed.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            let page = visit.casework().self_assessment(&visit.actor, id).await?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}
