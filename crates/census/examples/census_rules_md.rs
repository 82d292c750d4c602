//! Prints `docs/reference/census-rules-list.md`.

#[path = "../tests/manual/mod.rs"]
mod manual;

fn main() {
    print!("{}", manual::page());
}
