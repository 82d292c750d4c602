//! Recording what happened: choose what, answer, done. The form of every kind of event comes from the record itself.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, ChildPage, Error, NewEntry};
use kinfold_look::banner::inset;
use kinfold_look::compare::{Side, compare};
use kinfold_look::form::{
    Button, DateInput, FormState, Required, Select, TimeInput, button_group, csrf_field, error_summary,
    hidden,
};
use kinfold_look::{Markup, date, html};
use kinfold_record::{ChildId, EventKind, FieldKind, Sensitivity, Strand, Subject};

use super::bar::{Here, bar, tabs};
use super::event_form::{self, Someone};
use super::foreseen::{self, SHOWN, said};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/record", For::Child(Action::ViewChild), choose),
        get("/children/{child}/record/{kind}", For::Child(Action::ViewChild), show),
        post("/children/{child}/record/{kind}", For::Child(Action::ViewChild), send),
        post("/children/{child}/record/{kind}/draft", For::Child(Action::ViewChild), keep),
        post("/children/{child}/record/{kind}/discard", For::Child(Action::ViewChild), discard),
    ]
}

/// Kinds with a page of their own (excusing, withdrawing) or that are not a person's to record.
const ELSEWHERE: &[EventKind] = &[
    EventKind::ChildRegistered,
    EventKind::CarerRegistered,
    EventKind::HomeRegistered,
    EventKind::DutyExcused,
    EventKind::Withdrawn,
    EventKind::Restricted,
    EventKind::RestrictionLifted,
    EventKind::CircleJoined,
    EventKind::CircleLeft,
];

/// What is recorded most often, offered first.
const OFTEN: &[EventKind] = &[
    EventKind::Visit,
    EventKind::Note,
    EventKind::ReviewHeld,
    EventKind::PlacementStarted,
    EventKind::HealthStep,
    EventKind::EducationPlan,
    EventKind::WentMissing,
    EventKind::Found,
    EventKind::ReturnInterview,
];

/// The right that recording a kind needs.
fn right(kind: EventKind) -> Action {
    match kind {
        EventKind::UnmetNeedRaised => Action::RaiseUnmetNeed,
        kind => Action::to_record_kind(kind),
    }
}

fn offered(page: &ChildPage, kind: EventKind) -> bool {
    let fits = (kind.strand() == Strand::Carers) == (page.handle.subject != Subject::Child)
        || kind.strand() == Strand::Record;
    // What is joined to another entry by a reference is recorded where that entry is shown.
    let joined = kind.fields().iter().any(|f| f.required && f.kind == FieldKind::Reference);
    let may = page.handle.may;
    // Notices to health services are the health team's too: which notice it is decides when it is sent.
    let notice = matches!(kind, EventKind::NoticeSent | EventKind::NoticeAcknowledged);
    let theirs = may.has(right(kind)) || (notice && may.has(Action::RecordHealthNotice));
    !ELSEWHERE.contains(&kind) && !joined && fits && theirs
}

async fn choose(visit: Visit, Path(child): Path<ChildId>) -> Reply<Markup> {
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let mut around = frame(&visit, "Record what happened");
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    let link = |kind: EventKind| html! { li { a.govuk-link href=(format!("/children/{child}/record/{}", kind.as_str())) { (kind.title()) } } };
    let often: Vec<EventKind> = OFTEN.iter().copied().filter(|k| offered(&page, *k)).collect();
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Record what happened" }
        (tabs(&page.handle, Here::Record))
        @if often.is_empty() && !EventKind::ALL.iter().any(|k| offered(&page, *k)) {
            p.govuk-body { "Your role for this child does not include recording. Ask the key worker to record it." }
        }
        @if !often.is_empty() {
            h2.govuk-heading-m { "Most often" }
            ul class="govuk-list kf-columns" { @for kind in often { (link(kind)) } }
        }
        @for strand in Strand::ALL {
            @let kinds: Vec<EventKind> = EventKind::ALL.iter().copied().filter(|k| k.strand() == strand && offered(&page, *k)).collect();
            @if !kinds.is_empty() {
                h2.govuk-heading-s { (strand.title()) }
                ul class="govuk-list kf-columns" { @for kind in kinds { (link(kind)) } }
            }
        }
    }))
}

