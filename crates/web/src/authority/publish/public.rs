//! What is published, for everybody: as a page and as a PDF, in every version there was. No page here names who wrote it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::publish::{PublishedLine, PublishedPage};
use kinfold_guidance::PaperKind;
use kinfold_look::banner::inset;
use kinfold_look::card::empty;
use kinfold_look::{Markup, html};
use kinfold_paper::{Block, Paper};
use uuid::Uuid;

use super::pledge::promises_drawn;
use crate::App;
use crate::authority::frozen::{Links, NOT_SHOWN_WORDS, blocks, plain_day, sections};
use crate::board::export::{Format, file};
use crate::help::Guest;
use crate::measures::{needs_out, profile_drawn};
use crate::on_paper::{paper_of, pdf_file};
use crate::oops::Reply;
use crate::route::{For, Route, get};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/published", For::Anybody, list),
        get("/published/{publication}", For::Anybody, newest),
        get("/published/{publication}/versions/{number}", For::Anybody, one),
        get("/published/{publication}/versions/{number}/paper.pdf", For::Anybody, on_paper),
        get("/published/{publication}/versions/{number}/figures.csv", For::Anybody, figures),
    ]
}

async fn list(guest: Guest) -> Reply<Markup> {
    let lines = guest.casework().published().await?;
    let of_kind = |kind: PaperKind| lines.iter().filter(move |line| line.paper == kind);
    let heading = |kind| match kind {
        PaperKind::Pledge => "What we promise",
        PaperKind::LocalOffer => "For care leavers",
        PaperKind::AnnualReport => "How we did",
        PaperKind::Strategy => "What we are after",
        PaperKind::NeedsProfile => "What our children need",
        PaperKind::Agenda => "Other papers",
    };
    let order = [
        PaperKind::Pledge,
        PaperKind::LocalOffer,
        PaperKind::AnnualReport,
        PaperKind::Strategy,
        PaperKind::NeedsProfile,
    ];
    Ok(guest.frame("What we publish").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "What " (guest.authority()) " publishes" }
            p.kf-lead { "How the council does as a parent to the children it looks after: what it promises, and what became of it." }
            @if lines.is_empty() { (empty("Nothing yet", "The council’s reports and promises will stand here.", None)) }
            @for kind in order {
                @if of_kind(kind).next().is_some() {
                    h2.govuk-heading-m { (heading(kind)) }
                    ul class="govuk-list govuk-list--bullet" { @for line in of_kind(kind) { li { (line_drawn(line)) } } }
                }
            }
        }
    }))
}

fn line_drawn(line: &PublishedLine) -> Markup {
    html! {
        a.govuk-link href=(format!("/published/{}", line.id)) { (line.title) }
        " for " (line.reader) ", " (plain_day(line.on)) @if line.number > 1 { ", version " (line.number) }
    }
}

async fn newest(guest: Guest, Path(id): Path<Uuid>) -> Reply<Markup> {
    let page = guest.casework().published_version(id, None).await?;
    Ok(draw(&guest, &page))
}

async fn one(guest: Guest, Path((id, number)): Path<(Uuid, u32)>) -> Reply<Markup> {
    let page = guest.casework().published_version(id, Some(number)).await?;
    Ok(draw(&guest, &page))
}

/// Which version this is, and what it puts right.
fn standing(page: &PublishedPage) -> Markup {
    let version = &page.version;
    html! {
        @if page.is_replaced() {
            (inset(&html! { p { strong { "There is a newer version. " } a.govuk-link href=(format!("/published/{}", page.id)) { "Read it" } "." } }))
        }
        @if let Some(corrects) = &version.corrects {
            (inset(&html! { p { strong { "This is version " (version.number) ". It puts right: " } (corrects) } }))
        }
    }
}

fn draw(guest: &Guest, page: &PublishedPage) -> Markup {
    let (version, document) = (&page.version, &page.version.document);
    let mut around = guest.frame("Published paper");
    around.back = Some(("What we publish".to_owned(), "/published".to_owned()));
    let links = Links { inside: guest.sees_measures(), files: None };
    around.render(&html! {
        span.govuk-caption-l { (document.paper.title()) " of " (document.authority) " for " (document.reader) }
        h1.govuk-heading-l { (document.title) }
        (standing(page))
        p.govuk-body {
            "Published on " (plain_day(version.on)) "." @if let Some(on) = document.figures_on { " Figures as on " (plain_day(on)) "." } " "
            a class="govuk-link kf-screen-only" href=(format!("/published/{}/versions/{}/paper.pdf", page.id, version.number)) { "Take a copy (PDF)" }
            @if document.profile.is_some() {
                " "
                a class="govuk-link kf-screen-only" href=(format!("/published/{}/versions/{}/figures.csv", page.id, version.number)) { "Take its figures (CSV)" }
            }
        }
        (promises_drawn(page))
        @if document.figures_on.is_some() { p.govuk-hint { (NOT_SHOWN_WORDS) } }
        (sections(&document.sections, &links))
        @if let Some(profile) = &document.profile {
            h2.govuk-heading-l { "The needs profile" }
            (profile_drawn(profile, links.inside))
        }
        @if page.versions.len() > 1 {
            h2.govuk-heading-m { "All versions" }
            ul class="govuk-list govuk-list--bullet" {
                @for (number, on, corrects) in &page.versions {
                    li {
                        a.govuk-link href=(format!("/published/{}/versions/{number}", page.id)) { "Version " (number) } ", " (plain_day(*on))
                        @if let Some(corrects) = corrects { ": " (corrects) }
                    }
                }
            }
        }
    })
}

/// The version as it goes on paper. How promises were found to stand later is no part of it.
fn paper(page: &PublishedPage) -> Paper {
    let (version, document) = (&page.version, &page.version.document);
    let mut out = vec![Block::Strong(format!("{} for {}", document.paper.title(), document.reader))];
    out.push(Block::Text(format!("Published on {}, version {}.", plain_day(version.on), version.number)));
    out.extend(version.corrects.as_ref().map(|words| Block::Strong(format!("It puts right: {words}"))));
    if let Some(on) = document.figures_on {
        out.push(Block::Text(format!("Figures as on {}. {NOT_SHOWN_WORDS}", plain_day(on))));
    }
    if !document.promises.is_empty() {
        out.push(Block::Heading(2, "Our promises".to_owned()));
        out.push(Block::List(
            document.promises.iter().map(|(_, text, means)| format!("{text} {means}")).collect(),
        ));
    }
    out.extend(blocks(&document.sections));
    out.extend(document.profile.iter().flat_map(|profile| needs_out::blocks(profile)));
    paper_of(document.title.clone(), document.authority.clone(), version.on, out)
}

async fn on_paper(State(app): State<App>, Path((id, number)): Path<(Uuid, u32)>) -> Reply<Response> {
    let page = app.casework.published_version(id, Some(number)).await?;
    Ok(pdf_file(&paper(&page), "published-paper")?.into_response())
}

/// The figures of a needs profile as they were published: a table for those who count. It holds what the page holds.
async fn figures(State(app): State<App>, Path((id, number)): Path<(Uuid, u32)>) -> Reply<Response> {
    let page = app.casework.published_version(id, Some(number)).await?;
    let profile = page.version.document.profile.ok_or(kinfold_casework::Error::Absent)?;
    file(profile.table(), "published-figures", Format::Csv)
}
