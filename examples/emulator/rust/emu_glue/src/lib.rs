//! What the C code links: the Rust devices that were chosen, and the parser of `-machine`.
//!
//! All Rust code is in one static library, since each has a copy of Rust's own.

#[cfg(feature = "hpet")]
extern crate hpet;
#[cfg(feature = "pl011")]
extern crate pl011;

mod machine;
