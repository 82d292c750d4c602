//! `kinfold reference`: lists of the outside world, made ready for use. And how such lists are opened.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use kinfold_census::check::{Directory, Providers};

use super::upkeep::count;

/// Make lists of the outside world ready for use
#[derive(Debug, Args)]
pub(crate) struct Reference {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Postcodes(Postcodes),
}

/// Make a compact file of a postcode directory, for `kinfold census check --postcodes`
#[derive(Debug, Args)]
struct Postcodes {
    /// The directory as CSV, as the Office for National Statistics publishes it
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// The file to make; one that is there is replaced [default: FILE with the ending .places]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Reference {
    pub fn run(self) -> Result<()> {
        let What::Postcodes(args) = self.what;
        let out = args.out.unwrap_or_else(|| args.from.with_extension("places"));
        let directory = open_directory(&args.from)?;
        write(&out, directory.bytes()).with_context(|| format!("{} cannot be written", out.display()))?;
        let left_out = match directory.left_out() {
            0 => String::new(),
            rows => format!("; {} left out: no postcode, no authority, or given before", count(rows, "row")),
        };
        println!(
            "{} in {}, {:.1} MB{left_out}.",
            count(directory.len(), "postcode"),
            out.display(),
            directory.bytes().len() as f64 / 1e6
        );
        Ok(())
    }
}

/// Writes beside the file and puts it in its place when it is whole, so that a run that is broken off leaves what was
/// there.
fn write(out: &Path, bytes: &[u8]) -> Result<()> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".places").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    // A list that everybody may have: readable by all, as any other file made here.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(out)?;
    Ok(())
}

/// The largest compact file: five million postcodes.
const LARGEST_COMPACT: u64 = 128 << 20;
/// The largest list of providers.
const LARGEST_LIST: u64 = 64 << 20;

/// Opens a postcode directory, compact or as CSV.
pub(crate) fn open_directory(path: &Path) -> Result<Directory> {
    let unusable = || format!("the postcode directory {} cannot be used", path.display());
    let mut file = File::open(path).with_context(unusable)?;
    let mut head = Vec::new();
    (&mut file).take(8).read_to_end(&mut head).with_context(unusable)?;
    if head.starts_with(b"PK") {
        bail!("{}: it is an archive or a workbook. Unpack it and give the CSV file in it.", unusable());
    }
    let size = file.metadata().map_or(0, |about| about.len());
    if Directory::is_compact(&head) {
        if size > LARGEST_COMPACT {
            bail!("{}: it is larger than any such file", unusable());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        bytes.extend(head);
        file.take(LARGEST_COMPACT).read_to_end(&mut bytes).with_context(unusable)?;
        return Directory::from_bytes(bytes).with_context(unusable);
    }
    let bar = ProgressBar::new(size);
    if let Ok(style) = ProgressStyle::with_template("reading postcodes {bar:40} {bytes}/{total_bytes}") {
        bar.set_style(style);
    }
    let made = Directory::from_csv(bar.wrap_read(head.as_slice().chain(file))).with_context(unusable);
    bar.finish_and_clear();
    made
}

/// Opens a list of providers in CSV.
pub(crate) fn open_providers(path: &Path) -> Result<Providers> {
    let unusable = || format!("the list of providers {} cannot be used", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(unusable)?;
    file.take(LARGEST_LIST + 1).read_to_end(&mut bytes).with_context(unusable)?;
    if bytes.len() as u64 > LARGEST_LIST {
        bail!("{}: it is larger than {} MB", unusable(), LARGEST_LIST >> 20);
    }
    if bytes.starts_with(b"PK") {
        bail!("{}: it is a spreadsheet workbook. Save it as “CSV UTF-8” and give that.", unusable());
    }
    // Only names can be in another encoding, and no rule looks at them.
    Providers::from_csv(&String::from_utf8_lossy(&bytes))
        .map_err(|why| anyhow::anyhow!("{}: {why}", unusable()))
}
