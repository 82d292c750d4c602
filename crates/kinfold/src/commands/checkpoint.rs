//! `kinfold checkpoint`: signs the log as it stands and prints the checkpoint, to be kept off the machine.

use anyhow::Result;
use clap::Args;
use kinfold_casework::Cost;

use crate::council::Database;

/// Sign the log as it stands and print the checkpoint, to be kept off this machine
#[derive(Debug, Args)]
pub(crate) struct Checkpoint {
    #[command(flatten)]
    database: Database,
    /// Print the public key that checks the signatures, and sign nothing
    #[arg(long)]
    public_key: bool,
}

impl Checkpoint {
    pub async fn run(self) -> Result<()> {
        let council = self.database.open(None, Cost::Real).await?;
        if self.public_key {
            println!("{}", council.casework.public_key());
        } else {
            let mut tree = council.casework.audit_tree();
            let new = tree.checkpoint().await?;
            match new.or(council.casework.last_checkpoint().await?) {
                Some(signed) => print!("{signed}"),
                None => println!("the log is empty: there is nothing to sign"),
            }
        }
        council.store.close().await;
        Ok(())
    }
}
