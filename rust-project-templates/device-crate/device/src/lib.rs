//! A timer: it counts ticks and raises its interrupt at a limit. The device proper is safe Rust; the
//! functions at the end are what C calls, declared in `include/@CRATE@_device.h`.

/// Offsets of the registers.
pub const CONTROL: u32 = 0x0;
pub const COUNT: u32 = 0x4;
pub const LIMIT: u32 = 0x8;

const ENABLE: u32 = 1;

#[derive(Debug, Default)]
pub struct Device {
    control: u32,
    count: u32,
    limit: u32,
}

impl Device {
    /// What a register reads as; those that do not exist read as zero.
    pub fn read(&self, offset: u32) -> u32 {
        match offset {
            CONTROL => self.control,
            COUNT => self.count,
            LIMIT => self.limit,
            _ => 0,
        }
    }

    pub fn write(&mut self, offset: u32, value: u32) {
        match offset {
            CONTROL => self.control = value & ENABLE,
            COUNT => self.count = value,
            LIMIT => self.limit = value,
            _ => {}
        }
    }

    /// Lets time pass; true when the interrupt is raised.
    pub fn tick(&mut self) -> bool {
        if self.control & ENABLE == 0 {
            return false;
        }
        self.count = self.count.wrapping_add(1);
        let raised = self.count == self.limit;
        if raised {
            self.count = 0;
        }
        raised
    }
}

#[no_mangle]
pub extern "C" fn @CRATE@_device_new() -> *mut Device {
    Box::into_raw(Box::default())
}

/// # Safety
/// `device` comes from `@CRATE@_device_new` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn @CRATE@_device_free(device: *mut Device) {
    if !device.is_null() {
        // SAFETY: the caller gives back what `new` made.
        drop(unsafe { Box::from_raw(device) });
    }
}

/// # Safety
/// `device` comes from `@CRATE@_device_new`.
#[no_mangle]
pub unsafe extern "C" fn @CRATE@_device_read(device: *const Device, offset: u32) -> u32 {
    // SAFETY: the caller keeps the device alive.
    unsafe { &*device }.read(offset)
}

/// # Safety
/// `device` comes from `@CRATE@_device_new` and nobody else uses it meanwhile.
#[no_mangle]
pub unsafe extern "C" fn @CRATE@_device_write(device: *mut Device, offset: u32, value: u32) {
    // SAFETY: as above.
    unsafe { &mut *device }.write(offset, value);
}

/// # Safety
/// As `@CRATE@_device_write`.
#[no_mangle]
pub unsafe extern "C" fn @CRATE@_device_tick(device: *mut Device) -> bool {
    // SAFETY: as above.
    unsafe { &mut *device }.tick()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_device_stands_still() {
        let mut device = Device::default();
        assert!(!device.tick());
        assert_eq!(device.read(COUNT), 0);
    }

    #[test]
    fn it_raises_its_interrupt_at_the_limit_and_starts_again() {
        let mut device = Device::default();
        device.write(LIMIT, 2);
        device.write(CONTROL, ENABLE);
        assert_eq!(
            [device.tick(), device.tick(), device.tick()],
            [false, true, false]
        );
    }
}
