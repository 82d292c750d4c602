//! The kinfold command line: `demo`, `serve`, `verify`, `backup` and the rest, one file each under `commands/`.

mod commands;
mod council;
mod invented;
mod invented_services;
mod key_file;
mod lists;
mod log;
mod server;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::commands::Command;

/// A page is many small pieces of text, and this allocator is quicker with them than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The working memory of a council for its children in care and care leavers.
#[derive(Debug, Parser)]
#[command(name = "kinfold", version, about, max_term_width = 110, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    // A mistake in the arguments ends here with exit status 2, as clap does it.
    let cli = Cli::parse();
    log::start();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kinfold: the machine gives no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(cli.command.run()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kinfold: {}", in_words(&error));
            ExitCode::FAILURE
        }
    }
}

/// The whole chain of causes, each once: some errors repeat their cause in their own words.
pub(crate) fn in_words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        if words.contains(&text) {
            continue;
        }
        if !words.is_empty() {
            words.push_str(": ");
        }
        words.push_str(&text);
    }
    words
}
