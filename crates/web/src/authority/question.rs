//! One question of a self-assessment: what each partner says and why, side by side; the evidence; what came of it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kinfold_casework::authority::audit::{Answers, Brought, Evidence, Judgement};
use kinfold_casework::authority::{AuditChange, AuditPage, NewEvidence, NewRecommendation};
use kinfold_casework::record::form_key;
use kinfold_casework::{Action, Error};
use kinfold_guidance::framework::{Item, Suggested, Voice};
use kinfold_look::card::{Card, cards};
use kinfold_look::form::{
    Button, Choice, FormState, Radios, Select, TextInput, Textarea, Width, button_group, csrf_field,
    error_summary, hidden,
};
use kinfold_look::{Markup, html};
use uuid::Uuid;

use super::plan::LONGEST;
use super::{level, paragraphs, written};
use crate::frame::frame;
use crate::oops::Reply;
use crate::refusal::{both, refuse};
use crate::route::{For, Route, get, post};
use crate::sent::Sent;
use crate::visit::{Visit, done};

/// Whoever was given a question answers it too, so that the address is for all who read; the use case knows who may.
pub(super) fn routes() -> Vec<Route> {
    let whom = For::Authority(Action::ViewPlans);
    vec![
        get("/audits/{audit}/questions/{question}", whom, show),
        get("/audits/{audit}/questions/{question}/{what}", whom, form_of),
        post("/audits/{audit}/questions/{question}/{what}", whom, send),
    ]
}

/// What can be said about a question: the name in its address, the words on its button, and whether only the lead may.
const SAYINGS: [(&str, &str, bool); 10] = [
    ("rate", "Judge it", false),
    ("measure", "Add a measure", false),
    ("list", "Add a list of children", false),
    ("quotation", "Add a quotation", false),
    ("file", "Add a document", false),
    ("document", "Name a document", false),
    ("link", "Add a link", false),
    ("own", "Say who answers", true),
    ("agree", "Write down what was agreed", true),
    ("act", "Make an action of it", true),
];

pub(super) fn open_to(page: &AuditPage, question: &str, what: &str) -> bool {
    let open = page.audit.closed.is_none();
    match what {
        "act" => page.may_lead,
        "own" | "agree" => page.may_lead && open,
        "withdraw" => page.may_answer(question),
        what => SAYINGS.iter().any(|(name, _, _)| *name == what) && page.may_answer(question),
    }
}

async fn show(visit: Visit, Path((id, question)): Path<(Uuid, String)>) -> Reply<Markup> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    let (part, item) = page.framework.item(&question).ok_or(Error::Absent)?;
    let answers = page.audit.answers(&question);
    let here = format!("/audits/{id}/questions/{question}");
    let mut around = frame(&visit, "Question");
    around.back = Some(("The self-assessment".to_owned(), format!("/audits/{id}")));
    Ok(around.render(&html! {
        span.govuk-caption-l { (page.framework.part_word) " " (part.number) ": " (part.title) }
        h1.govuk-heading-l { (item.text) }
        @if !item.points.is_empty() { ul class="govuk-list govuk-list--bullet" { @for point in &item.points { li { (point) } } } }
        @if let Some(plain) = &item.plain { p.govuk-body { strong { "For young auditors: " } (plain) } }
        @if item.ours { p.govuk-hint { "This question is ours: the source does not print it." } }
        div class="govuk-button-group kf-screen-only" {
            @for (at, (name, words, _)) in SAYINGS.iter().enumerate() {
                @if open_to(&page, &question, name) { (kinfold_look::form::button_link(words, &format!("{here}/{name}"), at == 0)) }
            }
        }
        h2.govuk-heading-m { "What each partner says" }
        (cards(&page.audit.partners.iter().map(|partner| said(&page, &answers, partner)).collect::<Vec<_>>()))
        (young(&page, &answers))
        (together(&page, &answers, &question))
        h2.govuk-heading-m { "Evidence" }
        (evidence(&page, &answers, &here, open_to(&page, &question, "withdraw")))
        (suggested(&visit, item))
        h2.govuk-heading-m { "What came of it" }
        @if answers.actions.is_empty() { p.govuk-body { "No action yet." } }
        ul.govuk-list { @for (plan, recommendation) in &answers.actions { li { a.govuk-link href=(format!("/plans/{plan}/{recommendation}")) { "A recommendation of an action plan" } } } }
    }))
}