/// The kind named in the address, if this person may record it for this child.
fn kind_of(page: &ChildPage, kind: &str) -> Result<EventKind, Error> {
    EventKind::parse(kind).filter(|kind| offered(page, *kind)).ok_or(Error::Absent)
}

async fn show(visit: Visit, Path((child, kind)): Path<(ChildId, String)>) -> Reply<Markup> {
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let kind = kind_of(&page, &kind)?;
    let draft = visit.casework().draft(&visit.actor, child, kind.as_str()).await?;
    let (form, kept) = match draft {
        Some(draft) => {
            let form = FormState::from_pairs(draft.fields)
                .with("key", form_key())
                .with("seen-version", page.handle.version.to_string())
                .with("draft-version", draft.version.to_string());
            (form, Some(draft.saved_at))
        }
        None => (fresh(&page), None),
    };
    let note = kept.map(|at| {
        let when = kinfold_casework::chronology::recorded_words(at);
        html! {
            (inset(&html! {
                p { "You started this on " (date::long_with_time(when)) ". It has been kept for you and is not part of the record yet." }
                form method="post" action=(format!("/children/{child}/record/{}/discard", kind.as_str())) {
                    (csrf_field(visit.actor.csrf()))
                    button class="govuk-button govuk-button--secondary" type="submit" { "Start afresh" }
                }
            }))
        }
    });
    Ok(draw(&visit, &page, kind, &form, note))
}

fn fresh(page: &ChildPage) -> FormState {
    FormState::new()
        .with("key", form_key())
        .with("seen-version", page.handle.version.to_string())
        .with("draft-version", "0")
        .with_date("happened", page.today)
}

/// The people who can be named in a form about this child: those in the circle, and oneself.
pub(crate) fn people(visit: &Visit, page: &ChildPage) -> Vec<Someone> {
    let mut out = vec![Someone {
        id: visit.actor.person().to_string(),
        words: format!("{} (you)", visit.actor.name()),
    }];
    for member in page.timeline.circle_on(page.today) {
        let Some(person) = member.person.filter(|p| *p != visit.actor.person()) else { continue };
        let Some(name) = page.names.get(&person).or(member.name.as_ref()) else { continue };
        let role = page.book.guidance.codes.title("circle_role", &member.role);
        out.push(Someone { id: person.to_string(), words: format!("{name} ({role})") });
    }
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// The questions common to every kind, and the kind's own.
pub(crate) fn questions(
    kind: EventKind,
    page: &ChildPage,
    people: &[Someone],
    form: &FormState,
    on: Date,
) -> Markup {
    html! {
        (DateInput::new("happened", "When did it happen?").hint("For example, 27 3 2026").render(form))
        @if matches!(kind, EventKind::WentMissing | EventKind::Found | EventKind::ReturnInterview | EventKind::CareStarted | EventKind::LegalStatusChanged) {
            (TimeInput::new("time", "At what time?").hint("Hours matter here. Leave empty if it is not known").render(form))
        }
        (event_form::draw_all(kind, &page.book, on, people, form))
        (kinfold_look::banner::details("Who may read this", &html! {
            (Select::new("sensitivity", "How sensitive is it?", labels()).empty("As usual for this kind of entry").render(form))
        }, form.error_of("sensitivity").is_some()))
    }
}

/// The labels somebody may choose. What the child said is labelled by their own choice, and nothing else is.
fn labels() -> Vec<(&'static str, &'static str)> {
    let offered =
        Sensitivity::ALL.into_iter().filter(|s| !matches!(s, Sensitivity::Voice | Sensitivity::Carer));
    offered.map(|s| (s.as_str(), sensitivity_words(s))).collect()
}

fn sensitivity_words(sensitivity: Sensitivity) -> &'static str {
    match sensitivity {
        Sensitivity::Ordinary => "Everyday: everyone in the circle who reads the chronology",
        Sensitivity::Health => "Health: health colleagues and those who need it to care for the child",
        Sensitivity::ThirdParty => "About somebody else",
        Sensitivity::Safeguarding => "Safeguarding: it could put somebody at risk",
        Sensitivity::Restricted => "Restricted: named people only",
        Sensitivity::Answers => "Answers: those who score a questionnaire",
        Sensitivity::FamilyHealth => "Health of the birth family: shared only by decision",
        Sensitivity::SexualHealth => "Sexual health: those who give that care",
        Sensitivity::Therapy => "Therapy: those who give it, never those who decide",
        Sensitivity::Voice => "What the child said: those whom the child chose",
        Sensitivity::SubstanceUse => "Alcohol, drugs and tobacco: the nurses and doctors who ask",
        Sensitivity::Carer => "A carer’s own log: the carer and those who answer them",
    }
}

