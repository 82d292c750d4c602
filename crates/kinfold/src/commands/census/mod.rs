//! `kinfold census`: the statutory return, checked and explained. All but `write` need no database, and
//! nothing is kept.

mod check;
mod conformance;
mod csv;
mod entry;
mod html;
mod json;
mod outcome;
mod rules;
mod text;
mod write;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

/// Check a statutory return (SSDA903), list its rules, run their published cases, write it from the record
#[derive(Debug, Args)]
pub(crate) struct Census {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Check(check::Check),
    Conformance(conformance::Conformance),
    Entry(entry::Entry),
    Rules(rules::Rules),
    Write(write::Write),
}

/// Exit status of a run that could not read what it was to judge: neither clean nor faulty.
const UNREADABLE: u8 = 2;

impl Census {
    /// Does it. A failure to read is status 2, because 1 means that something was found.
    pub fn run(self) -> ExitCode {
        let done: Result<ExitCode> = match self.what {
            What::Check(args) => args.run(),
            What::Conformance(args) => args.run(),
            What::Entry(args) => args.run(),
            What::Rules(args) => args.run(),
            What::Write(args) => args.run(),
        };
        done.unwrap_or_else(|error| {
            // Whoever reads our output has seen enough: `kinfold census check … | head`.
            let closed = error.chain().filter_map(|e| e.downcast_ref::<std::io::Error>());
            if !closed.into_iter().any(|e| e.kind() == std::io::ErrorKind::BrokenPipe) {
                eprintln!("kinfold: {}", crate::in_words(&error));
            }
            ExitCode::from(UNREADABLE)
        })
    }
}
