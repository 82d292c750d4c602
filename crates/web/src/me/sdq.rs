//! Questions about how I am: the young person's own part of the strengths and difficulties questionnaire, a few on each
//! page. Every page is kept as it is sent, anything can be left out, and it is read back before it goes. The words of the
//! questions are licensed; without them a question is called by its number on the paper, as in everybody's form.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kinfold_casework::Error;
use kinfold_casework::forms::{Changes, FormDesk};
use kinfold_casework::me::OwnSdq;
use kinfold_forms::{Answer, Key};
use kinfold_look::banner::important_banner;
use kinfold_look::form::{
    Button, Choice, FormState, Radios, button_group, csrf_field, error_summary, hidden,
};
use kinfold_look::summary::{Fact, summary_list};
use kinfold_look::{Markup, date, html};

use super::own;
use super::say::kept_safe;
use super::sdq_pages::{Paper, Sheetful, address};
use crate::forms::Page;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/me/questions", For::Own, show),
        post("/me/questions", For::Own, begin),
        get("/me/questions/no", For::Own, rather_not),
        post("/me/questions/no", For::Own, decline),
        get("/me/questions/check", For::Own, check),
        post("/me/questions/check", For::Own, send),
        get("/me/questions/{page}", For::Own, page),
        post("/me/questions/{page}", For::Own, save),
    ]
}

const HOME: &str = "/me/questions";

/// The questions while they are open.
async fn open(visit: &Visit) -> Reply<Option<(OwnSdq, FormDesk)>> {
    let found = visit.casework().own_sdq(&visit.actor).await?;
    let Some(form) = found.form else { return Ok(None) };
    let desk = visit.casework().form_desk(&visit.actor, found.child, form).await?;
    Ok(Some((found, desk)))
}

/// Who reads it and what comes of it: said before they begin, and again before they send it.
fn told() -> Markup {
    html! {
        h2 class="govuk-heading-m" { "Who reads it" }
        p class="govuk-body" { "Your nurse, your health doctor and your social worker read each answer. Your carer and the person who runs your review do not. They see one number. It adds up your answers. Your adviser and your social worker’s boss see the number too. Your school sees none of it." }
        h2 class="govuk-heading-m" { "What happens next" }
        p class="govuk-body" { "If your answers show that things are hard for you, your social worker will talk with you. You look at what could help. They do this within three weeks." }
        p class="govuk-body" { "Do you need help now? " a class="govuk-link" href="/me/help-now" { "Get help now" } }
    }
}

