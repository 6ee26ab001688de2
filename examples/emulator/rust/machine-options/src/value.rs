//! The kinds of values that options have.

use std::fmt;

/// A value as it stands after the `=`.
pub(crate) trait Value: Sized {
    /// What it may be, for messages.
    const EXPECTED: &'static str;

    fn parse(text: &str) -> Option<Self>;
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl Value for bool {
    const EXPECTED: &'static str = "on or off";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self { "on" } else { "off" })
    }
}

/// Yes, no, or as the machine likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnOffAuto {
    /// `on`
    On,
    /// `off`
    Off,
    /// `auto`
    Auto,
}

impl Value for OnOffAuto {
    const EXPECTED: &'static str = "on, off or auto";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "on" => Some(Self::On),
            "off" => Some(Self::Off),
            "auto" => Some(Self::Auto),
            _ => None,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Auto => "auto",
        })
    }
}

/// What runs the guest's instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accelerator {
    /// `hvf`
    Hvf,
    /// `kvm`
    Kvm,
    /// `nvmm`
    Nvmm,
    /// `tcg`
    Tcg,
    /// `whpx`
    Whpx,
    /// `xen`
    Xen,
}

impl Accelerator {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Hvf,
        Self::Kvm,
        Self::Nvmm,
        Self::Tcg,
        Self::Whpx,
        Self::Xen,
    ];

    /// As the argument has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hvf => "hvf",
            Self::Kvm => "kvm",
            Self::Nvmm => "nvmm",
            Self::Tcg => "tcg",
            Self::Whpx => "whpx",
            Self::Xen => "xen",
        }
    }
}

/// Accelerators in the order in which they are tried; at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accelerators(Vec<Accelerator>);

impl Accelerators {
    /// The first to try, and those after it.
    pub fn new(first: Accelerator, others: impl IntoIterator<Item = Accelerator>) -> Self {
        Self(std::iter::once(first).chain(others).collect())
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Accelerator> + '_ {
        self.0.iter().copied()
    }

    /// Whether one of them is this.
    pub fn contains(&self, accelerator: Accelerator) -> bool {
        self.0.contains(&accelerator)
    }
}

impl From<Accelerator> for Accelerators {
    fn from(only: Accelerator) -> Self {
        Self::new(only, [])
    }
}

macro_rules! accelerators_from_arrays {
    ($($size:literal: $($other:ident)*;)*) => {$(
        impl From<[Accelerator; $size]> for Accelerators {
            fn from([first, $($other),*]: [Accelerator; $size]) -> Self {
                Self::new(first, [$($other),*])
            }
        }
    )*};
}

// An empty array is no list of accelerators, so its type has no conversion.
accelerators_from_arrays! {
    1: ;
    2: b;
    3: b c;
    4: b c d;
    5: b c d e;
    6: b c d e f;
}

impl Value for Accelerators {
    const EXPECTED: &'static str = "hvf, kvm, nvmm, tcg, whpx or xen, with colons between";

    fn parse(text: &str) -> Option<Self> {
        let find = |name| Accelerator::ALL.into_iter().find(|one| one.name() == name);
        text.split(':').map(find).collect::<Option<_>>().map(Self)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Accelerator::name).collect();
        f.write_str(&names.join(":"))
    }
}

/// The name of another object: a letter, then letters, digits, `-`, `.` and `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// `None` when the text is no such name.
    pub fn new(text: &str) -> Option<Self> {
        let is_inner = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let well_formed =
            text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(is_inner);
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Id {
    const EXPECTED: &'static str = "an identifier";

    fn parse(text: &str) -> Option<Self> {
        Self::new(text)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
