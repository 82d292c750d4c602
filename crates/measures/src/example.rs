//! Working the examples of the definitions: the children are made up from the lines of the file, counted, and compared
//! with what the file says by hand.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kinfold_guidance::measure::{ExampleChild, Measure};
use kinfold_guidance::{Guidance, LayerName, Mistake};
use kinfold_record::{ChildId, Chronology, Entry, EntryId, Event, Sensitivity, Timeline};
use smol_str::SmolStr;
use uuid::Uuid;

use crate::figure::Figure;
use crate::span::Span;
use crate::tally::{Counter, Detail};

/// What an example comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Names of the denominator, in alphabetical order.
    pub denominator: Vec<SmolStr>,
    /// Names of the numerator, in alphabetical order.
    pub numerator: Vec<SmolStr>,
    /// Names of those an exclusion left out, in alphabetical order.
    pub excluded: Vec<SmolStr>,
    /// The figure; `None` when there is nobody to count over.
    pub value: Option<f64>,
    /// Everything that was counted.
    pub figure: Figure,
}

/// Works every example. What comes out otherwise than its file says is a mistake in that file, with what came out.
pub fn check_examples(guidance: &Guidance) -> Vec<Mistake> {
    let mut out = Vec::new();
    for measure in &guidance.measures.list {
        let (line, wrong) = match work(measure, guidance) {
            Ok(outcome) => (line_of(measure), compare(measure, &outcome)),
            Err((line, message)) => (line, vec![message]),
        };
        let file = match &measure.origin.layer {
            LayerName::National => format!("guidance/{}", measure.origin.file),
            LayerName::Local(name) => format!("{name}/{}", measure.origin.file),
        };
        out.extend(wrong.into_iter().map(|message| Mistake {
            file: file.clone(),
            line,
            column: 1,
            message,
            hint: Some(
                "Work the example out again by hand, then put right the example or the definition.".into(),
            ),
        }));
    }
    out
}

/// The first child's line: the example begins just above it.
fn line_of(measure: &Measure) -> u32 {
    measure.example.children.first().map_or(1, |c| c.line)
}

/// Works one example.
///
/// # Errors
/// The line of a child whose story does not fit together, and why.
pub fn work(measure: &Measure, guidance: &Guidance) -> Result<Outcome, (u32, String)> {
    let example = &measure.example;
    let span = Span::year(example.year).filter(|span| measure.in_force(span.to)).ok_or_else(|| {
        (line_of(measure), format!("this version is not in force in the year {}", example.year))
    })?;
    let mut timelines = Vec::with_capacity(example.children.len());
    for (i, child) in example.children.iter().enumerate() {
        let timeline = timeline(id(i), child).map_err(|message| (child.line, message))?;
        if let Some(problem) = timeline.problems.first() {
            return Err((
                child.line,
                format!("the story of {} does not fit together: {}", child.name, problem.message),
            ));
        }
        timelines.push(timeline);
    }
    let figures = Counter::new(guidance).figures(&timelines, &[span], Detail::Children);
    let figure = figures
        .into_iter()
        .find(|f| f.measure == measure.id && f.version == measure.version)
        .ok_or_else(|| (line_of(measure), "the measure was not counted".to_owned()))?;
    let names = |ids: Vec<ChildId>| {
        let named = example.children.iter().enumerate().filter(|(i, _)| ids.contains(&id(*i)));
        let mut names: Vec<SmolStr> = named.map(|(_, child)| child.name.clone()).collect();
        names.sort();
        names
    };
    Ok(Outcome {
        denominator: names(figure.denominator().collect()),
        numerator: names(figure.numerator().collect()),
        excluded: names(figure.excluded.iter().map(|e| e.child).collect()),
        value: figure.value(),
        figure,
    })
}

fn compare(measure: &Measure, outcome: &Outcome) -> Vec<String> {
    let example = &measure.example;
    let mut out = Vec::new();
    for (what, said, found) in [
        ("denominator", &example.denominator, &outcome.denominator),
        ("numerator", &example.numerator, &outcome.numerator),
        ("excluded", &example.excluded, &outcome.excluded),
    ] {
        if said != found {
            let list =
                |names: &[SmolStr]| if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
            out.push(format!("the example's {what} is {}, the file says {}", list(found), list(said)));
        }
    }
    let digits = example.value.split_once('.').map_or(0, |(_, digits)| digits.len());
    let value = outcome.value.map_or_else(|| "nothing".to_owned(), |v| format!("{v:.digits$}"));
    if value != example.value {
        out.push(format!("the example's figure is {value}, the file says {}", example.value));
    }
    out
}

/// An id for the child in this place, below any that is ever given to a person.
fn id(place: usize) -> ChildId {
    ChildId(Uuid::from_u128(1 + place as u128))
}

fn timeline(child: ChildId, made_up: &ExampleChild) -> Result<Timeline, String> {
    let registered = Event::ChildRegistered {
        given_name: made_up.name.to_string(),
        family_name: "Example".to_owned(),
        date_of_birth: made_up.born,
        known_as: None,
        sex: None,
        ethnicity: None,
        nhs_number: None,
        upn: None,
        local_id: None,
        first_language: None,
        disabled: None,
    };
    let story =
        std::iter::once((made_up.born, &registered)).chain(made_up.story.iter().map(|(on, e)| (*on, e)));
    let entries = story.enumerate().map(|(i, (on, event))| Entry {
        id: EntryId(Uuid::from_u128(1 + i as u128)),
        child,
        happened_on: on,
        happened_at: None,
        recorded_at: noon(on),
        recorded_by: None,
        source: None,
        about: Vec::new(),
        sensitivity: Sensitivity::Ordinary,
        replaces: None,
        event: event.clone(),
    });
    let chronology = Chronology::new(child, entries.collect()).map_err(|e| e.to_string())?;
    Ok(Timeline::fold(&chronology, None))
}

fn noon(on: Date) -> Timestamp {
    on.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}
