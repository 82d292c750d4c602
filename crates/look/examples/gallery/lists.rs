//! What is about many: board, tables, figures, cards; and what pages say around them.

use crate::part;
use jiff::civil::date;
use kinfold_look::banner::{details, inset, warning};
use kinfold_look::board::{Board, Column as Duty, Part, Row as Line};
use kinfold_look::card::{Card, Stat, cards, empty, stats};
use kinfold_look::compare::Side;
use kinfold_look::date::short_element;
use kinfold_look::explain::{role_explainer, term};
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Checkboxes, Choice, FormState, Select};
use kinfold_look::nav::{Pagination, Tab, sub_navigation};
use kinfold_look::problem;
use kinfold_look::summary::{Fact, summary_card, summary_list};
use kinfold_look::table::{Column, Row, Sorted, Table};
use kinfold_look::tag::{Colour, badge, tag};
use kinfold_look::tasks::{Progress, Task, task_list};
use kinfold_look::{Markup, Render, State, html};

fn teams() -> Board {
    let cell = |late: u32, soon: u32, good: u32| {
        [(State::Late, late), (State::DueSoon, soon), (State::OnTime, good)]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| Part::count(state, count, "/list"))
            .collect::<Vec<_>>()
    };
    let line =
        |label: &str, cells| Line { label: label.into(), href: Some("/team".into()), note: None, cells };
    Board {
        caption: "Duties by team, Tue 1 December 2026".into(),
        corner: "Team".into(),
        columns: ["Visits", "Reviews", "Care plan", "Health", "PEP", "SDQ", "Dentist", "Placement plan"]
            .into_iter()
            .map(Duty::new)
            .collect(),
        rows: ["Looked after north", "Looked after south", "Leaving care", "Court team"]
            .into_iter()
            .zip(1_u32..)
            .map(|(label, n)| {
                let columns =
                    (0..8).map(|c| if c == n + 2 { vec![] } else { cell((n * c) % 4, c % 3, 10 + n * c) });
                line(label, columns.collect())
            })
            .collect(),
        totals: true,
    }
}

fn children() -> Board {
    let names = ["Rowan Ashdown", "Ines Marlow", "Kofi Brandt", "Lena Whitby"];
    let one = |n: usize| match n % 6 {
        0 => vec![Part::one(State::Late, "3 Nov", "/d")],
        1 => vec![Part::one(State::OnTime, "14 Feb", "/d")],
        2 => vec![Part::one(State::Stuck, "since 3 Nov", "/d")],
        3 => vec![Part::one(State::DueSoon, "4 Dec", "/d")],
        4 => vec![Part::one(State::Excused, "refused", "/d")],
        _ => vec![],
    };
    Board {
        caption: "My children, Tue 1 December 2026".into(),
        corner: "Child".into(),
        columns: ["Visit", "Review", "Health", "PEP", "SDQ"].into_iter().map(Duty::new).collect(),
        rows: names
            .into_iter()
            .zip(0..)
            .map(|(name, n)| Line {
                label: name.into(),
                href: Some("/child".into()),
                note: Some("11 years, foster home".into()),
                cells: (0..5).map(|c| one(n * 3 + c)).collect(),
            })
            .collect(),
        totals: false,
    }
}

fn table(caption: &str) -> Table {
    let columns = [
        Column::new("Child").sorts("?sort=child", Sorted::No),
        Column::new("Duty"),
        Column::new("Due").sorts("?sort=-due", Sorted::Up),
        Column::figures("Working days late").sorts("?sort=late", Sorted::No),
        Column::unlabelled("Actions"),
    ];
    let open = html! { a.govuk-link href="/d" { "Open" } };
    Table::new(caption, columns)
        .row(
            Row::new()
                .late()
                .cell("Rowan Ashdown")
                .cell(html! { "PEP " (State::Late.plain()) })
                .cell(short_element(date(2026, 11, 10)))
                .cell(15)
                .cell(&open),
        )
        .row(
            Row::new()
                .cell("Ines Marlow")
                .cell("Visit")
                .cell(short_element(date(2026, 12, 4)))
                .cell("")
                .cell(&open),
        )
        .row(
            Row::new()
                .replaced()
                .cell("Kofi Brandt")
                .cell("Review (replaced)")
                .cell(short_element(date(2026, 12, 14)))
                .cell("")
                .cell(&open),
        )
}

