//! Logs: what the program does, to standard error, never about whom. `KINFOLD_LOG` chooses how much (the words of
//! `tracing`: `info`, `kinfold_store=debug`…), `KINFOLD_LOG_FORMAT=json` makes every line an object.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging.
pub(crate) fn start() {
    // The database driver's warning of a slow statement prints the whole statement, which for many rows is pages long;
    // `KINFOLD_LOG=warn` asks for it.
    let filter = EnvFilter::try_from_env("KINFOLD_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,kinfold=info,sqlx::query=error"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second start in one process (a test) keeps the first.
    let _ = match std::env::var("KINFOLD_LOG_FORMAT").as_deref() {
        Ok("json") => builder.json().try_init(),
        _ => builder.with_target(false).try_init(),
    };
}
