//! The UART of ARM's PrimeCells, as far as a console needs it: data, flags, FIFOs and
//! interrupts. Baud rates are stored and otherwise ignored.
//!
//! ```
//! use emu_api::TestBench;
//!
//! let bench = TestBench::new(&pl011::pl011_class);
//! bench.write(0x00, u32::from(b'!'));
//! assert_eq!(bench.printed(), b"!");
//! ```

mod device;
mod registers;

pub use device::{pl011_class, Pl011};