fn filter() -> Filter {
    let state = FormState::new().with("team", "n").with_all("kind", ["foster"]);
    Filter {
        action: "/board".into(),
        chosen: vec![Chosen {
            category: "Team".into(),
            values: vec![("Looked after north".into(), "/board".into())],
        }],
        fields: html! {
            (Select::new("team", "Team", [("n", "Looked after north"), ("s", "Looked after south")]).empty("All teams").render(&state))
            (Checkboxes::new("kind", "Kind of home", [Choice::new("foster", "Foster home"), Choice::new("kin", "Kinship home")])
                .small().render(&state))
        },
        keep: vec![],
    }
}

pub fn parts() -> Markup {
    let side =
        |title: &str, who: &str, text: &str| Side { title: title.into(), who: who.into(), text: text.into() };
    let tasks = [
        ("Who was there", Progress::Completed),
        ("What was said", Progress::InProgress),
        ("Decisions", Progress::NotStarted),
        ("Send", Progress::CannotStartYet),
    ];
    let tasks =
        tasks.map(|(name, progress)| Task { name: name.into(), href: "/t".into(), hint: None, progress });
    let stat = |figure: &str, label: &str, state| Stat {
        figure: figure.into(),
        label: label.into(),
        note: Some("of 612 children".into()),
        href: Some("/list".into()),
        state,
    };
    html! {
        (part("Figures", &stats(&[
            stat("14", "late", Some(State::Late)), stat("6", "stuck", Some(State::Stuck)),
            stat("31", "due soon", Some(State::DueSoon)), stat("1,204", "on time", Some(State::OnTime)),
        ])))
        (part("Board: teams", &teams().render()))
        (part("Board: children", &children().render()))
        (part("Sub-navigation", &sub_navigation("Record", &[
            Tab::new("Now", "#", true), Tab::new("Due", "#", false).count(3, "late"), Tab::new("Chronology", "#", false),
            Tab::new("Circle", "#", false), Tab::new("Documents", "#", false),
        ])))
        (part("Table", &table("Due and late").render()))
        (part("Filter beside a list", &filter().beside(&html! { (table("Due and late in my team").caption_hidden().dense()) })))
        (part("Pagination", &Pagination { page: 5, pages: 12, what: "children".into() }.render(|n| format!("?page={n}"))))
        (part("Cards", &cards(&[
            Card { title: "Visit Rowan".into(), href: Some("/v".into()), state: Some(State::Late), body: html! { p { "Last seen 14 Oct 2026." } }, foot: None },
            Card { title: "Review".into(), href: Some("/v".into()), state: Some(State::DueSoon), body: html! { p { "Thu 31 December 2026" } }, foot: Some(html! { a.govuk-link href="#" { "Plan it" } }) },
            Card { title: "Health assessment".into(), href: None, state: Some(State::Stuck), body: html! { p { "Waits for a clinic." } }, foot: None },
        ])))
        (part("Summary list and card", &html! {
            (summary_list(&[Fact::new("Name", "Rowan Ashdown").change("/n"), Fact::new("Born", "10 Mar 2015"),
                Fact::new("School", kinfold_look::date::unknown()).change("/s")]))
            (summary_card("Circle", &[("Add a person", "/add")], &[Fact::new("Key worker", "Amina Yusuf").change("/k")]))
        }))
        (part("Task list", &task_list("visit", &tasks)))
        (part("Tags and badges", &html! { p { (tag("Draft", Colour::Blue)) " " (tag("Local", Colour::Purple)) " " (badge("Restricted", Colour::Red)) } }))
        (part("Empty", &empty("No visits yet", "The first visit is due within a week of moving in. Whoever visits writes it here.", Some(("Record a visit", "/v")))))
        (part("Details, inset, warning, term", &html! {
            (details("Who can see this", &html! { p { "The people in Rowan’s circle." } }, true))
            (inset(&"The key worker is told when this changes."))
            (warning("An entry cannot be taken back. It can only be corrected."))
            (term("a PEP", "The personal education plan: what a looked-after child needs to do well at school."))
        }))
        (part("Role", &role_explainer("Administrator", "Looks after accounts and teams.", &["Add people and give them roles", "Read the guidance"], &["Read any child’s record"])))
        (part("Conflict", &problem::conflict(
            &side("Saved now", "Jo Bell, 2 minutes ago", "Rowan was at school.\nWe talked on the phone."),
            &side("What you wrote", "You, just now", "Rowan was at home and well.\nGrandma was there too."),
            &html! { p { a.govuk-link href="#" { "Go on with your text" } } },
        ).body))
        (part("Not found", &problem::not_found().body))
        (part("Fault", &problem::fault("k7f2-93ab").body))
    }
}