/// The line on the first page of the space while there are questions.
pub(super) fn news(due: bool) -> Markup {
    html! {
        @if due {
            div class="kf-news kf-news--waiting" {
                p class="kf-news__words" { "We have some questions for you. How are you?" }
                p { a class="govuk-link" href=(HOME) { "Look at them" } }
            }
        }
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let found = visit.casework().own_sdq(&visit.actor).await?;
    Ok(own(&visit, "How are you?").render(&html! {
        h1 class="govuk-heading-xl" { "How are you?" }
        @if found.due { (ask(&visit, &found)) } @else { (no_more(&found)) }
    }))
}

fn ask(visit: &Visit, found: &OwnSdq) -> Markup {
    let words = found.languages.len();
    let choices = found.languages.iter().map(|called| Choice::new(called, called));
    html! {
        p class="govuk-body" { "These are 25 short questions, and a few more at the end. They ask how you feel and how you get on with people." }
        p class="govuk-body" { "You do not have to do this. You can leave out what you do not want to say. You can stop, and go on when you like." }
        @if let Some(by) = found.asked_by { p class="govuk-body" { "Please send it by " strong { (date::long(by)) } "." } }
        @if words == 0 {
            div class="kf-told" { p class="govuk-body" { "The questions are on paper. You need the paper with you. Here you say which box you ticked. Ask your nurse or your social worker if you do not have it." } }
        }
        (told())
        form method="post" action=(HOME) novalidate {
            (csrf_field(visit.actor.csrf()))
            @if words > 1 && found.form.is_none() { (Radios::new("language", "Which language do you want?", choices).render(&FormState::new())) }
            (Button::main(if found.form.is_some() { "Go on" } else { "Start" }))
        }
        p class="govuk-body" { a class="govuk-link" href="/me/questions/no" { "I would rather not do this" } }
    }
}

/// What stands there when nothing is asked.
fn no_more(found: &OwnSdq) -> Markup {
    html! {
        @match &found.last {
            None => p class="govuk-body" { "There are no questions for you now. When there are, you find them here." },
            Some(last) if last.declined => {
                p class="govuk-body" { "You told us on " (date::long(last.on)) " that you would rather not do this. That is fine." }
                p class="govuk-body" { "Do you want to do it after all? " a class="govuk-link" href="/me/say/words?topic=question" { "Tell us" } }
            },
            Some(last) => {
                p class="govuk-body" { "We have your answers from " (date::long(last.on)) ". Thank you." }
                @if let Some((who, by)) = &last.talk {
                    p class="govuk-body" { strong { (who.as_deref().unwrap_or("Your social worker")) " will talk with you by " (date::long(*by)) "." } " You look at what could help." }
                }
                p class="govuk-body" { "We ask you again in a year." }
                p class="govuk-body" { "Do you want to say more? " a class="govuk-link" href="/me/say" { "Say it" } }
            }
        }
    }
}

async fn begin(Sent { visit, form }: Sent) -> Reply<Response> {
    let found = visit.casework().own_sdq(&visit.actor).await?;
    if !found.due {
        return Ok(done(&visit.app, HOME, "!There are no questions for you now."));
    }
    let id = visit.casework().begin_own_sdq(&visit.actor).await?;
    let desk = visit.casework().form_desk(&visit.actor, found.child, id).await?;
    // Where there is one language, it is that one.
    let said = found.languages.iter().find(|l| found.languages.len() == 1 || *l == form.value("language"));
    if let (Some(said), Some((section, question))) = (said, desk.form.question("language"))
        && desk.answers.get(&Key::of(&question.id)).is_none()
    {
        let key = Key::of(&question.id);
        let seen = kinfold_casework::forms::mark(&desk.answers, [&key]);
        let changes = Changes { answers: vec![(key, Some(Answer::Text(said.clone())))], times: None };
        visit.casework().save_form(&visit.actor, found.child, id, &section.id, &seen, &changes).await?;
    }
    let desk = visit.casework().form_desk(&visit.actor, found.child, id).await?;
    let sheet = desk.sheet();
    let paper = Paper::of(&desk, &sheet);
    Ok(Redirect::to(&paper.resume().map_or("/me/questions/check".to_owned(), address)).into_response())
}

async fn rather_not(visit: Visit) -> Reply<Response> {
    let found = visit.casework().own_sdq(&visit.actor).await?;
    if !found.due {
        return Ok(Redirect::to(HOME).into_response());
    }
    let mut around = own(&visit, "I would rather not");
    around.back = Some(("Back".to_owned(), HOME.to_owned()));
    Ok(around
        .render(&html! {
            h1 class="govuk-heading-xl" { "You would rather not?" }
            p class="govuk-body" { "That is fine. No one will be cross with you." }
            p class="govuk-body" { "We write down that you did not want to do this. We throw away what you have put in so far. We do not ask again for a year." }
            form method="post" action="/me/questions/no" {
                (csrf_field(visit.actor.csrf()))
                (button_group(&[Button::main("I would rather not")], Some(("Go back", HOME))))
            }
        })
        .into_response())
}

async fn decline(Sent { visit, .. }: Sent) -> Reply<Response> {
    if !visit.casework().own_sdq(&visit.actor).await?.due {
        return Ok(done(&visit.app, HOME, "!There are no questions for you now."));
    }
    visit.casework().decline_own_sdq(&visit.actor).await?;
    Ok(done(&visit.app, HOME, "That is fine. Thank you for telling us."))
}

/// Said where a page is not one of the questions, or they are closed.
fn gone(visit: &Visit) -> Response {
    done(&visit.app, HOME, "!These questions are not open now. What you sent is safe.")
}

async fn page(visit: Visit, Path(page): Path<String>) -> Reply<Response> {
    let kept = visit.casework().kept_fields(&visit.actor, &visit.path).await?;
    let Some((_, desk)) = open(&visit).await? else { return Ok(Redirect::to(HOME).into_response()) };
    let sheet = desk.sheet();
    let paper = Paper::of(&desk, &sheet);
    let Some(sheetful) = paper.page(&page) else { return Ok(Redirect::to(HOME).into_response()) };
    let (mut form, mut note) = (sheetful.fresh(&desk.answers), html! {});
    if let Some(typed) =
        kept.map(|kept| FormState::from_pairs(kept.fields)).filter(|f| f.pairs().next().is_some())
    {
        form = typed.with("draft-version", form.value("draft-version"));
        note = banner("You were signed out. What you picked is still here. Press “Next” to keep it.");
    }
    Ok(draw(&visit, &paper, sheetful, &form, &note).into_response())
}

fn banner(words: &str) -> Markup {
    important_banner(&html! { p class="govuk-notification-banner__heading" { (words) } })
}

fn draw(visit: &Visit, paper: &Paper<'_>, page: &Sheetful<'_>, form: &FormState, note: &Markup) -> Markup {
    let before = page.number.checked_sub(1).filter(|n| *n > 0).map_or(HOME.to_owned(), address);
    let mut around = own(visit, "How are you?");
    around.back = Some(("Back".to_owned(), before));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        (note)
        span class="govuk-caption-l" { "Page " (page.number) " of " (paper.pages.len()) }
        @if !page.alone() { h1 class="govuk-heading-xl" { (page.title()) } }
        @if page.number == 1 && paper.words.is_none() {
            p class="govuk-body" { "Find each question on your paper. Then say which box you ticked." }
        }
        form method="post" action=(address(page.number)) novalidate {
            (csrf_field(visit.actor.csrf()))
            (hidden("draft-version", form.value("draft-version")))
            (paper.fields(page, form))
            (button_group(&[Button::main("Next"), Button::secondary("Keep it for later").sends("later", "yes")], None))
        }
    })
}

