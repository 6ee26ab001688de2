//! Devices, and how C calls them.

use crate::{bindings, Console, Irq, Timer};
use std::cell::RefCell;
use std::os::raw::c_void;
use std::process::abort;
use std::ptr;

/// What the machine lends a device.
#[derive(Debug)]
pub struct Host {
    /// Its interrupt line.
    pub irq: Irq,
    /// Its timer.
    pub timer: Timer,
    /// The outside of the serial port, for the device that is one.
    pub console: Console,
}

/// A device with registers. Offsets count from the start of its window; sizes are 1, 2 or 4.
pub trait Device: Sized + 'static {
    /// Whether it takes what the user types.
    const IS_SERIAL: bool = false;

    /// Makes one, as it is after a reset.
    fn new(host: Host) -> Self;

    /// The guest reads.
    fn read(&mut self, offset: u32, size: u32) -> u32;

    /// The guest writes.
    fn write(&mut self, offset: u32, value: u32, size: u32);

    /// Its timer ran out.
    fn expire(&mut self) {}

    /// How many characters it could take now.
    fn room(&self) -> u32 {
        0
    }

    /// A character was typed; there was room for it.
    fn receive(&mut self, _byte: u8) {}
}

/// The C structure for a device; [`DeviceClass`](macro@crate::DeviceClass) calls it.
///
/// # Panics
///
/// When the name does not end with a NUL, or the window is no power of two.
pub const fn class_for<T: Device>(name: &'static str, window: u32) -> bindings::DeviceClass {
    assert!(
        name.as_bytes()[name.len() - 1] == 0,
        "the name must end with a NUL"
    );
    assert!(
        window.is_power_of_two(),
        "the window must be a power of two"
    );
    bindings::DeviceClass {
        name: name.as_ptr().cast(),
        window,
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        read: Some(read::<T>),
        write: Some(write::<T>),
        expire: Some(expire::<T>),
        room: if T::IS_SERIAL { Some(room::<T>) } else { None },
        receive: if T::IS_SERIAL {
            Some(receive::<T>)
        } else {
            None
        },
    }
}

/// Ends the process when a panic would leave Rust: C frames cannot be unwound.
struct AbortOnPanic;

impl Drop for AbortOnPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            abort();
        }
    }
}

/// Runs a method of the device behind `this`. The cell catches a device that the machine
/// calls while it is being called.
///
/// # Safety
///
/// `this` comes from `create::<T>` and was not destroyed.
unsafe fn with<T: Device, R>(this: *mut c_void, method: impl FnOnce(&mut T) -> R) -> R {
    let _guard = AbortOnPanic;
    // SAFETY: by the contract above.
    let cell = unsafe { &*this.cast::<RefCell<T>>() };
    method(&mut cell.borrow_mut())
}

unsafe extern "C" fn create<T: Device>(host: *const bindings::DeviceHost) -> *mut c_void {
    let _guard = AbortOnPanic;
    // SAFETY: the machine passes a filled structure, whose parts outlive the device.
    let lent = unsafe {
        let host = &*host;
        (
            Irq::from_raw(host.irq),
            Timer::from_raw(host.timer),
            Console::from_raw(host.chardev),
        )
    };
    match lent {
        (Some(irq), Some(timer), Some(console)) => {
            let device = T::new(Host {
                irq,
                timer,
                console,
            });
            Box::into_raw(Box::new(RefCell::new(device))).cast()
        }
        _ => ptr::null_mut(),
    }
}

unsafe extern "C" fn destroy<T: Device>(this: *mut c_void) {
    let _guard = AbortOnPanic;
    // SAFETY: the machine destroys each device once, and each was made by `create::<T>`.
    drop(unsafe { Box::from_raw(this.cast::<RefCell<T>>()) });
}

unsafe extern "C" fn read<T: Device>(this: *mut c_void, offset: u32, size: u32) -> u32 {
    // SAFETY: the machine passes what `create::<T>` returned; so do the four below.
    unsafe { with(this, |device: &mut T| device.read(offset, size)) }
}

unsafe extern "C" fn write<T: Device>(this: *mut c_void, offset: u32, value: u32, size: u32) {
    // SAFETY: as above.
    unsafe { with(this, |device: &mut T| device.write(offset, value, size)) }
}

unsafe extern "C" fn expire<T: Device>(this: *mut c_void) {
    // SAFETY: as above.
    unsafe { with(this, |device: &mut T| device.expire()) }
}

unsafe extern "C" fn room<T: Device>(this: *mut c_void) -> u32 {
    // SAFETY: as above.
    unsafe { with(this, |device: &mut T| device.room()) }
}

unsafe extern "C" fn receive<T: Device>(this: *mut c_void, byte: u8) {
    // SAFETY: as above.
    unsafe { with(this, |device: &mut T| device.receive(byte)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DeviceClass, TestBench};
    use std::ffi::CStr;

    /// Echoes what is typed, raises its line at a threshold, and lowers it by its timer.
    #[derive(DeviceClass)]
    #[device(name = "echo", window = 0x100)]
    struct Echo {
        host: Host,
        typed: u32,
    }

    impl Device for Echo {
        const IS_SERIAL: bool = true;

        fn new(host: Host) -> Self {
            Self { host, typed: 0 }
        }

        fn read(&mut self, offset: u32, size: u32) -> u32 {
            self.typed << 16 | offset << 8 | size
        }

        fn write(&mut self, _offset: u32, value: u32, _size: u32) {
            self.host.irq.set(value > 10);
            self.host.timer.arm(self.host.timer.now_ns() + 500);
        }

        fn expire(&mut self) {
            self.host.irq.set(false);
        }

        fn room(&self) -> u32 {
            3 - self.typed
        }

        fn receive(&mut self, byte: u8) {
            self.typed += 1;
            self.host.console.write(&[byte, b'.']);
        }
    }

    #[test]
    fn the_class_says_what_the_attribute_said() {
        // SAFETY: the name is a literal with a final NUL.
        let name = unsafe { CStr::from_ptr(echo_class.name) };
        assert_eq!(name.to_str(), Ok("echo"));
        assert_eq!(echo_class.window, 0x100);
    }

    #[test]
    fn c_reads_a_register_of_a_rust_device() {
        let bench = TestBench::new(&echo_class);
        assert_eq!(bench.read(0x20), 0x2004);
    }

    #[test]
    fn a_device_gets_what_is_typed_as_long_as_it_has_room() {
        let bench = TestBench::new(&echo_class);
        bench.type_in(b"abcd");
        assert_eq!(bench.printed(), b"a.b.c.");
        assert_eq!(bench.read(0), 3 << 16 | 4);
    }

    #[test]
    fn a_timer_runs_out_when_its_time_has_come() {
        let bench = TestBench::new(&echo_class);
        bench.write(0, 11);
        assert!(bench.irq_level());
        bench.pass_ns(499);
        assert!(bench.irq_level());
        bench.pass_ns(1);
        assert!(!bench.irq_level());
    }
}
