//! Runs published cases against the rules: `cargo run -p kinfold-census --example conformance -- DIR [CODE…]`.

use std::process::ExitCode;

use kinfold_census::check::conformance::{Outcome, judge};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(folder) = words.next() else {
        eprintln!("Say which folder holds the cases.");
        return ExitCode::from(2);
    };
    let codes: Vec<String> = words.collect();
    let mut files: Vec<_> = match std::fs::read_dir(&folder) {
        Ok(entries) => entries.filter_map(|e| Some(e.ok()?.path())).collect(),
        Err(error) => {
            eprintln!("{folder} cannot be read: {error}.");
            return ExitCode::from(2);
        }
    };
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    let (mut passed, mut failed, mut diverge, mut missing) = (0, 0, 0, 0);
    for path in files {
        #[expect(
            clippy::disallowed_methods,
            reason = "the crate takes text; this program reads it from files"
        )]
        let verdict = std::fs::File::open(&path)
            .and_then(std::io::read_to_string)
            .map_err(|e| e.to_string())
            .and_then(|text| judge(&text).map_err(|e| e.to_string()));
        let verdict = match verdict {
            Ok(verdict) => verdict,
            Err(error) => {
                println!("fail      {}: {error}", path.display());
                failed += 1;
                continue;
            }
        };
        if !codes.is_empty() && !codes.iter().any(|code| code.eq_ignore_ascii_case(&verdict.code)) {
            continue;
        }
        match verdict.outcome {
            Outcome::Pass => passed += 1,
            Outcome::Fail(_) => failed += 1,
            Outcome::Diverges(_) => diverge += 1,
            Outcome::NoSuchRule => missing += 1,
        }
        if verdict.outcome != Outcome::NoSuchRule || !codes.is_empty() {
            println!("{verdict}");
        }
    }
    println!("{passed} passed, {failed} failed, {diverge} diverge, {missing} have no rule yet");
    if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
