//! The forms that come with the program are read without a mistake, and mistakes in forms are found where they are.
#![allow(clippy::expect_used, reason = "test helpers")]

use kinfold_guidance::{Guidance, Layer};

#[test]
fn what_comes_with_the_program_is_read() {
    let guidance = Guidance::national();
    assert!(guidance.is_ok(), "{}", guidance.err().map(|m| m.to_string()).unwrap_or_default());
}

/// A folder of drafts, for whoever writes them: `KINFOLD_DRAFTS=folder`.
#[test]
fn drafts() {
    let Ok(dir) = std::env::var("KINFOLD_DRAFTS") else { return };
    let mut national = Layer::national();
    for file in std::fs::read_dir(dir).expect("folder").flatten() {
        let path = format!("forms/{}", file.file_name().to_string_lossy());
        let text = std::fs::read_to_string(file.path()).expect("file");
        national.files.push(kinfold_guidance::SourceFile { path, text });
    }
    let read = Guidance::load(&[national]);
    assert!(read.is_ok(), "{}", read.err().map(|m| m.to_string()).unwrap_or_default());
}
