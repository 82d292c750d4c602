//! What a check gave, for people at a terminal.

use std::io::{self, Write};

use kinfold_census::Level;
use kinfold_census::check::collection;

use super::outcome::{Outcome, page, plain};
use crate::commands::upkeep::count;

/// Columns of a line of codes.
const WIDE: usize = 100;

pub(super) fn write(outcome: &Outcome, out: &mut impl Write) -> anyhow::Result<()> {
    findings(outcome, out)?;
    problems(outcome, out)?;
    asked(outcome, out)?;
    Ok(writeln!(out, "{}", outcome.summary())?)
}

/// Each rule's page once, then its findings, a line each.
fn findings(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    for of_rule in outcome.by_rule() {
        let Some(one) = of_rule.first() else { continue };
        let page = page(one);
        writeln!(out, "Rule {}  {}", one.rule.code, one.rule.title)?;
        for (head, words) in
            [("What it does", &page.what), ("Why it matters", &page.why), ("How to put it right", &page.fix)]
        {
            writeln!(out, "  {head}: {}", words.replace('\n', "\n    "))?;
        }
        writeln!(out, "  {}:", count(of_rule.len(), "finding"))?;
        for finding in of_rule {
            let last = if finding.last_year { " of last year" } else { "" };
            write!(
                out,
                "    {}, line {}  {}{last}  child {}",
                plain(outcome.file(finding)),
                finding.at.line,
                finding.table.title(),
                plain(&finding.child)
            )?;
            for (column, value) in &finding.cells {
                write!(out, "  {column} “{}”", plain(value))?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn problems(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let mut listed = outcome.listed().peekable();
    if listed.peek().is_some() {
        writeln!(out, "Reading:")?;
        for problem in listed {
            let note = if problem.level == Level::Note { "note: " } else { "" };
            writeln!(out, "  {note}{}", plain(&problem.to_string()))?;
        }
    }
    let unlisted = outcome.unlisted();
    if unlisted > 0 {
        writeln!(out, "{} on reading not listed (--notes lists them)", count(unlisted, "note"))?;
    }
    Ok(())
}

/// The rules asked and not asked: none is ever left out in silence.
pub(super) fn asked(outcome: &Outcome, out: &mut impl Write) -> io::Result<()> {
    let beside = outcome.last_year.map(|year| format!(" beside that of {year}")).unwrap_or_default();
    let back: Vec<String> = outcome.earlier.iter().map(i16::to_string).collect();
    let back = match back.is_empty() {
        true => String::new(),
        false => format!("; what happened before from {}", back.join(", ")),
    };
    writeln!(out, "The return of {} ({}){beside}{back}.", outcome.year, collection(outcome.year))?;
    writeln!(out, "Rules asked:\n{}", codes(&outcome.report.run))?;
    for (because, of_reason) in outcome.not_run() {
        writeln!(out, "Rules not asked, because {because}:\n{}", codes(&of_reason))?;
    }
    Ok(())
}

/// Codes in lines.
fn codes(codes: &[&str]) -> String {
    let mut lines = vec![String::from(" ")];
    for code in codes {
        if let Some(line) = lines.last_mut().filter(|line| line.len() + code.len() < WIDE) {
            line.push(' ');
            line.push_str(code);
        } else {
            lines.push(format!("  {code}"));
        }
    }
    if codes.is_empty() { "  none".to_owned() } else { lines.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::codes;

    #[test]
    fn codes_stand_in_lines_that_are_not_too_long() {
        assert_eq!(codes(&[]), "  none");
        assert_eq!(codes(&["101", "SW05"]), "  101 SW05");
        let many = codes(&["12345678"; 30]);
        assert!(many.lines().count() == 3 && many.lines().all(|l| l.len() <= super::WIDE), "{many}");
    }
}
