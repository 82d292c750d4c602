//! The product header: our own mark, the authority, the quick search, who is signed in, and the main navigation.

use super::{Here, NavItem, Page};
use crate::form::csrf_field;
use crate::tag::notification_badge;
use maud::{Markup, html};

/// Header landmark of a page.
pub(super) fn header(page: &Page) -> Markup {
    html! {
        header class="govuk-template__header kf-header" {
            @if page.demo {
                div.kf-demo {
                    div.govuk-width-container {
                        strong { "Invented council." }
                        " Every person here is made up. Do not enter anything about a real child."
                    }
                }
            }
            div.govuk-generic-header {
                div class="govuk-generic-header__container govuk-width-container kf-header__row" {
                    div class="govuk-generic-header__logo kf-header__brand" {
                        a.govuk-generic-header__homepage-link href="/" {
                            (mark())
                            span.kf-header__product { "Kinfold" }
                        }
                        @if !page.authority.is_empty() {
                            span.kf-header__authority { (page.authority) }
                        }
                    }
                    @if page.who.is_some() {
                        @if let Some(action) = &page.quick_search { (quick_search(action, &page.csrf)) }
                    }
                    (account(page))
                }
            }
            @if !page.nav.is_empty() { (navigation(&page.nav)) }
        }
    }
}

/// The mark: two leaves folded together. Ours; no crown.
fn mark() -> Markup {
    html! {
        svg.kf-mark viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false" {
            path.kf-mark__back d="M4 28C4 14 12 5 27 4C27 18 19 27 4 28Z" {}
            path.kf-mark__front d="M4 28C6 18 12 12 20 11C19 20 13 26 4 28Z" {}
        }
    }
}

fn quick_search(action: &str, csrf: &str) -> Markup {
    html! {
        search.kf-header__search {
            form.kf-quick action=(action) method="post" {
                (csrf_field(csrf))
                label.govuk-visually-hidden for="quick-search" { "Find a child by name or number" }
                input.govuk-input.kf-quick__field #quick-search name="q" type="search" autocomplete="off"
                    spellcheck="false" placeholder="Find a child";
                button.kf-quick__button type="submit" { "Find" }
            }
        }
    }
}

fn account(page: &Page) -> Markup {
    html! {
        @if let Some(who) = &page.who {
            div.kf-account {
                a.kf-account__link href=(who.account_href) {
                    span.govuk-visually-hidden { "Your account: " }
                    span.kf-account__who { (who.name) }
                }
                " "
                @match &who.role_href {
                    Some(href) => a.kf-account__link href=(href) {
                        span.govuk-visually-hidden { "What you do here: " }
                        span.kf-account__role { (who.role) }
                    }
                    None => span.kf-account__role { (who.role) },
                }
                " "
                form action="/sign-out" method="post" {
                    (csrf_field(&page.csrf))
                    button.kf-account__sign-out type="submit" { "Sign out" }
                }
            }
        }
    }
}

fn navigation(items: &[NavItem]) -> Markup {
    html! {
        div.govuk-service-navigation data-module="govuk-service-navigation" {
            div.govuk-width-container {
                div.govuk-service-navigation__container {
                    nav.govuk-service-navigation__wrapper aria-label="Menu" {
                        @if items.len() > 1 {
                            button type="button"
                                class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
                                aria-controls="navigation" hidden aria-hidden="true" { "Menu" }
                        }
                        ul.govuk-service-navigation__list #navigation {
                            @for item in items { (navigation_item(item)) }
                        }
                    }
                }
            }
        }
    }
}

fn navigation_item(item: &NavItem) -> Markup {
    let active = item.here != Here::Elsewhere;
    html! {
        li.govuk-service-navigation__item.govuk-service-navigation__item--active[active] {
            a.govuk-service-navigation__link href=(item.href) aria-current=[item.here.aria()] {
                @if active {
                    strong.govuk-service-navigation__active-fallback { (item.label) }
                } @else {
                    (item.label)
                }
                @if let Some((count, meaning)) = &item.count {
                    @if *count > 0 { " " span.kf-nav__count { (notification_badge(*count, meaning)) } }
                }
            }
        }
    }
}
