//! What `include/@CRATE@.h` declares, for Rust.
//!
//! Meson's build makes the declarations from the header each time; Cargo takes those of
//! `src/ARCHITECTURE/`, which `kaon compile update-bindings` keeps up to date.

#[cfg(target_arch = "aarch64")]
#[path = "aarch64/bindings.rs"]
mod bindings;
#[cfg(target_arch = "x86_64")]
#[path = "x86_64/bindings.rs"]
mod bindings;

pub use bindings::*;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_header() {
        assert_eq!(@CRATE@_VERSION, 2);
    }

    #[test]
    fn an_event_is_as_large_as_in_c() {
        assert_eq!(std::mem::size_of::<@CRATE@_event>(), 16);
    }

    #[test]
    fn registers_begin_as_zero() {
        let registers = @CRATE@_regs::default();
        #[cfg(target_arch = "x86_64")]
        assert_eq!(registers.rip, 0);
        #[cfg(target_arch = "aarch64")]
        assert_eq!(registers.pc, 0);
    }
}
