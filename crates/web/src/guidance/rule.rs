//! Everything about one rule.

use axum::extract::Path;
use kinfold_casework::guidance_book::{Decided, RulePage};
use kinfold_casework::{Action, Error};
use kinfold_guidance::{Approver, Rule};
use kinfold_look::banner::{details, inset};
use kinfold_look::card::{Stat, empty, stats};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};

use super::{confidence, layer, words};
use crate::frame::frame;
use crate::help::role_link;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/guidance/{rule}", For::Authority(Action::ViewGuidance), show)]
}

async fn show(visit: Visit, Path(id): Path<String>) -> Reply<Markup> {
    let book = visit.casework().guidance(&visit.actor)?;
    let page = visit.casework().rule_page(&visit.actor, &id).await?;
    let in_force = page.versions.iter().find(|r| r.in_force(page.today)).or_else(|| page.versions.first());
    let rule = in_force.ok_or(Error::Absent)?;
    let codes = &book.guidance.codes;
    let mut around = frame(&visit, "A rule");
    around.back = Some(("Back to the rules".to_owned(), "/guidance".to_owned()));
    let lines = |lines: &[String]| html! { ul class="govuk-list govuk-list--bullet" { @for line in lines { li { (line) } } } };
    Ok(around.render(&html! {
        span.govuk-caption-l { (rule.strand.title()) }
        h1.govuk-heading-l { (rule.title) }
        p { (layer(rule)) " " @if rule.confidence == kinfold_guidance::Confidence::M { (confidence(rule)) } }
        p.govuk-body-l { (rule.why) }
        @if let Some(supersedes) = &rule.supersedes {
            (inset(&html! { "Takes the place of " a.govuk-link href=(format!("/guidance/{}", supersedes.rule)) { (supersedes.rule) } ". " (supersedes.reason) " Approved by " (supersedes.approved_by) "." }))
        }
        h2.govuk-heading-m { "How it is counted" }
        p.govuk-body { "The clock starts: " strong { (words::starts(rule, codes)) } "." }
        p.govuk-body { "It is due:" }
        (lines(&words::due_lines(rule, codes)))
        p.govuk-body { "It is owed:" }
        (lines(&words::conditions(rule, codes)))
        @if !rule.met_by.is_empty() { p.govuk-body { "It is met by:" } (lines(&words::met(&rule.met_by, codes))) }
        @if !rule.excused_by.is_empty() { p.govuk-body { "It is excused by:" } (lines(&words::met(&rule.excused_by, codes))) }
        (summary_list(&facts(rule, codes)))
        @if !rule.handoffs.is_empty() {
            h2.govuk-heading-m { "Hand-offs on the way" }
            (Table::new("Hand-offs", ["Step", "Whose", "Expected"].map(Column::new)).caption_hidden().dense().rows(rule.handoffs.iter().map(|h| {
                Row::new().cell(html! { (h.title) }).cell(html! { (role_link(&h.owner)) }).cell(html! { (words::expected(h)) })
            })))
        }
        h2.govuk-heading-m { "What it decided" }
        (decided(&page, rule))
        h2.govuk-heading-m { "Versions" }
        (versions(&page))
        @for version in &page.versions {
            @if let Some(text) = page.texts.get(&version.version) {
                (details(&format!("The file of version {}: {}", version.version, version.origin.file), &html! { pre tabindex="0" class="kf-scroll" { code { (text) } } }, false))
            }
        }
    }))
}

fn facts(rule: &Rule, codes: &kinfold_guidance::Codes) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(
            "Law",
            html! { @match &rule.source.url { Some(url) => a.govuk-link href=(url) rel="noreferrer noopener" { (rule.source.cite) }, None => (rule.source.cite) } },
        ),
        Fact::new("How sure we are", confidence(rule)),
        Fact::new(
            "In force",
            html! { "from " (date::long(rule.effective_from)) @if let Some(to) = rule.effective_to { " until " (date::long(to)) " (not included)" } },
        ),
        Fact::new(
            "Whose duty",
            html! { (role_link(&rule.owner.role)) @if let Some(fallback) = &rule.owner.fallback { "; where nobody holds that role: " (role_link(fallback)) } },
        ),
    ];
    if let Some(note) = &rule.source.note {
        facts.push(Fact::new("How we read the law", html! { (note) }));
    }
    if !rule.ladder.is_empty() {
        facts.push(Fact::new("If it is late", html! { @for rung in &rule.ladder { (role_link(&rung.role)) " is told " @if rung.after.count == 0 { "when the date has passed" } @else { (rung.after.to_string()) " after the date" } br; } }));
    }
    if let Some(excuse) = &rule.excuse {
        facts.push(Fact::new("Who may excuse it", html! {
            @match &excuse.approver { Approver::Anyone => "Whoever may record, with a reason", Approver::Role(role) => { "Only: " (role_link(role)) } }
            @if !excuse.reasons.is_empty() { br; "Reasons the law accepts: " @for (i, reason) in excuse.reasons.iter().enumerate() { @if i > 0 { "; " } (codes.title("excuse", reason)) } }
        }));
    }
    facts
}

fn decided(page: &RulePage, rule: &Rule) -> Markup {
    let Some(Decided { late, due, upcoming, met, met_late, excused, ended }) = page.decided else {
        return html! { p.govuk-body { "You work with no board, so there are no figures here." } };
    };
    if page.decided.is_some_and(|d| d.total() == 0) {
        return empty(
            "Nothing among the children you can see",
            "Figures appear when the rule starts a duty for one of them.",
            None,
        );
    }
    let link = |state: &str| Some(format!("/board/list?rule={}&state={state}", rule.id));
    let stat = |figure: i64, label: &str, state: Option<State>, href: Option<String>| Stat {
        figure: figure.to_string(),
        label: label.to_owned(),
        note: None,
        href: href.filter(|_| figure > 0),
        state: state.filter(|_| figure > 0),
    };
    html! {
        p.govuk-body { "Among the children you can see. Of each child the open duties and the last closed one are counted." }
        (stats(&[
            stat(late, "late now", Some(State::Late), link("late")),
            stat(due, "in view and in time", None, None),
            stat(upcoming, "not yet in view", None, None),
            stat(met, "last time met in time", None, None),
            stat(met_late, "last time met late", None, None),
            stat(excused, "excused", None, None),
            stat(ended, "ended with what they belonged to", None, None),
        ]))
        p.govuk-body { a.govuk-link href=(format!("/board/list?rule={}", rule.id)) { "Open the list on the board" } }
    }
}

fn versions(page: &RulePage) -> Markup {
    let row = |rule: &Rule| {
        Row::new()
            .cell(html! { (rule.version) @if rule.in_force(page.today) { " (in force)" } })
            .cell(html! { (date::short(rule.effective_from)) })
            .cell(html! { @match rule.effective_to { Some(to) => (date::short(to)), None => "Further notice" } })
            .cell(html! { @match &rule.origin.layer { kinfold_guidance::LayerName::National => "National", kinfold_guidance::LayerName::Local(name) => { "Local: " (name) } } })
            .cell(html! { code { (rule.hash.get(..12).unwrap_or(&rule.hash)) } })
    };
    html! { (Table::new("Versions, newest first", ["Version", "From", "Until (not included)", "Layer", "Fingerprint"].map(Column::new)).caption_hidden().dense().rows(page.versions.iter().map(row))) }
}
