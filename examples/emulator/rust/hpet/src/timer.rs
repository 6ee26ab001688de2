//! One comparator.

use crate::registers::{Half, TimerConfig};

/// A timer that fires when the counter reaches its comparator. All in ticks.
#[derive(Clone, Copy, Debug)]
pub struct Timer {
    pub config: TimerConfig,
    comparator: u64,
    period: u64,
}

impl Timer {
    /// After a reset its comparator is out of reach.
    pub fn reset() -> Self {
        Self {
            config: TimerConfig::reset(),
            comparator: u64::MAX,
            period: 0,
        }
    }

    /// When it fires next, if ever.
    pub fn fires_at(&self, counter: u64) -> Option<u64> {
        (self.comparator > counter && self.comparator != u64::MAX).then_some(self.comparator)
    }

    pub fn comparator(&self) -> u64 {
        self.comparator
    }

    /// The guest writes half of the comparator. In periodic mode that is the period, unless it
    /// asked for the comparator itself.
    pub fn write_comparator(&mut self, half: Half, value: u32) {
        if !self.config.periodic() || self.config.set_next() {
            self.comparator = half.replaced(self.comparator, value);
            // A guest of 32 bits writes the low half only: do not leave it out of reach.
            if half == Half::Low {
                self.comparator = u64::from(value);
                self.config.set_set_next(false);
            }
        } else {
            self.period = half.replaced(self.period, value);
        }
    }

    /// Whether it fires as the counter goes from `before` to `now`. A periodic one moves on,
    /// past what it missed.
    pub fn pass(&mut self, before: u64, now: u64) -> bool {
        let fires = before < self.comparator && self.comparator <= now;

        if fires && self.config.periodic() && self.period > 0 {
            let missed = (now - self.comparator) / self.period;
            self.comparator += (missed + 1) * self.period;
        }
        fires
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_one_shot_fires_once() {
        let mut timer = Timer::reset();
        timer.write_comparator(Half::Low, 100);
        assert!(!timer.pass(0, 99));
        assert!(timer.pass(99, 100));
        assert!(!timer.pass(100, 1000));
        assert_eq!(timer.fires_at(1000), None);
    }

    #[test]
    fn a_periodic_one_moves_past_what_it_missed() {
        let mut timer = Timer::reset();
        timer.config = timer.config.written(0b100_1000);
        timer.write_comparator(Half::Low, 100);
        timer.write_comparator(Half::Low, 50);
        assert!(timer.pass(0, 100));
        assert_eq!(timer.comparator(), 150);
        assert!(timer.pass(100, 275));
        assert_eq!(timer.comparator(), 300);
    }
}
