//! `kinfold serve`: a council's pages, until it is told to stop.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use kinfold_casework::Cost;

use crate::council::Database;
use crate::server::{Listen, Mail, serve};

/// Serve a council's pages
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    mail: Mail,
    /// The council's own guidance, on top of the national
    #[arg(long, value_name = "FOLDER")]
    guidance: Option<PathBuf>,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        // Whether it may listen there, and can send mail, is known before anything is opened.
        let mailer = self.mail.mailer()?;
        let socket = self.listen.bind().await?;
        let council = self.database.open(self.guidance.as_deref(), Cost::Real).await?;
        serve(council, socket, &self.listen, mailer).await
    }
}
