//! What is about one child: identity bar, ribbon, sum, pathway row, chronology.

use crate::part;
use jiff::civil::{Date, date};
use kinfold_look::explain::heading;
use kinfold_look::identity::Identity;
use kinfold_look::pathway_row::{Standing as Step, pathway_row};
use kinfold_look::ribbon::{Band, Due, Ribbon, Span, SpanKind};
use kinfold_look::sum::{Confidence, Layer, Sum};
use kinfold_look::timeline::{Entry, Moment, Standing, timeline};
use kinfold_look::{Markup, Render, State, Strand, date as words, html};

const TODAY: Date = date(2026, 12, 1);

pub fn identity() -> Identity {
    Identity {
        name: "Rowan Ashdown".into(),
        href: "/child".into(),
        facts: vec![
            ("Age".into(), "11 years".into()),
            ("Home".into(), "Foster home, Bexley Close".into()),
            ("Key worker".into(), "Amina Yusuf".into()),
            ("In care since".into(), "4 Mar 2021".into()),
        ],
        alerts: vec!["Allergy: penicillin".into()],
        words: Some("I like it when people tell me the day before.".into()),
    }
}

fn ribbon(id: &str, from: Date) -> Ribbon {
    let span = |from, to, label: &str| Span::new(from, to, label);
    let home = Band {
        spans: vec![
            span(date(2015, 3, 10), Some(date(2021, 3, 4)), "With Mum"),
            span(date(2021, 3, 4), Some(date(2021, 3, 9)), "Emergency foster home").kind(SpanKind::Unsettled),
            span(date(2021, 3, 9), Some(date(2023, 8, 20)), "Foster home, Ashby Street"),
            span(date(2023, 9, 28), Some(date(2026, 3, 2)), "Kinship home, Grandma"),
            span(date(2026, 3, 2), Some(date(2026, 3, 20)), "Foster home"),
            span(date(2026, 3, 20), Some(date(2026, 5, 11)), "Foster home, Mill Lane"),
            span(date(2026, 5, 11), Some(date(2026, 7, 30)), "Children’s home, The Elms"),
            span(date(2026, 7, 30), None, "Foster home, Bexley Close"),
            span(date(2027, 1, 20), Some(date(2027, 9, 1)), "Back to Grandma").kind(SpanKind::Planned),
        ],
        dues: vec![Due { on: date(2026, 12, 22), label: "Visit".into(), state: State::DueSoon }],
        gaps_from: Some(date(2015, 3, 10)),
        ..Band::new(Strand::Home)
    };
    let law = Band {
        spans: vec![
            span(date(2021, 3, 4), Some(date(2021, 8, 1)), "Interim care order"),
            span(date(2021, 8, 1), None, "Care order"),
        ],
        dues: vec![Due { on: date(2027, 2, 14), label: "Review".into(), state: State::OnTime }],
        ..Band::new(Strand::Law)
    };
    let school = Band {
        spans: vec![
            span(date(2019, 9, 3), Some(date(2023, 7, 20)), "Hill Primary"),
            span(date(2023, 10, 10), Some(date(2026, 7, 20)), "St Brigid’s Primary"),
            span(date(2026, 9, 3), None, "Fern Academy"),
        ],
        dues: vec![Due { on: date(2026, 11, 10), label: "PEP".into(), state: State::Late }],
        gaps_from: Some(date(2019, 9, 3)),
        ..Band::new(Strand::School)
    };
    let health = Band {
        spans: vec![span(date(2022, 5, 1), Some(date(2023, 2, 1)), "Speech therapy")],
        dues: vec![Due {
            on: date(2027, 3, 10),
            label: "Review health assessment".into(),
            state: State::Stuck,
        }],
        ..Band::new(Strand::Health)
    };
    let people = Band {
        spans: vec![
            span(date(2015, 3, 10), None, "Grandma"),
            span(date(2021, 3, 4), Some(date(2022, 6, 1)), "Jo Bell, social worker"),
            span(date(2022, 6, 1), Some(date(2024, 1, 15)), "T. Okoro, social worker"),
            span(date(2024, 1, 15), None, "Amina Yusuf, social worker"),
            span(date(2021, 4, 1), None, "Bea Lind, IRO"),
        ],
        ..Band::new(Strand::People)
    };
    Ribbon {
        id: id.into(),
        title: if id == "life" { "Life so far" } else { "Last 12 months" }.into(),
        summary: Some("Five homes since March 2026.".into()),
        birth: Some(date(2015, 3, 10)),
        from,
        today: TODAY,
        to: Ribbon::ahead(from, TODAY),
        bands: vec![home, law, school, health, people],
        zoom: vec![
            ("Whole life".into(), "?".into(), id == "life"),
            ("Last 12 months".into(), "?months=12".into(), id != "life"),
        ],
    }
}

