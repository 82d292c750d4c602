//! A rule in words: what starts it, by when, what meets it. Made from the rule itself, so that it cannot say anything else.

use kinfold_guidance::{
    Anchor, By, Cap, Codes, Condition, Due, Edge, Ending, EventFilter, Handoff, MetBy, Rule, Since, Test,
    Window,
};
use kinfold_record::{FieldKind, SpellKind};
use smol_str::SmolStr;

/// "a, b or c".
fn list(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    let second_is_capital = text.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        // "SDQ", "PEP": left as they are.
        Some(first) if !second_is_capital => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn spell(kind: SpellKind) -> String {
    kinfold_guidance::spell_kind_name(kind).replace('_', " ")
}

/// One event with its tests.
pub(super) fn event(filter: &EventFilter, codes: &Codes) -> String {
    let mut words = format!("“{}”", filter.event.title());
    let tests: Vec<String> = filter.tests.iter().map(|test| one_test(filter, test, codes)).collect();
    if !tests.is_empty() {
        words.push_str(" where ");
        words.push_str(&list(&tests, "and"));
    }
    words
}

fn one_test(filter: &EventFilter, test: &Test, codes: &Codes) -> String {
    let field = filter.event.fields().get(usize::from(test.field()));
    let label =
        field.map_or_else(|| "a field".to_owned(), |f| format!("“{}”", f.label.trim_end_matches('?')));
    match test {
        Test::Some(_) => format!("{label} is known"),
        Test::None(_) => format!("{label} is not known"),
        Test::Between(_, Some(from), Some(under)) => format!("{label} is from {from} to {}", under - 1),
        Test::Between(_, Some(from), None) => format!("{label} is {from} or more"),
        Test::Between(_, None, Some(under)) => format!("{label} is less than {under}"),
        Test::Between(_, None, None) => format!("{label} is a number"),
        Test::Rose { by, of_same, .. } => {
            let same: Vec<String> = of_same
                .iter()
                .filter_map(|f| filter.event.fields().get(usize::from(*f)))
                .map(|f| format!("“{}”", f.label.trim_end_matches('?')))
                .collect();
            let same = if same.is_empty() {
                String::new()
            } else {
                format!(" with the same {}", list(&same, "and"))
            };
            format!("{label} is at least {by} more than the time before{same}")
        }
        Test::Is(_, values) => {
            let title = |value: &SmolStr| match field.map(|f| f.kind) {
                Some(FieldKind::Code(name) | FieldKind::Codes(name)) => lower(codes.title(name, value)),
                _ => value.to_string(),
            };
            let values: Vec<String> = values.iter().map(title).collect();
            format!("{label} is {}", list(&values, "or"))
        }
    }
}

/// What starts the clock.
pub(super) fn starts(rule: &Rule, codes: &Codes) -> String {
    let starts = &rule.starts;
    if let Some(words) = &starts.words {
        return words.clone();
    }
    let edge = |edge: &Edge, start: &str, end: &str| match edge {
        Edge::Start => start.to_owned(),
        Edge::End => end.to_owned(),
    };
    let mut words = match &starts.on {
        Anchor::CarePeriod(e) => {
            edge(e, "the day the child comes into care", "the day the child stops being looked after")
        }
        Anchor::Placement(e) => edge(e, "the day a home starts", "the day a home ends"),
        Anchor::Stay(e) => {
            edge(e, "the day the child comes to the carers", "the day the child leaves the carers")
        }
        Anchor::LegalStatus(list_of, e) => {
            let which: Vec<String> = list_of.iter().map(|c| lower(codes.title("legal_status", c))).collect();
            let which = if which.is_empty() {
                "a legal status".to_owned()
            } else {
                format!("the legal status {}", list(&which, "or"))
            };
            edge(e, &format!("the day {which} starts"), &format!("the day {which} ends"))
        }
        Anchor::MissingEpisode(e) => edge(e, "when the child goes missing", "when the child comes back"),
        Anchor::Spell(kind, e) => {
            edge(e, &format!("the start of “{}”", spell(*kind)), &format!("the end of “{}”", spell(*kind)))
        }
        Anchor::Category(category, e) => {
            let title = lower(category.title());
            edge(
                e,
                &format!("the day the young person becomes {title}"),
                &format!("the day the young person is no longer {title}"),
            )
        }
        Anchor::Birthday(age) => format!("the {age}th birthday"),
        Anchor::Event(events) => list(&events.iter().map(|e| event(e, codes)).collect::<Vec<_>>(), "or"),
        Anchor::SchoolTerm => "the first day of each school term".to_owned(),
        Anchor::Condition => "the day from which the condition below holds".to_owned(),
    };
    if starts.first_only {
        words.push_str(", the first in each period of care only");
    }
    words
}

fn due(due: &Due) -> String {
    let mut words = match &due.by {
        By::Within { period, inclusive } => {
            format!("within {period}{}", if *inclusive { ", the first day counted" } else { "" })
        }
        By::Start => "on the day itself".to_owned(),
        By::AnchorEnd => "by its last day".to_owned(),
        By::Birthday(age) => format!("by the {age}th birthday"),
        By::Field(name) => format!("on the date given as “{}”", name.replace('_', " ")),
    };
    if due.before {
        words = format!("before it starts; where that is not practicable, {words}");
    }
    for cap in &due.caps {
        words.push_str(&match cap {
            Cap::Event(filter) => {
                format!(", or when there is “{}”, whichever is first", filter.event.title())
            }
            Cap::Birthday(age) => format!(", at the latest on the {age}th birthday"),
        });
    }
    words
}

/// "20 working days, then every 6 months".
pub(super) fn due_in_short(rule: &Rule) -> String {
    let first: Vec<String> = rule.due.iter().map(due).collect();
    let mut words = list(&first, "or");
    for then in &rule.then {
        let times = then.times.map_or_else(
            || "then each time ".to_owned(),
            |n| format!("then {n} more {} ", if n == 1 { "time" } else { "times" }),
        );
        words.push_str(&format!("; {times}{}", due(&then.due)));
    }
    words
}

/// The due dates, one line each.
pub(super) fn due_lines(rule: &Rule, codes: &Codes) -> Vec<String> {
    let mut out = Vec::new();
    for one in &rule.due {
        out.push(match &one.when {
            Some(when) => format!("When {}: {}.", condition(&when.condition, codes), due(one)),
            None if rule.due.len() > 1 => format!("Otherwise: {}.", due(one)),
            None => format!("{}.", due(one)),
        });
    }
    for then in &rule.then {
        let when = then
            .due
            .when
            .as_ref()
            .map(|w| format!(", when {}", condition(&w.condition, codes)))
            .unwrap_or_default();
        let times = then.times.map_or_else(
            || "after that, each time".to_owned(),
            |n| format!("after that, {n} {}", if n == 1 { "time" } else { "times" }),
        );
        out.push(format!("Then, {times}, counted from the last one{when}: {}.", due(&then.due)));
    }
    out.into_iter().map(|line| capital(&line)).collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// By when a hand-off is expected, and who says so.
pub(super) fn expected(handoff: &Handoff) -> String {
    let by = match (handoff.within, handoff.before_due) {
        (Some(period), _) => format!("within {period}"),
        (None, Some(period)) => format!("{period} before it is due"),
        (None, None) => return String::new(),
    };
    format!("{by} ({})", handoff.cite.as_deref().unwrap_or("common practice"))
}

/// When the duty exists at all, one line each.
pub(super) fn conditions(rule: &Rule, codes: &Codes) -> Vec<String> {
    let starts = &rule.starts;
    let day = if starts.day_before { "on the day before" } else { "on that day" };
    let mut out = Vec::new();
    if let Some(filter) = &starts.entry {
        out.push(format!("Only for {}.", event(filter, codes)));
    }
    if let Some(when) = &starts.when {
        out.push(format!("Only when, {day}, {}.", condition(when, codes)));
    }
    if let Some(unless) = &starts.unless {
        out.push(format!("Not when, {day}, {}.", condition(unless, codes)));
    }
    if let Some(holds) = &starts.while_ {
        out.push(format!("Only as long as {}.", condition(holds, codes)));
    }
    out.push(match starts.ending {
        Ending::Ends => "When what it belongs to ends, the duty ends with it.".to_owned(),
        Ending::Meets => "It is a limit: it is kept when what it belongs to ends in time.".to_owned(),
        Ending::Outlives => "It stays owed when what it belongs to has ended.".to_owned(),
    });
    out
}

/// What meets or excuses it, one line each.
pub(super) fn met(by: &[MetBy], codes: &Codes) -> Vec<String> {
    by.iter().map(|m| event(&m.filter, codes)).collect()
}

fn since(since: &Since) -> &'static str {
    match since {
        Since::Ever => "ever",
        Since::Anchor => "since the clock started",
        _ => "in the present stretch",
    }
}

fn titles(codes: &Codes, name: &str, values: &[SmolStr]) -> String {
    list(&values.iter().map(|v| lower(codes.title(name, v))).collect::<Vec<_>>(), "or")
}

/// A condition, as a clause.
fn condition(c: &Condition, codes: &Codes) -> String {
    let all = |list_of: &[Condition]| list_of.iter().map(|c| condition(c, codes)).collect::<Vec<_>>();
    let either = |yes: bool, words: &str, not: &str| if yes { words.to_owned() } else { not.to_owned() };
    match c {
        Condition::All(of) => list(&all(of), "and"),
        Condition::Any(of) => format!("either {}", list(&all(of), "or")),
        Condition::Not(inner) => format!("it is not so that {}", condition(inner, codes)),
        Condition::LookedAfter(yes) => {
            either(*yes, "the child is looked after", "the child is not looked after")
        }
        Condition::Regime(regime) => {
            match serde_json::to_value(regime).ok().and_then(|v| v.as_str().map(str::to_owned)) {
                Some(name) if name == "full" => {
                    "the child is looked after in the full sense, not for short breaks".to_owned()
                }
                Some(name) => format!("the child is looked after under: {}", name.replace('_', " ")),
                None => "the child is looked after under a certain regime".to_owned(),
            }
        }
        Condition::Age { from, under } => match (from, under) {
            (Some(from), Some(under)) => format!("the child is {from} or older and under {under}"),
            (Some(from), None) => format!("the child is {from} or older"),
            (None, Some(under)) => format!("the child is under {under}"),
            (None, None) => "the child is of any age".to_owned(),
        },
        Condition::LegalStatus(codes_of) => {
            format!("the legal status is {}", titles(codes, "legal_status", codes_of))
        }
        Condition::PlacementType(codes_of) => {
            format!("the home is {}", titles(codes, "placement_type", codes_of))
        }
        Condition::HomeType(codes_of) => format!(
            "the home, or the one the child is away from for a time, is {}",
            titles(codes, "placement_type", codes_of)
        ),
        Condition::Basis(codes_of) => {
            format!("the basis of the home is {}", titles(codes, "placement_basis", codes_of))
        }
        Condition::Location(codes_of) => format!("the home is {}", titles(codes, "location", codes_of)),
        Condition::Placed(yes) => either(*yes, "the child lives in a home we know of", "no home is recorded"),
        Condition::PlacementFor(period) => {
            format!("the child has lived with the same carers for {period} or longer")
        }
        Condition::CareFor(period) => format!("the child has been looked after for {period} or longer"),
        Condition::Spell(kinds) => {
            format!("this holds: {}", list(&kinds.iter().map(|k| spell(*k)).collect::<Vec<_>>(), "or"))
        }
        Condition::Category(categories) => {
            format!(
                "the young person is {}",
                list(&categories.iter().map(|c| lower(c.title())).collect::<Vec<_>>(), "or")
            )
        }
        Condition::Remand(yes) => either(*yes, "the child is remanded", "the child is not remanded"),
        Condition::Missing(yes) => either(*yes, "the child is missing or away", "the child is not missing"),
        Condition::Planned(yes) => either(*yes, "the move was planned", "the move was not planned"),
        Condition::Happened { events, window, before } => {
            let what = list(&events.iter().map(|e| event(e, codes)).collect::<Vec<_>>(), "or");
            let window = match window {
                Window::Since(s) => since(s).to_owned(),
                Window::InLast(period) => format!("in the last {period}"),
            };
            format!("{what} has happened {window}{}", if *before { ", before that day" } else { "" })
        }
        Condition::DaysUsed { from, within, .. } => {
            format!("at least {from} days of such stays have been used in {within}")
        }
    }
}
