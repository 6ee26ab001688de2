//! The device.

use crate::registers::{Control, Flags, Interrupts, LineControl, Register};
use emu_api::{Device, DeviceClass, Host};
use std::collections::VecDeque;

const FIFO_SIZE: usize = 16;
const ID_OFFSET: u32 = 0xfe0;
const ID: [u8; 8] = [0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1];

/// A UART.
#[derive(DeviceClass)]
#[device(name = "pl011", window = 0x1000)]
pub struct Pl011 {
    host: Host,
    received: VecDeque<u8>,
    line_control: LineControl,
    control: Control,
    mask: Interrupts,
    raised: Interrupts,
    integer_baud: u32,
    fractional_baud: u32,
    fifo_level: u32,
}

impl Device for Pl011 {
    const IS_SERIAL: bool = true;

    fn new(host: Host) -> Self {
        Self {
            host,
            received: VecDeque::with_capacity(FIFO_SIZE),
            line_control: LineControl::from(0),
            control: Control::reset(),
            mask: Interrupts::from(0),
            raised: Interrupts::from(0),
            integer_baud: 0,
            fractional_baud: 0,
            fifo_level: 0x12,
        }
    }

    fn read(&mut self, offset: u32, _size: u32) -> u32 {
        match Register::try_from(offset) {
            Ok(Register::Data) => u32::from(self.take()),
            Ok(Register::Flags) => u16::from(self.flags()).into(),
            Ok(Register::IntegerBaud) => self.integer_baud,
            Ok(Register::FractionalBaud) => self.fractional_baud,
            Ok(Register::LineControl) => u16::from(self.line_control).into(),
            Ok(Register::Control) => u16::from(self.control).into(),
            Ok(Register::FifoLevel) => self.fifo_level,
            Ok(Register::InterruptMask) => u16::from(self.mask).into(),
            Ok(Register::RawInterrupts) => u16::from(self.raised).into(),
            Ok(Register::MaskedInterrupts) => u16::from(self.raised.and(self.mask)).into(),
            // Errors do not happen on this wire, and one register is write only.
            Ok(Register::ReceiveStatus | Register::InterruptClear) => 0,
            Err(offset) => offset
                .checked_sub(ID_OFFSET)
                .and_then(|offset| ID.get(offset as usize / 4))
                .map_or(0, |&byte| byte.into()),
        }
    }

    fn write(&mut self, offset: u32, value: u32, _size: u32) {
        let half = value as u16;

        match Register::try_from(offset) {
            Ok(Register::Data) => self.send(value as u8),
            Ok(Register::IntegerBaud) => self.integer_baud = value & 0xffff,
            Ok(Register::FractionalBaud) => self.fractional_baud = value & 0x3f,
            Ok(Register::LineControl) => self.set_line_control(LineControl::from(half)),
            Ok(Register::Control) => self.control = Control::from(half),
            Ok(Register::FifoLevel) => self.fifo_level = value & 0x3f,
            Ok(Register::InterruptMask) => self.mask = Interrupts::from(half),
            Ok(Register::InterruptClear) => {
                self.raised = self.raised.without(Interrupts::from(half));
            }
            _ => {}
        }
        self.update_irq();
    }

    fn room(&self) -> u32 {
        if self.control.enable() && self.control.receive() {
            (self.capacity() - self.received.len().min(self.capacity())) as u32
        } else {
            0
        }
    }

    /// One character is enough for an interrupt: a guest should not have to wait for a timeout.
    fn receive(&mut self, byte: u8) {
        if self.received.len() < self.capacity() {
            self.received.push_back(byte);
            self.raised.set_receive(true);
        } else {
            self.raised.set_overrun(true);
        }
        self.update_irq();
    }
}

impl Pl011 {
    fn capacity(&self) -> usize {
        if self.line_control.fifos() {
            FIFO_SIZE
        } else {
            1
        }
    }

