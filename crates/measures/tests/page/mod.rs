//! The list of measures as a page: made from the definitions, with the format of the files by hand.

use std::fmt::Write as _;

use kinfold_guidance::measure::Measure;
use kinfold_guidance::{Guidance, Mistakes};

const HEAD: &str = "# The measures that come with the program

*Made from the definitions by `cargo run -p kinfold-measures --example measures_md > docs/reference/measures.md`. A test
fails when this page differs.*

Figures are for the year to 31 March, or for the twelve months to any day; \"the last day\" is the last of these. Confidence: **A**
the primary text was read, **B** a secondary source was read, **L** a published specification was read or run, **M** not yet
checked against its source.
";

const FORMAT: &str = include_str!("format.md");

/// The whole page.
pub fn page() -> Result<String, Mistakes> {
    let guidance = Guidance::national()?;
    let measures = &guidance.measures;
    let mut out = HEAD.to_owned();
    let mut area = String::new();
    for measure in &measures.list {
        if measure.area() != area {
            area = measure.area().to_owned();
            let _ = write!(out, "\n## {}\n", area.replace('_', " "));
        }
        one(measure, &guidance, &mut out);
    }
    out.push_str("\n## Cohorts\n\n| cohort | who | left out | source |\n|---|---|---|---|\n");
    for cohort in &measures.cohorts {
        let left_out: Vec<&str> = cohort.exclude.iter().map(|e| e.why.as_str()).collect();
        let _ = writeln!(
            out,
            "| `{}` | {} | {} | {} |",
            cohort.id,
            cohort.title,
            left_out.join("; "),
            cohort.source
        );
    }
    out.push_str("\n## Splits\n\n| split | groups |\n|---|---|\n");
    for split in &measures.splits {
        let groups: Vec<&str> = split.groups.iter().map(|g| g.title.as_str()).collect();
        let _ = writeln!(out, "| {} | {}; not known |", split.title, groups.join("; "));
    }
    out.push_str(FORMAT);
    Ok(out)
}

fn one(measure: &Measure, guidance: &Guidance, out: &mut String) {
    let version = if measure.version == 1 { String::new() } else { format!(" v{}", measure.version) };
    let until = measure.effective_to.map_or_else(String::new, |to| format!(" to {to}"));
    let _ = write!(
        out,
        "\n### {}\n\n`{}`{version}: {}, better {}, confidence {}, for years that end from {}{until}. {}\n\n",
        measure.title,
        measure.id,
        measure.unit.as_str(),
        measure.better.as_str(),
        measure.confidence.as_str(),
        measure.effective_from,
        measure.question,
    );
    let _ = writeln!(out, "- Of: {} (cohort `{}`)", measure.denominator.words, measure.denominator.cohort);
    let _ = writeln!(out, "- Counts: {}", measure.numerator.words);
    for exclusion in &measure.denominator.exclude {
        let _ = writeln!(out, "- Left out: {}", exclusion.why);
    }
    let _ = writeln!(out, "- Source: {}", measure.source.cite);
    if let Some(note) = &measure.source.note {
        let _ = writeln!(out, "- Note: {note}");
    }
    let others = guidance.measures.comparators.iter().filter(|c| c.measure == measure.id);
    for other in others {
        let _ = writeln!(out, "- {} {}: {} ({})", other.name, other.year, other.value, other.source);
    }
    let _ = writeln!(out, "- Example: {} Figure: {}.", measure.example.working, measure.example.value);
}
