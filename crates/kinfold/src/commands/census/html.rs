//! What a check gave, as a page that stands by itself: no script, no file beside it, nothing fetched.

use std::io::Write;

use kinfold_census::Level;
use kinfold_census::check::{Finding, collection};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outcome::{Outcome, page, plain};
use crate::commands::upkeep::count;

/// Enough to be read with ease on paper, on a telephone, and in the dark.
const STYLE: &str = "
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid; }
td { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.codes { columns: 5rem; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
@media print { section { break-inside: auto; } a { color: inherit; } }
";

pub(super) fn write(outcome: &Outcome, out: &mut impl Write) -> anyhow::Result<()> {
    let title = format!("Check of the return of {}", collection(outcome.year));
    let head = html! {
        (DOCTYPE)
        // The rest follows in pieces, so that a long page is never in memory as a whole.
        (PreEscaped("<html lang=\"en-GB\">"))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body><main>"))
        h1 { (title) }
        p { (outcome.summary()) }
        (contents(outcome))
    };
    out.write_all(head.into_string().as_bytes())?;
    for of_rule in outcome.by_rule() {
        out.write_all(rule(outcome, of_rule).into_string().as_bytes())?;
    }
    out.write_all(reading(outcome).into_string().as_bytes())?;
    out.write_all(asked(outcome).into_string().as_bytes())?;
    Ok(out.write_all(b"</main></body></html>\n")?)
}

fn contents(outcome: &Outcome) -> Markup {
    html! {
        nav aria-label="Rules with findings" {
            ul {
                @for of_rule in outcome.by_rule() {
                    @if let Some(one) = of_rule.first() {
                        li {
                            a href={ "#rule-" (one.rule.code) } { "Rule " (one.rule.code) }
                            ": " (one.rule.title) " (" (count(of_rule.len(), "finding")) ")"
                        }
                    }
                }
                li { a href="#reading" { "What could not be read" } }
                li { a href="#asked" { "Rules asked and not asked" } }
            }
        }
    }
}

/// A rule's page and its findings.
fn rule(outcome: &Outcome, findings: &[Finding]) -> Markup {
    let Some(one) = findings.first() else { return html! {} };
    let page = page(one);
    let id = format!("rule-{}", one.rule.code);
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { "Rule " (one.rule.code) }
            p { strong { (one.rule.title) } }
            dl {
                @for (head, words) in
                    [("What it does", &page.what), ("Why it matters", &page.why), ("How to put it right", &page.fix)]
                {
                    dt { (head) }
                    dd { (marked(words)) }
                }
            }
            div.scroll tabindex="0" role="region" aria-label={ "Findings of rule " (one.rule.code) } {
                table {
                    caption { (count(findings.len(), "finding")) }
                    thead { tr {
                        th scope="col" { "Child" } th scope="col" { "Table" } th scope="col" { "File and line" }
                        th scope="col" { "Columns" }
                    } }
                    tbody {
                        @for finding in findings {
                            tr {
                                th scope="row" { (plain(&finding.child)) }
                                td { (finding.table.title()) @if finding.last_year { " of last year" } }
                                td { (plain(outcome.file(finding))) ", line " (finding.at.line) }
                                td {
                                    @for (at, (column, value)) in finding.cells.iter().enumerate() {
                                        @if at > 0 { br; }
                                        (column) ": "
                                        @if value.is_empty() { "blank" } @else { code { (plain(value)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reading(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="reading" {
            h2 id="reading" { "What could not be read" }
            @if outcome.errors().next().is_none() {
                p { "Everything could be read." }
            }
            ul {
                @for problem in outcome.listed() {
                    li { @if problem.level == Level::Note { "Note: " } (plain(&problem.to_string())) }
                }
            }
            @if outcome.unlisted() > 0 {
                p { (count(outcome.unlisted(), "note")) " not listed." }
            }
        }
    }
}

fn asked(outcome: &Outcome) -> Markup {
    html! {
        section aria-labelledby="asked" {
            h2 id="asked" { "Rules asked and not asked" }
            @for (because, codes) in outcome.not_run() {
                h3 { "Not asked, because " (because) }
                (list(&codes))
            }
            h3 { "Asked" }
            (list(&outcome.report.run))
        }
    }
}

fn list(codes: &[&str]) -> Markup {
    html! {
        @if codes.is_empty() {
            p { "None." }
        } @else {
            ul.codes { @for code in codes { li { (code) } } }
        }
    }
}

/// A page's text with its codes and paragraphs.
fn marked(words: &str) -> Markup {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, pulldown_cmark::Parser::new(words));
    PreEscaped(out)
}
