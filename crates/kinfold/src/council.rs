//! Opening the council that a command works on: the database, its key file, the guidance.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use kinfold_casework::{Casework, Cost, Keys, SystemClock, founding};
use kinfold_guidance::{Guidance, Layer};
use kinfold_store::{Open, Store};

use crate::key_file;

/// Which database, and where its key file is.
#[derive(Debug, Clone, Args)]
pub(crate) struct Database {
    /// The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, env = "KINFOLD_DB", hide_env_values = true, value_name = "ADDRESS")]
    pub db: String,
    /// The key file [default: beside an SQLite database, as PATH.key]
    #[arg(long, env = "KINFOLD_KEY_FILE", value_name = "FILE")]
    pub key: Option<PathBuf>,
}

/// An open council.
pub(crate) struct Council {
    pub store: Store,
    pub casework: Casework,
}

impl Database {
    /// Opens a council that is there.
    ///
    /// # Errors
    /// When the address, the key file or the guidance is wrong, or no council lives there.
    pub async fn open(&self, guidance: Option<&Path>, cost: Cost) -> Result<Council> {
        let layers: Vec<Layer> = guidance.map(local_layer).transpose()?.into_iter().collect();
        // A mistake in the folder is told before a database is opened.
        let _ = read_guidance(guidance)?;
        let store = self.store(Open::default()).await?;
        if !founding::is_founded(&store).await? {
            bail!("there is no council in this database yet; make one with `kinfold init`");
        }
        let keys = key_file::read(&key_file::path(&self.db, self.key.as_deref())?)?;
        open(store, keys, layers, cost).await
    }

    /// Opens the database alone.
    ///
    /// # Errors
    /// When the address is wrong or the server does not answer.
    pub async fn store(&self, how: Open) -> Result<Store> {
        Store::open(&self.db, how).await.context("the database could not be opened")
    }
}

/// Opens the house over a store, with these layers of guidance on top of the national one and below those that an
/// administrator has switched on.
///
/// # Errors
/// When the settings, the policies or the guidance cannot be read.
pub(crate) async fn open(store: Store, keys: Keys, layers: Vec<Layer>, cost: Cost) -> Result<Council> {
    let casework =
        Casework::open_with_layers(store.clone(), layers, keys, Arc::new(SystemClock), cost).await?;
    Ok(Council { store, casework })
}

/// The national guidance, with a council's own folder on top.
///
/// # Errors
/// Every mistake in the files, with file and line.
pub(crate) fn read_guidance(local: Option<&Path>) -> Result<Guidance> {
    let mut layers = vec![Layer::national()];
    if let Some(folder) = local {
        layers.push(local_layer(folder)?);
    }
    Guidance::load(&layers).map_err(|mistakes| {
        let count = mistakes.0.len();
        anyhow::anyhow!("the guidance has {count} mistake{}:\n{mistakes}", if count == 1 { "" } else { "s" })
    })
}

/// A council's own folder.
///
/// # Errors
/// When it is not there, is not a folder, or a file in it cannot be read.
pub(crate) fn local_layer(folder: &Path) -> Result<Layer> {
    if !folder.is_dir() {
        bail!("there is no folder {} with guidance in it", folder.display());
    }
    Layer::from_dir(folder).with_context(|| format!("the guidance in {} cannot be read", folder.display()))
}
