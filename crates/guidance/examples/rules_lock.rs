//! Publishes rules: prints `guidance/rules.lock` with every version in force by the day given, and every one that was
//! published before. A version with a later date of effect (a law that is not yet commenced) stays open to correction.
//!
//! `cargo run -p kinfold-guidance --example rules_lock -- 2026-11-21 > lock && mv lock guidance/rules.lock`

use jiff::civil::Date;
use kinfold_guidance::{Guidance, Layer, lock_file, read_lock};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let day: Date = std::env::args().nth(1).ok_or("say by which day, such as 2026-11-21")?.parse()?;
    let layer = Layer::national();
    let before = layer.files.iter().find(|f| f.path == "rules.lock").map(|f| read_lock(&f.text));
    let before = before
        .transpose()
        .map_err(|line| format!("guidance/rules.lock, line {line}: not `id version hash`"))?;
    let published = before.unwrap_or_default();
    let guidance = Guidance::load(&[layer])?;
    let due = guidance
        .rules
        .iter()
        .filter(|r| r.effective_from <= day || published.contains_key(&(r.id.clone(), r.version)));
    print!("{}", lock_file(due));
    Ok(())
}
