//! What machines of an architecture accept.

/// An architecture's own options and machine types.
pub trait Style: Clone + std::fmt::Debug + PartialEq + Eq + 'static {
    /// What it is called.
    const NAME: &'static str;
    /// What a machine type may be, for messages.
    const EXPECTED_TYPES: &'static str;
    /// Types without versions.
    const TYPES: &'static [&'static str];
    /// Types that may have one, as in `virt-9.2`.
    const VERSIONED_TYPES: &'static [&'static str];
    /// Options of other architectures.
    const REFUSED_OPTIONS: &'static [&'static str];

    /// Whether it has such a machine.
    fn has_type(name: &str) -> bool {
        let is_versioned = Self::VERSIONED_TYPES.iter().any(|family| {
            name.strip_prefix(family)
                .and_then(|rest| rest.strip_prefix('-'))
                .map_or(false, is_version)
        });
        Self::TYPES.contains(&name) || is_versioned
    }
}

/// Numbers between dots, at least two.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    text.contains('.') && text.split('.').all(is_number)
}

/// Machines of x86_64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct X86_64;

impl Style for X86_64 {
    const NAME: &'static str = "x86_64";
    const EXPECTED_TYPES: &'static str =
        "isapc, microvm, none, pc, pc-i440fx-VERSION, pc-q35-VERSION or q35";
    const TYPES: &'static [&'static str] = &["isapc", "microvm", "none", "pc", "q35"];
    const VERSIONED_TYPES: &'static [&'static str] = &["pc-i440fx", "pc-q35"];
    const REFUSED_OPTIONS: &'static [&'static str] = &[];
}

/// Machines of aarch64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aarch64;

impl Style for Aarch64 {
    const NAME: &'static str = "aarch64";
    const EXPECTED_TYPES: &'static str =
        "none, raspi3b, raspi4b, sbsa-ref, virt, virt-VERSION or xlnx-zcu102";
    const TYPES: &'static [&'static str] = &[
        "none",
        "raspi3b",
        "raspi4b",
        "sbsa-ref",
        "virt",
        "xlnx-zcu102",
    ];
    const VERSIONED_TYPES: &'static [&'static str] = &["virt"];
    const REFUSED_OPTIONS: &'static [&'static str] = &["vmport"];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_may_have_a_version_where_its_family_has() {
        assert!(X86_64::has_type("q35"));
        assert!(X86_64::has_type("pc-q35-9.2"));
        assert!(!X86_64::has_type("q35-9.2"));
        assert!(!X86_64::has_type("pc-q35-"));
        assert!(!X86_64::has_type("pc-q35-9."));
        assert!(!X86_64::has_type("virt"));
        assert!(Aarch64::has_type("virt-10.0"));
    }
}
