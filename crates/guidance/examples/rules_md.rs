//! Prints `docs/reference/rules-catalogue.md`.

#[path = "../tests/catalogue/mod.rs"]
mod catalogue;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    print!("{}", catalogue::page()?);
    Ok(())
}
