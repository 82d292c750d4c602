//! The ribbon of a child's life, from the timeline.

use jiff::civil::Date;
use kinfold_casework::{Action, Book, ChildPage};
use kinfold_look::ribbon::{Band, Due, Ribbon, Span, SpanKind};
use kinfold_look::{Strand, date};
use kinfold_record::{EventKind, Strand as RecordStrand, Timeline};

use crate::duty::duty_state;

/// The ribbon, from birth (or from coming into care) to a little ahead of today. Unless one is `asked` for (`birth`,
/// `care`), the one that shows more: a few months of care are a smudge at the end of a long childhood.
pub(crate) fn ribbon(page: &ChildPage, asked: &str) -> Option<Ribbon> {
    let (timeline, book, today) = (&page.timeline, &*page.book, page.today);
    let birth = timeline.born?;
    let care = timeline.care.first().map(|c| c.start);
    let lately = care.is_some_and(|care| (today - care).get_days() * 3 < (today - birth).get_days());
    let since_care = asked == "care" || asked != "birth" && lately;
    let from = if since_care { care.unwrap_or(birth) } else { birth };
    let mut home = Band::new(Strand::Home);
    home.gaps_from = None;
    let may_say_who = page.handle.may.has(Action::ViewAddress);
    for placement in &timeline.placements {
        let kind = book.guidance.codes.title("placement_type", &placement.code);
        let label = match (&placement.carer_name, may_say_who) {
            (Some(name), true) => format!("{kind}: {name}"),
            _ => kind.to_owned(),
        };
        home.spans.push(Span::new(placement.start, placement.end, label));
    }
    for missing in &timeline.missing {
        let words = if missing.category == "M" { "Missing" } else { "Away without leave" };
        home.spans.push(Span::new(missing.start, missing.end, words).kind(SpanKind::Unsettled));
    }
    let mut law = Band::new(Strand::Law);
    for status in &timeline.statuses {
        let title = book.guidance.codes.title("legal_status", &status.code);
        law.spans.push(Span::new(status.start, status.end, format!("{title} ({})", status.code)));
    }
    let mut school = Band::new(Strand::School);
    let mut health = Band::new(Strand::Health);
    for happening in &timeline.happenings {
        match happening.kind {
            EventKind::HealthAssessment => health.spans.push(point(happening.on, "Health assessment")),
            EventKind::SchoolStarted => {
                let end = timeline
                    .happenings
                    .iter()
                    .find(|h| {
                        matches!(h.kind, EventKind::SchoolStarted | EventKind::SchoolEnded)
                            && h.on > happening.on
                    })
                    .map(|h| h.on);
                school.spans.push(Span::new(happening.on, end, "School"));
            }
            _ => {}
        }
    }
    let mut people = Band::new(Strand::People);
    for member in timeline.circle.iter().filter(|m| m.key_worker || m.role == "reviewing_officer") {
        let role = book.guidance.codes.title("circle_role", &member.role);
        let label = member.name.clone().map_or_else(|| role.to_owned(), |name| format!("{role}: {name}"));
        people.spans.push(Span::new(member.start, member.end, label));
    }
    for duty in page.duties.iter().filter(|d| d.state == kinfold_pathway::State::Open && d.due_on >= today) {
        let Some(rule) = book.rules.rule_of(duty) else { continue };
        let band = match rule.strand {
            RecordStrand::Health => &mut health,
            RecordStrand::School => &mut school,
            RecordStrand::Law => &mut law,
            RecordStrand::People => &mut people,
            _ => &mut home,
        };
        band.dues.push(Due {
            on: duty.due_on,
            label: rule.title.to_string(),
            state: duty_state(duty, today, page.now),
        });
    }
    let to = Ribbon::ahead(from, today);
    for band in [&mut home, &mut law, &mut school, &mut health, &mut people] {
        band.spans.retain(|span| span.to.is_none_or(|end| end >= from));
        band.dues.retain(|due| due.on <= to);
    }
    let base = format!("/children/{}", page.handle.id());
    Some(Ribbon {
        id: "life".to_owned(),
        title: "Life so far".to_owned(),
        summary: summary(timeline, book, today),
        birth: Some(birth),
        from,
        today,
        to,
        bands: vec![home, law, school, health, people],
        zoom: vec![
            ("From birth".to_owned(), format!("{base}?from=birth"), !since_care),
            ("From coming into care".to_owned(), format!("{base}?from=care"), since_care),
        ],
    })
}

fn point(on: Date, label: &str) -> Span {
    Span::new(on, on.tomorrow().ok(), label)
}

/// "Five homes in this time in care, three in the last year."
fn summary(timeline: &Timeline, _: &Book, today: Date) -> Option<String> {
    let care = timeline.care_on(today)?;
    let year_ago = today.saturating_sub(jiff::Span::new().years(1));
    let homes = timeline.placements.iter().filter(|p| p.start >= care.start).count();
    let lately = timeline
        .placements
        .iter()
        .filter(|p| p.start >= care.start && p.end.is_none_or(|end| end > year_ago))
        .count();
    let since = date::month(care.start);
    Some(match homes {
        0 => format!("No home is recorded since coming into care in {since}."),
        1 => format!("One home since coming into care in {since}."),
        _ => format!(
            "{homes} homes since coming into care in {since}, {lately} of them in the last 12 months."
        ),
    })
}
