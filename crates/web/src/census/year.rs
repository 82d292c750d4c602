//! The return of one year: how much will be sent, what its rules find, what the record does not say, and signing it off.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use kinfold_casework::Action;
use kinfold_casework::census_return::{ListInUse, ReturnPage, SignedReturn};
use kinfold_look::banner::{details, inset};
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::form::{Button, FormState, Textarea, button_group, csrf_field, error_summary, hidden};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};

use super::{collection_words, counted, moment};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ExportReturn);
    vec![get("/return/{year}", whom, show), post("/return/{year}/sign-off", whom, sign_off)]
}

async fn show(visit: Visit, Path(year): Path<i16>) -> Reply<Markup> {
    let page = visit.casework().return_for(&visit.actor, year).await?;
    let form = FormState::new();
    Ok(draw(&visit, &page, &form))
}

async fn sign_off(Path(year): Path<i16>, sent: Sent) -> Reply {
    let Sent { visit, mut form } = sent;
    let seen = form.value("seen").parse().unwrap_or(-1);
    let signed = visit.casework().sign_off_return(&visit.actor, year, seen, form.value("reason")).await;
    match signed {
        Ok(_) => Ok(done(
            &visit.app,
            &format!("/return/{year}#signed"),
            "The return is signed off. Its files stay as they are now, whatever is recorded later",
        )),
        Err(error) => {
            let status: StatusCode = refuse(&mut form, error)?;
            let page = visit.casework().return_for(&visit.actor, year).await?;
            Ok((status, draw(&visit, &page, &form)).into_response())
        }
    }
}

fn draw(visit: &Visit, page: &ReturnPage, form: &FormState) -> Markup {
    let title = format!("Statutory return {}", collection_words(page.year));
    let mut around = frame(visit, &title);
    around.wide = true;
    around.has_errors = form.has_errors();
    around.back = Some(("All collections".to_owned(), "/return".to_owned()));
    around.render(&html! {
        (error_summary(form))
        h1.govuk-heading-l { (title) }
        p.kf-lead {
            "What would be sent today, " (date::long(page.today)) "."
            @if page.running { " The year still runs, so this is the return as if it ended today." }
        }
        (figures(page))
        @if page.children == 0 {
            (empty("Nobody to return", "No child was looked after in this year, and no care leaver had a birthday that is asked about. Children appear here when their time in care is recorded.", None))
        } @else {
            p.govuk-body {
                a.govuk-link href=(format!("/return/{}/children", page.year)) { "See child by child what will be returned" }
                @if page.closed > 0 {
                    ". " (counted(page.closed, "record is restricted: it is in the files, and here a number only.", "records are restricted: they are in the files, and here numbers only."))
                }
            }
        }
        (findings(page))
        (lacks(page))
        (tables(page))
        (not_run(page))
        (lists(page))
        (files(page))
        (signing(visit, page, form))
        (signed(page))
    })
}

fn figures(page: &ReturnPage) -> Markup {
    let stat = |figure: usize, label: &str, href: Option<String>| Stat {
        figure: figure.to_string(),
        label: label.to_owned(),
        note: None,
        href,
        state: None,
    };
    let rows = page.tables.iter().map(|(_, rows)| rows).sum();
    let found = page.found.iter().map(|rule| rule.rows).sum();
    stats(&[
        stat(page.children, "children", None),
        stat(rows, "rows", None),
        stat(found, "findings", None),
        stat(page.asked, "rules asked", None),
    ])
}

fn findings(page: &ReturnPage) -> Markup {
    let columns = [
        Column::new("Rule"),
        Column::new("What is wrong"),
        Column::figures("Children"),
        Column::figures("Rows"),
    ];
    html! {
        h2.govuk-heading-m #findings { "What the rules find" }
        @if page.found.is_empty() {
            p.govuk-body { "Nothing. Every rule that could be asked is met." }
        } @else {
            p.govuk-body { "Open a rule to see its children and put it right in the record. When you come back, everything has been checked again." }
            (Table::new("What the rules find", columns).caption_hidden().dense().rows(page.found.iter().map(|rule| {
                Row::new()
                    .cell(html! { a.govuk-link href=(format!("/return/rules/{}", rule.code)) { span.govuk-visually-hidden { "Rule " } (rule.code) } })
                    .cell(html! { a.govuk-link href=(format!("/return/{}/children?rule={}", page.year, rule.code)) { (rule.title) } })
                    .cell(rule.children)
                    .cell(rule.rows)
            })))
        }
        p class="govuk-body kf-screen-only" { a.govuk-link href=(format!("/return/{}", page.year)) { "Check again now" } }
    }
}

fn lacks(page: &ReturnPage) -> Markup {
    let columns = [Column::new("What to record"), Column::new("Where"), Column::figures("Children")];
    html! {
        h2.govuk-heading-m { "What the record does not say" }
        @if page.lacks.is_empty() {
            p.govuk-body { "Every cell that is asked for is filled." }
        } @else {
            (Table::new("What the record does not say", columns).caption_hidden().dense().no_row_names().rows(page.lacks.iter().map(|lack| {
                Row::new().cell(lack.words).cell(html! { (lack.table) br; (lack.column) }).cell(lack.children)
            })))
        }
    }
}