/// What the main button says: something else once there was something to look at.
fn button(form: &FormState) -> &'static str {
    if form.values(SHOWN).is_empty() { "Record" } else { "Record it as it is" }
}

fn draw(visit: &Visit, page: &ChildPage, kind: EventKind, form: &FormState, note: Option<Markup>) -> Markup {
    let child = page.handle.id();
    let mut around = frame(visit, kind.title());
    around.bar = Some(bar(&page.handle, &page.timeline, &page.book, page.today));
    around.back = Some(("Record something else".to_owned(), format!("/children/{child}/record")));
    around.has_errors = form.has_errors();
    let action = format!("/children/{child}/record/{}", kind.as_str());
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { (kind.title()) }
            @if let Some(note) = note { (note) }
            form method="post" action=(action) novalidate data-kf-draft=(format!("{action}/draft")) {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version", "draft-version"] { (hidden(name, form.value(name))) }
                (questions(kind, page, &people(visit, page), form, page.today))
                (foreseen::shown_fields(form))
                (button_group(&[Button::main(button(form)), Button::secondary("Save for later").sends("later", "yes")], Some(("Cancel", &format!("/children/{child}")))))
            }
        } }
    })
}

/// What was answered, as an entry; `None` with the errors in the form.
pub(crate) fn read(kind: EventKind, page: &ChildPage, form: &mut FormState) -> Option<NewEntry> {
    let on = form.read_date("happened", "The day it happened", Required::Yes);
    let at = form.read_time("time", "The time", Required::No);
    let event = event_form::read(kind, &page.book, on.unwrap_or(page.today), form);
    let sensitivity = Sensitivity::parse(form.value("sensitivity"));
    let mut entry = NewEntry::on(on?, event?);
    entry.happened_at = at;
    entry.sensitivity = sensitivity;
    (!form.has_errors()).then_some(entry)
}

/// The fields worth keeping in a draft.
fn draft_fields(form: &FormState) -> Vec<(String, String)> {
    let ours = ["csrf", "key", "seen-version", "draft-version", "later", SHOWN];
    form.pairs()
        .filter(|(n, v)| !ours.contains(n) && !v.is_empty())
        .map(|(n, v)| (n.to_owned(), v.to_owned()))
        .collect()
}

async fn send(Path((child, kind)): Path<(ChildId, String)>, Sent { visit, mut form }: Sent) -> Reply {
    let page = visit.casework().child_page(&visit.actor, child).await?;
    let kind = kind_of(&page, &kind)?;
    let name = kind.as_str();
    if form.holds("later", "yes") {
        save(&visit, child, name, &form).await?;
        return Ok(done(
            &visit.app,
            &format!("/children/{child}"),
            "Kept for you. It is not part of the record yet: open the same form to carry on.",
        ));
    }
    let Some(entry) = read(kind, &page, &mut form) else {
        save(&visit, child, name, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&visit, &page, kind, &form, None)).into_response());
    };
    let foreseen = visit.casework().foresee(&visit.actor, child, form.value("key"), &entry).await?;
    if foreseen::is_news(&foreseen, &form) {
        save(&visit, child, name, &form).await?;
        let form = foreseen::shown(&foreseen, form);
        let note = foreseen::note(&foreseen, button(&form));
        let page = draw(&visit, &page, kind, &form, Some(note));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let seen = form.value("seen-version").parse().unwrap_or(page.handle.version);
    match visit.casework().record(&visit.actor, child, seen, form.value("key"), vec![entry]).await {
        Ok(recorded) => {
            visit.casework().drop_draft(&visit.actor, child, name).await?;
            Ok(done(&visit.app, &format!("/children/{child}"), &said(&recorded, &foreseen)))
        }
        Err(error) => {
            save(&visit, child, name, &form).await?;
            refused(error, form, |form, note| draw(&visit, &page, kind, form, note))
        }
    }
}

