//! A person's duties as an iCalendar feed (RFC 5545). A calendar is copied to telephones and shared with colleagues,
//! so it names no child: an event says what is due and carries the child's short reference only.

use icalendar::{Calendar, Component, Event, EventLike};
use jiff::civil::Date;

/// One duty in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedItem {
    /// Stable between readings, unguessable, says nothing about the child.
    pub uid: String,
    /// What is due: "First review".
    pub title: String,
    /// The child's short reference, never a name.
    pub reference: String,
    /// The day it is due.
    pub due_on: Date,
    /// Whether that day has passed.
    pub late: bool,
}

/// The feed as text.
pub fn feed(name: &str, items: &[FeedItem]) -> String {
    let mut calendar = Calendar::new().name(name).done();
    for item in items {
        let Some(day) = chrono_day(item.due_on) else { continue };
        let late = if item.late { "Late: " } else { "" };
        calendar.push(
            Event::new()
                .uid(&item.uid)
                .summary(&format!("{late}{} ({})", item.title, item.reference))
                .all_day(day)
                .done(),
        );
    }
    calendar.to_string()
}

/// The crate that writes the format speaks chrono.
fn chrono_day(day: Date) -> Option<chrono::NaiveDate> {
    chrono::NaiveDate::from_ymd_opt(
        day.year().into(),
        day.month().unsigned_abs().into(),
        day.day().unsigned_abs().into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_holds_the_duty_and_no_name() {
        let text = feed(
            "My duties",
            &[FeedItem {
                uid: "a1".into(),
                title: "First review".into(),
                reference: "K-204".into(),
                due_on: jiff::civil::date(2026, 12, 31),
                late: true,
            }],
        );
        assert!(text.contains("SUMMARY:Late: First review (K-204)"), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20261231"), "{text}");
        assert!(text.starts_with("BEGIN:VCALENDAR") && text.trim_end().ends_with("END:VCALENDAR"));
    }
}
