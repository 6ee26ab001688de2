//! The emulator's C interface, made safe for devices.
//!
//! A device implements [`Device`] and derives [`DeviceClass`](macro@DeviceClass), which exports
//! the structure that the C code looks for. The machine calls it from one thread only.
//!
//! ```
//! use emu_api::{Device, DeviceClass, Host};
//!
//! /// Counts how often it is read.
//! #[derive(DeviceClass)]
//! #[device(name = "tally", window = 0x10)]
//! struct Tally {
//!     reads: u32,
//! }
//!
//! impl Device for Tally {
//!     fn new(_host: Host) -> Self {
//!         Self { reads: 0 }
//!     }
//!
//!     fn read(&mut self, _offset: u32, _size: u32) -> u32 {
//!         self.reads += 1;
//!         self.reads
//!     }
//!
//!     fn write(&mut self, _offset: u32, _value: u32, _size: u32) {
//!         self.reads = 0;
//!     }
//! }
//!
//! let bench = emu_api::TestBench::new(&tally_class);
//! assert_eq!(bench.read(0), 1);
//! assert_eq!(bench.read(0), 2);
//! bench.write(0, 0);
//! assert_eq!(bench.read(0), 1);
//! ```

// So that the derive macros' output, which names this crate, works in here too.
extern crate self as emu_api;

pub mod bindings;
mod console;
mod device;
mod irq;
mod test_bench;
mod timer;

pub use console::Console;
pub use device::{class_for, Device, Host};
pub use emu_api_macros::{DeviceClass, TryFromBits};
pub use irq::Irq;
pub use test_bench::TestBench;
pub use timer::Timer;
