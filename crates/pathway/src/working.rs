//! The sum behind a date, in words.

use jiff::civil::Date;
use kinfold_guidance::{Anchor, By, Cap, Due, Edge, LayerName, Rule, Unit};
use kinfold_record::calendar::CountFrom;

use crate::duty::{Duty, EndReason, State};
use crate::rules::Rules;

/// "Tue 1 Dec 2026".
pub fn short_date(date: Date) -> String {
    format!("{} {} {} {}", weekday(date, true), date.day(), month(date, true), date.year())
}

/// "1 December 2026".
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date, false), date.year())
}

fn weekday(date: Date, short: bool) -> &'static str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let at = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
    let name = NAMES.get(at).copied().unwrap_or("");
    if short { name.get(..3).unwrap_or(name) } else { name }
}

fn month(date: Date, short: bool) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let at = usize::try_from(date.month() - 1).unwrap_or(0);
    let name = NAMES.get(at).copied().unwrap_or("");
    if short { name.get(..3).unwrap_or(name) } else { name }
}

/// The sum of a duty in plain lines, for example "First review: 20 working days after Tue 1 Dec 2026 is Thu 31 Dec
/// 2026; 25 and 28 Dec are bank holidays." Empty when the rule is not among these.
pub fn working_lines(duty: &Duty, rules: &Rules) -> Vec<String> {
    let Some(rule) = rules.rule_of(duty) else { return Vec::new() };
    let mut lines =
        vec![format!("Counted from {}: {}.", start_words(rule, duty), short_date(duty.working.from))];
    if let Some(due) = due_of(rule, duty) {
        lines.push(sum(rule, due, duty, rules));
        if due.before {
            lines.push(match due.by {
                By::Start => "It must be done before then, on the day itself at the latest.".to_owned(),
                _ => format!(
                    "It should be done before the start. {} is the latest date, for when that was not practicable.",
                    short_date(duty.due_on)
                ),
            });
        }
        if let Some(cap) = duty.working.cap.and_then(|i| due.caps.get(usize::from(i))) {
            lines.push(match cap {
                Cap::Event(filter) => format!(
                    "{} on {}, which is earlier: so that is the day it was due.",
                    filter.event.title(),
                    short_date(duty.due_on)
                ),
                Cap::Birthday(age) => {
                    format!(
                        "The {} birthday, {}, is earlier: so it is due then.",
                        nth(*age),
                        short_date(duty.due_on)
                    )
                }
            });
        }
        if duty.due_at.is_none() && matches!(due.by, By::Within { period, .. } if period.unit == Unit::Hours)
        {
            lines.push("The time it started is not recorded, so the end of the day counts.".to_owned());
        }
    }
    if duty.due_on > rules.calendar.horizon {
        lines.push(format!(
            "Bank holidays after {} are not known yet: a date counted in working days may still move.",
            short_date(rules.calendar.horizon)
        ));
    }
    if let LayerName::Local(name) = &rule.origin.layer {
        lines.push(match &rule.supersedes {
            Some(s) => format!(
                "A local rule of {name} stands in place of the national one: {} (approved by {}).",
                s.reason, s.approved_by
            ),
            None => format!("This is a local rule of {name}."),
        });
    }
    lines.extend(outcome(duty));
    lines
}

/// The `[due]` or `[[then]]` that gave the date.
fn due_of<'r>(rule: &'r Rule, duty: &Duty) -> Option<&'r Due> {
    let at = usize::from(duty.working.alternative);
    if duty.working.ordinal == 0 { rule.due.get(at) } else { rule.then.get(at).map(|t| &t.due) }
}

fn sum(rule: &Rule, due: &Due, duty: &Duty, rules: &Rules) -> String {
    let w = &duty.working;
    let (title, from, to) = (&rule.title, short_date(w.from), short_date(w.uncapped));
    match &due.by {
        By::Within { period, inclusive } => {
            let link = if *inclusive { "beginning with" } else { "after" };
            match (duty_time(duty, rules), w.from_at) {
                (Some(end), Some(start)) => {
                    return format!(
                        "{title}: {period} after {from} at {} is {end}.",
                        start.strftime("%H:%M")
                    );
                }
                _ if period.unit == Unit::WorkingDays => {
                    let count = if *inclusive { CountFrom::Inclusive } else { CountFrom::Exclusive };
                    let counted = rules.calendar.add_working_days(w.from, u32::from(period.count), count);
                    let days: Vec<Date> = counted.skipped.iter().map(|(day, _)| *day).collect();
                    let holidays = match days.len() {
                        0 => String::new(),
                        1 => format!("; {} is a bank holiday", group(&days)),
                        _ => format!("; {} are bank holidays", group(&days)),
                    };
                    return format!("{title}: {period} {link} {from} is {to}{holidays}.");
                }
                _ => {}
            }
            format!("{title}: {period} {link} {from} is {to}.")
        }
        By::Start => format!("{title}: due on {to}."),
        By::AnchorEnd => format!("{title}: the last day of the term is {to}."),
        By::Birthday(age) => format!("{title}: the {} birthday is {to}.", nth(*age)),
        By::Field(_) => format!("{title}: the date recorded is {to}."),
    }
}

