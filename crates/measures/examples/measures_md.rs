//! Prints `docs/reference/measures.md`.

#[path = "../tests/page/mod.rs"]
mod page;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    print!("{}", page::page()?);
    Ok(())
}