/// What one partner says, as a card; those who have said nothing stand there too.
fn said(page: &AuditPage, answers: &Answers, partner: &str) -> Card {
    let owner = answers.owners.get(partner).map(|(person, _)| page.name(Some(*person)));
    let body = html! {
        p.govuk-body { "Answers: " (owner.unwrap_or("nobody yet")) }
        @match answers.judgements.get(partner) {
            None => { p.govuk-body { "Not judged yet." } }
            Some(of) => {
                p.govuk-body { (level(&page.framework.scale, &of.level)) }
                (paragraphs(&of.reason))
                p class="govuk-body-s" { (written(page.name(of.written.by), of.written)) }
            }
        }
    };
    Card { title: partner.to_owned(), href: None, state: None, body, foot: None }
}

/// What young auditors say, beside the partners and never counted among them.
fn young(page: &AuditPage, answers: &Answers) -> Markup {
    let card = |(person, of): (&Uuid, &Judgement)| Card {
        title: page.name(Some(*person)).to_owned(),
        href: None,
        state: None,
        body: html! {
            p.govuk-body { (level(&page.framework.scale, &of.level)) }
            (paragraphs(&of.reason))
        },
        foot: None,
    };
    html! {
        @if !answers.young.is_empty() {
            h2.govuk-heading-m { "What young auditors say" }
            (cards(&answers.young.iter().map(card).collect::<Vec<_>>()))
        }
    }
}

/// What they say together, or that they do not.
fn together(page: &AuditPage, answers: &Answers, question: &str) -> Markup {
    let of = answers.judged(question);
    html! {
        @if let Some(agreed) = &answers.agreed {
            h2.govuk-heading-m { "What was agreed" }
            div.kf-read {
                p.govuk-body { (level(&page.framework.scale, &agreed.level)) @if !of.apart.is_empty() { " Not all saw it so; what they said stays above." } }
                (paragraphs(&agreed.reason))
                p class="govuk-body-s" { (written(page.name(agreed.written.by), agreed.written)) }
            }
        } @else if of.level.is_none() && !of.apart.is_empty() {
            p.govuk-body { strong { "They see it differently, and nothing was agreed yet." } }
        }
    }
}

fn evidence(page: &AuditPage, answers: &Answers, here: &str, may: bool) -> Markup {
    html! {
        @if answers.evidence.is_empty() { p.govuk-body { "None yet." } }
        ul class="govuk-list govuk-list--bullet kf-read" {
            @for brought in &answers.evidence {
                li {
                    @match &brought.withdrawn {
                        None => { (words_of(page.audit.id, brought)) }
                        Some(why) => { s { (words_of(page.audit.id, brought)) } " Taken back: " (why) }
                    }
                    br; span.govuk-hint { (brought.partner) ", " (written(page.name(brought.written.by), brought.written)) }
                    @if may && brought.withdrawn.is_none() {
                        " " a class="govuk-link kf-screen-only" href=(format!("{here}/withdraw?entry={}", brought.written.version)) { "Take back" }
                    }
                }
            }
        }
    }
}

fn words_of(audit: Uuid, brought: &Brought) -> Markup {
    match &brought.evidence {
        Evidence::Measure { measure, year, title, figure, made_of, to } => html! {
            a.govuk-link href=(format!("/measures/{measure}?year={year}")) { (title) } ": " strong { (figure) }
            @if !made_of.is_empty() { " (" (made_of) ")" } ", counted to " (kinfold_look::date::short(*to))
        },
        Evidence::Link { title, address } => {
            html! { a.govuk-link href=(address) rel="noreferrer noopener" { (title) } }
        }
        Evidence::Document { title } => html! { "Document: " (title) },
        Evidence::File { file, title, media, size } => html! {
            "Document: " a.govuk-link href=(format!("/audits/{audit}/files/{file}")) { (title) }
            " (" (super::frozen::file_words(media, *size)) ")"
        },
        Evidence::List { measure, year, title } => html! {
            "The children behind a figure: " a.govuk-link href=(format!("/measures/{measure}?year={year}#children")) { (title) }
            ", for those who may read what it counts"
        },
        Evidence::Quotation { words, of } => {
            let whose = Voice::ALL.into_iter().find(|v| v.as_str() == of).map_or("Somebody", Voice::title);
            html! { "“" (words) "” (" (whose) ")" }
        }
    }
}

/// Evidence that fits, as the framework says.
fn suggested(visit: &Visit, item: &Item) -> Markup {
    let book = visit.casework().book();
    let today = visit.casework().today();
    let title = |id: &str| {
        book.guidance.measures.on(id, today).map_or_else(|| id.to_owned(), |m| m.title.to_string())
    };
    html! {
        @if !item.evidence.is_empty() {
            h3.govuk-heading-s { "Evidence that would fit" }
            ul class="govuk-list govuk-list--bullet" {
                @for fits in &item.evidence {
                    li {
                        @match fits {
                            Suggested::Measure(id) => { "Measure: " (title(id)) }
                            Suggested::List(rule) => { "The children that the rule " a.govuk-link href=(format!("/guidance/{rule}")) { (rule) } " is about" }
                            Suggested::Document(words) => { "Document: " (words) }
                            Suggested::Quotation { of, about } => { (of.title()) ", in their words: " (about) }
                        }
                    }
                }
            }
        }
    }
}

