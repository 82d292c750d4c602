//! Every part of the kit on one page, with invented data, to look at:
//! `cargo run -p kinfold-look --example gallery -- DIST [me] > gallery.html`, where DIST holds the built assets.

mod forms;
mod life;
mod lists;

use kinfold_look::banner::Flash;
use kinfold_look::nav::Crumb;
use kinfold_look::page::{Assets, Here, NavItem, SignedIn, Voice};
use kinfold_look::{Markup, Page, Render, html};
use std::env;
use std::fs;

fn assets(folder: Option<&str>) -> Assets {
    let names: Vec<String> = folder
        .and_then(|folder| fs::read_dir(folder).ok())
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let named = |start: &str, end: &str| {
        names
            .iter()
            .find(|name| name.starts_with(start) && name.ends_with(end))
            .map(|name| format!("dist/{name}"))
    };
    Assets {
        css: named("kinfold", ".css").unwrap_or_default(),
        js: named("kinfold", ".js"),
        fonts: Vec::new(),
        icon: named("mark", ".svg"),
        licences: named("licences", ".txt"),
    }
}

/// A part under its name.
fn part(name: &str, content: &Markup) -> Markup {
    html! { section { h2.govuk-heading-m { (name) } (content) } hr class="govuk-section-break govuk-section-break--l"; }
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let me = arguments.iter().any(|argument| argument == "me");
    let page = Page {
        title: "Gallery".into(),
        authority: "Fernshire".into(),
        who: Some(SignedIn {
            name: "Amina Yusuf".into(),
            role: "Social worker".into(),
            role_href: Some("/help/social_worker".into()),
            account_href: "/account".into(),
        }),
        nav: vec![
            NavItem::new("My work", "/work").here(Here::Page).count(4, "late"),
            NavItem::new("Children", "/children"),
            NavItem::new("Pathway board", "/board"),
            NavItem::new("Guidance", "/guidance"),
            NavItem::new("Messages", "/messages").count(120, "unread"),
        ],
        breadcrumbs: vec![Crumb::new("My work", "/work"), Crumb::new("Child’s record", "/child")],
        flash: Some(Flash::Success("Visit saved. The next one is due by Tue 12 January 2027.".into())),
        csrf: "token".into(),
        voice: if me { Voice::Me } else { Voice::Desk },
        demo: true,
        quick_search: Some("/search".into()),
        exit: me.then(|| "https://www.example.org/".into()),
        bar: Some(life::identity().render()),
        assets: assets(arguments.first().map(String::as_str)),
        ..Page::default()
    };
    let body = html! { (life::parts()) (lists::parts()) (forms::parts()) };
    println!("{}", page.render(&body).into_string());
}
