//! For Cargo only; Meson's rules do this in `meson.build`.
//!
//! `EMU_BUILD_ROOT` (or `MESON_BUILD_ROOT`) names a build directory of the emulator. From it
//! come the generated bindings, and the C code that tests are linked with. Without it the
//! checked-in bindings do, which is enough for `cargo check`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn build_root() -> Option<PathBuf> {
    ["EMU_BUILD_ROOT", "MESON_BUILD_ROOT"]
        .iter()
        .find_map(|name| {
            println!("cargo:rerun-if-env-changed={}", name);
            env::var_os(name).map(PathBuf::from)
        })
}

fn main() {
    let root = build_root();
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/bindings.inc.rs");
    let bindings = root
        .as_ref()
        .map(|root| root.join("rust/emu_api/bindings.inc.rs"))
        .filter(|generated| generated.exists())
        .unwrap_or(checked_in);
    let copy = PathBuf::from(env::var_os("OUT_DIR").expect("set by Cargo")).join("bindings.inc.rs");

    println!("cargo:rerun-if-changed={}", bindings.display());
    fs::copy(&bindings, copy).expect("the bindings can be copied");

    if let Some(folder) = root.map(|root| root.join("src")) {
        let library = folder.join("libemucore.a");
        println!("cargo:rerun-if-changed={}", library.display());
        println!("cargo:rustc-link-search=native={}", folder.display());
        println!("cargo:rustc-link-lib=static:-bundle=emucore");
    }
}
