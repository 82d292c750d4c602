//! Accessibility, privacy, and where the source of the running program is.

use kinfold_look::{Markup, html};

use super::Guest;
use crate::route::{For, Route, get};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/accessibility", For::Anybody, accessibility),
        get("/privacy", For::Anybody, privacy),
        get("/source", For::Anybody, source),
    ]
}

async fn accessibility(guest: Guest) -> Markup {
    guest.frame("Accessibility").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Accessibility" }
            p.govuk-body { "Kinfold is made for everybody who works with a child, and for the child. It aims at the Web Content Accessibility Guidelines 2.2, level AA." }
            h2.govuk-heading-m { "What you can rely on" }
            ul class="govuk-list govuk-list--bullet" {
                li { "Every page works with a keyboard alone, without a mouse and without JavaScript." }
                li { "Every page fits a screen 320 pixels wide, and text can be made four times as large." }
                li { "No meaning is carried by colour alone: every state has a word and a shape." }
                li { "The child’s life in a picture is also there as a list in words." }
                li { "Pages follow your system’s wish for dark colours, more contrast and less movement, and print without menus." }
            }
            h2.govuk-heading-m { "What does not work yet" }
            ul class="govuk-list govuk-list--bullet" {
                li { "While an import runs, its page looks again every two seconds. A screen reader may start the page again each time; the link “Look again now” is there once it has finished." }
                li { "Wide tables scroll sideways on a small screen. They can be reached and scrolled by keyboard." }
            }
            h2.govuk-heading-m { "How it is checked" }
            p.govuk-body { "Every page is run through axe in the tests of the program, on a narrow and a wide screen. That finds only part of what can be wrong: tell us what stands in your way." }
            h2.govuk-heading-m { "Tell us" }
            p.govuk-body { "Write to whoever administers Kinfold for " (guest.authority()) ". If the answer does not help, the Equality Advisory and Support Service can." }
        }
    })
}

async fn privacy(guest: Guest) -> Markup {
    let authority = guest.authority();
    guest.frame("Privacy").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Privacy" }
            p.govuk-body { "Whose record this is: the children and young people that " (authority) " looks after or has looked after. The authority decides why and how it is kept, and answers for it." }
            h2.govuk-heading-m { "What is kept about you who work here" }
            ul class="govuk-list govuk-list--bullet" {
                li { "Your name, e-mail address, telephone number and roles." }
                li { "What you record, with the time." }
                li { "Each record you open, change or export, with the time and the purpose. The log cannot be changed without that being found out." }
                li { "Two cookies while you are signed in: one for your session, one for the message on the next page. Neither follows you anywhere, and there are no others." }
            }
            h2.govuk-heading-m { "Who can see a child’s record" }
            p.govuk-body { "Only people with a place in the child’s life or care, as far as their role needs. See " a.govuk-link href="/roles" { "who does what" } ". Whoever may, can see on the child’s page who has looked at it." }
            h2.govuk-heading-m { "Where it is kept" }
            p.govuk-body { "In one database of this authority alone. Nothing is sent to the makers of Kinfold, to advertisers or to measurers, and no page loads anything from elsewhere." }
            h2.govuk-heading-m { "Your rights" }
            p.govuk-body { "To see what is kept about you, to have it put right, or to complain, ask the data protection officer of " (authority) "; after that, the Information Commissioner’s Office." }
        }
    })
}

async fn source(guest: Guest) -> Markup {
    guest.frame("Source code").render(&html! {
        div.kf-read {
            h1.govuk-heading-l { "Source code" }
            p.govuk-body { "Kinfold is free software: you may use, study, share and change it under the GNU Affero General Public License, version 3 or (at your choice) any later version. It comes without warranty." }
            p.govuk-body { "This server runs Kinfold " strong { (env!("CARGO_PKG_VERSION")) } ". Its source is at " a.govuk-link href=(env!("CARGO_PKG_REPOSITORY")) rel="noreferrer noopener" { (env!("CARGO_PKG_REPOSITORY")) } "." }
            p.govuk-body { "If " (guest.authority()) " runs a changed version, it owes you the source of that version. Ask whoever administers Kinfold there." }
            h2.govuk-heading-m { "Made with" }
            p.govuk-body { "GOV.UK Frontend and MOJ Frontend (MIT licence), Atkinson Hyperlegible Next (SIL Open Font License), and libraries written in Rust, listed with their licences in the source. The licences of what reaches your browser are at “Licences” below." }
        }
    })
}
