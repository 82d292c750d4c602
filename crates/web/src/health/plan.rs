//! The health plan and the referrals on the child's page.

use kinfold_casework::health::HealthPage;
use kinfold_casework::health::facts::{Need, PlanAction, Referral, ReferralStanding};
use kinfold_look::card::empty;
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};
use kinfold_record::EventKind;

use super::{nothing, record_link, record_links};

pub(super) fn plan(page: &HealthPage) -> Markup {
    let (open, closed): (Vec<&Need>, Vec<&Need>) = page.facts.needs.iter().partition(|n| n.closed.is_none());
    html! {
        h2.govuk-heading-m { "The health plan" }
        @if page.facts.needs.is_empty() && page.facts.loose.is_empty() {
            @if page.reads_health() {
                (empty("There is no plan yet", "It is made after an assessment: each need, who does what about it, and by when. Part of the care plan.", None))
            } @else {
                (nothing(page, ""))
            }
        }
        @for need in &open { (one_need(page, need)) }
        @if !page.facts.loose.is_empty() {
            h3.govuk-heading-s { "Other actions" }
            (actions(page, "Other actions", &page.facts.loose))
        }
        @if !closed.is_empty() {
            (kinfold_look::banner::details(&format!("Needs that are closed ({})", closed.len()), &html! { @for need in closed { (one_need(page, need)) } }, false))
        }
        (record_links(page, &[(EventKind::HealthNeed, "Add a need"), (EventKind::HealthAction, "Set an action")]))
    }
}

fn one_need(page: &HealthPage, need: &Need) -> Markup {
    let codes = &page.book.guidance.codes;
    let area = codes.title("health_area", &need.area);
    html! {
        h3.govuk-heading-s { (area) }
        p.govuk-body { (need.text) }
        @if let Some(goal) = &need.goal { p.govuk-body { strong { "Goal: " } (goal) } }
        @if let Some(words) = &need.child_words {
            blockquote.kf-child-words { span.govuk-visually-hidden { "What the child said: " } p.govuk-body { (words) } }
        }
        @match &need.closed {
            Some((on, outcome)) => p.govuk-body-s { (codes.title("need_outcome", outcome)) ", " (date::short(*on)) },
            None => p class="govuk-body-s kf-screen-only" {
                (record_link(page, EventKind::HealthAction, Some(&need.need), "Set an action for this need")) " "
                (record_link(page, EventKind::HealthNeedClosed, Some(&need.need), "Close this need"))
            },
        }
        @if need.actions.is_empty() && need.closed.is_none() {
            p.govuk-body { (State::Stuck.saying("Nobody does anything about this need yet")) }
        } @else if !need.actions.is_empty() {
            (actions(page, &format!("Actions: {area}"), &need.actions))
        }
    }
}

fn actions(page: &HealthPage, caption: &str, actions: &[PlanAction]) -> Markup {
    let codes = &page.book.guidance.codes;
    let row = |action: &PlanAction| {
        let late = action.answer.is_none() && action.by < page.today;
        let state = match &action.answer {
            Some(_) => State::Met,
            None if late => State::Late,
            None => State::OnTime,
        };
        let of = Some(action.action.as_str());
        let row = Row::new()
            .cell(html! { (action.text) })
            .cell(html! { (codes.title("action_owner", &action.owner)) @if let Some(name) = &action.owner_name { br; (name) } })
            .cell(html! { (date::short(action.by)) @if let Some(first) = action.first_by { br; span.govuk-hint { "first " (date::short(first)) } } })
            .cell(html! {
                @match &action.answer {
                    Some(answer) => {
                        (state.saying(codes.title("action_outcome", &answer.outcome)))
                        @if let Some(reason) = &answer.reason { br; (codes.title("not_provided", reason)) }
                        @if let Some(text) = &answer.text { br; (text) }
                        @match action.helped {
                            Some((_, helped)) => { br; "Helped: " (if helped { "yes" } else { "no" }) },
                            None => { br; (record_link(page, EventKind::HealthActionReviewed, of, "Did it help?")) },
                        }
                    },
                    None => {
                        (state.small()) br;
                        (record_link(page, EventKind::HealthActionAnswered, of, "Answer")) " "
                        (record_link(page, EventKind::HealthActionMoved, of, "Move"))
                    },
                }
            });
        if late { row.late() } else { row }
    };
    html! {
        (Table::new(caption, ["What", "Who", "By when", "What came of it"].map(Column::new)).caption_hidden().dense().rows(actions.iter().map(row)))
    }
}

pub(super) fn referrals(page: &HealthPage) -> Markup {
    let (open, closed): (Vec<&Referral>, Vec<&Referral>) =
        page.facts.referrals.iter().partition(|r| r.standing().is_open());
    html! {
        h2.govuk-heading-m { "Referrals" }
        @if page.facts.referrals.is_empty() {
            (nothing(page, "No referral is on record."))
        }
        @for referral in &open { (one_referral(page, referral)) }
        @if !closed.is_empty() {
            (kinfold_look::banner::details(&format!("Closed or replaced ({})", closed.len()), &html! { @for referral in closed { (one_referral(page, referral)) } }, false))
        }
        (record_links(page, &[(EventKind::ReferralMade, "Make a referral")]))
    }
}

fn one_referral(page: &HealthPage, referral: &Referral) -> Markup {
    let codes = &page.book.guidance.codes;
    let standing = referral.standing();
    let of = Some(referral.referral.as_str());
    html! {
        h3.govuk-heading-s {
            (codes.title("referral_service", &referral.service)) ": " (standing.title().to_lowercase())
            @if referral.urgent { " (urgent)" }
        }
        p.govuk-body {
            @if let Some(to) = &referral.to { (to) ". " }
            "Goal: " (referral.goal) ". Waiting since " (date::long(referral.waiting_since))
            @if let Some(area) = &referral.carried_from { ", carried over from " (codes.title("local_authority", area)) }
            "."
        }
        @if standing == ReferralStanding::Declined {
            p.govuk-body { (State::Stuck.saying("Declined: ask for an alternative, or refer elsewhere")) }
        }
        ol class="govuk-list govuk-list--number" {
            li { "Sent, " (date::short(referral.source.on)) }
            @for step in &referral.steps {
                li {
                    (codes.title("referral_step", &step.step)) ", " (date::short(step.source.on))
                    @if let Some(day) = step.appointment { ": appointment on " (date::long(day)) }
                    @if let Some(reason) = &step.reason { " (" (codes.title("referral_reason", reason).to_lowercase()) ")" }
                }
            }
        }
        @if standing.is_open() {
            p class="govuk-body kf-screen-only" {
                (record_link(page, EventKind::ReferralStep, of, "Record the next step")) " "
                @if standing == ReferralStanding::Declined { (record_link(page, EventKind::ReferralMade, of, "Refer elsewhere instead")) }
            }
        }
    }
}
