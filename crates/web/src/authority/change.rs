//! Writing about one recommendation: a form for each thing that can be said.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kinfold_casework::authority::plan::{Recommendation, Status};
use kinfold_casework::authority::{PlanChange, PlanPage};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_look::form::{
    Button, Choice, DateInput, FormState, Radios, Required, TextInput, Textarea, Width, button_group,
    csrf_field, error_summary, hidden,
};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::plan::LONGEST;
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// Those who lead on a recommendation write about it too, so that the address is for all who read plans; the use case
/// knows who may write what.
pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewPlans);
    vec![get("/plans/{plan}/{item}/{what}", whom, show), post("/plans/{plan}/{item}/{what}", whom, send)]
}

/// What a form is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Words,
    Lead,
    Target,
    Progress,
    Status,
    Comment,
}

impl What {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "words" => Self::Words,
            "lead" => Self::Lead,
            "target" => Self::Target,
            "progress" => Self::Progress,
            "status" => Self::Status,
            "comment" => Self::Comment,
            _ => return None,
        })
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Words => "Change its words",
            Self::Lead => "Who leads on it",
            Self::Target => "When it is to be done by",
            Self::Progress => "Write down progress",
            Self::Status => "How it stands",
            Self::Comment => "Write down what the panel said",
        }
    }

    fn open_to(self, page: &PlanPage, of: &Recommendation) -> bool {
        match self {
            Self::Comment => page.may_comment,
            Self::Progress | Self::Status => page.may_report_on(of),
            _ => page.may_edit,
        }
    }

    /// What stands now, in words: beside what was typed when somebody else changed it first.
    fn stands(self, page: &PlanPage, of: &Recommendation) -> String {
        match self {
            Self::Words => format!("{}\n{}", of.number, of.text),
            Self::Lead => page.lead(of).unwrap_or_else(|| "Nobody".to_owned()),
            Self::Target => of.target().map_or_else(String::new, |t| {
                [Some(t.words.clone()), t.on.map(|on| on.to_string()), t.reason.clone()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join("\n")
            }),
            Self::Status => of
                .standings
                .last()
                .map_or_else(String::new, |s| format!("{}\n{}", s.status.title(), s.reason)),
            Self::Progress | Self::Comment => String::new(),
        }
    }
}

async fn open(visit: &Visit, id: Uuid, item: Uuid, what: &str) -> Reply<(PlanPage, What)> {
    let what = What::parse(what).ok_or(Error::Absent)?;
    let page = visit.casework().plan(&visit.actor, id, None).await?;
    let of = page.plan.recommendation(item).ok_or(Error::Absent)?;
    if !what.open_to(&page, of) {
        return Err(Error::Absent.into());
    }
    Ok((page, what))
}

async fn show(visit: Visit, Path((id, item, name)): Path<(Uuid, Uuid, String)>) -> Reply<Markup> {
    let (page, what) = open(&visit, id, item, &name).await?;
    let of = page.plan.recommendation(item).ok_or(Error::Absent)?;
    let mut form = FormState::new().with("key", form_key()).with("seen", page.plan.version.to_string());
    form = match what {
        What::Words => form.with("number", of.number.clone()).with("text", of.text.clone()),
        What::Progress | What::Comment => form.with_date("on", page.on),
        What::Status => form.with("status", of.status().code()),
        What::Lead | What::Target => form,
    };
    draw(&visit, &page, (item, what, &name), &form, None)
}

fn draw(
    visit: &Visit,
    page: &PlanPage,
    (item, what, name): (Uuid, What, &str),
    form: &FormState,
    conflict: Option<Markup>,
) -> Reply<Markup> {
    let of = page.plan.recommendation(item).ok_or(Error::Absent)?;
    let back = format!("/plans/{}/{item}", page.plan.id);
    let mut around = frame(visit, what.heading());
    around.back = Some((format!("Recommendation {}", of.number), back.clone()));
    around.has_errors = form.has_errors();
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            @if let Some(conflict) = conflict { (conflict) }
            span.govuk-caption-l { "Recommendation " (of.number) }
            h1.govuk-heading-l { (what.heading()) }
            form method="post" action=(format!("{back}/{name}")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (hidden("seen", form.value("seen")))
                (fields(what, of, form))
                (button_group(&[Button::main("Save")], Some(("Cancel", &back))))
            }
        } }
    }))
}

