//! Interrupt lines.

use crate::bindings;
use std::ptr::NonNull;

/// The wire by which a device asks for attention.
#[derive(Debug)]
pub struct Irq(NonNull<bindings::IrqLine>);

impl Irq {
    /// Wraps the machine's line.
    ///
    /// # Safety
    ///
    /// The line must outlive the result.
    pub unsafe fn from_raw(line: *const bindings::IrqLine) -> Option<Self> {
        NonNull::new(line as *mut _).map(Self)
    }

    /// Raises the line, or lowers it.
    pub fn set(&self, level: bool) {
        // SAFETY: by the contract of `from_raw` the line is still there.
        unsafe { bindings::irq_set(self.0.as_ptr(), level) }
    }
}
