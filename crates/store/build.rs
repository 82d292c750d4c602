//! Builds again when a migration is added or changed: the migrations are inside the program.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
