//! A machine and its options.

use crate::error::ParseError;
use crate::style::{Style, X86_64};
use crate::value::{Accelerators, Id, OnOffAuto, Value};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// From one line for each option: the structure, its getters, and how it is written and read.
/// Setters are apart, since not each style has each of them.
macro_rules! options {
    ($($(#[$doc:meta])* $field:ident: $kind:ty = $name:literal;)*) => {
        /// A machine's type and options; those that are not set are left to the machine.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Machine<S> {
            machine_type: String,
            $($field: Option<$kind>,)*
            style: PhantomData<S>,
        }

        impl<S: Style> Machine<S> {
            /// A machine of a type, with no option set.
            ///
            /// # Errors
            ///
            /// When this style has no such type.
            pub fn new(machine_type: &str) -> Result<Self, ParseError> {
                if !S::has_type(machine_type) {
                    return Err(ParseError::BadValue {
                        option: "type",
                        value: machine_type.to_owned(),
                        expected: S::EXPECTED_TYPES,
                    });
                }
                Ok(Self {
                    machine_type: machine_type.to_owned(),
                    $($field: None,)*
                    style: PhantomData,
                })
            }

            $($(#[$doc])*
            pub fn $field(&self) -> Option<&$kind> {
                self.$field.as_ref()
            })*

            fn set(&mut self, name: &str, text: Option<&str>) -> Result<(), ParseError> {
                match name {
                    $($name if !S::REFUSED_OPTIONS.contains(&name) => {
                        self.$field = Some(value_of($name, text)?);
                    })*
                    _ => {
                        return Err(ParseError::UnknownOption {
                            option: name.to_owned(),
                            style: S::NAME,
                        });
                    }
                }
                Ok(())
            }
        }

        impl<S> fmt::Display for Machine<S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.machine_type)?;
                $(if let Some(value) = &self.$field {
                    f.write_str(concat!(",", $name, "="))?;
                    value.write(f)?;
                })*
                Ok(())
            }
        }
    };
}

options! {
    /// What runs the guest's instructions, best first.
    accel: Accelerators = "accel";
    /// Whether there is a VMware I/O port.
    vmport: OnOffAuto = "vmport";
    /// Whether guest memory is in a core dump.
    dump_guest_core: bool = "dump-guest-core";
    /// Whether the host may merge equal pages.
    mem_merge: bool = "mem-merge";
    /// Whether there is non-volatile memory.
    nvdimm: bool = "nvdimm";
    /// Whether ACPI has a table of memory attributes.
    hmat: bool = "hmat";
    /// The object that encrypts memory.
    memory_encryption: Id = "memory-encryption";
    /// Whether auxiliary guest memory is shared.
    aux_ram_share: bool = "aux-ram-share";
    /// The object that is the main memory.
    memory_backend: Id = "memory-backend";
    /// Whether AES keys can be wrapped.
    aes_key_wrap: bool = "aes-key-wrap";
    /// Whether DEA keys can be wrapped.
    dea_key_wrap: bool = "dea-key-wrap";
}

macro_rules! setters {
    ($($setter:ident($field:ident: $kind:ty);)*) => {$(
        #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
        #[must_use]
        pub fn $setter(mut self, $field: impl Into<$kind>) -> Self {
            self.$field = Some($field.into());
            self
        }
    )*};
}

impl<S: Style> Machine<S> {
    setters! {
        with_accel(accel: Accelerators);
        with_dump_guest_core(dump_guest_core: bool);
        with_mem_merge(mem_merge: bool);
        with_nvdimm(nvdimm: bool);
        with_hmat(hmat: bool);
        with_memory_encryption(memory_encryption: Id);
        with_aux_ram_share(aux_ram_share: bool);
        with_memory_backend(memory_backend: Id);
        with_aes_key_wrap(aes_key_wrap: bool);
        with_dea_key_wrap(dea_key_wrap: bool);
    }

    /// What it is.
    pub fn machine_type(&self) -> &str {
        &self.machine_type
    }

    /// As a command line has it.
    pub fn to_args(&self) -> [String; 2] {
        ["-machine".to_owned(), self.to_string()]
    }
}

impl Machine<X86_64> {
    setters! {
        with_vmport(vmport: OnOffAuto);
    }
}

fn value_of<V: Value>(option: &'static str, text: Option<&str>) -> Result<V, ParseError> {
    let text = text.unwrap_or_default();
    V::parse(text).ok_or_else(|| ParseError::BadValue {
        option,
        value: text.to_owned(),
        expected: V::EXPECTED,
    })
}

/// A `NAME=VALUE`; a lone first word is a type.
fn split_item(item: &str, is_first: bool) -> (&str, Option<&str>) {
    match item.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None if is_first => ("type", Some(item)),
        None => (item, None),
    }
}

impl<S: Style> FromStr for Machine<S> {
    type Err = ParseError;

    /// Options may come in any order; of one that is repeated the last counts.
    fn from_str(argument: &str) -> Result<Self, ParseError> {
        let mut items = Vec::new();

        for (index, item) in argument.split(',').enumerate() {
            if item.is_empty() {
                return Err(ParseError::Empty {
                    argument: argument.to_owned(),
                });
            }
            items.push(split_item(item, index == 0));
        }
        let machine_type = items
            .iter()
            .rev()
            .find(|(name, _)| *name == "type")
            .ok_or_else(|| ParseError::MissingType {
                argument: argument.to_owned(),
            })?;
        let mut machine = Self::new(machine_type.1.unwrap_or_default())?;

        for (name, text) in items {
            if name != "type" {
                machine.set(name, text)?;
            }
        }
        Ok(machine)
    }
}
