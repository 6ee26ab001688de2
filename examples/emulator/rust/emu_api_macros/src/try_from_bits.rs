//! `#[derive(TryFromBits)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, Ident, Result};

/// The unsigned type that the enum is represented by.
fn find_repr(input: &DeriveInput) -> Result<Ident> {
    let mut repr = None;

    for attribute in &input.attrs {
        if attribute.path().is_ident("repr") {
            attribute.parse_nested_meta(|meta| {
                repr = meta.path.get_ident().cloned();
                Ok(())
            })?;
        }
    }
    repr.filter(|repr| ["u8", "u16", "u32"].iter().any(|unsigned| repr == unsigned))
        .ok_or_else(|| {
            Error::new_spanned(
                &input.ident,
                "`TryFromBits` needs `#[repr(u8)]`, `u16` or `u32`",
            )
        })
}

fn variants(input: &DeriveInput) -> Result<Vec<&Ident>> {
    let Data::Enum(DataEnum { variants, .. }) = &input.data else {
        return Err(Error::new_spanned(
            &input.ident,
            "`TryFromBits` is for enums",
        ));
    };
    variants
        .iter()
        .map(|variant| match variant.fields {
            Fields::Unit => Ok(&variant.ident),
            _ => Err(Error::new_spanned(
                variant,
                "a number cannot fill these fields",
            )),
        })
        .collect()
}

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let variants = variants(input)?;
    let repr = find_repr(input)?;

    Ok(quote! {
        impl ::core::convert::TryFrom<#repr> for #name {
            type Error = #repr;

            fn try_from(bits: #repr) -> ::core::result::Result<Self, #repr> {
                #(if bits == Self::#variants as #repr {
                    return ::core::result::Result::Ok(Self::#variants);
                })*
                ::core::result::Result::Err(bits)
            }
        }
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
    fn each_variant_is_compared() {
        let input: DeriveInput = parse_quote! {
            #[repr(u8)]
            enum Register { Data = 0, Status = 4 }
        };
        let text = expand(&input).unwrap().to_string();
        assert!(text.contains("bits == Self :: Data as u8"), "{text}");
        assert!(text.contains("bits == Self :: Status as u8"), "{text}");
    }

    #[test]
    fn a_struct_is_refused() {
        let text = message(parse_quote! { #[repr(u8)] struct Register(u8); });
        assert_eq!(text, "`TryFromBits` is for enums");
    }

    #[test]
    fn a_signed_or_missing_representation_is_refused() {
        for input in [
            parse_quote! { #[repr(i8)] enum Register { Data } },
            parse_quote! { enum Register { Data } },
        ] {
            let text = message(input);
            assert!(text.contains("needs `#[repr(u8)]`"), "{text}");
        }
    }

    #[test]
    fn a_variant_with_fields_is_refused() {
        let text = message(parse_quote! { #[repr(u8)] enum Register { Data(u8) } });
        assert_eq!(text, "a number cannot fill these fields");
    }
}
