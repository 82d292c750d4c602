//! Who looked at my record: who, what, when and why; and a question about any line.

use kinfold_casework::clock::in_england;
use kinfold_casework::me::OwnLookLine;
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
                @for lines in looks.lines.chunk_by(alike) {
                    @let line = &lines[0];
                    @let at = in_england(line.at).datetime();
                    li class="kf-looks__one" {
                        p class="govuk-body" {
                            strong { (line.who.as_deref().unwrap_or("Someone who has left")) }
                            @if let Some(role) = &line.role { " (" (words::role(role).0) ")" }
                            " " (words::deed(&line.action, &line.page)) " " (words::why(&line.purpose)) "."
                        }
                        p class="kf-said__when" {
                            (date::long(at.date())) ", "
                            @match lines {
                                [.., first] if lines.len() > 1 => {
                                    (lines.len()) " times from " (date::time(in_england(first.at).datetime().time())) " to "
                                }
                                _ => {}
                            }
                            (date::time(at.time()))
                        }
                        p class="govuk-body" { a class="govuk-link" href=(format!("/me/say/words?topic=who_looked&line={}", line.place)) { "Ask why" span class="govuk-visually-hidden" { " (" (line.who.as_deref().unwrap_or("someone")) ", " (date::long_with_time(at)) ")" } } }
                    }
                }
            }
            @if looks.more { p class="govuk-body" { a class="govuk-link" href=(format!("/me/looked?page={}", page + 1)) { "See older ones" } } }
        }
    }))
}

/// Whether a child reads the same of two lines that follow each other but for the time: somebody who calls a review is in
/// the log a dozen times, and a list of a dozen like lines hides who else looked.
fn alike(a: &OwnLookLine, b: &OwnLookLine) -> bool {
    let day = |line: &OwnLookLine| in_england(line.at).date();
    let words = |line: &OwnLookLine| (words::deed(&line.action, &line.page), words::why(&line.purpose));
    (a.person, &a.who, &a.role) == (b.person, &b.who, &b.role) && day(a) == day(b) && words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(person: u128, action: &str, at: &str) -> OwnLookLine {
        OwnLookLine {
            place: 1,
            at: at.parse().unwrap(),
            person: Some(uuid::Uuid::from_u128(person)),
            who: Some("Robyn".to_owned()),
            role: None,
            action: action.to_owned(),
            page: String::new(),
            purpose: "direct_care".to_owned(),
        }
    }

    #[test]
    fn only_what_reads_the_same_is_joined() {
        let one = line(1, "record", "2026-11-02T10:00:00Z");
        let cases = [
            (line(1, "record", "2026-11-02T11:00:00Z"), true),
            (line(1, "record", "2026-11-03T10:00:00Z"), false),
            (line(1, "view_voice", "2026-11-02T10:00:00Z"), false),
            (line(2, "record", "2026-11-02T10:00:00Z"), false),
        ];
        for (other, joined) in cases {
            assert_eq!(alike(&one, &other), joined, "{other:?}");
        }
    }
}
