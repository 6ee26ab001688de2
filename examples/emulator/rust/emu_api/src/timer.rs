//! Timers.

use crate::bindings;
use std::ptr::NonNull;

/// The one timer of a device: when it runs out, the machine calls
/// [`Device::expire`](crate::Device::expire).
#[derive(Debug)]
pub struct Timer(NonNull<bindings::Timer>);

impl Timer {
    /// Wraps the machine's timer.
    ///
    /// # Safety
    ///
    /// The timer must be initialized, outlive the result, and be used by nobody else.
    pub unsafe fn from_raw(timer: *mut bindings::Timer) -> Option<Self> {
        NonNull::new(timer).map(Self)
    }

    /// Nanoseconds since the machine started.
    pub fn now_ns(&self) -> u64 {
        // SAFETY: by the contract of `from_raw` the timer is still there.
        unsafe { bindings::timer_now_ns(self.0.as_ptr()) }
    }

    /// Lets it run out at a time; an earlier request is forgotten.
    pub fn arm(&self, deadline_ns: u64) {
        // SAFETY: as above.
        unsafe { bindings::timer_arm(self.0.as_ptr(), deadline_ns) }
    }

    /// Forgets the request, if there is one.
    pub fn cancel(&self) {
        // SAFETY: as above.
        unsafe { bindings::timer_cancel(self.0.as_ptr()) }
    }
}
