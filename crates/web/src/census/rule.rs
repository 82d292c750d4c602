//! A rule's page in the manual: what it does, why it matters, how to put it right.

use axum::extract::Path;
use kinfold_casework::Action;
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, html};

use crate::frame::frame;
use crate::help::prose;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/return/rules/{code}", For::SignedIn, show)]
}

async fn show(visit: Visit, Path(code): Path<String>) -> Reply<Markup> {
    let rule = visit.casework().return_rule(&code)?;
    let title = format!("Rule {}", rule.code);
    let mut around = frame(&visit, &title);
    if visit.actor.may().has(Action::ExportReturn) {
        around.back = Some(("All collections".to_owned(), "/return".to_owned()));
    }
    let parts = [
        ("What it does", &rule.manual.what),
        ("Why it matters", &rule.manual.why),
        ("How to put it right", &rule.manual.fix),
        ("Example", &rule.manual.example),
    ];
    let facts = rule.versions.iter().map(|(years, wants)| {
        let wants = if wants.is_empty() { "nothing beside the return".to_owned() } else { wants.join("; ") };
        Fact::new(format!("Asked {years}"), html! { "Needs " (wants) })
    });
    Ok(around.render(&html! {
        div.kf-read {
            h1.govuk-heading-l { (title) }
            p.kf-lead { (rule.title) }
            @for (heading, text) in parts {
                @if !text.is_empty() {
                    h2.govuk-heading-m { (heading) }
                    (prose(text, heading))
                }
            }
            h2.govuk-heading-m { "When it is asked" }
            (summary_list(&facts.collect::<Vec<_>>()))
        }
    }))
}
