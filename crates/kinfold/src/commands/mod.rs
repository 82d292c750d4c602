//! The commands, one file each.

mod demo;
mod serve;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make an invented council, and serve it on this machine
    Demo(demo::Demo),
    /// Serve a council's pages
    Serve(serve::Serve),
}

impl Command {
    /// Does it.
    pub async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Demo(args) => args.run().await,
            Self::Serve(args) => args.run().await,
        }
        .map(|()| ExitCode::SUCCESS)
    }
}