    fn flags(&self) -> Flags {
        let mut flags = Flags::reset();
        flags.set_receive_empty(self.received.is_empty());
        flags.set_receive_full(self.received.len() >= self.capacity());
        flags
    }

    fn take(&mut self) -> u8 {
        let byte = self.received.pop_front().unwrap_or(0);
        self.raised.set_receive(!self.received.is_empty());
        self.update_irq();
        byte
    }

    /// Sending takes no time, so the transmitter is always ready for more.
    fn send(&mut self, byte: u8) {
        if !self.control.enable() || !self.control.transmit() {
            return;
        }
        if self.control.loopback() {
            self.receive(byte);
        } else {
            self.host.console.write(&[byte]);
        }
        self.raised.set_transmit(true);
    }

    /// Switching the FIFOs empties them.
    fn set_line_control(&mut self, new: LineControl) {
        if new.fifos() != self.line_control.fifos() {
            self.received.clear();
            self.raised.set_receive(false);
        }
        self.line_control = new;
    }

    fn update_irq(&self) {
        self.host.irq.set(self.raised.and(self.mask).any());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emu_api::TestBench;

    const DATA: u32 = 0x00;
    const FLAGS: u32 = 0x18;
    const LINE_CONTROL: u32 = 0x2c;
    const CONTROL: u32 = 0x30;
    const MASK: u32 = 0x38;
    const CLEAR: u32 = 0x44;
    const RECEIVE: u32 = 1 << 4;
    const TRANSMIT: u32 = 1 << 5;

    fn uart() -> TestBench {
        TestBench::new(&pl011_class)
    }

    #[test]
    fn what_is_written_is_printed() {
        let uart = uart();
        for byte in *b"hi\n" {
            uart.write(DATA, byte.into());
        }
        assert_eq!(uart.printed(), b"hi\n");
    }

    #[test]
    fn what_is_typed_is_read_in_order() {
        let uart = uart();
        uart.write(LINE_CONTROL, 1 << 4);
        uart.type_in(b"ab");
        assert_eq!(uart.read(DATA), u32::from(b'a'));
        assert_eq!(uart.read(DATA), u32::from(b'b'));
        assert_eq!(uart.read(FLAGS) & (1 << 4), 1 << 4, "empty again");
    }

    #[test]
    fn without_fifos_there_is_room_for_one() {
        let uart = uart();
        uart.type_in(b"ab");
        assert_eq!(uart.read(FLAGS) & (1 << 6), 1 << 6, "full");
        assert_eq!(uart.read(DATA), u32::from(b'a'));
        uart.pass_ns(1); // the second one waited outside
        assert_eq!(uart.read(DATA), u32::from(b'b'));
    }

    #[test]
    fn an_interrupt_is_seen_when_it_is_let_through_and_until_it_is_served() {
        let uart = uart();
        uart.type_in(b"a");
        assert!(!uart.irq_level());
        uart.write(MASK, RECEIVE);
        assert!(uart.irq_level());
        uart.read(DATA);
        assert!(!uart.irq_level());
    }

    #[test]
    fn a_cleared_interrupt_is_gone() {
        let uart = uart();
        uart.write(MASK, TRANSMIT);
        uart.write(DATA, 0);
        assert!(uart.irq_level());
        uart.write(CLEAR, TRANSMIT);
        assert!(!uart.irq_level());
    }

    #[test]
    fn loopback_goes_in_instead_of_out() {
        let uart = uart();
        uart.write(CONTROL, 0x381);
        uart.write(DATA, b'x'.into());
        assert_eq!(uart.read(DATA), u32::from(b'x'));
        assert_eq!(uart.printed(), b"");
    }

    #[test]
    fn it_says_what_it_is() {
        let uart = uart();
        assert_eq!(uart.read(0xfe0), 0x11);
        assert_eq!(uart.read(0xffc), 0xb1);
    }
}
