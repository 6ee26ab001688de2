//! `#[derive(FieldNames)]` gives a struct the names of its fields.
//!
//! The macro proper only translates; the work is done by a function that takes and returns values,
//! so that tests need no compiler in between.

extern crate proc_macro;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{parse_macro_input, Data, DeriveInput, Error, Fields};

#[proc_macro_derive(FieldNames)]
pub fn derive_field_names(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    field_names(input)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

fn field_names(input: DeriveInput) -> Result<TokenStream, Error> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(
            input.ident.span(),
            "only structs have named fields",
        ));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new(input.ident.span(), "the fields have no names"));
    };
    let names = fields
        .named
        .iter()
        .filter_map(|field| field.ident.as_ref())
        .map(ToString::to_string);
    let (generics, arguments, condition) = input.generics.split_for_impl();
    let name = &input.ident;
    Ok(quote! {
        impl #generics #name #arguments #condition {
            pub const FIELD_NAMES: &'static [&'static str] = &[#(#names),*];
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn names_are_in_order() {
        let made = field_names(parse_quote! { struct S<T> { a: u8, b: T } }).unwrap();
        let wanted = quote! {
            impl<T> S<T> {
                pub const FIELD_NAMES: &'static [&'static str] = &["a", "b"];
            }
        };
        assert_eq!(made.to_string(), wanted.to_string());
    }

    #[test]
    fn an_enum_is_refused() {
        let error = field_names(parse_quote! { enum E { A } }).unwrap_err();
        assert_eq!(error.to_string(), "only structs have named fields");
    }
}
