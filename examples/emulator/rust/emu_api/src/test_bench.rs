//! A machine for one device: for tests.

use crate::bindings;
use std::ptr::NonNull;
use std::slice;

/// A device on the C code's own event loop and character stream, with a virtual clock.
#[derive(Debug)]
pub struct TestBench(NonNull<bindings::TestBench>);

impl TestBench {
    /// Plugs in a device of a class.
    ///
    /// # Panics
    ///
    /// When the device cannot be made.
    pub fn new(class: &'static bindings::DeviceClass) -> Self {
        // SAFETY: the class lives as long as the program.
        let bench = unsafe { bindings::bench_create(class) };
        Self(NonNull::new(bench).expect("the device can be made"))
    }

    /// Reads a 32-bit register.
    pub fn read(&self, offset: u32) -> u32 {
        // SAFETY: here and below: the bench lives as long as `self`.
        unsafe { bindings::bench_read(self.0.as_ptr(), offset, 4) }
    }

    /// Writes a 32-bit register.
    pub fn write(&self, offset: u32, value: u32) {
        // SAFETY: as above.
        unsafe { bindings::bench_write(self.0.as_ptr(), offset, value, 4) }
    }

    /// Types into the serial port.
    pub fn type_in(&self, bytes: &[u8]) {
        // SAFETY: as above, and C copies the bytes.
        unsafe { bindings::bench_type(self.0.as_ptr(), bytes.as_ptr(), bytes.len() as _) }
    }

    /// Lets time pass.
    pub fn pass_ns(&self, ns: u64) {
        // SAFETY: as above.
        unsafe { bindings::bench_pass_ns(self.0.as_ptr(), ns) }
    }

    /// Whether the device's interrupt line is high.
    pub fn irq_level(&self) -> bool {
        // SAFETY: as above.
        unsafe { bindings::bench_irq_level(self.0.as_ptr()) }
    }

    /// Everything the device has printed.
    pub fn printed(&self) -> Vec<u8> {
        let mut size = 0;
        // SAFETY: as above; the bytes are copied before anybody can change them.
        unsafe {
            let bytes = bindings::bench_printed(self.0.as_ptr(), &mut size);
            slice::from_raw_parts(bytes, size as usize).to_vec()
        }
    }
}

impl Drop for TestBench {
    fn drop(&mut self) {
        // SAFETY: it was made by `new`, and is destroyed here only.
        unsafe { bindings::bench_destroy(self.0.as_ptr()) }
    }
}