fn tables(page: &ReturnPage) -> Markup {
    html! {
        h2.govuk-heading-m { "Tables" }
        (Table::new("Rows of each table", [Column::new("Table"), Column::figures("Rows")]).caption_hidden().fits().dense()
            .rows(page.tables.iter().map(|(table, rows)| Row::new().cell(table).cell(rows))))
    }
}

fn not_run(page: &ReturnPage) -> Markup {
    if page.not_run.is_empty() {
        return html! {};
    }
    let table = Table::new("Rules that were not asked", [Column::new("Rule"), Column::new("Why")])
        .caption_hidden()
        .fits()
        .dense()
        .rows(page.not_run.iter().map(|rule| {
            Row::new()
                .cell(html! { a.govuk-link href=(format!("/return/rules/{}", rule.code)) { (rule.code) } })
                .cell(&rule.because)
        }));
    html! {
        h2.govuk-heading-m { "Rules not asked" }
        (details(&counted(page.not_run.len(), "rule could not be asked", "rules could not be asked"), &html! { (table) }, false))
    }
}

/// What the rules were given beside the record, and how old it is.
fn lists(page: &ReturnPage) -> Markup {
    let list = |list: &Option<ListInUse>, one: &str, many: &str| match list {
        None => html! { "Not given: the rules that need it are not asked." },
        Some(list) => html! {
            (list.file) ", as it was on " (date::long(list.dated)) " (" (counted(list.holds, one, many)) ")"
        },
    };
    let authority = match &page.lists.authority {
        None => html! { "Not given: the rules that need it are not asked." },
        Some(code) => html! { (code) },
    };
    html! {
        h2.govuk-heading-m #lists { "What the rules were given" }
        (summary_list(&[
            Fact::new("Postcode directory".to_owned(), list(&page.lists.postcodes, "postcode", "postcodes")),
            Fact::new("List of providers".to_owned(), list(&page.lists.providers, "provider", "providers")),
            Fact::new("Code of the authority".to_owned(), authority),
        ]))
        p.govuk-body { "Whoever runs Kinfold gives these lists when it starts, and brings in newer ones." }
    }
}

fn links(year: i16, query: &str) -> Markup {
    html! {
        a.govuk-link href=(format!("/return/{year}/files.zip{query}")) { "CSV files (zip)" }
        " or "
        a.govuk-link href=(format!("/return/{year}/files.xml{query}")) { "XML file" }
    }
}

fn files(page: &ReturnPage) -> Markup {
    html! {
        h2.govuk-heading-m { "Files" }
        p class="govuk-body kf-screen-only" {
            "Take what would be sent today: " (links(page.year, ""))
            ". You will be asked for your password, and the log keeps what was taken."
        }
        (unsaid(page))
    }
}

/// What somebody who sends the XML file has to know beforehand.
fn unsaid(page: &ReturnPage) -> Markup {
    html! {
        h3.govuk-heading-s { "What the XML file does not say" }
        @if page.unsaid.is_empty() {
            p.govuk-body { "It says all that the CSV files say." }
        } @else {
            p.govuk-body { "It has one header for each child, so it leaves out some of what the CSV files say:" }
            ul class="govuk-list govuk-list--bullet" {
                @for lost in &page.unsaid {
                    li { (lost.table) ", " (counted(lost.rows, "row", "rows")) ": " (lost.what) }
                }
            }
        }
        p.govuk-body {
            "The names of its elements for social workers (ASWEPISODE) and for deprivation of liberty (ADOLO) are in no public source. Compare them with the Department’s schema of the year before you send it."
        }
    }
}

fn signing(visit: &Visit, page: &ReturnPage, form: &FormState) -> Markup {
    html! {
        div.kf-screen-only {
            h2.govuk-heading-m { "Sign off" }
            (inset(&html! { p { "Signing off keeps this return as it is: its files can be taken again, the same to the last letter, whatever is recorded later. It sends nothing." } }))
            form.kf-read method="post" action=(format!("/return/{}/sign-off", page.year)) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("seen", &page.seen.to_string()))
                @if !page.found.is_empty() {
                    (Textarea::new("reason", "Why the findings are left as they are").hint("Name no child").rows(3).render(form))
                }
                (button_group(&[Button::main("Sign off")], None))
            }
        }
    }
}

fn signed(page: &ReturnPage) -> Markup {
    html! {
        h2.govuk-heading-m #signed { "Signed off" }
        @if page.signed.is_empty() {
            p.govuk-body { "This collection has not been signed off yet." }
        }
        @for signed in page.signed.iter().rev() { (one_signed(page.year, signed)) }
    }
}

fn one_signed(year: i16, signed: &SignedReturn) -> Markup {
    html! {
        h3.govuk-heading-s { "Number " (signed.number) ": " (moment(signed.at)) }
        p.govuk-body {
            "By " (signed.by) ". " (counted(signed.children, "child", "children")) ", " (counted(signed.findings, "finding", "findings")) " left."
            @if !signed.reason.is_empty() { " Reason: " (signed.reason) }
        }
        p class="govuk-body kf-screen-only" { "Its files: " (links(year, &format!("?signed={}", signed.number))) "." }
    }
}
