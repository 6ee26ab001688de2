//! The device.

use crate::registers::{Capabilities, Half, Place, Register, TICK_NS};
use crate::timer::Timer;
use emu_api::{Device, DeviceClass, Host};

const TIMERS: usize = 3;

/// A timer block.
#[derive(DeviceClass)]
#[device(name = "hpet", window = 0x400)]
pub struct Hpet {
    host: Host,
    timers: [Timer; TIMERS],
    /// Whether the counter counts.
    enabled: bool,
    /// The timers that have fired; a bit each.
    status: u32,
    /// The counter, and the tick of the machine's clock when it was looked at.
    counter: u64,
    looked_at: u64,
}

impl Device for Hpet {
    fn new(host: Host) -> Self {
        Self {
            host,
            timers: [Timer::reset(); TIMERS],
            enabled: false,
            status: 0,
            counter: 0,
            looked_at: 0,
        }
    }

    fn read(&mut self, offset: u32, _size: u32) -> u32 {
        self.catch_up();
        Place::at(offset, TIMERS).map_or(0, |place| {
            place.half.of(match place.register {
                Register::Capabilities => Capabilities::of(TIMERS as u8).into(),
                Register::Config => self.enabled.into(),
                Register::Status => self.status.into(),
                Register::Counter => self.counter,
                Register::TimerConfig(timer) => self.timers[timer].config.into(),
                Register::Comparator(timer) => self.timers[timer].comparator(),
            })
        })
    }

    fn write(&mut self, offset: u32, value: u32, _size: u32) {
        self.catch_up();
        if let Some(Place { register, half }) = Place::at(offset, TIMERS) {
            match (register, half) {
                (Register::Config, Half::Low) => self.enabled = value & 1 != 0,
                (Register::Status, Half::Low) => self.status &= !value,
                (Register::Counter, _) => self.counter = half.replaced(self.counter, value),
                (Register::TimerConfig(timer), Half::Low) => {
                    let config = &mut self.timers[timer].config;
                    *config = config.written(value.into());
                }
                (Register::Comparator(timer), _) => {
                    self.timers[timer].write_comparator(half, value);
                }
                _ => {}
            }
        }
        self.update();
    }

    fn expire(&mut self) {
        self.catch_up();
        self.update();
    }
}

impl Hpet {
    /// Lets the counter run up to the machine's time, and the timers fire that it passed.
    fn catch_up(&mut self) {
        let now = self.host.timer.now_ns() / TICK_NS;
        let before = self.counter;

        if self.enabled {
            self.counter += now - self.looked_at;
            for (number, timer) in self.timers.iter_mut().enumerate() {
                if timer.pass(before, self.counter) && timer.config.interrupts() {
                    self.status |= 1 << number;
                }
            }
        }
        self.looked_at = now;
    }

    /// Shows the world what has fired, and asks to be called when something will.
    fn update(&mut self) {
        let next = self
            .timers
            .iter()
            .filter_map(|timer| timer.fires_at(self.counter))
            .min();

        self.host.irq.set(self.status != 0);
        match next {
            Some(tick) if self.enabled => {
                let ticks = self.looked_at + (tick - self.counter);
                self.host.timer.arm(ticks.saturating_mul(TICK_NS));
            }
            _ => self.host.timer.cancel(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emu_api::TestBench;

    const CONFIG: u32 = 0x010;
    const STATUS: u32 = 0x020;
    const COUNTER: u32 = 0x0f0;
    const TIMER_CONFIG: u32 = 0x100;
    const COMPARATOR: u32 = 0x108;

    fn counting() -> TestBench {
        let bench = TestBench::new(&hpet_class);
        bench.write(CONFIG, 1);
        bench
    }

    #[test]
    fn the_counter_stands_until_it_is_enabled() {
        let bench = TestBench::new(&hpet_class);
        bench.pass_ns(1000);
        assert_eq!(bench.read(COUNTER), 0);
        bench.write(CONFIG, 1);
        bench.pass_ns(1000);
        assert_eq!(bench.read(COUNTER), 100);
    }

    #[test]
    fn a_timer_raises_the_line_until_its_status_is_cleared() {
        let bench = counting();
        bench.write(TIMER_CONFIG, 0b110);
        bench.write(COMPARATOR, 50);
        bench.pass_ns(490);
        assert!(!bench.irq_level());
        bench.pass_ns(10);
        assert!(bench.irq_level());
        assert_eq!(bench.read(STATUS), 1);
        bench.write(STATUS, 1);
        assert!(!bench.irq_level());
    }

    #[test]
    fn a_timer_without_interrupts_is_silent() {
        let bench = counting();
        bench.write(COMPARATOR, 50);
        bench.pass_ns(1000);
        assert!(!bench.irq_level());
    }

    #[test]
    fn a_periodic_timer_fires_again_and_again() {
        let bench = counting();
        bench.write(TIMER_CONFIG + 0x20, 0b100_1110);
        bench.write(COMPARATOR + 0x20, 10);
        bench.write(COMPARATOR + 0x20, 10);
        for _ in 0..3 {
            bench.pass_ns(100);
            assert_eq!(bench.read(STATUS), 2);
            bench.write(STATUS, 2);
            assert!(!bench.irq_level());
        }
    }
}
