//! The guidance is embedded in the program: a file added to it must build the program again.

fn main() {
    println!("cargo::rerun-if-changed=../../guidance");
}
