//! Recording what is joined to another entry: an action of a need, a step of a referral, the end of a condition, the answer
//! to a notice. Nobody types a reference: what begins something gets one here, and what goes on with it is chosen from what is there.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::ItemKind;
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, ChildPage, Error};
use kinfold_look::date;
use kinfold_look::form::{Button, FormState, Select, button_group, csrf_field, error_summary, hidden};
use kinfold_look::{Markup, html};
use kinfold_record::{ChildId, EventKind, FieldKind, FieldSpec, Strand};

use super::area;
use crate::child::bar::bar;
use crate::child::foreseen::{self, SHOWN, said};
use crate::child::record::{people, questions, read, refused};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/children/{child}/health/record/{what}", For::Child(Action::ViewChild), show),
        post("/children/{child}/health/record/{what}", For::Child(Action::ViewChild), send),
    ]
}

/// The field that names what an event of this kind begins.
fn begins(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::HealthNeed => Some("need"),
        EventKind::HealthAction => Some("action"),
        EventKind::ReferralMade => Some("referral"),
        EventKind::ConditionNoted
        | EventKind::AllergyNoted
        | EventKind::MedicineStarted
        | EventKind::FamilyHistory => Some("item"),
        _ => None,
    }
}

/// The field that `of` in an address fills: what an entry goes on with.
fn follows(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::HealthAction => Some("need"),
        EventKind::ReferralMade => Some("instead_of"),
        kind if begins(kind).is_some() => None,
        kind => kind.fields().iter().find(|f| f.required && f.kind == FieldKind::Reference).map(|f| f.name),
    }
}

fn kind_of(page: &HealthPage, what: &str) -> Result<EventKind, Error> {
    let joined =
        |kind: &EventKind| kind.fields().iter().any(|f| f.required && f.kind == FieldKind::Reference);
    let here =
        |kind: &EventKind| kind.strand() == Strand::Health && joined(kind) || area::KINDS.contains(kind);
    let right = |kind: &EventKind| match kind {
        EventKind::NoticeSent | EventKind::NoticeAcknowledged => Action::RecordHealthNotice,
        kind => Action::to_record_kind(*kind),
    };
    EventKind::parse(what).filter(here).filter(|kind| page.handle.may.has(right(kind))).ok_or(Error::Absent)
}

