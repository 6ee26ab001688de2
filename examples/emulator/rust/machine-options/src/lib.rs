//! The argument of `-machine`, typed: built, written and read.
//!
//! ```
//! use machine_options::{Accelerator, Machine, OnOffAuto, X86_64};
//!
//! let machine = Machine::<X86_64>::new("q35")?
//!     .with_accel([Accelerator::Kvm, Accelerator::Tcg])
//!     .with_vmport(OnOffAuto::Auto)
//!     .with_nvdimm(true);
//! assert_eq!(
//!     machine.to_args(),
//!     ["-machine", "q35,accel=kvm:tcg,vmport=auto,nvdimm=on"]
//! );
//! assert_eq!("q35,nvdimm=on,accel=kvm:tcg,vmport=auto".parse(), Ok(machine));
//! # Ok::<(), machine_options::ParseError>(())
//! ```
//!
//! An option that a style does not accept cannot be set:
//!
//! ```compile_fail
//! use machine_options::{Aarch64, Machine, OnOffAuto};
//!
//! Machine::<Aarch64>::new("virt").unwrap().with_vmport(OnOffAuto::On);
//! ```

mod error;
mod machine;
mod style;
mod value;

pub use error::ParseError;
pub use machine::Machine;
pub use style::{Aarch64, Style, X86_64};
pub use value::{Accelerator, Accelerators, Id, OnOffAuto};
