//! The chronology of a child, in the shape of the MOJ timeline.

use crate::date;
use crate::strand::Strand;
use jiff::civil::{Date, DateTime};
use maud::{Markup, Render, html};

/// When something happened: to the day, or to the minute, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// On a day.
    Day(Date),
    /// At a time of day.
    At(DateTime),
    /// Nobody knows.
    Unknown,
}

impl Render for Moment {
    fn render(&self) -> Markup {
        match self {
            Self::Day(day) => html! { time datetime=(day.to_string()) { (date::long(*day)) } },
            Self::At(at) => html! {
                time datetime=(at.strftime("%Y-%m-%dT%H:%M").to_string()) { (date::long_with_time(*at)) }
            },
            Self::Unknown => date::unknown(),
        }
    }
}

/// Whether an entry still stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It stands as it was written.
    #[default]
    Stands,
    /// It corrects another entry.
    Corrects {
        /// Address of the entry it corrects.
        href: String,
        /// Why it was corrected.
        reason: String,
    },
    /// A later entry corrects it. It stays readable: a record is never edited, only added to.
    Replaced {
        /// Address of the entry that corrects it.
        href: String,
        /// Who corrected it and when ("Amina Yusuf, 3 Dec 2026").
        by: String,
    },
}

/// One entry of a chronology.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Id of the element, so that others can link to the entry.
    pub id: String,
    /// When it happened.
    pub when: Moment,
    /// What happened, in a few words.
    pub title: String,
    /// Who said so: a name and a role.
    pub who: String,
    /// Strand, when it belongs to one.
    pub strand: Option<Strand>,
    /// What was written.
    pub body: Markup,
    /// Whether it still stands.
    pub standing: Standing,
    /// Whether only some may see it; the words say who ("Named people only").
    pub restricted: Option<String>,
    /// When it was written down, in words, if that was well after it happened ("written 3 weeks later").
    pub written_late: Option<String>,
    /// What one can do with it: words, address.
    pub links: Vec<(String, String)>,
}

impl Entry {
    /// An entry that stands, with nothing out of the ordinary about it.
    pub fn new(
        id: impl Into<String>,
        when: Moment,
        title: impl Into<String>,
        who: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            when,
            title: title.into(),
            who: who.into(),
            strand: None,
            body: html! {},
            standing: Standing::Stands,
            restricted: None,
            written_late: None,
            links: Vec::new(),
        }
    }
}

/// A chronology. Its titles are headings one below `heading` (3 gives `h3`).
#[must_use]
pub fn timeline(entries: &[Entry], heading: u8) -> Markup {
    html! { div.moj-timeline { @for entry in entries { (draw(entry, heading)) } } }
}

fn draw(entry: &Entry, heading: u8) -> Markup {
    let restricted = entry.restricted.is_some();
    let replaced = matches!(entry.standing, Standing::Replaced { .. });
    let corrects = matches!(entry.standing, Standing::Corrects { .. });
    html! {
        div.moj-timeline__item.kf-entry.kf-entry--restricted[restricted].kf-entry--replaced[replaced]
            .kf-entry--correction[corrects] id=(entry.id) {
            div.moj-timeline__header {
                @match heading {
                    2 => h2.moj-timeline__title { (entry.title) },
                    4 => h4.moj-timeline__title { (entry.title) },
                    _ => h3.moj-timeline__title { (entry.title) },
                }
                " " p.moj-timeline__byline { "by " (entry.who) }
            }
            p.moj-timeline__date { (entry.when) }
            (marks(entry))
            div.moj-timeline__description { (entry.body) }
            @if !entry.links.is_empty() {
                p.kf-entry__links {
                    @for (words, href) in &entry.links {
                        a.govuk-link href=(href) { (words) span.govuk-visually-hidden { ": " (entry.title) } } " "
                    }
                }
            }
        }
    }
}

fn marks(entry: &Entry) -> Markup {
    let plain = entry.strand.is_none()
        && entry.restricted.is_none()
        && entry.written_late.is_none()
        && entry.standing == Standing::Stands;
    html! {
        @if !plain {
            p.kf-entry__marks {
                @if let Some(strand) = entry.strand { (strand) " " }
                @if let Some(who) = &entry.restricted {
                    span class="kf-entry__mark kf-entry__mark--restricted" { "Restricted: " (who) } " "
                }
                @match &entry.standing {
                    Standing::Stands => {}
                    Standing::Corrects { href, reason } => {
                        span class="kf-entry__mark kf-entry__mark--correction" {
                            a.govuk-link href=(href) { "Corrects an earlier entry" } ": " (reason)
                        } " "
                    }
                    Standing::Replaced { href, by } => {
                        span class="kf-entry__mark kf-entry__mark--replaced" {
                            "Kept as it was written. " a.govuk-link href=(href) { "Corrected" } " by " (by)
                        } " "
                    }
                }
                @if let Some(words) = &entry.written_late {
                    span class="kf-entry__mark kf-entry__mark--late" { (words) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn entry() -> Entry {
        Entry::new("e1", Moment::Day(date(2026, 12, 1)), "Visit <1>", "Amina Yusuf, social worker")
    }

    #[test]
    fn a_plain_entry_has_the_published_shape() {
        assert_eq!(
            timeline(&[entry()], 2).into_string(),
            "<div class=\"moj-timeline\"><div class=\"moj-timeline__item kf-entry\" id=\"e1\"><div class=\"moj-timeline__header\">\
             <h2 class=\"moj-timeline__title\">Visit &lt;1&gt;</h2> \
             <p class=\"moj-timeline__byline\">by Amina Yusuf, social worker</p></div>\
             <p class=\"moj-timeline__date\"><time datetime=\"2026-12-01\">Tue 1 December 2026</time></p>\
             <div class=\"moj-timeline__description\"></div></div></div>"
        );
    }

    #[test]
    fn correction_replacement_and_restriction_are_told_in_words() {
        let mut old = entry();
        old.standing = Standing::Replaced { href: "#e2".into(), by: "Jo Bell, 3 Dec 2026".into() };
        old.body = html! { p { "first text" } };
        let mut new = entry();
        new.standing = Standing::Corrects { href: "#e1".into(), reason: "wrong day".into() };
        new.restricted = Some("named people only".into());
        new.strand = Some(Strand::Home);
        let text = timeline(&[old, new], 3).into_string();
        assert!(text.contains("first text"), "a replaced entry stays readable");
        assert!(text.contains("<a class=\"govuk-link\" href=\"#e2\">Corrected</a> by Jo Bell, 3 Dec 2026"));
        assert!(
            text.contains("<a class=\"govuk-link\" href=\"#e1\">Corrects an earlier entry</a>: wrong day")
        );
        assert!(text.contains("Restricted: named people only"));
        assert!(
            text.contains("kf-entry--replaced")
                && text.contains("kf-entry--correction")
                && text.contains("kf-entry--restricted")
        );
    }

    #[test]
    fn an_unknown_time_is_said() {
        assert!(Moment::Unknown.render().into_string().contains("Not known"));
    }
}
