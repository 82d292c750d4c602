//! What children, carers and others said and let be passed on to the panel.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use kinfold_casework::Action;
use kinfold_casework::authority::panel::NewWords;
use kinfold_casework::record::form_key;
use kinfold_guidance::framework::Voice;
use kinfold_look::card::empty;
use kinfold_look::form::{Button, Checkboxes, Choice, FormState, Select, Textarea, button_link, csrf_field};
use kinfold_look::{Markup, date, html};
use uuid::Uuid;

use crate::authority::form::FormPage;
use crate::authority::frozen::whose;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::refuse;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

const ALL: &str = "/panel/words";

pub(super) fn routes() -> Vec<Route> {
    let read = For::Authority(Action::ViewPlans);
    vec![
        get("/panel/words", read, show),
        get("/panel/words/new", read, new),
        post("/panel/words/new", read, hand_on),
        post("/panel/words/{words}/back", read, back),
    ]
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().panel_words(&visit.actor).await?;
    let title = if page.all { "Words passed on to the panel" } else { "Words that you passed on" };
    let mut around = frame(&visit, title);
    around.back = Some(("The panel".to_owned(), "/panel".to_owned()));
    Ok(around.render(&html! {
        h1.govuk-heading-l { (title) }
        p.kf-lead { "What children, care leavers, carers and families said and let be passed on. The next pack holds them; nothing tells who said them." }
        p class="kf-screen-only" { (button_link("Pass words on to the panel", "/panel/words/new", true)) }
        @if page.lines.is_empty() {
            (empty("Nothing yet", "Whoever works with children passes on what they were allowed to pass on.", None))
        }
        @for line in &page.lines {
            div.kf-read {
                blockquote class="govuk-inset-text" {
                    p.govuk-body { @if line.taken_back { s { "“" (line.quote.words) "”" } } @else { "“" (line.quote.words) "”" } }
                    p.govuk-hint { (whose(&line.quote.of)) ", " (date::short(line.on)) @if line.taken_back { ". Taken back: no paper made from then on holds it." } }
                }
                @if !line.taken_back {
                    form class="kf-screen-only" method="post" action=(format!("{ALL}/{}/back", line.id)) {
                        (csrf_field(visit.actor.csrf()))
                        (Button::secondary("Take it back"))
                    }
                }
            }
        }
    }))
}

async fn new(visit: Visit) -> Reply<Markup> {
    visit.casework().panel_words(&visit.actor).await?;
    Ok(draw(&visit, &FormState::new().with("key", form_key())))
}

fn draw(visit: &Visit, form: &FormState) -> Markup {
    let page = FormPage {
        title: "Pass words on to the panel",
        about: "Corporate parenting panel",
        action: "/panel/words/new",
        back: ("The panel", "/panel"),
        button: "Pass them on",
        upload: false,
    };
    let fields = html! {
        (Textarea::new("words", "What was said").hint("In their words, without names, places or anything from which one could tell who it was.").rows(4).limit(1000).render(form))
        (Select::new("of", "Whose words", Voice::ALL.map(|v| (v.as_str(), v.title()))).empty("Choose").render(form))
        (Checkboxes::new("agreed", "Did they agree?", [Choice::new("yes", "They know that these words go to the panel and may be published without their name, and they agreed")]).render(form))
    };
    page.draw(visit, form, &html! {}, &fields)
}

async fn hand_on(Sent { visit, mut form }: Sent) -> Reply<Response> {
    let value = |name: &str| form.value(name).to_owned();
    let new = NewWords { words: value("words"), of: value("of"), agreed: form.holds("agreed", "yes") };
    match visit.casework().hand_on_words(&visit.actor, &new, form.value("key")).await {
        Ok(()) => Ok(done(&visit.app, ALL, "The words are passed on. The next pack holds them.")),
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &form)).into_response())
        }
    }
}

async fn back(Path(id): Path<Uuid>, Sent { visit, .. }: Sent) -> Reply<Response> {
    visit.casework().take_back_words(&visit.actor, id, "").await?;
    Ok(done(&visit.app, ALL, "The words are taken back."))
}
