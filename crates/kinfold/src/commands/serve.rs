//! `kinfold serve`: a council's pages, until it is told to stop.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use kinfold_casework::Cost;

use crate::council::Database;
use crate::lists::Lists;
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
    #[command(flatten, next_help_heading = "Statutory return")]
    lists: Lists,
}

impl Serve {
    pub async fn run(self) -> Result<()> {
        // Whether it may listen there, can send mail and has what the return needs is known before anything is opened.
        let mailer = self.mail.mailer()?;
        let lists = tokio::task::block_in_place(|| self.lists.open())?;
        let socket = self.listen.bind().await?;
        let council = self.database.open(self.guidance.as_deref(), Cost::Real).await?;
        council.casework.use_return_lists(lists);
        serve(council, socket, &self.listen, mailer).await
    }
}
