//! Referrals of many children, so that none is lost between two desks.

use kinfold_casework::Action;
use kinfold_casework::health::ReferralLine;
use kinfold_casework::health::facts::ReferralStanding;
use kinfold_look::card::empty;
use kinfold_look::nav::{Pagination, Tab, sub_navigation};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, State, date, html};

use super::queue::{Here, team_tabs};
use crate::frame::frame;
use crate::oops::Reply;
use crate::route::{For, Route, get};
use crate::visit::Visit;
use crate::work::child_link;

/// Lines on one page.
const PER_PAGE: usize = 50;

pub(super) fn routes() -> Vec<Route> {
    vec![get("/health/referrals", For::Authority(Action::ViewHealthQueue), show)]
}

fn address(standing: &str, page: u32) -> String {
    match (standing, page) {
        ("", 1) => "/health/referrals".to_owned(),
        (standing, 1) => format!("/health/referrals?standing={standing}"),
        ("", page) => format!("/health/referrals?page={page}"),
        (standing, page) => format!("/health/referrals?standing={standing}&page={page}"),
    }
}

async fn show(visit: Visit) -> Reply<Markup> {
    let page = visit.casework().health_referrals(&visit.actor).await?;
    let mut around = frame(&visit, "Referrals");
    around.wide = true;
    let standing = ReferralStanding::parse(visit.query.value("standing"));
    let lost = visit.query.holds("standing", "lost");
    let chosen = if lost { "lost" } else { standing.map_or("", ReferralStanding::as_str) };
    let fits = |line: &&ReferralLine| {
        (!lost || line.lost) && standing.is_none_or(|standing| line.referral.standing() == standing)
    };
    let found: Vec<&ReferralLine> = page.lines.iter().filter(fits).collect();
    let count = |standing| page.lines.iter().filter(|line| line.referral.standing() == standing).count();
    let mut tabs = vec![
        Tab::new("All open", address("", 1), chosen.is_empty()),
        Tab::new(
            format!("Nothing heard ({})", page.lines.iter().filter(|line| line.lost).count()),
            address("lost", 1),
            lost,
        ),
    ];
    tabs.extend(ReferralStanding::ALL.into_iter().filter(|s| s.is_open() && count(*s) > 0).map(|s| {
        Tab::new(format!("{} ({})", s.title(), count(s)), address(s.as_str(), 1), standing == Some(s))
    }));
    let pages = u32::try_from(found.len().div_ceil(PER_PAGE)).unwrap_or(1).max(1);
    let number: u32 = visit.query.value("page").parse().unwrap_or(1).clamp(1, pages);
    let shown = found.iter().skip((number as usize - 1) * PER_PAGE).take(PER_PAGE);
    let codes = visit.casework().book();
    let codes = &codes.guidance.codes;
    let columns = ["Child", "To", "Goal", "Stands", "Waiting since", "Last heard", "Ask by"].map(Column::new);
    let row = |line: &&ReferralLine| {
        let referral = &line.referral;
        let row = Row::new()
            .cell(child_link(line.child, &line.name, &line.reference, false))
            .cell(html! {
                a.govuk-link href=(format!("/children/{}/health", line.child)) { (codes.title("referral_service", &referral.service)) }
                @if let Some(to) = &referral.to { br; (to) }
            })
            .cell(html! { (referral.goal) })
            .cell(html! { (referral.standing().title()) @if referral.urgent { br; strong { "Urgent" } } })
            .cell(html! {
                (date::short_element(referral.waiting_since)) br;
                span.govuk-hint {
                    (date::lasted(referral.waiting_since, page.today))
                    @if let Some(area) = &referral.carried_from { ", also in " (codes.title("local_authority", area)) }
                }
            })
            .cell(date::short_element(referral.last_step_on()))
            .cell(html! {
                @match line.ask_by {
                    Some(day) => { (date::short_element(day)) @if line.lost { br; (State::Late.saying("Nothing heard")) } },
                    None => "–",
                }
            });
        if line.lost { row.late() } else { row }
    };
    Ok(around.render(&html! {
        h1.govuk-heading-l { "Health team: referrals" }
        (team_tabs(Here::Referrals))
        (sub_navigation("Which referrals", &tabs))
        @if found.is_empty() {
            (empty("No open referral here", "Referrals come into this list when they are made on a child’s health page, and stay until the child is in treatment or the referral is closed.", None))
        } @else {
            (Table::new("Open referrals", columns).caption_hidden().dense().rows(shown.map(row)))
            (Pagination { page: number, pages, what: "referrals".to_owned() }.render(|n| address(chosen, n)))
        }
    }))
}
