//! Ways about: back link, breadcrumbs, sub-navigation (tabs as links), pagination.

use crate::tag::notification_badge;
use maud::{Markup, html};

/// GOV.UK back link.
#[must_use]
pub fn back_link(words: &str, href: &str) -> Markup {
    html! { a.govuk-back-link href=(href) { (words) } }
}

/// One step of the path to a page. Words only, never a child's name: breadcrumbs are copied into messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
}

impl Crumb {
    /// A step.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// GOV.UK breadcrumbs.
#[must_use]
pub fn breadcrumbs(path: &[Crumb]) -> Markup {
    html! {
        nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile" aria-label="Breadcrumb" {
            ol.govuk-breadcrumbs__list {
                @for crumb in path {
                    li.govuk-breadcrumbs__list-item {
                        a.govuk-breadcrumbs__link href=(crumb.href) { (crumb.label) }
                    }
                }
            }
        }
    }
}

/// One tab of a sub-navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
    /// Whether this is the page the reader is on.
    pub current: bool,
    /// A figure beside the words and what it counts.
    pub count: Option<(u32, String)>,
}

impl Tab {
    /// A tab.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, count: None }
    }

    /// Puts a figure beside the words.
    #[must_use]
    pub fn count(mut self, count: u32, meaning: impl Into<String>) -> Self {
        self.count = Some((count, meaning.into()));
        self
    }
}

/// MOJ sub-navigation: tabs that are links, so each has its own address and works without script.
#[must_use]
pub fn sub_navigation(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.moj-sub-navigation aria-label=(label) {
            ul.moj-sub-navigation__list {
                @for tab in tabs {
                    li.moj-sub-navigation__item {
                        a.moj-sub-navigation__link aria-current=[tab.current.then_some("page")] href=(tab.href) {
                            (tab.label)
                            @if let Some((count, meaning)) = &tab.count { " " (notification_badge(*count, meaning)) }
                        }
                    }
                }
            }
        }
    }
}

/// Which page of a list this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Page shown, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// What the list holds ("children"), for the landmark's label.
    pub what: String,
}

impl Pagination {
    /// GOV.UK pagination; `href` gives the address of a page. Nothing when there is only one page.
    #[must_use]
    pub fn render(&self, href: impl Fn(u32) -> String) -> Markup {
        let page = self.page.clamp(1, self.pages.max(1));
        html! {
            @if self.pages > 1 {
                nav.govuk-pagination aria-label=(format!("Pages of {}", self.what)) {
                    @if page > 1 { (step(true, &href(page - 1))) }
                    ul.govuk-pagination__list {
                        @for shown in shown_pages(page, self.pages) {
                            @match shown {
                                Some(n) => {
                                    li.govuk-pagination__item.govuk-pagination__item--current[n == page] {
                                        a class="govuk-link govuk-pagination__link" href=(href(n))
                                            aria-label=(format!("Page {n}")) aria-current=[(n == page).then_some("page")] {
                                            (n)
                                        }
                                    }
                                }
                                None => {
                                    li class="govuk-pagination__item govuk-pagination__item--ellipsis" { "⋯" }
                                }
                            }
                        }
                    }
                    @if page < self.pages { (step(false, &href(page + 1))) }
                }
            }
        }
    }
}

/// First, last, the page and its neighbours; `None` where pages are left out.
fn shown_pages(page: u32, pages: u32) -> Vec<Option<u32>> {
    let mut shown = Vec::new();
    let mut last = 0;
    for n in (1..=pages).filter(|n| *n == 1 || *n == pages || n.abs_diff(page) <= 1) {
        // One page left out takes no more room than the mark for it.
        if n == last + 2 {
            shown.push(Some(n - 1));
        } else if n > last + 1 {
            shown.push(None);
        }
        shown.push(Some(n));
        last = n;
    }
    shown
}

const PREVIOUS: &str = "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z";
const NEXT: &str = "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z";

fn step(back: bool, href: &str) -> Markup {
    let (name, words, path) = if back { ("prev", "Previous", PREVIOUS) } else { ("next", "Next", NEXT) };
    let arrow = html! {
        svg class=(format!("govuk-pagination__icon govuk-pagination__icon--{name}")) xmlns="http://www.w3.org/2000/svg"
            height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13" { path d=(path) {} }
    };
    html! {
        div class=(format!("govuk-pagination__{name}")) {
            a class="govuk-link govuk-pagination__link" href=(href) rel=(name) {
                @if back { (arrow) }
                span.govuk-pagination__link-title { (words) span.govuk-visually-hidden { " page" } }
                @if !back { (arrow) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(page: u32, pages: u32) -> String {
        shown_pages(page, pages)
            .iter()
            .map(|n| n.map_or("…".into(), |n| n.to_string()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn pages_left_out_are_marked_and_one_alone_is_not_left_out() {
        assert_eq!(numbers(10, 40), "1 … 9 10 11 … 40");
        assert_eq!(numbers(1, 3), "1 2 3");
        assert_eq!(numbers(4, 6), "1 2 3 4 5 6");
        assert_eq!(numbers(1, 9), "1 2 … 9");
    }

    #[test]
    fn first_page_has_no_way_back_and_one_page_no_pagination() {
        let of = |page, pages| {
            Pagination { page, pages, what: "children".into() }.render(|n| format!("?page={n}")).into_string()
        };
        assert!(!of(1, 3).contains("rel=\"prev\"") && of(1, 3).contains("rel=\"next\""));
        assert!(of(3, 3).contains("rel=\"prev\"") && !of(3, 3).contains("rel=\"next\""));
        assert_eq!(of(1, 1), "");
        assert_eq!(of(1, 0), "");
        assert!(of(2, 3).contains("href=\"?page=2\" aria-label=\"Page 2\" aria-current=\"page\""));
    }

    #[test]
    fn only_the_current_tab_says_so() {
        let text =
            sub_navigation("Record", &[Tab::new("Now", "/now", true), Tab::new("Law <", "/law", false)])
                .into_string();
        assert_eq!(text.matches("aria-current=\"page\"").count(), 1);
        assert!(text.contains("Law &lt;"));
    }
}
