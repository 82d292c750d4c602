//! Growth, immunisations and questionnaires on the child's page.

use kinfold_casework::Action;
use kinfold_casework::health::{GrowthLine, GrowthPoint, HealthPage, ImmunisationState};
use kinfold_health::growth::{Ages, CENTILES, Measure, NoReference};
use kinfold_look::chart::{Line, Point};
use kinfold_look::form::{Button, csrf_field};
use kinfold_look::growth::{Curve, GrowthChart};
use kinfold_look::table::{Column, Row, Table};
use kinfold_look::{Markup, date, html};
use kinfold_record::EventKind;

use super::{nothing, provenance, record_links};

fn title(measure: Measure) -> String {
    let words = measure.words();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "14.2 kg, centile 50" with the centile where there is one.
fn figure(point: &GrowthPoint) -> String {
    let value = format!("{:.1} {}", point.value, point.measure.unit());
    match &point.assessment {
        Some(assessment) => match &assessment.standing().score {
            Ok(score) => {
                let corrected = if assessment.read == Ages::Corrected { ", corrected age" } else { "" };
                format!("{value}, {}{corrected}", centile(score.centile))
            }
            Err(_) => value,
        },
        None => value,
    }
}

fn centile(centile: f64) -> String {
    match centile {
        low if low < 0.4 => "below the 0.4th centile".to_owned(),
        high if high > 99.6 => "above the 99.6th centile".to_owned(),
        between => format!("centile {between:.0}"),
    }
}

/// Why a figure has no centile. What a whole reference would be needed for is said once, above the table.
fn without(why: &NoReference) -> String {
    match why {
        NoReference::NotLoaded(_) => "No centile: the reference for this age is not loaded.".to_owned(),
        why => format!("No centile. {why}"),
    }
}

pub(super) fn growth(page: &HealthPage) -> Markup {
    let report = &page.growth;
    let columns = ["When", "Weight", "Height", "Head", "Body mass index", "From"].map(Column::new);
    let cell = |line: &GrowthLine, measure: Measure| {
        let point = line.points.iter().find(|point| point.measure == measure);
        html! {
            @if let Some(point) = point {
                (figure(point))
                @if let Some(Err(why)) = point.assessment.as_ref().map(|a| a.standing().score) { br; span.govuk-hint { (without(&why)) } }
                @if let Some(words) = point.assessment.as_ref().and_then(|a| a.advice.words()) { br; strong { (words) } }
            } @else { "–" }
        }
    };
    html! {
        h2.govuk-heading-m { "Growth" }
        @if report.lines.is_empty() {
            (nothing(page, "No weight, height or head was measured yet."))
        } @else {
            @if let Some(line) = report.lines.first() {
                p.govuk-body {
                    "Last measured " (date::long(line.source.on)) ": "
                    (line.points.iter().map(|point| format!("{} {}", point.measure.words(), figure(point))).collect::<Vec<_>>().join("; ")) "."
                }
            }
            @if let Some((weeks, days)) = report.gestation {
                p.govuk-body { "Born at " (weeks) " weeks and " (days) " days: ages are corrected as clinics do." }
            }
            @if let Some(why) = report.why_none { p.govuk-body { (why) } }
            div.govuk-grid-row {
                // One figure without the lines of a reference is no chart: it stands in the table.
                @for (chart, points) in report.charts.iter().filter(|(chart, points)| points.len() > 1 || has_lines(chart)) {
                    div.govuk-grid-column-one-half { (drawn(chart, points).draw()) }
                }
            }
            (Table::new("Growth", columns).caption_hidden().dense().rows(report.lines.iter().map(|line| {
                Measure::ALL.iter().fold(Row::new().cell(date::short(line.source.on)), |row, measure| row.cell(cell(line, *measure)))
                    .cell(provenance(&line.source, &page.book))
            })))
        }
        (record_links(page, &[(EventKind::GrowthMeasured, "Record a measurement")]))
    }
}

fn has_lines(chart: &kinfold_health::growth::Chart) -> bool {
    chart.curves.iter().any(|curve| curve.runs.iter().any(|run| !run.is_empty()))
}

fn drawn(chart: &kinfold_health::growth::Chart, points: &[kinfold_health::growth::Point]) -> GrowthChart {
    let name = title(chart.measure);
    let said =
        points.last().map(|p| format!("{:.1} {} at {:.1} years", p.value, chart.measure.unit(), p.age));
    let lines = has_lines(chart);
    GrowthChart {
        words: format!(
            "{name}: {}{}",
            said.unwrap_or_default(),
            if lines {
                ", among the nine centile lines. The figures are in the table."
            } else {
                ". There are no centile lines for this age."
            }
        ),
        title: name,
        unit: chart.measure.unit().to_owned(),
        ages: chart.ages,
        curves: chart
            .curves
            .iter()
            .zip(CENTILES)
            .map(|(curve, (centile, _))| Curve { label: centile.to_string(), runs: curve.runs.clone() })
            .collect(),
        points: points
            .iter()
            .map(|p| kinfold_look::growth::Point { age: p.age, since_birth: p.since_birth, value: p.value })
            .collect(),
    }
}

pub(super) fn immunisations(page: &HealthPage) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        h2.govuk-heading-m { "Immunisations" }
        @if !page.reads_health() {
            (nothing(page, ""))
        } @else if let Some(report) = &page.immunisation {
            p.govuk-body {
                @match report.up_to_date {
                    Some(true) => "Everything that should have been given was given.",
                    Some(false) => "Something is missing.",
                    // Said below, with who works it out.
                    None if report.clinician.is_some() => "",
                    None => "What is missing cannot be said, because the history is not known well enough.",
                }
                @if let Some((source, known)) = &page.facts.immunisation_history {
                    " History: " (codes.title("history_known", known).to_lowercase()) ". " (provenance(source, &page.book))
                }
            }
            @if let Some(why) = report.clinician { p.govuk-body { strong { (why) } } }
            (Table::new("Immunisations", ["Protects against", "Dose", "How it stands"].map(Column::new)).caption_hidden().dense().rows(
                report.lines.iter().filter(|line| line.state != ImmunisationState::NotNeeded).map(|line| {
                    Row::new()
                        .cell(html! { (line.title) @if line.unverified { br; span.govuk-hint { "Not checked for this year of birth: a clinician decides" } } })
                        .cell(line.number)
                        .cell(html! { strong { (line.state.title()) } @if line.state != ImmunisationState::NotKnown { ": " (line.words) } })
                })
            ))
            @if !report.besides.is_empty() {
                p.govuk-body {
                    "Also on record: "
                    (report.besides.iter().map(|(vaccine, on)| format!("{} ({})", codes.title("vaccine", vaccine), date::short(*on))).collect::<Vec<_>>().join("; ")) "."
                }
            }
            @for (source, vaccine, reason) in &page.facts.not_given {
                p.govuk-body { "Not given: " (codes.title("vaccine", vaccine)) ", " (codes.title("not_immunised", reason).to_lowercase()) " " (provenance(source, &page.book)) }
            }
            p.govuk-hint { (report.schedule.0) ", in force from " (date::long(report.schedule.1)) }
        } @else {
            (nothing(page, "Without a date of birth the schedule cannot be read."))
        }
        (record_links(page, &[
            (EventKind::ImmunisationGiven, "Record an immunisation"), (EventKind::ImmunisationNotGiven, "Record one not given"),
            (EventKind::ImmunisationHistory, "How far the history is known"),
        ]))
    }
}

