//! Sees to it that `assets/dist` is there and current before it is put inside the binary.
//!
//! The assets come from npm packages at build time and are never committed. With `node_modules` installed this script
//! makes them; without, it uses what is there, and says what to run when nothing is.

use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new("../..") /* cargo runs this in the crate's folder */;
    for source in ["assets/kinfold.scss", "assets/scss", "assets/js", "assets/img"] {
        println!("cargo:rerun-if-changed=../../{source}");
    }
    println!("cargo:rerun-if-changed=../../scripts/assets.mjs");
    println!("cargo:rerun-if-changed=../../package-lock.json");
    // Missing means run again: this is how a deleted `assets/dist` comes back.
    println!("cargo:rerun-if-changed=../../assets/dist/manifest.json");

    let made = root.join("assets/dist/manifest.json");
    let installed = root.join("node_modules/govuk-frontend").is_dir();
    if !installed {
        if made.is_file() {
            return ExitCode::SUCCESS;
        }
        return fail(
            "assets/dist is missing and node_modules is not installed: run `make assets`, then build again",
        );
    }
    match Command::new("node").arg("scripts/assets.mjs").current_dir(root).output() {
        Ok(run) if run.status.success() && made.is_file() => ExitCode::SUCCESS,
        Ok(run) => {
            let said = String::from_utf8_lossy(&run.stderr);
            fail(&format!("the assets could not be made; `make assets` shows the same:\n{}", said.trim()))
        }
        Err(error) if made.is_file() => {
            println!("cargo:warning=node could not be run ({error}); the assets already made are used");
            ExitCode::SUCCESS
        }
        Err(error) => {
            fail(&format!("node could not be run ({error}): install Node.js, then run `make assets`"))
        }
    }
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::FAILURE
}
