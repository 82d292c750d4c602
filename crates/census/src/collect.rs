//! From a heap of files to one return a year.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::problem::{Level, Problems, RowError};
use crate::source::{Limits, SourceFile};
use crate::tables::{Table, YearReturn};
use crate::{csv_file, xml};

/// How files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// The year in which the collection ends, for files whose name and folders do not say it. Without it, it is told
    /// by the dates in the files.
    pub year: Option<i16>,
    /// How much is read.
    pub limits: Limits,
}

/// The statutory return. Has no values: it names the act of reading.
#[derive(Debug, Clone, Copy)]
pub enum Return {}

/// Files that belong together: the same year, named so by the same folder.
#[derive(Debug, Default)]
struct Part {
    /// What told the year: `2026`, `2026_err`, `2026.xml`; empty when the dates have to.
    label: String,
    is_xml: bool,
    tables: Vec<Table>,
    year: YearReturn,
}

impl Return {
    /// Reads the files of one or several years, in any order, CSV or XML, and gives the years in order with
    /// everything that could not be read. A file never spoils another, nor a row the next.
    ///
    /// The year is taken from the deepest folder whose name holds one (`2026`, `2025-26`, `return 2026`), or else from
    /// the file's name, or else from `options.year`, or else from the dates in the files. When two folders are of the
    /// same year, the one named like the year itself is read and the other set aside, with an error that says so.
    pub fn read(files: &[SourceFile], options: &ReadOptions) -> (Vec<YearReturn>, Vec<RowError>) {
        let mut order: Vec<&SourceFile> = files.iter().collect();
        order.sort_by(|a, b| a.name.cmp(&b.name));
        let mut all_bytes = 0usize;
        let within = order.into_iter().map(|file| {
            all_bytes = all_bytes.saturating_add(file.len());
            (file, all_bytes <= options.limits.all_bytes)
        });
        let within: Vec<(&SourceFile, bool)> = within.collect();
        // Each file by itself, several at once; then together in the order of their names.
        let read: Vec<Piece<'_>> =
            within.into_par_iter().map(|(f, fits)| Piece::read(f, fits, options)).collect();
        let mut errors = Vec::new();
        let mut parts: BTreeMap<(String, Option<i16>, bool), Part> = BTreeMap::new();
        for mut piece in read {
            if let Some(table) = piece.holds.take() {
                let (label, year) = told_by_name(&piece.file.name, piece.rows.from_xml);
                let key = (label.clone(), year.or(options.year), piece.rows.from_xml);
                let part = parts.entry(key).or_default();
                part.label = label;
                part.is_xml = piece.rows.from_xml;
                part.add(table, piece.rows, &mut piece.problems);
            }
            piece.problems.finish(&mut errors);
        }
        (years(parts, options.limits.rows_per_child, &mut errors), errors)
    }
}

/// What one file holds.
struct Piece<'f> {
    file: &'f SourceFile,
    /// The tables in it; `None` when it is no part of a return.
    holds: Option<Vec<Table>>,
    rows: YearReturn,
    problems: Problems<'f>,
}

impl<'f> Piece<'f> {
    fn read(file: &'f SourceFile, fits: bool, options: &ReadOptions) -> Self {
        let mut problems = Problems::new(&file.name, options.limits.problems_per_file);
        let mut rows = YearReturn { files: vec![file.name.clone()], ..YearReturn::default() };
        let mut holds = None;
        if !fits {
            let reason = format!(
                "The files together are larger than {} MB, so this one was not read. Import fewer years at once.",
                options.limits.all_bytes >> 20
            );
            problems.file(Level::Error, reason);
        } else if let Some(text) = file.text(&options.limits, &mut problems) {
            if text.trim_start().starts_with('<') {
                xml::read(&text, 0, &mut rows, &mut problems);
                rows.from_xml = true;
                rows.sent = Table::ALL.to_vec();
                holds = Some(Table::ALL.iter().copied().filter(|t| rows.rows(*t) > 0).collect());
            } else if let Some(table) = csv_file::read(&text, 0, &mut rows, &mut problems) {
                rows.sent.push(table);
                holds = Some(vec![table]);
            }
        }
        Self { file, holds, rows, problems }
    }
}

impl Part {
    fn add(&mut self, tables: Vec<Table>, rows: YearReturn, problems: &mut Problems<'_>) {
        if self.year.files.len() >= usize::from(u16::MAX) {
            problems.file(
                Level::Error,
                "There are too many files of one year. Import one year's folder at a time.",
            );
            return;
        }
        for table in tables {
            if self.tables.contains(&table) && !self.is_xml {
                let reason = format!(
                    "Another file of the same year is also {}. Both were read: take one away if it is a copy.",
                    table.title()
                );
                problems.file(Level::Error, reason);
            }
            self.tables.push(table);
        }
        self.year.append(rows);
        if self.is_xml {
            // However many files it came in, XML holds each table once.
            self.year.sent = Table::ALL.to_vec();
        }
    }
}

