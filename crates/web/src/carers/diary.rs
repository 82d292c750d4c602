//! The diary: what is coming for the children in somebody's care, day by day.

use kinfold_casework::carers::DiaryLine;
use kinfold_look::card::empty;
use kinfold_look::{Markup, html};

use super::words;
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/caring/diary", For::Carer, show)]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().carers_diary(&visit.actor).await?;
    let book = visit.casework().book();
    let mut around = frame(&visit, "Diary");
    around.back = Some(("Back to my home".to_owned(), "/caring".to_owned()));
    let days: Vec<(jiff::civil::Date, Vec<&DiaryLine>)> =
        page.lines.iter().fold(Vec::new(), |mut days, line| {
            match days.last_mut() {
                Some((on, lines)) if *on == line.on => lines.push(line),
                _ => days.push((line.on, vec![line])),
            }
            days
        });
    Ok(around.render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Diary" }
            @if page.closed > 0 {
                p.govuk-body { "Something is left out: you have not signed the undertaking for every child. " a.govuk-link href="/caring" { "Sign it" } }
            }
            @if days.is_empty() {
                (empty("Nothing is set yet", "Reviews, visits, health and school stand here as soon as somebody records a day for them.", None))
            }
            @for (on, lines) in days {
                h2.govuk-heading-s { (words::day(on, page.today)) }
                ul.kf-next {
                    @for line in lines { li.kf-next__one { strong { (line.called) } ": " (words::coming(line, &book)) } }
                }
            }
            p.govuk-body { a.govuk-link href="/account/calendar" { "Have this in the calendar of your telephone" } }
        }
    }))
}
