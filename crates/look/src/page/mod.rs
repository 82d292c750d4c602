//! The page: everything around the body, from the doctype to the footer.
//!
//! **No names in titles.** A title ends in browser histories, bookmarks, window lists and screen shares. A page about a child is
//! titled by what it is ("Child's record"), never by whose it is; the heading inside the page may carry the name, the title may
//! not. This crate cannot tell a name from a word, so it is the caller's duty.

mod footer;
mod header;

use crate::banner::Flash;
use crate::nav::Crumb;
use maud::{DOCTYPE, Markup, html};

/// Addresses of the built assets, with their content hashes, as the server serves them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// Style sheet.
    pub css: String,
    /// Page script (an ES module), when there is one. Every page works without it.
    pub js: Option<String>,
    /// Fonts (WOFF2) to fetch ahead of the style sheet asking for them. Two at most help.
    pub fonts: Vec<String>,
    /// Icon of the site (SVG).
    pub icon: Option<String>,
    /// Address of the licences of what came from others, as plain text.
    pub licences: Option<String>,
}

/// Which of the two voices a page speaks in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// For people at work.
    #[default]
    Desk,
    /// For a child or young person.
    Me,
}

impl Voice {
    const fn class(self) -> &'static str {
        match self {
            Self::Desk => "kf-desk",
            Self::Me => "kf-me",
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Their name, as they are known at work.
    pub name: String,
    /// The role they act in now ("Social worker").
    pub role: String,
    /// What that role does; `None`: the role leads nowhere.
    pub role_href: Option<String>,
    /// Their own account page.
    pub account_href: String,
}

/// One item of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Words of the link.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Where the reader is in relation to it.
    pub here: Here,
    /// A figure beside the words, with the words that explain it to somebody who hears it ("late"). Nothing is shown for 0.
    pub count: Option<(u32, String)>,
}

impl NavItem {
    /// An item the reader is not on.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into(), here: Here::Elsewhere, count: None }
    }

    /// Marks where the reader is.
    #[must_use]
    pub fn here(mut self, here: Here) -> Self {
        self.here = here;
        self
    }

    /// Puts a figure beside the words.
    #[must_use]
    pub fn count(mut self, count: u32, meaning: impl Into<String>) -> Self {
        self.count = Some((count, meaning.into()));
        self
    }
}

/// Where the reader is in relation to a navigation item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Here {
    /// Somewhere else.
    #[default]
    Elsewhere,
    /// On this very page.
    Page,
    /// On a page below it.
    Within,
}

impl Here {
    /// Value of `aria-current`.
    pub(crate) const fn aria(self) -> Option<&'static str> {
        match self {
            Self::Elsewhere => None,
            Self::Page => Some("page"),
            Self::Within => Some("true"),
        }
    }
}

/// Everything around the body of a page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What the page is, the same words as its main heading where that carries no name. Becomes "`title` – Kinfold".
    pub title: String,
    /// Whether the page shows errors in a form: the title then starts with "Error: ", the first thing a screen reader says.
    pub has_errors: bool,
    /// Name of the authority.
    pub authority: String,
    /// Who is signed in, if anybody.
    pub who: Option<SignedIn>,
    /// Main navigation.
    pub nav: Vec<NavItem>,
    /// The way back: words and address.
    pub back: Option<(String, String)>,
    /// Path to this page. Use this or `back`, not both.
    pub breadcrumbs: Vec<Crumb>,
    /// What has just happened.
    pub flash: Option<Flash>,
    /// Token for the forms of the page frame (sign out, quick search).
    pub csrf: String,
    /// Voice of the page.
    pub voice: Voice,
    /// Whether this is the invented council: a strip then says so on every page.
    pub demo: bool,
    /// Whether the body may use the whole width of the window (boards).
    pub wide: bool,
    /// Address the quick search posts to. It posts, because a child's name must not stand in an address. `None`: no search box.
    pub quick_search: Option<String>,
    /// Address "Exit this page" leads to: on pages a child may have to leave quickly.
    pub exit: Option<String>,
    /// A bar between header and main (the child's identity bar).
    pub bar: Option<Markup>,
    /// Addresses of the assets.
    pub assets: Assets,
    /// Where the source of the running program is offered (the licence asks for it).
    pub source_href: String,
    /// Makes what stands at the end of main from the body above it: an explainer of what the body names.
    pub closing: Option<fn(&str) -> Markup>,
}

impl Page {
    /// A page with a title and nothing else set.
    pub fn new(title: impl Into<String>, assets: Assets) -> Self {
        Self { title: title.into(), assets, ..Self::default() }
    }

    /// The whole text of `<title>`.
    #[must_use]
    pub fn full_title(&self) -> String {
        let prefix = if self.has_errors { "Error: " } else { "" };
        format!("{prefix}{} – Kinfold", self.title)
    }

    /// The page around `body`, as a whole document. `body` holds the one `h1`.
    #[must_use]
    pub fn render(&self, body: &Markup) -> Markup {
        let class =
            format!("govuk-template__body {}{}", self.voice.class(), if self.wide { " kf-wide" } else { "" });
        html! {
            (DOCTYPE)
            html lang="en-GB" class="govuk-template" {
                head {
                    meta charset="utf-8";
                    title { (self.full_title()) }
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="theme-color" content="#0f5c63";
                    meta name="color-scheme" content="light dark";
                    // An address may hold an id; no other site needs to learn it.
                    meta name="referrer" content="same-origin";
                    meta name="robots" content="noindex, nofollow";
                    @for font in &self.assets.fonts {
                        link rel="preload" href=(font) as="font" type="font/woff2" crossorigin;
                    }
                    link rel="stylesheet" href=(self.assets.css);
                    @if let Some(icon) = &self.assets.icon {
                        link rel="icon" sizes="any" href=(icon) type="image/svg+xml";
                    }
                    @if let Some(js) = &self.assets.js {
                        script type="module" src=(js) {}
                    }
                }
                body class=(class) {
                    a.govuk-skip-link href="#main-content" data-module="govuk-skip-link" { "Skip to main content" }
                    (header::header(self))
                    @if let Some(bar) = &self.bar { (bar) }
                    div.govuk-width-container {
                        (self.before())
                        main.govuk-main-wrapper #main-content {
                            @if let Some(flash) = &self.flash { (flash) }
                            (body)
                            @if let Some(closing) = self.closing { (closing(&body.0)) }
                        }
                    }
                    (footer::footer(&self.source_href, self.assets.licences.as_deref()))
                }
            }
        }
    }

    fn before(&self) -> Markup {
        html! {
            @if self.back.is_some() || !self.breadcrumbs.is_empty() || self.exit.is_some() {
                div.kf-before {
                    @if let Some((words, href)) = &self.back { nav aria-label="Back" { (crate::nav::back_link(words, href)) } }
                    @if !self.breadcrumbs.is_empty() { (crate::nav::breadcrumbs(&self.breadcrumbs)) }
                    @if let Some(exit) = &self.exit { (crate::exit::exit_this_page(exit)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