/// A refusal on the form itself, with everything that was typed; other errors go on.
pub(crate) fn refused(
    error: Error,
    mut form: FormState,
    draw: impl Fn(&FormState, Option<Markup>) -> Markup,
) -> Reply {
    match error {
        Error::Invalid(problems) => {
            for problem in problems {
                form.error(problem.field, problem.message);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&form, None)).into_response())
        }
        Error::Impossible(problems) => {
            for problem in problems {
                form.form_error(problem.message);
            }
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&form, None)).into_response())
        }
        // What somebody may not do after all: why not, beside what they typed.
        Error::Forbidden(words) => {
            form.form_error(words);
            Ok((StatusCode::FORBIDDEN, draw(&form, None)).into_response())
        }
        Error::Conflict { current } => {
            let typed: String = form
                .pairs()
                .filter(|(n, v)| {
                    !v.is_empty() && !matches!(*n, "csrf" | "key" | "seen-version" | "draft-version" | SHOWN)
                })
                .map(|(n, v)| format!("{}: {v}\n", n.replace(['_', '-'], " ")))
                .collect();
            let note = html! {
                h2.govuk-heading-m { "Somebody else recorded something meanwhile" }
                p.govuk-body { "The record has changed since you opened this form. Look at the chronology in another window. If yours still holds, choose “Record” again; nothing you typed is lost." }
                (compare(
                    &Side { title: "On record now".to_owned(), who: "The record has moved on".to_owned(), text: format!("Version {current}. Open the chronology to read the newest entries.") },
                    &Side { title: "What you wrote".to_owned(), who: "Not recorded yet".to_owned(), text: typed },
                ))
            };
            // Choosing again is made from the version now on record.
            let form = form.with("seen-version", current.to_string());
            Ok((StatusCode::CONFLICT, draw(&form, Some(note))).into_response())
        }
        error => Err(error.into()),
    }
}

async fn save(visit: &Visit, child: ChildId, kind: &str, form: &FormState) -> Reply<i64> {
    let version = form.value("draft-version").parse().unwrap_or(0);
    let fields = draft_fields(form);
    match visit.casework().save_draft(&visit.actor, child, kind, &fields, version).await {
        Ok(version) => Ok(version),
        // A newer draft from another window stays; what was typed here is on the page and in the answer.
        Err(Error::Conflict { current }) => Ok(current),
        Err(Error::Store(kinfold_casework::StoreError::Conflict { current, .. })) => Ok(current),
        Err(error) => Err(error.into()),
    }
}

async fn keep(Path((child, kind)): Path<(ChildId, String)>, Sent { visit, form }: Sent) -> Reply {
    let kind = EventKind::parse(&kind).ok_or(Error::Absent)?;
    let version = save(&visit, child, kind.as_str(), &form).await?;
    Ok((StatusCode::OK, version.to_string()).into_response())
}

async fn discard(Path((child, kind)): Path<(ChildId, String)>, Sent { visit, .. }: Sent) -> Reply<Response> {
    let kind = EventKind::parse(&kind).ok_or(Error::Absent)?;
    visit.casework().drop_draft(&visit.actor, child, kind.as_str()).await?;
    Ok(done(&visit.app, &format!("/children/{child}/record/{}", kind.as_str()), "The draft is gone."))
}