async fn open(visit: &Visit, id: Uuid, question: &str, what: &str) -> Reply<AuditPage> {
    let page = visit.casework().self_assessment(&visit.actor, id).await?;
    page.framework.item(question).ok_or(Error::Absent)?;
    if open_to(&page, question, what) { Ok(page) } else { Err(Error::Absent.into()) }
}

async fn form_of(visit: Visit, Path((id, question, what)): Path<(Uuid, String, String)>) -> Reply<Markup> {
    let page = open(&visit, id, &question, &what).await?;
    let form = FormState::new()
        .with("key", form_key())
        .with("seen", page.audit.version.to_string())
        .with("entry", visit.query.value("entry"));
    draw(&visit, &page, (&question, &what), &form, None).await
}

fn heading(what: &str) -> &'static str {
    SAYINGS.iter().find(|(name, _, _)| *name == what).map_or("Take evidence back", |(_, words, _)| words)
}

async fn draw(
    visit: &Visit,
    page: &AuditPage,
    (question, what): (&str, &str),
    form: &FormState,
    conflict: Option<Markup>,
) -> Reply<Markup> {
    let (_, item) = page.framework.item(question).ok_or(Error::Absent)?;
    let back = format!("/audits/{}/questions/{question}", page.audit.id);
    let mut around = frame(visit, heading(what));
    around.back = Some(("The question".to_owned(), back.clone()));
    around.has_errors = form.has_errors();
    let fields = fields(visit, page, item, what, form).await?;
    Ok(around.render(&html! {
        div.govuk-grid-row { div.govuk-grid-column-two-thirds {
            (error_summary(form))
            @if let Some(conflict) = conflict { (conflict) }
            span.govuk-caption-l { (item.text) }
            h1.govuk-heading-l { (heading(what)) }
            form method="post" action=(format!("{back}/{what}")) novalidate {
                (csrf_field(visit.actor.csrf()))
                (hidden("key", form.value("key")))
                (hidden("seen", form.value("seen")))
                (fields)
                (button_group(&[Button::main("Save")], Some(("Cancel", &back))))
            }
        } }
    }))
}

async fn fields(visit: &Visit, page: &AuditPage, item: &Item, what: &str, form: &FormState) -> Reply<Markup> {
    let partner = || {
        let own = page.audit.partners.iter().map(|p| (p.clone(), p.clone()));
        Select::new("partner", "For which partner", own).empty("Choose").render(form)
    };
    let levels = || {
        let scale = &page.framework.scale;
        let choices =
            scale.levels.iter().map(|l| Choice::new(l.code.as_str(), l.title.clone()).hint(l.means.clone()));
        Radios::new("level", scale.asks.as_str(), choices).render(form)
    };
    let reason = |words: &str| {
        Textarea::new("reason", words).hint("Name no child.").rows(6).limit(LONGEST).render(form)
    };
    Ok(match what {
        "own" => html! {
            (partner())
            (TextInput::new("email", "E-mail address of the colleague who answers").email().hint("They are told").render(form))
        },
        "rate" => html! { (partner()) (levels()) (reason("Why")) },
        "agree" => html! { (levels()) (reason("Why, and what those who saw it differently said")) },
        "measure" | "list" => {
            let book = visit.casework().book();
            let today = visit.casework().today();
            let fits = |id: &str| {
                item.evidence.iter().any(|e| matches!(e, Suggested::Measure(m) if m.as_str() == id))
            };
            let (first, rest): (Vec<_>, Vec<_>) =
                book.guidance.measures.in_force(today).partition(|m| fits(&m.id));
            let choices = first.iter().chain(&rest).map(|m| (m.id.to_string(), m.title.to_string()));
            let hint = match what {
                "list" => {
                    "The question leads to the children behind its figure. They are shown only to those who may read what it counts."
                }
                _ => "Its figure of today is kept beside the question, as it may be published.",
            };
            html! {
                (partner())
                (Select::new("measure", "Measure", choices).empty("Choose").hint(hint).render(form))
            }
        }
        "link" => html! {
            (partner())
            (TextInput::new("title", "What it is").render(form))
            (TextInput::new("address", "Address").hint("https://…").render(form))
        },
        "document" => html! {
            (partner())
            (TextInput::new("title", "What it is, and where it lies").render(form))
        },
        "quotation" => html! {
            (partner())
            (Select::new("of", "Whose words", Voice::ALL.map(|v| (v.as_str(), v.title()))).empty("Choose").render(form))
            (Textarea::new("words", "What was said").hint("Nothing from which one could tell who said it.").rows(4).limit(LONGEST).render(form))
        },
        "act" => {
            let plans = visit.casework().plans(&visit.actor).await?;
            let choices = plans.plans.iter().map(|l| (l.plan.id.to_string(), l.plan.title.clone()));
            html! {
                @if plans.plans.is_empty() { p.govuk-body { "There is no action plan yet: " a.govuk-link href="/plans/new" { "make one" } " first, or ask whoever keeps plans to." } }
                (Select::new("plan", "Action plan", choices).empty("Choose").render(form))
                (TextInput::new("number", "Number").width(Width::Chars(5)).render(form))
                (Textarea::new("text", "What is to be done").rows(4).limit(LONGEST).render(form))
                (TextInput::new("email", "E-mail address of the colleague who leads on it").email().render(form))
                (TextInput::new("post", "Or the post that leads on it").render(form))
                (TextInput::new("target", "By when").hint("A day or words; the plan can hold an exact day").render(form))
            }
        }
        _ => html! { (hidden("entry", form.value("entry"))) (reason("Why")) },
    })
}

