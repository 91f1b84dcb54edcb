//! The gateway's time, learned from the Date header of its replies.

/// A smaller correction is noise: a Date header has whole seconds, and takes time to arrive.
const THRESHOLD_MS: i64 = 2_000;

/// A reply that took longer says too little about the moment its Date was written.
const LONGEST_TRIP_MS: i64 = 10_000;

/// A working server's date is between 2021-01-01 and 2100-01-01.
const SENSIBLE: core::ops::Range<i64> = 1_609_459_200_000..4_102_444_800_000;

/// How far the system's clock is from the gateway's. All times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GatewayClock {
    offset: i64,
}

impl GatewayClock {
    /// Learns from a reply's Date header; one that makes no sense is ignored. `sent` and `answered` are the
    /// system's time around the trip.
    pub fn learn(&mut self, date: i64, sent: i64, answered: i64) {
        let trip = answered.saturating_sub(sent);
        if !SENSIBLE.contains(&date) || !(0..=LONGEST_TRIP_MS).contains(&trip) {
            return;
        }
        // The server wrote it at some moment of the trip, and rounded it down to a second.
        let offset = date.saturating_add(500).saturating_sub(sent.saturating_add(trip / 2));
        if offset.saturating_abs() <= THRESHOLD_MS {
            self.offset = 0;
        } else if offset.saturating_abs() > THRESHOLD_MS + trip / 2 {
            self.offset = offset;
        }
        // In between, a slow trip explains it as well as a wrong clock does: the known offset stays.
    }

    /// The time for a request's timestamp.
    pub fn now(self, system: i64) -> i64 {
        system.saturating_add(self.offset)
    }

    /// Whether a timestamp made with `before` was wrong by what is known now.
    pub fn differs(self, before: Self) -> bool {
        self.offset.saturating_sub(before.offset).saturating_abs() > THRESHOLD_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2021-07-18 01:00, what the gateway says and what is right.
    const THEN: i64 = 1_626_570_000_000;

    fn learned(date: i64, sent: i64, answered: i64) -> GatewayClock {
        let mut clock = GatewayClock::default();
        clock.learn(date, sent, answered);
        clock
    }

    #[test]
    fn ten_minutes_fast_and_slow_are_corrected() {
        for off in [-600_000, 600_000, 40 * 365 * 86_400_000, -THEN] {
            let clock = learned(THEN, THEN + off, THEN + off + 200);
            assert!((clock.now(THEN + off) - THEN).abs() <= 600, "{off}: {clock:?}");
            assert!(clock.differs(GatewayClock::default()));
        }
    }

    #[test]
    fn a_small_difference_is_left_alone_and_a_mended_clock_is_noticed() {
        assert_eq!(learned(THEN, THEN - 1_300, THEN - 1_200), GatewayClock::default());
        let mut clock = learned(THEN, THEN - 600_000, THEN - 600_000);
        clock.learn(THEN, THEN, THEN + 30);
        assert_eq!(clock, GatewayClock::default());
    }

    #[test]
    fn a_date_that_makes_no_sense_is_ignored() {
        for date in [0, THEN / 1_000, 200 * 365 * 86_400_000 + THEN, i64::MIN, i64::MAX] {
            assert_eq!(learned(date, 5, 6), GatewayClock::default(), "{date}");
        }
        assert_eq!(learned(THEN, 0, 11_000), GatewayClock::default(), "too long a trip");
        assert_eq!(learned(THEN, THEN - 200, THEN + 5_300), GatewayClock::default(), "a right clock, a slow body");
        assert_eq!(learned(THEN, 1_000, 0), GatewayClock::default(), "a clock set back on the way");
    }
}
