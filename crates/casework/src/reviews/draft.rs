//! What the record of a review is drafted from, and what must be in nobody's copy.

use kinfold_forms::Frozen;
use kinfold_forms::rich;
use kinfold_forms::words::Shown;
use kinfold_record::Timeline;

use super::facts::PartStanding;
use super::page::ReviewPage;
use crate::veil::parts_of_home;

/// The child's words: their part, and what they wanted talked about.
pub(super) fn child_words(page: &ReviewPage) -> String {
    let mut out = Vec::new();
    for line in page.parts.iter().filter(|l| l.part.role == "young_person") {
        out.extend(line.said.iter().flat_map(texts_of));
    }
    out.extend(page.review.wishes.iter().filter_map(|w| w.topics.clone()));
    out.join("\n\n")
}

/// An answer as plain text.
pub(crate) fn plain_text(shown: &Shown) -> String {
    match shown {
        Shown::Line(line) => line.clone(),
        Shown::Rich(parts) | Shown::ChildWords(parts) => {
            let text = |part: &rich::Part| match part {
                rich::Part::Paragraph(text) => text.clone(),
                rich::Part::List(items) => {
                    items.iter().map(|i| format!("- {i}")).collect::<Vec<_>>().join("\n")
                }
            };
            parts.iter().map(text).collect::<Vec<_>>().join("\n\n")
        }
        Shown::List(items) => items.join(", "),
        Shown::Table { rows, .. } => rows.iter().map(|row| row.join(", ")).collect::<Vec<_>>().join("\n"),
        Shown::NotGiven { text, .. } => text.clone(),
        Shown::Nothing | Shown::Files(_) | Shown::Items(_) => String::new(),
    }
}

/// Every question of a document with its answer, as text.
fn texts_of(frozen: &Frozen) -> Vec<String> {
    let sections = frozen.sections.iter();
    sections
        .flat_map(|s| &s.questions)
        .map(|q| (q.label.to_string(), plain_text(&q.shown)))
        .filter(|(_, answer)| !answer.trim().is_empty())
        .map(|(label, answer)| format!("{label}\n{answer}"))
        .collect()
}

/// The other questions of the record that have something to start from.
pub(super) fn texts(page: &ReviewPage) -> Vec<(&'static str, String)> {
    let codes = &page.reviews.book.guidance.codes;
    let today = page.reviews.today;
    let role = |code: &str| codes.title("circle_role", code).to_owned();
    // Roles and no names: the record goes to people who may not know who somebody is.
    let list = |wanted: &dyn Fn(PartStanding) -> bool| {
        let mut roles: Vec<String> = page
            .parts
            .iter()
            .filter(|l| wanted(l.part.standing(today)))
            .map(|l| format!("- {}", role(&l.part.role)))
            .collect();
        roles.dedup();
        roles.join("\n")
    };
    let mut decided = Vec::new();
    let mut plain = Vec::new();
    for action in
        page.reviews.facts.actions.iter().filter(|a| a.occasion.as_ref() == Some(&page.review.occasion))
    {
        let who = codes.title("action_owner", &action.owner);
        let by = kinfold_forms::words::day(action.by);
        decided.push(format!("- {} ({who}, by {by})", action.text.trim()));
        plain.push(format!("- {} {} does this by {by}.", sentence(&action.text), who));
    }
    let before =
        page.reviews.facts.actions.iter().filter(|a| a.occasion.as_ref() != Some(&page.review.occasion));
    let last: Vec<String> = before
        .filter(|a| a.answered.as_ref().is_none_or(|(on, ..)| *on >= page.review.called_on))
        .map(|a| {
            let became = a
                .answered
                .as_ref()
                .map_or("not answered yet", |(_, outcome, _)| codes.title("action_outcome", outcome));
            format!("- {}: {became}", a.text.trim())
        })
        .collect();
    vec![
        ("there", list(&|s| s == PartStanding::In)),
        ("not_there", list(&|s| s != PartStanding::In)),
        ("last_time", last.join("\n")),
        ("decisions", decided.join("\n")),
        ("plain", plain.join("\n")),
    ]
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Parts of a copy that name a home whose address is confidential: its postcode, the carer, or a line of the address.
pub(super) fn names_a_home(frozen: &Frozen, home: &Timeline) -> Vec<String> {
    let said: Vec<String> =
        frozen.sections.iter().flat_map(|s| &s.questions).map(|q| plain_text(&q.shown)).collect();
    homes_in(said.iter().map(String::as_str), home)
}

/// The same, of any texts: every line of the address, the street without its number, the postcode, and who cares for the
/// child there.
pub(crate) fn homes_in<'t>(texts: impl Iterator<Item = &'t str>, home: &Timeline) -> Vec<String> {
    let squeeze = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
    };
    let said: Vec<String> = texts.map(squeeze).collect();
    let mut found = Vec::new();
    for placement in home.placements.iter().filter(|p| p.address_confidential) {
        for part in parts_of_home(placement) {
            let needle = squeeze(&part);
            if said.iter().any(|text| text.contains(&needle)) {
                found.push(part);
            }
        }
    }
    found.sort();
    found.dedup();
    // The street by itself says nothing more where its whole line was found.
    let whole = found.clone();
    found.retain(|part| !whole.iter().any(|other| other != part && other.contains(part.as_str())));
    found
}
