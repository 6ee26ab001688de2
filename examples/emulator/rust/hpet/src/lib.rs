//! The high precision event timer: a counter of 10 ns ticks, and three comparators, one-shot or
//! periodic, that share the device's interrupt line. Registers are 64 bits wide; the guest
//! reaches them by halves.
//!
//! ```
//! use emu_api::TestBench;
//!
//! let bench = TestBench::new(&hpet::hpet_class);
//! bench.write(0x010, 1); // let it count
//! bench.pass_ns(420);
//! assert_eq!(bench.read(0x0f0), 42);
//! ```

mod device;
mod registers;
mod timer;

pub use device::{hpet_class, Hpet};
