//! The registers, bit by bit.

use bilge::prelude::*;
use emu_api::TryFromBits;

/// Where each register is. The identification registers at the end of the window have no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, TryFromBits)]
#[repr(u32)]
pub enum Register {
    Data = 0x00,
    ReceiveStatus = 0x04,
    Flags = 0x18,
    IntegerBaud = 0x24,
    FractionalBaud = 0x28,
    LineControl = 0x2c,
    Control = 0x30,
    FifoLevel = 0x34,
    InterruptMask = 0x38,
    RawInterrupts = 0x3c,
    MaskedInterrupts = 0x40,
    InterruptClear = 0x44,
}

/// What the guest polls.
#[bitsize(16)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct Flags {
    clear_to_send: bool,
    data_set_ready: bool,
    carrier_detect: bool,
    busy: bool,
    pub receive_empty: bool,
    transmit_full: bool,
    pub receive_full: bool,
    pub transmit_empty: bool,
    ring: bool,
    reserved: u7,
}

impl Flags {
    /// After a reset both FIFOs are empty, and the line is ready.
    pub fn reset() -> Self {
        let mut flags = Self::from(0);
        flags.set_clear_to_send(true);
        flags.set_receive_empty(true);
        flags.set_transmit_empty(true);
        flags
    }
}

/// How characters look on the wire, and whether there are FIFOs.
#[bitsize(16)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct LineControl {
    send_break: bool,
    parity: bool,
    even_parity: bool,
    two_stop_bits: bool,
    pub fifos: bool,
    word_length: u2,
    stick_parity: bool,
    reserved: u8,
}

/// What is switched on.
#[bitsize(16)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct Control {
    pub enable: bool,
    irda: bool,
    irda_low_power: bool,
    reserved: u4,
    pub loopback: bool,
    pub transmit: bool,
    pub receive: bool,
    modem: u6,
}

impl Control {
    /// After a reset both directions are on; unlike hardware, so is the UART itself, as
    /// firmware would have left it.
    pub fn reset() -> Self {
        let mut control = Self::from(0);
        control.set_enable(true);
        control.set_transmit(true);
        control.set_receive(true);
        control
    }
}

/// The causes of an interrupt: raised, let through, or cleared.
#[bitsize(16)]
#[derive(Clone, Copy, DebugBits, FromBits)]
pub struct Interrupts {
    modem: u4,
    pub receive: bool,
    pub transmit: bool,
    pub timeout: bool,
    errors: u3,
    pub overrun: bool,
    reserved: u5,
}

impl Interrupts {
    /// The causes that are in both.
    pub fn and(self, other: Self) -> Self {
        Self::from(u16::from(self) & u16::from(other))
    }

    /// The causes that are here, but not in the other.
    pub fn without(self, other: Self) -> Self {
        Self::from(u16::from(self) & !u16::from(other))
    }

    /// Whether there is any.
    pub fn any(self) -> bool {
        u16::from(self) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_where_the_manual_has_them() {
        assert_eq!(u16::from(Flags::reset()), 1 << 0 | 1 << 4 | 1 << 7);
        assert_eq!(u16::from(Control::reset()), 1 << 0 | 1 << 8 | 1 << 9);
        assert!(LineControl::from(1 << 4).fifos());
        assert!(Interrupts::from(1 << 4).receive());
        assert!(Interrupts::from(1 << 5).transmit());
        assert!(Interrupts::from(1 << 10).overrun());
    }

    #[test]
    fn an_offset_names_a_register_or_none() {
        assert_eq!(Register::try_from(0x18), Ok(Register::Flags));
        assert_eq!(Register::try_from(0x19), Err(0x19));
    }
}
