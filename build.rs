//! The binary carries the features: a new file among them has to be noticed like a changed one.

fn main() {
    println!("cargo:rerun-if-changed=features");
}
