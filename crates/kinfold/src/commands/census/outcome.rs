//! What a check gave, as every way of writing it needs it.

use std::process::ExitCode;

use kinfold_census::check::{Finding, NotRun, Report};
use kinfold_census::rules::{self, Page};
use kinfold_census::{Level, RowError};

use crate::commands::upkeep::count;

/// What a check gave.
pub(super) struct Outcome {
    /// The year that was checked.
    pub(super) year: i16,
    /// Its files.
    pub(super) files: Vec<String>,
    /// The year before, when there was one.
    pub(super) last_year: Option<i16>,
    /// The files of the year before.
    pub(super) last_files: Vec<String>,
    /// Years before last that were looked through, oldest first.
    pub(super) earlier: Vec<i16>,
    /// What could not be read, and what could although it was not plain.
    pub(super) problems: Vec<RowError>,
    /// Whether notes are listed too.
    pub(super) notes: bool,
    /// What the rules found.
    pub(super) report: Report,
}

impl Outcome {
    /// 2 when a file could not be read, else 1 when there is something to put right, else 0.
    pub(super) fn status(&self) -> ExitCode {
        let mut errors = self.errors().peekable();
        let any = errors.peek().is_some() || !self.report.findings.is_empty();
        if errors.any(|e| e.line.is_none()) {
            ExitCode::from(super::UNREADABLE)
        } else {
            ExitCode::from(u8::from(any))
        }
    }

    /// What was left out or cannot be right.
    pub(super) fn errors(&self) -> impl Iterator<Item = &RowError> {
        self.problems.iter().filter(|p| p.level == Level::Error)
    }

    /// The problems that are listed.
    pub(super) fn listed(&self) -> impl Iterator<Item = &RowError> {
        self.problems.iter().filter(|p| self.notes || p.level == Level::Error)
    }

    /// How many notes are not listed.
    pub(super) fn unlisted(&self) -> usize {
        self.problems.len() - self.listed().count()
    }

    /// The findings of each rule together.
    pub(super) fn by_rule(&self) -> impl Iterator<Item = &[Finding]> {
        self.report.findings.chunk_by(|a, b| a.rule.code == b.rule.code)
    }

    /// The file that a finding is in.
    pub(super) fn file(&self, finding: &Finding) -> &str {
        let files = if finding.last_year { &self.last_files } else { &self.files };
        files.get(usize::from(finding.at.file)).map_or("", String::as_str)
    }

    /// The year of the row.
    pub(super) fn year_of(&self, finding: &Finding) -> i16 {
        if finding.last_year { self.last_year.unwrap_or(self.year - 1) } else { self.year }
    }

    /// The rules that were not asked, those of one reason together, in the order of their reasons' first rule.
    pub(super) fn not_run(&self) -> Vec<(&str, Vec<&'static str>)> {
        let mut out: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for NotRun { code, because } in &self.report.not_run {
            match out.iter_mut().find(|(known, _)| known == because) {
                Some((_, codes)) => codes.push(code),
                None => out.push((because, vec![code])),
            }
        }
        out
    }

    /// How much was found and asked, in one line.
    pub(super) fn summary(&self) -> String {
        let rules = self.by_rule().count();
        let findings = self.report.findings.len();
        let found = if findings == 0 {
            "Nothing was found".to_owned()
        } else {
            format!("{} of {}", count(findings, "finding"), count(rules, "rule"))
        };
        format!(
            "{found} in the return of {}; {} asked, {} not.",
            self.year,
            count(self.report.run.len(), "rule"),
            self.report.not_run.len()
        )
    }
}

/// The page of a finding's rule.
pub(super) fn page(finding: &Finding) -> Page {
    rules::find(finding.rule.code).map(rules::Entry::page).unwrap_or_default()
}

/// Text of a file on a terminal or in a list: nothing in it may move the cursor.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
