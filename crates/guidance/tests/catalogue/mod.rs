//! The catalogue of rules as a page: a table made from the rules, then the coverage table of `coverage.md`.

use std::fmt::Write as _;

use kinfold_guidance::{Anchor, By, Cap, Due, Edge, Ending, Guidance, Mistakes, Rule};

const HEAD: &str = "# The rules that come with the program

*Made from the rules by `cargo run -p kinfold-guidance --example rules_md > docs/reference/rules-catalogue.md`. A test
fails when this page differs. How a rule is written down: [rules.md](rules.md).*

Confidence: **A** the official text, or the text named, was read; **B** a secondary source was read; **L** a published
specification, or practice, was inspected or run, not the law; **M** unverified: not yet checked against its source, or a
figure of our own where the source has none (the rule's note says which; the screen says *Unverified*).
";

/// What the coverage table says, by hand.
pub const COVERAGE: &str = include_str!("coverage.md");

/// The whole page.
pub fn page() -> Result<String, Mistakes> {
    let guidance = Guidance::national()?;
    let mut out = HEAD.to_owned();
    let mut area = String::new();
    for rule in &guidance.rules {
        let of = rule.id.split('.').next().unwrap_or_default();
        if of != area {
            area = of.to_owned();
            let _ = write!(out, "\n## {of}\n\n");
            out.push_str("| id | title | due | owner | source | confidence | in force |\n|---|---|---|---|---|---|---|\n");
        }
        let version = if rule.version == 1 { String::new() } else { format!(" v{}", rule.version) };
        let until = rule.effective_to.map_or_else(String::new, |to| format!(" to {to}"));
        let _ = writeln!(
            out,
            "| `{}`{version} | {} | {} | {} | {} | {} | from {}{until} |",
            rule.id,
            rule.title,
            words(rule),
            rule.owner.role.replace('_', " "),
            rule.source.cite,
            rule.confidence.as_str(),
            rule.effective_from,
        );
    }
    out.push('\n');
    out.push_str(COVERAGE);
    Ok(out)
}

/// "within 20 working days of coming into care; then within 3 months; …"
fn words(rule: &Rule) -> String {
    let from = rule.starts.words.clone().unwrap_or_else(|| start(rule));
    let mut parts: Vec<String> = rule.due.iter().map(|due| one(due, &from, rule.starts.ending)).collect();
    parts.dedup();
    let mut out = parts.join(", or ");
    for then in &rule.then {
        let times = then.times.map_or_else(String::new, |n| {
            if n == 1 { " (once)".to_owned() } else { format!(" ({n} times)") }
        });
        let _ = write!(out, "; then {}{times}", one(&then.due, "the last", Ending::Ends));
    }
    out
}

fn one(due: &Due, from: &str, ending: Ending) -> String {
    let mut out = match &due.by {
        By::Within { period, inclusive } => {
            let link = if *inclusive { "beginning with" } else { "of" };
            let over = if ending == Ending::Meets { "over within" } else { "within" };
            if due.before {
                format!("before {from}, at the latest within {period}")
            } else {
                format!("{over} {period} {link} {from}")
            }
        }
        By::Start if ending == Ending::Meets => format!("at once: {from}"),
        By::Start => format!("before {from}"),
        By::AnchorEnd => "by the end of the term".to_owned(),
        By::Birthday(age) => format!("by the birthday of {age}"),
        By::Field(name) => format!("by the date in `{name}`"),
    };
    for cap in &due.caps {
        match cap {
            Cap::Event(filter) => {
                let _ = write!(out, ", or by `{}` if that is earlier", filter.event.as_str());
            }
            Cap::Birthday(age) => {
                let _ = write!(out, ", or by the birthday of {age}");
            }
        }
    }
    if let Some(when) = &due.when {
        // Conditions are long; the rule's file says which. Ages are short enough to be worth saying.
        if let kinfold_guidance::Condition::Age { from, under } = when.condition {
            let age = match (from, under) {
                (Some(f), Some(u)) => format!(" (aged {f} to {})", u - 1),
                (Some(f), None) => format!(" (from {f})"),
                (None, Some(u)) => format!(" (under {u})"),
                (None, None) => String::new(),
            };
            out.push_str(&age);
        }
    }
    out
}

fn start(rule: &Rule) -> String {
    match &rule.starts.on {
        Anchor::CarePeriod(Edge::Start) => "coming into care".to_owned(),
        Anchor::CarePeriod(Edge::End) => "the end of care".to_owned(),
        Anchor::Placement(Edge::Start) | Anchor::Stay(Edge::Start) => "the start of the placement".to_owned(),
        Anchor::Placement(Edge::End) | Anchor::Stay(Edge::End) => "the end of the placement".to_owned(),
        Anchor::LegalStatus(codes, _) => format!("legal status {}", codes.join(" or ")),
        Anchor::MissingEpisode(Edge::Start) => "going missing".to_owned(),
        Anchor::MissingEpisode(Edge::End) => "coming back".to_owned(),
        Anchor::Birthday(age) => format!("the birthday of {age}"),
        Anchor::SchoolTerm => "the term".to_owned(),
        Anchor::Spell(..) | Anchor::Category(..) | Anchor::Event(_) | Anchor::Condition => {
            "the start".to_owned()
        }
    }
}