fn duty_time(duty: &Duty, rules: &Rules) -> Option<String> {
    let at = rules.zone.to_datetime(duty.due_at?);
    Some(format!("{} at {}", short_date(at.date()), at.time().strftime("%H:%M")))
}

/// "25 and 28 Dec", "25 and 28 Dec, 1 Jan".
fn group(days: &[Date]) -> String {
    let mut months: Vec<(Date, Vec<String>)> = Vec::new();
    for day in days {
        match months.last_mut() {
            Some((first, list)) if first.month() == day.month() => list.push(day.day().to_string()),
            _ => months.push((*day, vec![day.day().to_string()])),
        }
    }
    let one = |(first, list): &(Date, Vec<String>)| {
        let (last, rest) = list.split_last().map_or(("", [].as_slice()), |(l, r)| (l.as_str(), r));
        let days = if rest.is_empty() { last.to_owned() } else { format!("{} and {last}", rest.join(", ")) };
        format!("{days} {}", month(*first, true))
    };
    months.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn start_words(rule: &Rule, duty: &Duty) -> String {
    if duty.working.ordinal > 0 {
        return match duty.working.from_event {
            Some(kind) => format!("the last time ({})", lower(kind.title())),
            None => "the last time".to_owned(),
        };
    }
    if let Some(words) = &rule.starts.words {
        return words.clone();
    }
    match &rule.starts.on {
        Anchor::CarePeriod(Edge::Start) => "coming into care".to_owned(),
        Anchor::CarePeriod(Edge::End) => "no longer being looked after".to_owned(),
        Anchor::Placement(Edge::Start) => "the start of the placement".to_owned(),
        Anchor::Placement(Edge::End) => "the end of the placement".to_owned(),
        Anchor::Stay(Edge::Start) => "the start of the placement".to_owned(),
        Anchor::Stay(Edge::End) => "the end of the stay with these carers".to_owned(),
        Anchor::LegalStatus(_, Edge::Start) => "the start of the legal status".to_owned(),
        Anchor::LegalStatus(_, Edge::End) => "the end of the legal status".to_owned(),
        Anchor::MissingEpisode(Edge::Start) => "going missing".to_owned(),
        Anchor::MissingEpisode(Edge::End) => "coming back".to_owned(),
        Anchor::Spell(..) => "its start".to_owned(),
        Anchor::Category(category, _) => format!("becoming: {}", lower(category.title())),
        Anchor::Birthday(age) => format!("the {} birthday", nth(*age)),
        Anchor::Event(_) => {
            duty.working.from_event.map_or_else(|| "the event".to_owned(), |k| lower(k.title()))
        }
        Anchor::SchoolTerm => "the term".to_owned(),
        Anchor::Condition => "the day this began to apply".to_owned(),
    }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn nth(n: i32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

fn outcome(duty: &Duty) -> Option<String> {
    match &duty.state {
        State::Open => None,
        State::Met { on, days_late: 0, .. } => Some(format!("Done on {}, in time.", short_date(*on))),
        State::Met { on, days_late: 1, .. } => Some(format!("Done on {}, a day late.", short_date(*on))),
        State::Met { on, days_late, .. } => {
            Some(format!("Done on {}, {days_late} days late.", short_date(*on)))
        }
        State::Excused { on, .. } => Some(format!("Excused on {}.", short_date(*on))),
        State::Ended { on, reason } => Some(format!("Ended: {} {}.", reason.words(), short_date(*on))),
    }
}

impl EndReason {
    /// Words to put before a date: "the child moved home on".
    pub fn words(self) -> String {
        match self {
            Self::CareCeased => "the child stopped being looked after on".to_owned(),
            Self::MovedHome => "the child moved home on".to_owned(),
            Self::LegalStatusChanged => "the legal status changed on".to_owned(),
            Self::Turned(age) => format!("the child turned {age} on"),
            Self::Died => "the child died on".to_owned(),
            Self::CategoryChanged => "the leaving-care category changed on".to_owned(),
            Self::Missed => "missed; the next occasion began on".to_owned(),
            Self::Lapsed => "missed; no longer asked for since".to_owned(),
            Self::NoLongerHolds => "what it depends on stopped on".to_owned(),
        }
    }
}
