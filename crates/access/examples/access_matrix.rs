//! Prints the matrix of rights: `docs/reference/access-matrix.md` is its output.

fn main() -> Result<(), kinfold_access::PolicyError> {
    print!("{}", kinfold_access::Engine::house()?.matrix_markdown());
    Ok(())
}
