//! The lists of the outside world that rules of the return ask for, as options of the commands that use them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use jiff::civil::Date;
use kinfold_casework::census_return::{DatedList, ReturnLists};
use kinfold_casework::clock;

use crate::commands::reference::{open_directory, open_providers};

/// Lists that rules of the statutory return ask for. Without one, its rules say that they were not asked.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Lists {
    /// The list of registered providers, as CSV
    #[arg(long, env = "KINFOLD_PROVIDERS", value_name = "FILE")]
    providers: Option<PathBuf>,
    /// The postcode directory: as CSV, or (quicker) as `kinfold reference postcodes` makes it
    #[arg(long, env = "KINFOLD_POSTCODES", value_name = "FILE")]
    postcodes: Option<PathBuf>,
    /// The code of the authority whose return it is (E10000016) [default: the one it was founded with]
    #[arg(long, visible_alias = "authority", env = "KINFOLD_AUTHORITY_CODE", value_name = "CODE")]
    authority_code: Option<String>,
}

impl Lists {
    /// Reads the files.
    ///
    /// # Errors
    /// When a file cannot be read or is not what it should be, or the code cannot be an authority's.
    pub fn open(&self) -> Result<ReturnLists> {
        // A code is looked at first: reading a directory takes a while.
        let code = self.authority_code.as_deref().filter(|code| !code.trim().is_empty());
        ReturnLists::new(None, None, code).map_err(anyhow::Error::msg)?;
        let postcodes = self.postcodes.as_deref().map(|path| dated(path, open_directory)).transpose()?;
        let providers = self.providers.as_deref().map(|path| dated(path, open_providers)).transpose()?;
        ReturnLists::new(postcodes, providers, code).map_err(anyhow::Error::msg)
    }
}

fn dated<T>(path: &Path, open: impl Fn(&Path) -> Result<T>) -> Result<DatedList<T>> {
    let list = open(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let dated = changed(path).with_context(|| format!("the date of {} cannot be read", path.display()))?;
    Ok(DatedList { list, file: name, dated })
}

/// The day on which a file was last changed, in England.
fn changed(path: &Path) -> Result<Date> {
    let at = std::fs::metadata(path)?.modified()?;
    Ok(clock::day(jiff::Timestamp::try_from(at)?))
}
