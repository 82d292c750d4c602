//! Prints `docs/reference/events.md`.

#[path = "../tests/reference/mod.rs"]
mod reference;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    print!("{}", reference::page()?);
    Ok(())
}
