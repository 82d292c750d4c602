//! The kinfold command line.
fn main() {}
