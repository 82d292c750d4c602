//! The frame round every page: who is signed in, where they can go.

use kinfold_access::Code;
use kinfold_casework::{Action, Actor, Role};
use kinfold_look::page::{Here, NavItem, Page, SignedIn};
use kinfold_look::{Markup, html};

use crate::App;
use crate::assets::assets;
use crate::visit::Visit;

/// The places where somebody with these rights can go beside their own work: what each is called, and its address.
pub(crate) fn places(actor: &Actor) -> Vec<(&'static str, &'static str)> {
    let may = actor.may();
    let mut items = Vec::new();
    if may.has(Action::ViewTeamBoard) || may.has(Action::ViewAuthorityBoard) {
        items.push(("Pathway board", "/board"));
    }
    if may.has(Action::ViewHealthQueue) {
        items.push(("Health team", "/health"));
    }
    if may.has(Action::ViewMeasures) {
        items.push(("Measures", "/measures"));
    }
    // Whoever leads on a recommendation is led there by a notice; the others here write in plans every week.
    if [Action::EditPlans, Action::CommentAsPanel, Action::AnswerAudit].into_iter().any(|a| may.has(a)) {
        items.push(("Corporate parenting", "/plans"));
    }
    if may.has(Action::PrepareInspection) {
        items.push(("Inspection", "/inspection"));
    }
    // Everybody here may read what surveys came to; on their way to it are those who ask, and the panel.
    if may.has(Action::RunSurveys) || may.has(Action::CommentAsPanel) {
        items.push(("Surveys", "/surveys"));
    }
    if may.has(Action::ViewDirectory) {
        items.push(("Services", "/directory"));
    }
    if may.has(Action::ImportReturn) {
        items.push(("Imports", "/imports"));
    }
    if may.has(Action::ExportReturn) {
        items.push(("Statutory return", "/return"));
    }
    if may.has(Action::ViewGuidance) {
        items.push(("Guidance", "/guidance"));
    }
    if may.has(Action::ManageAccounts) || may.has(Action::ManageTeams) {
        items.push(("People and teams", "/admin"));
    }
    if may.has(Action::ReviewBreakGlass) || may.has(Action::ViewAudit) {
        items.push(("Safety and audit", "/audit"));
    }
    items
}

/// The main navigation.
fn navigation(actor: &Actor, path: &str) -> Vec<NavItem> {
    std::iter::once(("My work", "/"))
        .chain(places(actor))
        .map(|(label, href)| {
            let here = if path == href {
                Here::Page
            } else if href != "/" && (path.starts_with(href) || belongs(path, href)) {
                Here::Within
            } else {
                Here::Elsewhere
            };
            NavItem::new(label, href).here(here)
        })
        .collect()
}

/// Whether a page stands under an item of the navigation whose address does not begin its own.
fn belongs(path: &str, href: &str) -> bool {
    href == "/plans" && ["/audits", "/panel", "/publications"].iter().any(|part| path.starts_with(part))
}

/// The frame of a page for somebody signed in. `title` holds no name of a child.
pub(crate) fn frame(visit: &Visit, title: &str) -> Page {
    let mut page = frame_for(&visit.app, &visit.actor, title, &visit.path);
    page.flash.clone_from(&visit.flash);
    page
}

fn frame_for(app: &App, actor: &Actor, title: &str, path: &str) -> Page {
    let mut page = base(app, title);
    let role = actor.roles().next();
    page.closing = Some(crate::help::for_colleagues);
    page.who = Some(SignedIn {
        name: actor.name().to_owned(),
        role: role.map_or_else(String::new, |role| role.title().to_owned()),
        role_href: role.map(|role| format!("/help/{}", role.as_str())),
        account_href: "/account".to_owned(),
    });
    page.nav = navigation(actor, path);
    page.csrf = actor.csrf().to_owned();
    page.quick_search = may_search(actor).then(|| "/find".to_owned());
    if crate::me::is_young(actor) {
        crate::me::own_frame(&mut page, path);
    }
    if crate::carers::is_carer(actor) {
        crate::carers::carers_frame(&mut page, path);
    }
    page
}

/// Whether somebody's work involves finding children at all.
pub(crate) fn may_search(actor: &Actor) -> bool {
    !actor.roles().all(|role| {
        matches!(
            role,
            Role::Administrator
                | Role::Councillor
                | Role::Commissioner
                | Role::DataProtectionOfficer
                | Role::PanelClerk
                | Role::PartnershipLead
        )
    })
}

/// The frame of a page for somebody not signed in.
pub(crate) fn base(app: &App, title: &str) -> Page {
    let settings = app.casework.settings();
    let mut page = Page::new(title, assets());
    page.authority.clone_from(&settings.authority);
    page.demo = settings.demo;
    page.source_href = "/source".to_owned();
    page.closing = Some(crate::help::for_everybody);
    page
}

/// A whole page from a title and a body with its heading.
pub(crate) fn plain(app: &App, actor: Option<&Actor>, title: &str, body: &Markup) -> Markup {
    let page = match actor {
        Some(actor) => frame_for(app, actor, title, "-"),
        None => base(app, title),
    };
    html! { (page.render(body)) }
}
