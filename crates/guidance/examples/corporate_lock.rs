//! Publishes frameworks, surveys, action plans, needs profiles or outlines: prints the lock file of a folder with every version in
//! force by the day given, and every one that was published before.
//!
//! `cargo run -p kinfold-guidance --example corporate_lock -- frameworks 2026-11-21 > lock && mv lock guidance/frameworks.lock`

use jiff::civil::Date;
use kinfold_guidance::{Guidance, Headed, Layer, Library, library_lock_file, read_lock};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("say which folder: frameworks, surveys, plans, needs or outlines")?;
    let day: Date = arguments.next().ok_or("say by which day, such as 2026-11-21")?.parse()?;
    let layer = Layer::national();
    let name = format!("{folder}.lock");
    let before = layer.files.iter().find(|f| f.path == name).map(|f| f.text.clone()).unwrap_or_default();
    let guidance = Guidance::load(&[layer])?;
    let text = match folder.as_str() {
        "frameworks" => lock(&guidance.frameworks, &before, day),
        "surveys" => lock(&guidance.surveys, &before, day),
        "plans" => lock(&guidance.plans, &before, day),
        "needs" => lock(&guidance.needs, &before, day),
        "outlines" => lock(&guidance.outlines, &before, day),
        _ => return Err("the folders are frameworks, surveys, plans, needs and outlines".into()),
    };
    print!("{}", text.map_err(|line| format!("guidance/{name}, line {line}: not `id version hash`"))?);
    Ok(())
}

fn lock<T: Headed>(library: &Library<T>, before: &str, day: Date) -> Result<String, usize> {
    let published = read_lock(before)?;
    let due = library.list.iter().filter(|x| {
        let head = x.head();
        head.effective_from <= day || published.contains_key(&(head.id.clone(), head.version))
    });
    Ok(library_lock_file(due))
}