/// Puts a year to every part and the parts of a year together.
fn years(
    parts: BTreeMap<(String, Option<i16>, bool), Part>,
    rows_per_child: usize,
    errors: &mut Vec<RowError>,
) -> Vec<YearReturn> {
    let mut by_year: BTreeMap<i16, Vec<Part>> = BTreeMap::new();
    for ((_, named, _), mut part) in parts {
        let Some(first) = part.year.files.first() else { continue };
        let Some(year) = named.or_else(|| told_by_dates(&part.year)) else {
            errors.push(RowError::file(
                Level::Error,
                first,
                "Nothing says which year this return is of, so it was not used. Put it in a folder named after the year in which it ends (2026), or give the year.",
            ));
            continue;
        };
        if let Some(dated) =
            told_by_dates_within(&part.year).filter(|dated| named.is_some() && *dated != year)
        {
            let reason = format!(
                "The name says {year}, but most dates are of the return of {dated}. Check the folder's name."
            );
            errors.push(RowError::file(Level::Note, first, reason));
        }
        part.year.year = year;
        by_year.entry(year).or_default().push(part);
    }
    let mut out = Vec::new();
    for (year, mut parts) in by_year {
        // The plainest name first: "2026" before "2026_err", and the tables before the same return as XML.
        parts.sort_by_key(|p| (p.label != year.to_string(), p.is_xml, p.label.clone()));
        let mut parts = parts.into_iter();
        let Some(mut kept) = parts.next() else { continue };
        for other in parts {
            if other.tables.iter().any(|t| kept.tables.contains(t)) {
                let reason = format!(
                    "There are two returns of {year}: “{}” was read and “{}” was not. To import the other, import it by itself.",
                    kept.label, other.label
                );
                let first = other.year.files.first().map_or(other.label.as_str(), String::as_str);
                errors.push(RowError::file(Level::Error, first, reason));
            } else {
                kept.tables.extend(other.tables);
                kept.year.append(other.year);
            }
        }
        for (table, found) in kept.year.keep_at_most(rows_per_child) {
            let file = kept.year.files.get(usize::from(found.at.file)).map_or("", String::as_str);
            let reason = format!(
                "This child has {} rows in {}, more than any child can have. From here on they were left out: look whether rows were copied.",
                found.rows,
                table.title()
            );
            let problem = RowError::line(Level::Error, file, found.at.line, reason);
            errors.push(problem.cell("CHILD", &found.child));
        }
        out.push(kept.year);
    }
    out
}

/// What in the name says the year, and the year. Files whose own name says it belong with the others of their folder.
fn told_by_name(name: &str, is_xml: bool) -> (String, Option<i16>) {
    let parts: Vec<&str> = name.split(['/', '\\']).collect();
    let (file, folders) = parts.split_last().map_or(("", [].as_slice()), |(file, folders)| (*file, folders));
    for (i, folder) in folders.iter().enumerate().rev() {
        if let Some(year) = year_in(folder) {
            return (folders[..=i].join("/"), Some(year));
        }
    }
    let folder = folders.join("/");
    let year = year_in(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    // An XML file is a whole return by itself; a CSV file is one table of what lies beside it.
    (if is_xml { name.to_owned() } else { folder }, year)
}

/// The year in which a collection ends, as names give it: `2026`, `2025-26`, `2025_2026`, `202526` is too unsure.
fn year_in(name: &str) -> Option<i16> {
    let numbers: Vec<(usize, &str)> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| (n.as_ptr() as usize - name.as_ptr() as usize, n))
        .collect();
    let (at, (start, text)) = numbers
        .iter()
        .enumerate()
        .rev()
        .find(|(_, (_, n))| n.len() == 4 && (n.starts_with("20") || n.starts_with("19")))?;
    let year: i16 = text.parse().ok()?;
    // "2025-26" is the year that ends in 2026.
    let follows = numbers.get(at + 1).filter(|(next, n)| *next == start + 5 && n.len() == 2);
    let ends_next = follows.and_then(|(_, n)| n.parse::<i16>().ok()).is_some_and(|n| n == (year + 1) % 100);
    Some(if ends_next { year + 1 } else { year })
}

/// The collection year a day falls in: 31 March 2026 in 2026, 1 April 2026 in 2027.
pub(crate) fn collection_year(day: Date) -> i16 {
    if day.month() >= 4 { day.year() + 1 } else { day.year() }
}

/// The year most of the dates that must lie within the year fall in; the later of two that are equal.
fn told_by_dates_within(year: &YearReturn) -> Option<i16> {
    let reviews = year.reviews.iter().filter_map(|r| r.review.value());
    let ends = year.episodes.iter().filter_map(|r| r.dec.value());
    let found = year.missing.iter().filter_map(|r| r.mis_end.value());
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for day in reviews.chain(ends).chain(found) {
        *counts.entry(collection_year(day)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(year, n)| (*n, *year)).map(|(year, _)| year)
}

/// The same; when nothing ended and nothing was reviewed, the newest start is the best that is left.
fn told_by_dates(year: &YearReturn) -> Option<i16> {
    let starts = year.episodes.iter().filter_map(|r| r.decom.value());
    told_by_dates_within(year).or_else(|| starts.max().map(collection_year))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_says_the_year_in_which_the_collection_ends() {
        for (name, year) in [
            ("2026", Some(2026)),
            ("2025-26", Some(2026)),
            ("return_2025_26", Some(2026)),
            ("2025-2026", Some(2026)),
            ("2026_err", Some(2026)),
            ("SSDA903", None),
            ("export 20260401", None),
            ("final", None),
        ] {
            assert_eq!(year_in(name), year, "{name}");
        }
    }

    #[test]
    fn the_deepest_folder_with_a_year_counts() {
        assert_eq!(told_by_name("old 2019/2026/csv/header.csv", false), ("old 2019/2026".into(), Some(2026)));
        assert_eq!(told_by_name("2026\\header.csv", false), ("2026".into(), Some(2026)));
        assert_eq!(told_by_name("in/header_2026.csv", false), ("in".into(), Some(2026)));
        assert_eq!(told_by_name("in/2026.xml", true), ("in/2026.xml".into(), Some(2026)));
        assert_eq!(told_by_name("header.csv", false), (String::new(), None));
    }

    #[test]
    fn the_collection_year_turns_on_the_first_of_april() {
        assert_eq!(collection_year(date(2026, 3, 31)), 2026);
        assert_eq!(collection_year(date(2026, 4, 1)), 2027);
    }
}
