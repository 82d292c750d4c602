//! Lists what the rules flag in a return, as `rule`, `table`, `row`, to compare with another list:
//! `cargo run -p kinfold-census --example flags -- THIS [LAST] [providers=FILE] [postcodes=FILE] [authority=CODE] [only=CODE,…]`.
//! THIS and LAST are folders of CSV files, or XML files, named after their year.

use std::collections::HashMap;
use std::process::ExitCode;

use kinfold_census::check::{self, Directory, Places, Providers, Returns, Supplied};
use kinfold_census::{ReadOptions, Return, SourceFile, YearReturn};

#[expect(clippy::disallowed_methods, reason = "the crate takes bytes; this program reads them from files")]
fn bytes(path: &std::path::Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn read(path: &str) -> Result<YearReturn, String> {
    let path = std::path::Path::new(path);
    let mut files = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(|e| e.to_string())? {
            let file = entry.map_err(|e| e.to_string())?.path();
            files.push(SourceFile::new(file.display().to_string(), bytes(&file)?));
        }
    } else {
        files.push(SourceFile::new(path.display().to_string(), bytes(path)?));
    }
    Return::read(&files, &ReadOptions::default()).0.pop().ok_or_else(|| "there is no return here".to_owned())
}

fn directory(path: &str) -> Result<Directory, String> {
    let bytes = bytes(path.as_ref())?;
    let made = if Directory::is_compact(&bytes) {
        Directory::from_bytes(bytes)
    } else {
        Directory::from_csv(bytes.as_slice())
    };
    made.map_err(|e| format!("{path}: {e}"))
}

fn run() -> Result<(), String> {
    let (mut returns, mut given) = (Vec::new(), HashMap::new());
    for word in std::env::args().skip(1) {
        match word.split_once('=') {
            Some((name, value)) => drop(given.insert(name.to_owned(), value.to_owned())),
            None => returns.push(read(&word)?),
        }
    }
    let mut returns = returns.into_iter();
    let this = returns.next().ok_or("say which return")?;
    let places = given.get("postcodes").map(|p| directory(p)).transpose()?;
    let providers = match given.get("providers") {
        None => None,
        Some(path) => {
            let text = String::from_utf8(bytes(path.as_ref())?).map_err(|e| e.to_string())?;
            Some(Providers::from_csv(&text)?)
        }
    };
    let supplied = Supplied {
        places: places.as_ref().map(|p| p as &dyn Places),
        providers: providers.as_ref(),
        authority: given.get("authority").map(String::as_str),
    };
    let returns = Returns::new(this, returns.next(), &supplied);
    let report = check::check(&returns, &supplied);
    let only: Option<Vec<&str>> = given.get("only").map(|codes| codes.split(',').collect());
    for finding in &report.findings {
        if only.as_ref().is_none_or(|only| only.contains(&finding.rule.code)) {
            let last = if finding.last_year { "_last" } else { "" };
            println!("{}\t{}{last}\t{}", finding.rule.code, finding.table.title(), finding.row);
        }
    }
    for not_run in &report.not_run {
        eprintln!("{} was not run: {}", not_run.code, not_run.because);
    }
    eprintln!(
        "{} rules run, {} not run, {} findings",
        report.run.len(),
        report.not_run.len(),
        report.findings.len()
    );
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
