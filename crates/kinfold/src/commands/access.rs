//! `kinfold access matrix`: who may do what, worked out from the policies.

use anyhow::Result;
use clap::{Args, Subcommand};
use kinfold_access::Engine;

/// Show who may do what
#[derive(Debug, Args)]
pub(crate) struct Access {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the matrix of roles, relationships and actions as Markdown
    Matrix,
}

impl Access {
    pub fn run(self) -> Result<()> {
        let What::Matrix = self.what;
        print!("{}", Engine::house()?.matrix_markdown());
        Ok(())
    }
}
