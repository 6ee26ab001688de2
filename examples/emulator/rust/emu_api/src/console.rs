//! The outside end of a serial port.

use crate::bindings;
use std::ptr::NonNull;

/// Where a serial port prints to. What is typed comes by
/// [`Device::receive`](crate::Device::receive).
#[derive(Debug)]
pub struct Console(NonNull<bindings::Chardev>);

impl Console {
    /// Wraps the machine's character stream.
    ///
    /// # Safety
    ///
    /// The stream must be initialized and outlive the result.
    pub unsafe fn from_raw(chardev: *mut bindings::Chardev) -> Option<Self> {
        NonNull::new(chardev).map(Self)
    }

    /// Prints.
    pub fn write(&self, bytes: &[u8]) {
        // SAFETY: by the contract of `from_raw` the stream is still there; the slice is valid
        // for its length, and the C code does not keep it.
        unsafe { bindings::chardev_write(self.0.as_ptr(), bytes.as_ptr(), bytes.len() as _) }
    }
}
