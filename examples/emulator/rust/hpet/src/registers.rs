//! The registers, bit by bit.

use arbitrary_int::u5;
use bilge::prelude::*;

/// How long a tick is, in femtoseconds as the register has it.
pub const TICK_FS: u32 = 10_000_000;
/// The same, in nanoseconds as the machine has it.
pub const TICK_NS: u64 = 10;

/// What the timer block is.
#[bitsize(64)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct Capabilities {
    revision: u8,
    last_timer: u5,
    wide_counter: bool,
    reserved: bool,
    legacy_routing: bool,
    vendor: u16,
    period_fs: u32,
}

impl Capabilities {
    /// A block of a number of timers.
    pub fn of(timers: u8) -> Self {
        Self::new(1, u5::new(timers - 1), true, false, 0x8086, TICK_FS)
    }
}

/// How one timer works.
#[bitsize(64)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct TimerConfig {
    reserved: bool,
    pub level_triggered: bool,
    pub interrupts: bool,
    pub periodic: bool,
    can_be_periodic: bool,
    is_wide: bool,
    /// The next write to the comparator sets when it fires, not its period.
    pub set_next: bool,
    reserved: bool,
    narrow: bool,
    route: u5,
    reserved: u2,
    routes: u16,
    padding: u32,
}

impl TimerConfig {
    /// The bits that the guest may change.
    const WRITABLE: u64 = 0b100_1110;

    /// After a reset.
    pub fn reset() -> Self {
        let mut config = Self::from(0);
        config.set_can_be_periodic(true);
        config.set_is_wide(true);
        config
    }

    /// As the guest wrote it, but what it may not change is kept.
    pub fn written(self, bits: u64) -> Self {
        Self::from(u64::from(self) & !Self::WRITABLE | bits & Self::WRITABLE)
    }
}

/// Where a register is, and which of its halves is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub register: Register,
    pub half: Half,
}

/// The low or the high 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    Low,
    High,
}

/// The registers; those of timers say of which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    Capabilities,
    Config,
    Status,
    Counter,
    TimerConfig(usize),
    Comparator(usize),
}

impl Half {
    /// The half of a register's value.
    pub fn of(self, value: u64) -> u32 {
        match self {
            Self::Low => value as u32,
            Self::High => (value >> 32) as u32,
        }
    }

    /// The register's value, with this half replaced.
    pub fn replaced(self, value: u64, half: u32) -> u64 {
        match self {
            Self::Low => value & !0xffff_ffff | u64::from(half),
            Self::High => value & 0xffff_ffff | u64::from(half) << 32,
        }
    }
}

impl Place {
    /// What is at an offset, in a block of a number of timers.
    pub fn at(offset: u32, timers: usize) -> Option<Self> {
        let timer = (offset as usize).checked_sub(0x100).map(|rest| rest / 0x20);
        let register = match (offset & !7, timer) {
            (0x000, _) => Register::Capabilities,
            (0x010, _) => Register::Config,
            (0x020, _) => Register::Status,
            (0x0f0, _) => Register::Counter,
            (start, Some(timer)) if timer < timers => match start & 0x1f {
                0x00 => Register::TimerConfig(timer),
                0x08 => Register::Comparator(timer),
                _ => return None,
            },
            _ => return None,
        };
        let half = if offset & 4 == 0 {
            Half::Low
        } else {
            Half::High
        };
        Some(Self { register, half })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_capabilities_are_where_the_specification_has_them() {
        assert_eq!(u64::from(Capabilities::of(3)), 0x0098_9680_8086_2201);
    }

    #[test]
    fn the_guest_changes_only_what_it_may() {
        let config = TimerConfig::reset().written(u64::MAX);
        assert_eq!(u64::from(config), 0b111_1110);
    }

    #[test]
    fn each_timer_has_its_registers() {
        let place = |offset| Place::at(offset, 3).map(|place| place.register);
        assert_eq!(place(0x104), Some(Register::TimerConfig(0)));
        assert_eq!(place(0x148), Some(Register::Comparator(2)));
        assert_eq!(place(0x168), None);
        assert_eq!(place(0x008), None);
    }

    #[test]
    fn a_half_is_replaced_and_the_other_kept() {
        let value = 0x1111_2222_3333_4444;
        assert_eq!(Half::Low.replaced(value, 5), 0x1111_2222_0000_0005);
        assert_eq!(Half::High.replaced(value, 5), 0x0000_0005_3333_4444);
        assert_eq!(Half::High.of(value), 0x1111_2222);
    }
}