fn sum() -> Sum {
    Sum {
        lines: vec![
            "Came into care on Tue 1 December 2026".into(),
            "The first review is within 20 working days of that day".into(),
            "20 working days after Tue 1 December 2026 is Thu 31 December 2026".into(),
        ],
        skipped: vec![
            (date(2026, 12, 25), "Christmas Day".into()),
            (date(2026, 12, 28), "Boxing Day (substitute day)".into()),
        ],
        result: "Due by Thu 31 December 2026".into(),
        citation: "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33(1)"
            .into(),
        rule: "First review".into(),
        rule_href: Some("/guidance/review-first".into()),
        version: "2026-04".into(),
        confidence: Confidence::A,
        layer: Layer::Local("Fernshire".into()),
        what: "first review".into(),
    }
}

fn entries() -> Vec<Entry> {
    let mut visit = Entry::new(
        "e3",
        Moment::At(date(2026, 11, 24).at(15, 30, 0, 0)),
        "Visit: seen alone",
        "Amina Yusuf, social worker",
    );
    visit.strand = Some(Strand::Home);
    visit.body = html! { p { "Rowan showed the new bedroom and asked when Grandma can come. Family time is on Saturday." } };
    visit.links = vec![("Correct".into(), "/correct".into()), ("Who has seen this".into(), "/seen".into())];
    let mut fixed =
        Entry::new("e2", Moment::Day(date(2026, 7, 30)), "Moved home", "Amina Yusuf, social worker");
    fixed.standing = Standing::Corrects { href: "#e1".into(), reason: "the day was wrong".into() };
    fixed.strand = Some(Strand::Home);
    fixed.written_late = Some("Written 3 weeks later".into());
    fixed.body = html! { p { "Moved to a foster home in Bexley Close." } };
    let mut wrong =
        Entry::new("e1", Moment::Day(date(2026, 7, 28)), "Moved home", "Jo Bell, duty social worker");
    wrong.standing = Standing::Replaced { href: "#e2".into(), by: "Amina Yusuf, 20 Aug 2026".into() };
    wrong.body = html! { p { "Moved to a foster home in Bexley Close." } };
    let mut hidden = Entry::new("e0", Moment::Unknown, "Strategy meeting", "Bea Lind, IRO");
    hidden.restricted = Some("named people only".into());
    hidden.body = html! { p { "Held by telephone." } };
    vec![visit, fixed, wrong, hidden]
}

pub fn parts() -> Markup {
    let row = [
        step("Told", Step::Done, "Amina Yusuf, social worker", "Tue 1 Dec 2026"),
        step("Consent", Step::Done, "Mother", "Wed 2 Dec 2026"),
        step("Booked", Step::Stuck, "Fern Health, children’s clinic", "since Thu 3 Dec 2026")
            .because("No clinic before the date it is due. The named nurse has been told."),
        kinfold_look::pathway_row::Step::ahead("Seen"),
        kinfold_look::pathway_row::Step::ahead("Report back"),
        step("Shared", Step::Skipped, "Not needed this time", ""),
    ];
    html! {
        (heading(Some("Child’s record"), "Gallery", Some("Every part of the kit, with people who do not exist.")))
        (part("Ribbon", &ribbon("life", date(2015, 3, 10)).render()))
        (part("Ribbon, last 12 months", &ribbon("year", date(2025, 12, 1)).render()))
        (part("States", &html! {
            p { @for state in State::ALL { (state) " " } }
            p { @for state in State::ALL { (state.plain()) " · " } }
            p.govuk-body { (State::Late.saying(&words::due_words(-3, words::Days::Working))) " " (words::long_element(TODAY)) }
        }))
        (part("Sum", &html! { p.govuk-body { "First review: due by " (words::long_element(date(2026, 12, 31))) } (sum()) }))
        (part("Pathway row", &pathway_row("Initial health assessment", &row)))
        (part("Chronology", &timeline(&entries(), 3)))
    }
}

fn step(name: &str, standing: Step, who: &str, when: &str) -> kinfold_look::pathway_row::Step {
    kinfold_look::pathway_row::Step::new(name, standing, who, when)
}