fn fields(what: What, of: &Recommendation, form: &FormState) -> Markup {
    match what {
        What::Words => html! {
            (TextInput::new("number", "Number").width(Width::Chars(5)).render(form))
            (Textarea::new("text", "What is to be done").rows(8).limit(LONGEST).render(form))
        },
        What::Lead => html! {
            (TextInput::new("email", "E-mail address of the colleague who leads on it").email().hint("They are told, and write about its progress").render(form))
            (TextInput::new("post", "Or the post that leads on it").render(form))
        },
        What::Target => html! {
            (DateInput::new("on", "Target date").hint("The last day on which it is in time").render(form))
            (TextInput::new("words", "Or the target in words").hint("For what has no day: “Ongoing”, “With the next contract”").render(form))
            @if !of.targets.is_empty() { (Textarea::new("reason", "Why it moves").rows(3).limit(LONGEST).render(form)) }
        },
        What::Progress => html! {
            (Textarea::new("text", "What has been done").hint("Name no child.").rows(8).limit(LONGEST).render(form))
            (DateInput::new("on", "On").render(form))
        },
        What::Status => html! {
            (Radios::new("status", "How does it stand?", Status::ALL.map(|s| Choice::new(s.code(), s.title()))).render(form))
            (Textarea::new("reason", "Why").rows(4).limit(LONGEST).render(form))
        },
        What::Comment => html! {
            (Textarea::new("text", "What the panel said").hint("Name no child.").rows(8).limit(LONGEST).render(form))
            (DateInput::new("on", "On").render(form))
        },
    }
}

fn read(what: What, form: &mut FormState, today: Date) -> Option<PlanChange> {
    let text = |form: &FormState, name: &str| form.value(name).to_owned();
    match what {
        What::Words => Some(PlanChange::Words { number: text(form, "number"), text: text(form, "text") }),
        What::Lead => Some(PlanChange::Lead { email: text(form, "email"), post: text(form, "post") }),
        What::Target => {
            let on = form.read_date("on", "Target date", Required::No);
            (!form.has_errors()).then(|| PlanChange::Target {
                words: text(form, "words"),
                on,
                reason: text(form, "reason"),
            })
        }
        What::Status => {
            let status = Status::parse(form.value("status"));
            if status.is_none() {
                form.error("status", "Choose how it stands");
            }
            status.map(|status| PlanChange::Status { status, reason: text(form, "reason") })
        }
        What::Progress | What::Comment => {
            let on = form.read_date("on", "Day", Required::No);
            if form.has_errors() {
                return None;
            }
            let (text, on) = (text(form, "text"), on.unwrap_or(today));
            Some(match what {
                What::Comment => PlanChange::Comment { text, on },
                _ => PlanChange::Progress { text, on },
            })
        }
    }
}

/// What was typed, as a text to compare.
fn typed(form: &FormState) -> String {
    let kept = form
        .pairs()
        .filter(|(name, value)| !matches!(*name, "csrf" | "key" | "seen") && !value.trim().is_empty());
    kept.map(|(_, value)| value.to_owned()).collect::<Vec<_>>().join("\n")
}

async fn send(
    Path((id, item, name)): Path<(Uuid, Uuid, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let (page, what) = open(&visit, id, item, &name).await?;
    let seen = form.value("seen").parse().unwrap_or(0);
    let Some(change) = read(what, &mut form, page.on) else {
        let drawn = draw(&visit, &page, (item, what, &name), &form, None)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, drawn).into_response());
    };
    let key = form.value("key").to_owned();
    match visit.casework().change_plan(&visit.actor, (id, item), seen, &change, &key).await {
        Ok(()) => Ok(done(&visit.app, &format!("/plans/{id}/{item}"), "It is recorded.")),
        Err(Error::Conflict { current }) => {
            let (page, _) = open(&visit, id, item, &name).await?;
            let of = page.plan.recommendation(item).ok_or(Error::Absent)?;
            let conflict = both(what.stands(&page, of), typed(&form));
            let form = with(form, "seen", current.to_string());
            let drawn = draw(&visit, &page, (item, what, &name), &form, Some(conflict))?;
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, (item, what, &name), &form, None)?).into_response())
        }
    }
}

/// The same form with another value of a field.
pub(super) fn with(form: FormState, name: &str, value: String) -> FormState {
    let others: Vec<(String, String)> =
        form.pairs().filter(|(n, _)| *n != name).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    FormState::from_pairs(others).with(name, value)
}
