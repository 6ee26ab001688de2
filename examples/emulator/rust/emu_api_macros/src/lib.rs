//! Derive macros for devices. Each is a function from syntax to `Result`, which tests can call,
//! and the macro proper, which turns an error into a message at its place.

mod device_class;
mod try_from_bits;

use proc_macro::TokenStream;
use syn::{parse_macro_input, DeriveInput};

/// Exports the C structure of an `emu_api::Device`, as `NAME_class`.
///
/// `#[device(name = "NAME", window = SIZE)]` says what C calls it, and how many bytes of
/// address space its registers take.
#[proc_macro_derive(DeviceClass, attributes(device))]
pub fn derive_device_class(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    device_class::expand(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}

/// Implements `TryFrom` for an enum with a `#[repr(u8)]` (or `u16`, `u32`) and no fields. The
/// error is the number that is no variant's.
#[proc_macro_derive(TryFromBits)]
pub fn derive_try_from_bits(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    try_from_bits::expand(&input)
        .unwrap_or_else(syn::Error::into_compile_error)
        .into()
}
