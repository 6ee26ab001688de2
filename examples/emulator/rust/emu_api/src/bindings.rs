//! What bindgen makes of `wrapper.h`.

#![allow(
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unused_qualifications,
    clippy::all,
    clippy::undocumented_unsafe_blocks
)]

#[cfg(MESON)]
include!("bindings.inc.rs");

#[cfg(not(MESON))]
include!(concat!(env!("OUT_DIR"), "/bindings.inc.rs"));

// SAFETY: it holds a name that is never changed, and functions.
unsafe impl Sync for DeviceClass {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::size_of;

    #[test]
    fn both_compilers_agree_on_sizes() {
        // SAFETY: the three only return a constant.
        let sizes = unsafe {
            [
                emu_size_of_device_class(),
                emu_size_of_chardev(),
                emu_size_of_timer(),
            ]
        };
        assert_eq!(sizes[0], size_of::<DeviceClass>() as u64);
        assert_eq!(sizes[1], size_of::<Chardev>() as u64);
        assert_eq!(sizes[2], size_of::<Timer>() as u64);
    }
}
