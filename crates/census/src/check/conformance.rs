//! Published cases for rules: JSON files, one for each version of a rule, each with small tables and the rows that
//! must be flagged. Every cell is text, and stays as it was written: the cases know codes in small letters as mistakes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use super::Days as _;
use super::context::{Context, Supplied};
use super::divergences::{self, Divergence};
use super::providers::Providers;
use super::returns::Returns;
use super::run;
use super::sheet::Sheet;
use crate::tables::Table;

/// What a file of cases holds; the rest of it is for people.
#[derive(Debug, Deserialize)]
struct File {
    rule: String,
    ruleset_file: String,
    #[serde(default)]
    column_aliases: HashMap<String, String>,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct Case {
    tables: BTreeMap<String, Cells>,
    #[serde(default)]
    metadata: BTreeMap<String, Value>,
    #[serde(default)]
    expected_csv: BTreeMap<String, Vec<Value>>,
    #[serde(default)]
    expected_skip: bool,
}

#[derive(Debug, Deserialize)]
struct Cells {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    /// Names of the rows, where they are not numbered from 0.
    #[serde(default)]
    index: Option<Vec<Value>>,
}

/// Flagged rows by table, `_last` for last year's.
type Flagged = BTreeMap<String, BTreeSet<String>>;

/// What became of one version of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every case gives what it should.
    Pass,
    /// A case gives something else, or the rule is missing: the difference in words.
    Fail(String),
    /// A case gives something else, on purpose.
    Diverges(&'static Divergence),
    /// There is no such rule.
    NoSuchRule,
}

/// One version of a rule and what became of its cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The code.
    pub code: String,
    /// The year of the version, by the March in which the collection ends; 0 when the file does not say.
    pub year: i16,
    /// What became of it.
    pub outcome: Outcome,
}

impl Verdict {
    /// Whether it counts as failed.
    pub fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Fail(_) | Outcome::NoSuchRule)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, year, outcome } = self;
        match outcome {
            Outcome::Pass => write!(f, "pass      {year} {code}"),
            Outcome::Fail(difference) => write!(f, "fail      {year} {code}: {difference}"),
            Outcome::Diverges(d) => write!(f, "diverges  {year} {code}: “{}” {}", d.official, d.because),
            Outcome::NoSuchRule => write!(f, "fail      {year} {code}: there is no such rule"),
        }
    }
}

/// Runs the cases of one file.
///
/// # Errors
/// When the text is not a file of cases.
pub fn judge(json: &str) -> Result<Verdict, serde_json::Error> {
    let file: File = serde_json::from_str(json)?;
    let year = year_of(&file.ruleset_file);
    let outcome = outcome(&file, year);
    Ok(Verdict { code: file.rule, year, outcome })
}

/// `lac2022_23` is 2023.
fn year_of(ruleset: &str) -> i16 {
    let digits: String = ruleset.chars().filter(char::is_ascii_digit).take(4).collect();
    digits.parse::<i16>().map_or(0, |year| year.saturating_add(1))
}

fn outcome(file: &File, year: i16) -> Outcome {
    let Some(entry) = crate::rules::find(&file.rule) else { return Outcome::NoSuchRule };
    let Some(version) = entry.rule.published(year) else {
        return Outcome::Fail(format!("the rule has no version for {year}"));
    };
    let mut differences = Vec::new();
    for (number, case) in file.cases.iter().enumerate() {
        if let Err(difference) = run_case(file, case, (entry.rule, version), year) {
            differences.push(format!("case {number}: {difference}"));
        }
    }
    if differences.is_empty() {
        Outcome::Pass
    } else if let Some(declared) = divergences::of(entry.rule.code, year) {
        Outcome::Diverges(declared)
    } else {
        Outcome::Fail(differences.join("; "))
    }
}

fn run_case(file: &File, case: &Case, rule: super::OfYear, year: i16) -> Result<(), String> {
    let mut this = Sheet::new(year);
    let mut last: Option<Sheet> = None;
    let mut names: HashMap<String, Vec<String>> = HashMap::new();
    for (title, cells) in &case.tables {
        let (plain, is_last) = title.strip_suffix("_last").map_or((title.as_str(), false), |t| (t, true));
        let table = Table::ALL
            .iter()
            .find(|t| t.title().eq_ignore_ascii_case(plain))
            .ok_or_else(|| format!("the case has a table called {title}, which the return has not"))?;
        let columns: Vec<&str> =
            cells.columns.iter().map(|c| file.column_aliases.get(c).unwrap_or(c).as_str()).collect();
        let rows: Vec<Vec<String>> = cells.rows.iter().map(|row| row.iter().map(text).collect()).collect();
        let sheet = if is_last { last.get_or_insert_with(|| Sheet::new(year - 1)) } else { &mut this };
        sheet.add(*table, &columns, rows.iter().map(|row| row.iter().map(String::as_str).collect()));
        if let Some(index) = &cells.index {
            names.insert(title.clone(), index.iter().map(text).collect());
        }
    }
    let meta = |key: &str| case.metadata.get(key).map(text);
    let providers = case.metadata.get("provider_info").map(providers);
    let authority = meta("localAuthority");
    let supplied =
        Supplied { providers: providers.as_ref(), authority: authority.as_deref(), ..Supplied::default() };
    let mut context = Context::new(year, meta("file_format").as_deref() == Some("xml"), &supplied);
    // What would be worked out is given in the cases as columns.
    context.has_places = true;
    if let Some(day) = meta("collection_start").and_then(|t| super::providers::day(&t)) {
        context.start = day;
    }
    if let Some(day) = meta("collection_end").and_then(|t| super::providers::day(&t)) {
        context.end = day;
        // A case may give only one of them.
        if meta("collection_start").is_none() {
            context.start = day.plus_years(-1).plus_days(1);
        }
    }
    let returns = Returns::ordered(this.finish_as_written(), last.map(Sheet::finish_as_written));
    let report = run(&[rule], &returns, &context);
    if case.expected_skip {
        return if report.run.is_empty() { Ok(()) } else { Err("it should not have been run".into()) };
    }
    if let Some(not_run) = report.not_run.first() {
        return Err(format!("it was not run, because {}", not_run.because));
    }
    let mut found = Flagged::new();
    for finding in &report.findings {
        let title = finding.table.title();
        let title = if finding.last_year { format!("{title}_last") } else { title.to_owned() };
        let row = finding.row as usize;
        let name = names.get(&title).and_then(|n| n.get(row)).cloned().unwrap_or_else(|| row.to_string());
        found.entry(title).or_default().insert(name);
    }
    let mut wanted: Flagged =
        case.expected_csv.iter().map(|(t, rows)| (t.clone(), rows.iter().map(text).collect())).collect();
    wanted.retain(|_, rows| !rows.is_empty());
    if found == wanted { Ok(()) } else { Err(difference(&wanted, &found)) }
}