/// How often an answer is put beside one that came in the same moment, before the page says so.
const TRIES: u8 = 3;

async fn save(Path(page): Path<String>, Page(Sent { visit, form: sent }): Page) -> Reply<Response> {
    for _ in 0..TRIES {
        let Some((found, desk)) = open(&visit).await? else { return Ok(gone(&visit)) };
        let sheet = desk.sheet();
        let paper = Paper::of(&desk, &sheet);
        let Some(sheetful) = paper.page(&page) else { return Ok(gone(&visit)) };
        let Some(changes) = sheetful.changes(&desk, &sent) else {
            let mut form = sheetful.typed(&sent).with("draft-version", sent.value("draft-version"));
            form.form_error("Pick one of the boxes");
            let page = draw(&visit, &paper, sheetful, &form, &html! {});
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        };
        let changed = sheetful.alters(&desk.answers, &changes);
        if changed && sheetful.mark(&desk.answers) != sent.value("draft-version") {
            let form = sheetful.typed(&sent).with("draft-version", sheetful.mark(&desk.answers));
            let note = banner(
                "You put in other answers on another phone or screen. What you picked here is not kept yet. Look at it, then press “Next”.",
            );
            return Ok((StatusCode::CONFLICT, draw(&visit, &paper, sheetful, &form, &note)).into_response());
        }
        let seen = kinfold_casework::forms::mark(&desk.answers, changes.answers.iter().map(|(key, _)| key));
        let section = &sheetful.section.id;
        match visit.casework().save_form(&visit.actor, found.child, desk.id, section, &seen, &changes).await {
            Ok(_) => return go_on(&visit, sheetful.number, &sent).await,
            // Another page of the same questions was kept in this moment: both stand.
            Err(Error::Conflict { .. }) => {}
            Err(Error::Forbidden(_)) => return Ok(gone(&visit)),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(done(&visit.app, HOME, "!We could not keep that page just now. Open it and try again."))
}

/// Where somebody goes when a page is kept.
async fn go_on(visit: &Visit, number: usize, sent: &FormState) -> Reply<Response> {
    visit.casework().forget_kept(&visit.actor, &visit.path).await?;
    if sent.holds("later", "yes") {
        return Ok(done(&visit.app, "/me", "We kept it for you. You can go on when you like."));
    }
    let Some((_, desk)) = open(visit).await? else { return Ok(gone(visit)) };
    let sheet = desk.sheet();
    // As it is now: what was answered may ask for more.
    let more = number < Paper::of(&desk, &sheet).pages.len();
    let next = if more { address(number + 1) } else { "/me/questions/check".to_owned() };
    Ok(Redirect::to(&next).into_response())
}

async fn check(visit: Visit) -> Reply<Response> {
    let Some((_, desk)) = open(&visit).await? else { return Ok(Redirect::to(HOME).into_response()) };
    Ok(draw_check(&visit, &desk, &FormState::new(), &html! {}).into_response())
}

fn draw_check(visit: &Visit, desk: &FormDesk, form: &FormState, note: &Markup) -> Markup {
    let sheet = desk.sheet();
    let paper = Paper::of(desk, &sheet);
    let mut around = own(visit, "Look at your answers");
    around.back = Some(("Back".to_owned(), address(paper.pages.len())));
    around.has_errors = form.has_errors();
    around.render(&html! {
        (error_summary(form))
        (note)
        h1 class="govuk-heading-xl" { "Look at your answers" }
        p class="govuk-body" { "You can change them. When you have sent them, you can not." }
        @for page in &paper.pages {
            h2 class="govuk-heading-m" { (page.title()) }
            (summary_list(&paper.answers(page, &desk.answers).into_iter().map(|(asked, answer)| Fact::new(asked, answer).change(address(page.number))).collect::<Vec<_>>()))
        }
        (told())
        (kept_safe())
        form method="post" action="/me/questions/check" {
            (csrf_field(visit.actor.csrf()))
            (hidden("seen-version", &desk.version.to_string()))
            (button_group(&[Button::main("Send it")], Some(("Keep it for later", "/me"))))
        }
        p class="govuk-body" { a class="govuk-link" href="/me/questions/no" { "I would rather not do this" } }
    })
}

async fn send(Sent { visit, form: sent }: Sent) -> Reply<Response> {
    let Some((_, desk)) = open(&visit).await? else {
        // Pressed twice, or sent from another telephone.
        return Ok(done(&visit.app, HOME, "We have your answers. You can not change them any more."));
    };
    let seen = sent.value("seen-version").parse().unwrap_or(-1);
    match visit.casework().send_own_sdq(&visit.actor, seen).await {
        Ok(()) => Ok(done(&visit.app, HOME, "Sent. Thank you for telling us.")),
        Err(Error::Invalid(_)) => {
            let mut form = FormState::new();
            form.form_error("Answer one question or more, or say that you would rather not do this");
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_check(&visit, &desk, &form, &html! {}))
                .into_response())
        }
        Err(Error::Conflict { .. }) => {
            let Some((_, desk)) = open(&visit).await? else { return Ok(gone(&visit)) };
            let note =
                banner("Your answers have changed since you looked. Look at them again, then send them.");
            Ok((StatusCode::CONFLICT, draw_check(&visit, &desk, &FormState::new(), &note)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
