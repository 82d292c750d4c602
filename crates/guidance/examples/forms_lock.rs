//! Publishes forms: prints `guidance/forms.lock` with every version in force by the day given, and every one that was
//! published before.
//!
//! `cargo run -p kinfold-guidance --example forms_lock -- 2026-11-21 > lock && mv lock guidance/forms.lock`

use jiff::civil::Date;
use kinfold_guidance::{Guidance, Layer, forms_lock_file, read_lock};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let day: Date = std::env::args().nth(1).ok_or("say by which day, such as 2026-11-21")?.parse()?;
    let layer = Layer::national();
    let before = layer.files.iter().find(|f| f.path == "forms.lock").map(|f| read_lock(&f.text));
    let before = before
        .transpose()
        .map_err(|line| format!("guidance/forms.lock, line {line}: not `id version hash`"))?;
    let published = before.unwrap_or_default();
    let guidance = Guidance::load(&[layer])?;
    let due = guidance
        .forms
        .list
        .iter()
        .filter(|f| f.effective_from <= day || published.contains_key(&(f.id.clone(), f.version)));
    print!("{}", forms_lock_file(due));
    Ok(())
}