/// The rows that should have been flagged and were not, and the other way round.
fn difference(wanted: &Flagged, found: &Flagged) -> String {
    let mut said = Vec::new();
    for (words, a, b) in [("not flagged", wanted, found), ("flagged too", found, wanted)] {
        for (table, rows) in a {
            let none = BTreeSet::new();
            let odd: Vec<&str> = rows.difference(b.get(table).unwrap_or(&none)).map(String::as_str).collect();
            if !odd.is_empty() {
                said.push(format!("{words}: {table} {}", odd.join(",")));
            }
        }
    }
    said.join(", ")
}

/// A cell as a CSV file would hold it.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "1" } else { "0" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => object.get("$date").and_then(Value::as_str).map(day).unwrap_or_default(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(","),
    }
}

/// `2020-04-01` as `01/04/2020`.
fn day(iso: &str) -> String {
    let day = iso.get(..10).unwrap_or(iso);
    let parts: Vec<&str> = day.split('-').collect();
    match parts.as_slice() {
        [y, m, d] => format!("{d}/{m}/{y}"),
        _ => iso.to_owned(),
    }
}

/// The list of providers of a case.
fn providers(value: &Value) -> Providers {
    let mut out = Providers::default();
    let Some(table) = value.get("$table") else { return out };
    let strings = |value: Option<&Value>| -> Vec<String> {
        value.and_then(Value::as_array).map(|list| list.iter().map(text).collect()).unwrap_or_default()
    };
    let columns: Vec<String> =
        strings(table.get("columns")).into_iter().map(|c| c.to_ascii_uppercase()).collect();
    for row in table.get("rows").and_then(Value::as_array).into_iter().flatten() {
        let cells = strings(Some(row));
        out.add_row(columns.iter().map(String::as_str).zip(cells.iter().map(String::as_str)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(rule: &str, tables: &str, rest: &str) -> Verdict {
        let json = format!(
            r#"{{"rule": "{rule}", "ruleset_file": "lac2022_23", "column_aliases": {{"GENDER": "SEX"}},
                "cases": [{{"tables": {tables}, {rest}}}]}}"#
        );
        judge(&json).unwrap()
    }

    const TABLE: &str =
        r#"{"Header": {"columns": ["GENDER"], "rows": [[1], ["x"], [null]], "index": [5, 6, 7]}}"#;

    #[test]
    fn a_case_passes_by_the_names_of_its_rows_and_columns() {
        let verdict = verdict("101", TABLE, r#""expected_csv": {"Header": [6, "7"]}"#);
        assert_eq!((verdict.year, &verdict.outcome), (2023, &Outcome::Pass));
        assert_eq!(verdict.to_string(), "pass      2023 101");
    }

    #[test]
    fn a_case_that_fails_says_how() {
        let verdict = verdict("101", TABLE, r#""expected_csv": {"Header": [5, 6]}"#);
        assert!(verdict.failed());
        assert_eq!(
            verdict.outcome,
            Outcome::Fail("case 0: not flagged: Header 5, flagged too: Header 7".into())
        );
    }

    #[test]
    fn a_case_may_want_the_rule_not_to_run() {
        assert!(verdict("101", TABLE, r#""expected_skip": true"#).failed());
        assert!(!verdict("101", "{}", r#""expected_skip": true"#).failed());
        assert!(verdict("101", "{}", r#""expected_csv": {}"#).failed(), "a table is missing");
    }

    #[test]
    fn a_rule_or_table_that_there_is_not_fails() {
        assert_eq!(verdict("nosuch", "{}", r#""expected_csv": {}"#).outcome, Outcome::NoSuchRule);
        let odd = verdict("101", r#"{"Toys": {"columns": [], "rows": []}}"#, r#""expected_csv": {}"#);
        assert!(matches!(odd.outcome, Outcome::Fail(why) if why.contains("Toys")));
        assert!(judge("[]").is_err());
    }

    #[test]
    fn cells_are_read_as_csv_holds_them() {
        let cells = serde_json::json!([null, "a", 1, 1.5, true, {"$date": "2020-04-01"}, ["U1", "U2"]]);
        let texts: Vec<String> = cells.as_array().unwrap().iter().map(text).collect();
        assert_eq!(texts, ["", "a", "1", "1.5", "1", "01/04/2020", "U1,U2"]);
    }
}