fn change_of(what: &str, form: &FormState) -> AuditChange {
    let value = |name: &str| form.value(name).to_owned();
    let bring = |evidence| AuditChange::Bring { partner: value("partner"), evidence };
    match what {
        "own" => AuditChange::Own { partner: value("partner"), email: value("email") },
        "rate" => {
            AuditChange::Rate { partner: value("partner"), level: value("level"), reason: value("reason") }
        }
        "agree" => AuditChange::Agree { level: value("level"), reason: value("reason") },
        "list" => bring(NewEvidence::List { measure: value("measure") }),
        "measure" => bring(NewEvidence::Measure { measure: value("measure") }),
        "link" => bring(NewEvidence::Link { title: value("title"), address: value("address") }),
        "document" => bring(NewEvidence::Document { title: value("title") }),
        "quotation" => bring(NewEvidence::Quotation { words: value("words"), of: value("of") }),
        _ => AuditChange::Withdraw { entry: value("entry").parse().unwrap_or(0), reason: value("reason") },
    }
}

async fn send(
    Path((id, question, what)): Path<(Uuid, String, String)>,
    Sent { visit, mut form }: Sent,
) -> Reply<Response> {
    let page = open(&visit, id, &question, &what).await?;
    let key = form.value("key").to_owned();
    let answer = if what == "act" {
        let value = |name: &str| form.value(name).to_owned();
        let new = NewRecommendation {
            number: value("number"),
            text: value("text"),
            email: value("email"),
            post: value("post"),
            target: value("target"),
            ..NewRecommendation::default()
        };
        let plan = form.value("plan").parse().unwrap_or_default();
        visit.casework().act_on_finding(&visit.actor, (id, &question), plan, &new, &key).await.map(drop)
    } else {
        let seen = form.value("seen").parse().unwrap_or(0);
        let change = change_of(&what, &form);
        visit.casework().change_audit(&visit.actor, (id, &question), seen, &change, &key).await
    };
    match answer {
        Ok(()) => Ok(done(&visit.app, &format!("/audits/{id}/questions/{question}"), "It is recorded.")),
        Err(Error::Conflict { current }) => {
            let page = open(&visit, id, &question, &what).await?;
            let conflict = both(
                standing(&page, &question, &what, form.value("partner")),
                form.value("reason").to_owned(),
            );
            let form = super::change::with(form, "seen", current.to_string());
            let drawn = draw(&visit, &page, (&question, &what), &form, Some(conflict)).await?;
            Ok((StatusCode::CONFLICT, drawn).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error)?;
            Ok((status, draw(&visit, &page, (&question, &what), &form, None).await?).into_response())
        }
    }
}

/// What stands now where somebody else changed it first.
fn standing(page: &AuditPage, question: &str, what: &str, partner: &str) -> String {
    let answers = page.audit.answers(question);
    let scale = &page.framework.scale;
    let judgement = match what {
        "agree" => answers.agreed.as_ref(),
        _ => answers.judgements.get(partner),
    };
    match judgement {
        Some(of) => format!("{}\n{}", scale.level(&of.level).map_or("", |l| l.title.as_str()), of.reason),
        None => answers.owners.get(partner).map_or_else(String::new, |(p, _)| page.name(Some(*p)).to_owned()),
    }
}
