//! Who looked at my record: who, what, when and why; and a question about any line.

use kinfold_casework::clock::in_england;
use kinfold_look::{Markup, date, html};

use super::home::closed;
use super::{own, words};
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/me/looked", For::Own, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page: i64 = visit.query.value("page").parse().unwrap_or(0).clamp(0, 100_000);
    let looks = visit.casework().own_looks(&visit.actor, page).await?;
    Ok(own(&visit, "Who looked at my record").render(&html! {
        h1 class="govuk-heading-xl" { "Who looked at my record" }
        @if !looks.shown { (closed()) } @else {
            p class="govuk-body" { "Each time someone opens your record, it is put on this list. No one can take it off. You can ask why." }
            @if looks.lines.is_empty() { p class="govuk-body" { "No one has looked yet." } }
            ul class="kf-looks" {
                @for line in &looks.lines {
                    @let at = in_england(line.at).datetime();
                    li class="kf-looks__one" {
                        p class="govuk-body" {
                            strong { (line.who.as_deref().unwrap_or("Someone who has left")) }
                            @if let Some(role) = &line.role { " (" (words::role(role).0) ")" }
                            " " (words::deed(&line.action, &line.page)) " " (words::why(&line.purpose)) "."
                        }
                        p class="kf-said__when" { (date::long(at.date())) ", " (date::time(at.time())) }
                        p class="govuk-body" { a class="govuk-link" href=(format!("/me/say/words?topic=who_looked&line={}", line.place)) { "Ask why" span class="govuk-visually-hidden" { " (" (line.who.as_deref().unwrap_or("someone")) ", " (date::long_with_time(at)) ")" } } }
                    }
                }
            }
            @if looks.more { p class="govuk-body" { a class="govuk-link" href=(format!("/me/looked?page={}", page + 1)) { "See older ones" } } }
        }
    }))
}
