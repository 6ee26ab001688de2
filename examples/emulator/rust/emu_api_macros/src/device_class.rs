//! `#[derive(DeviceClass)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{DeriveInput, Error, LitInt, LitStr, Result};

/// What `#[device(…)]` says.
struct Attribute {
    name: LitStr,
    window: LitInt,
}

impl Attribute {
    fn find(input: &DeriveInput) -> Result<Self> {
        let attribute = input
            .attrs
            .iter()
            .find(|attribute| attribute.path().is_ident("device"))
            .ok_or_else(|| {
                Error::new_spanned(
                    &input.ident,
                    "`DeviceClass` needs `#[device(name = \"…\", window = …)]`",
                )
            })?;
        let (mut name, mut window) = (None, None);

        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                name = Some(meta.value()?.parse()?);
            } else if meta.path.is_ident("window") {
                window = Some(meta.value()?.parse()?);
            } else {
                return Err(meta.error("unknown key: a device has a `name` and a `window`"));
            }
            Ok(())
        })?;
        let missing = |key: &str| Error::new_spanned(attribute, format!("`{key}` is missing"));
        Ok(Self {
            name: name.ok_or_else(|| missing("name"))?,
            window: window.ok_or_else(|| missing("window"))?,
        })
    }
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let Attribute { name, window } = Attribute::find(input)?;
    let text = name.value();

    if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Error::new_spanned(
            name,
            "the name becomes part of a C identifier: letters, digits and `_` only",
        ));
    }
    if !window.base10_parse::<u32>()?.is_power_of_two() {
        return Err(Error::new_spanned(
            window,
            "the window must be a power of two",
        ));
    }
    let device = &input.ident;
    let class = format_ident!("{}_class", text, span = name.span());
    let terminated = format!("{text}\0");
    Ok(quote! {
        /// What the machine needs to know of this device.
        #[no_mangle]
        #[allow(non_upper_case_globals)]
        pub static #class: ::emu_api::bindings::DeviceClass =
            ::emu_api::class_for::<#device>(#terminated, #window);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn message(input: DeriveInput) -> String {
        expand(&input).unwrap_err().to_string()
    }

    #[test]
    fn the_class_is_named_after_the_device() {
        let input: DeriveInput = parse_quote! {
            #[device(name = "beeper", window = 0x20)]
            struct Beeper;
        };
        let expected = quote! {
            /// What the machine needs to know of this device.
            #[no_mangle]
            #[allow(non_upper_case_globals)]
            pub static beeper_class: ::emu_api::bindings::DeviceClass =
                ::emu_api::class_for::<Beeper>("beeper\0", 0x20);
        };
        assert_eq!(expand(&input).unwrap().to_string(), expected.to_string());
    }

    #[test]
    fn the_attribute_must_be_there() {
        let text = message(parse_quote! { struct Beeper; });
        assert!(text.contains("needs `#[device("), "{text}");
    }

    #[test]
    fn both_keys_must_be_there() {
        let text = message(parse_quote! { #[device(name = "beeper")] struct Beeper; });
        assert_eq!(text, "`window` is missing");
        let text = message(parse_quote! { #[device(window = 16)] struct Beeper; });
        assert_eq!(text, "`name` is missing");
    }

    #[test]
    fn other_keys_are_refused() {
        let text = message(parse_quote! { #[device(colour = "red")] struct Beeper; });
        assert!(text.starts_with("unknown key"), "{text}");
    }

    #[test]
    fn a_name_that_c_could_not_have_is_refused() {
        let text = message(parse_quote! {
            #[device(name = "no way", window = 16)] struct Beeper;
        });
        assert!(text.contains("C identifier"), "{text}");
    }

    #[test]
    fn the_window_must_be_a_power_of_two() {
        let text = message(parse_quote! {
            #[device(name = "beeper", window = 12)] struct Beeper;
        });
        assert_eq!(text, "the window must be a power of two");
    }
}