/// What can be chosen in a field that names something: reference and words.
fn choices(kind: EventKind, field: &FieldSpec, page: &HealthPage) -> Vec<(String, String)> {
    let codes = &page.book.guidance.codes;
    let facts = &page.facts;
    let cut = |text: &str| text.chars().take(80).collect::<String>();
    let items = |which: ItemKind| {
        facts.items_of(which).map(|item| (item.item.to_string(), cut(&item.name))).collect::<Vec<_>>()
    };
    match field.name {
        "need" => facts
            .needs
            .iter()
            .filter(|need| need.closed.is_none())
            .map(|n| {
                (n.need.to_string(), cut(&format!("{}: {}", codes.title("health_area", &n.area), n.text)))
            })
            .collect(),
        "action" => facts
            .needs
            .iter()
            .flat_map(|need| &need.actions)
            .chain(&facts.loose)
            .map(|a| (a.action.to_string(), cut(&format!("{} (by {})", a.text, date::short(a.by)))))
            .collect(),
        "referral" | "instead_of" => facts
            .referrals
            .iter()
            .map(|r| {
                let service = codes.title("referral_service", &r.service);
                (r.referral.to_string(), format!("{service}, sent {}", date::short(r.source.on)))
            })
            .collect(),
        "item" => match kind {
            EventKind::ConditionEnded => items(ItemKind::Condition),
            EventKind::AllergyEnded => items(ItemKind::Allergy),
            EventKind::MedicineStopped => items(ItemKind::Medicine),
            EventKind::FamilyHistoryShared => facts
                .family
                .iter()
                .map(|fact| {
                    let (whose, what) = (
                        codes.title("family_relation", &fact.relation),
                        codes.title("family_health", &fact.topic),
                    );
                    (fact.item.to_string(), format!("{whose}: {what}, {}", date::short(fact.source.on)))
                })
                .collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The fields of a kind that name something else, with what can be chosen.
fn chosen(kind: EventKind, page: &HealthPage) -> Vec<(&'static FieldSpec, Vec<(String, String)>)> {
    kind.fields()
        .iter()
        .filter(|field| field.kind == FieldKind::Reference && begins(kind) != Some(field.name))
        .map(|field| (field, choices(kind, field, page)))
        .filter(|(field, choices)| field.required || !choices.is_empty())
        .collect()
}

async fn pages(visit: &Visit, child: ChildId, what: &str) -> Reply<(EventKind, HealthPage, ChildPage)> {
    let page = visit.casework().health_page(&visit.actor, child).await?;
    let kind = kind_of(&page, what)?;
    let whole = visit.casework().child_page(&visit.actor, child).await?;
    Ok((kind, page, whole))
}

async fn show(visit: Visit, Path((child, what)): Path<(ChildId, String)>) -> Reply<Markup> {
    let (kind, page, whole) = pages(&visit, child, &what).await?;
    let mut form = FormState::new()
        .with("key", form_key())
        .with("seen-version", whole.handle.version.to_string())
        .with_date("happened", whole.today);
    let of = visit.query.value("of");
    form = match kind {
        EventKind::NoticeSent => form.with("notice", area::NOTICE).with("recipients", of),
        EventKind::NoticeAcknowledged => form.with("notice", area::NOTICE).with("recipient", of),
        EventKind::ResponsibleCommissioner => form.with("service", of),
        kind => follows(kind).into_iter().fold(form, |form, field| form.with(field, of)),
    };
    Ok(draw(&visit, kind, &page, &whole, &form, None))
}

fn draw(
    visit: &Visit,
    kind: EventKind,
    page: &HealthPage,
    whole: &ChildPage,
    form: &FormState,
    note: Option<Markup>,
) -> Markup {
    let child = page.handle.id();
    let mut around = frame(visit, kind.title());
    around.bar = Some(bar(&whole.handle, &whole.timeline, &whole.book, whole.today));
    around.back = Some(("Health".to_owned(), format!("/children/{child}/health")));
    around.has_errors = form.has_errors();
    let shown = form.values(SHOWN).is_empty();
    around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            h1.govuk-heading-l { (kind.title()) }
            @if let Some(note) = note { (note) }
            form method="post" action=(format!("/children/{child}/health/record/{}", kind.as_str())) novalidate {
                (csrf_field(visit.actor.csrf()))
                @for name in ["key", "seen-version"] { (hidden(name, form.value(name))) }
                @for (field, choices) in chosen(kind, page) {
                    (Select::new(field.name, field.label, choices).empty(if field.required { "Choose" } else { "None of these" }).render(form))
                }
                (questions(kind, whole, &people(visit, whole), form, whole.today))
                (foreseen::shown_fields(form))
                (button_group(&[Button::main(if shown { "Record" } else { "Record it as it is" })], Some(("Cancel", &format!("/children/{child}/health")))))
            }
        } }
    })
}

async fn send(Path((child, what)): Path<(ChildId, String)>, Sent { visit, mut form }: Sent) -> Reply {
    let (kind, page, whole) = pages(&visit, child, &what).await?;
    // What is begun here gets its reference here, from the key of the form: sent twice, it is the same one.
    if let Some(field) = begins(kind) {
        let key = form.value("key").to_owned();
        let usable = key.len() == 32 && key.bytes().all(|b| b.is_ascii_hexdigit());
        form = form.with(field, if usable { key } else { form_key() });
    }
    for (field, choices) in chosen(kind, &page) {
        let value = form.value(field.name).to_owned();
        let known = choices.iter().any(|(reference, _)| *reference == value);
        if !known && (field.required || !value.is_empty()) {
            form.error(field.name, format!("Choose “{}”", field.label));
        }
        // The question stands twice in the form, once to choose and once unseen: the choice counts.
        form = form.with(field.name, value);
    }
    let again = |form: &FormState, note: Option<Markup>| draw(&visit, kind, &page, &whole, form, note);
    let Some(entry) = read(kind, &whole, &mut form) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again(&form, None)).into_response());
    };
    let foreseen = visit.casework().foresee(&visit.actor, child, form.value("key"), &entry).await?;
    if foreseen::is_news(&foreseen, &form) {
        let form = foreseen::shown(&foreseen, form);
        let note = foreseen::note(&foreseen, "Record it as it is");
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, again(&form, Some(note))).into_response());
    }
    let seen = form.value("seen-version").parse().unwrap_or(whole.handle.version);
    match visit.casework().record(&visit.actor, child, seen, form.value("key"), vec![entry]).await {
        Ok(recorded) => Ok(back(&visit, child, kind, &said(&recorded, &foreseen))),
        Err(error) => refused(error, form, again),
    }
}

fn back(visit: &Visit, child: ChildId, kind: EventKind, words: &str) -> Response {
    let to = match kind {
        EventKind::FamilyHistoryShared => "health/family",
        _ => "health",
    };
    done(&visit.app, &format!("/children/{child}/{to}"), words)
}