const INFORMANTS: [&str; 3] = ["parent_carer", "teacher", "self"];

/// The questionnaire that the young person answers about themselves: whether they were asked, and the way to ask them.
fn asked(page: &HealthPage, csrf: &str) -> Markup {
    let (may, open) = page.own_sdq;
    let address = format!("/children/{}/health/ask-questionnaire", page.handle.id());
    html! {
        @match open {
            Some(open) if page.reads_health() => p.govuk-body {
                @match open.by {
                    Some(by) => { "The young person was asked in their own space on " (date::long(open.since)) " to answer one by " (date::long(by)) ". It has not been sent yet; until it is, nobody else reads it." },
                    None => "The young person is answering one in their own space. Until it is sent, nobody else reads it.",
                }
            },
            None if may && page.handle.may.has(Action::AskOutside) => {
                form method="post" action=(address) class="kf-screen-only" {
                    (csrf_field(csrf))
                    (Button::secondary("Ask the young person in their own space"))
                }
            },
            _ => {}
        }
    }
}

pub(super) fn questionnaires(page: &HealthPage, csrf: &str) -> Markup {
    let codes = &page.book.guidance.codes;
    html! {
        h2.govuk-heading-m { "Strengths and difficulties questionnaires" }
        @if page.sdq.is_empty() {
            (nothing(page, "No questionnaire is on record. The carer is asked once a year from 4 to 16."))
        } @else {
            @for informant in INFORMANTS {
                @let points: Vec<Point> = page.sdq.iter().rev().filter(|line| line.sdq.informant == informant).map(|line| Point {
                    label: line.sdq.source.on.strftime("%b %y").to_string(),
                    value: line.sdq.total.map(f64::from),
                    words: line.sdq.total.map_or_else(|| "no score".to_owned(), |total| total.to_string()),
                }).collect();
                @if points.len() > 1 {
                    (Line { title: format!("Total difficulties by {}", codes.title("sdq_informant", informant).to_lowercase()), points, target: None }.draw())
                }
            }
            (Table::new("Questionnaires", ["When", "Who filled it in", "Total of 40", "Change"].map(Column::new)).caption_hidden().dense().rows(page.sdq.iter().map(|line| {
                Row::new()
                    .cell(date::short(line.sdq.source.on))
                    .cell(codes.title("sdq_informant", &line.sdq.informant))
                    .cell(html! {
                        @match (line.sdq.total, &line.sdq.reason) {
                            (Some(total), _) => { (total) @if let Some(band) = line.band { ", " (band.words()) } },
                            (None, Some(reason)) => (codes.title("sdq_reason", reason)),
                            (None, None) => (date::unknown()),
                        }
                    })
                    .cell(html! { @match line.change { Some(change) if change > 0 => { "+" (change) }, Some(change) => (change), None => "–" } })
            })))
        }
        (asked(page, csrf))
        (record_links(page, &[
            (EventKind::Sdq, "Record a questionnaire"), (EventKind::WellbeingResponse, "Record what was decided"),
            (EventKind::CarerObservation, "Record a carer’s observation"),
        ]))
    }
}
