//! The commands, one file each.

mod access;
mod backup;
mod bench;
mod census;
mod checkpoint;
mod demo;
mod directory;
mod guidance;
mod import;
mod init;
mod measures;
mod pathway;
mod rebuild;
pub(crate) mod reference;
mod restore;
mod serve;
mod upkeep;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Serve(serve::Serve),
    Import(import::Import),
    Census(census::Census),
    Reference(reference::Reference),
    Rebuild(rebuild::Rebuild),
    Verify(verify::Verify),
    Checkpoint(checkpoint::Checkpoint),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Guidance(guidance::GuidanceArgs),
    Measures(measures::Measures),
    Directory(directory::Directory),
    Pathway(pathway::Pathway),
    Access(access::Access),
    Bench(bench::Bench),
}

impl Command {
    /// Does it.
    pub async fn run(self) -> Result<ExitCode> {
        let done = match self {
            Self::Verify(args) => return args.run().await,
            Self::Import(args) => return args.run().await,
            Self::Directory(args) => return args.run().await,
            Self::Guidance(args) => return args.run(),
            Self::Census(args) => return Ok(args.run()),
            Self::Reference(args) => args.run(),
            Self::Demo(args) => args.run().await,
            Self::Init(args) => args.run().await,
            Self::Serve(args) => args.run().await,
            Self::Rebuild(args) => args.run().await,
            Self::Checkpoint(args) => args.run().await,
            Self::Backup(args) => args.run().await,
            Self::Restore(args) => args.run().await,
            Self::Measures(args) => args.run().await,
            Self::Pathway(args) => args.run(),
            Self::Access(args) => args.run(),
            Self::Bench(args) => args.run().await,
        };
        done.map(|()| ExitCode::SUCCESS)
    }
}
