//! The platform's quota: at most so many calls in any period (document section 3), in order of arrival.

use crate::prelude::*;

/// At most `calls` in any `period_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Calls, at least 1.
    pub calls: u32,
    /// Milliseconds, at least 1.
    pub period_ms: u32,
}

impl Default for Quota {
    /// The document's: 400 in 60 seconds.
    fn default() -> Self {
        Self { calls: 400, period_ms: 60_000 }
    }
}

/// A sliding window with a queue. Times are milliseconds on any clock; a clock that goes back counts as standing still.
///
/// A call counts from its sending until one period after its end, because nobody knows when it arrived in between. So
/// no period of the gateway's can hold more than the quota, however it is aligned and however slow the network is.
#[derive(Debug)]
pub struct Pace {
    quota: Quota,
    /// What the clock showed last; `now` is the time that has passed since the beginning.
    seen: Option<f64>,
    now: f64,
    running: u32,
    /// When the calls of the last period ended, oldest first.
    ended: Vec<f64>,
    /// By priority, then in order of arrival.
    queue: Vec<Ticket>,
    /// How many in the queue are [`Priority::Normal`].
    normal: usize,
    next: u64,
}

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(Priority, u64);

/// Who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Priority {
    /// Somebody waits for the answer.
    #[default]
    Normal,
    /// Goes when no call of [`Priority::Normal`] waits.
    Low,
}

/// What [`Pace::ask`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Send now, and report when it has [`ended`](Pace::ended).
    Granted,
    /// Wait until [`Pace::due`] names the ticket.
    Queued(Ticket),
    /// The wait would be longer than the caller can wait.
    TooLong {
        /// At least, in milliseconds.
        wait_ms: u32,
    },
}

impl Pace {
    /// A pace before any call.
    pub fn new(quota: Quota) -> Self {
        Self { quota, seen: None, now: 0.0, running: 0, ended: Vec::new(), queue: Vec::new(), normal: 0, next: 0 }
    }

    /// Asks to send one call; `within_ms` is how long the caller can wait.
    pub fn ask(&mut self, clock: f64, within_ms: Option<u32>, priority: Priority) -> Asked {
        self.pass(clock);
        let wait = self.wait_for(self.ahead_of(priority));
        if wait <= 0.0 {
            self.running = self.running.saturating_add(1);
            return Asked::Granted;
        }
        if within_ms.is_some_and(|within| wait > f64::from(within)) {
            return Asked::TooLong { wait_ms: rounded_up(wait) };
        }
        let ticket = Ticket(priority, self.next);
        self.next = self.next.wrapping_add(1);
        let place = self.queue.partition_point(|other| *other < ticket);
        self.queue.insert(place, ticket);
        self.normal += usize::from(priority == Priority::Normal);
        Asked::Queued(ticket)
    }

    /// How long a newcomer would wait at least, in milliseconds; takes no place in the queue.
    pub fn wait_ms(&mut self, clock: f64, priority: Priority) -> u32 {
        self.pass(clock);
        rounded_up(self.wait_for(self.ahead_of(priority)))
    }

    /// A granted call has its answer, or will never have one.
    pub fn ended(&mut self, clock: f64) {
        self.pass(clock);
        self.running = self.running.saturating_sub(1);
        self.ended.push(self.now);
    }

    /// A granted call was not sent after all.
    pub fn unused(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    /// The caller waits no longer.
    pub fn cancel(&mut self, ticket: Ticket) {
        if let Ok(place) = self.queue.binary_search(&ticket) {
            self.queue.remove(place);
            self.left(ticket);
        }
    }

    /// The tickets whose turn it is, in order; each counts as granted.
    pub fn due(&mut self, clock: f64) -> Vec<Ticket> {
        self.pass(clock);
        let most = self.free().min(self.queue.len());
        let due: Vec<_> = self.queue.drain(..most).collect();
        for ticket in &due {
            self.left(*ticket);
            self.running = self.running.saturating_add(1);
        }
        due
    }

    /// In how many milliseconds the next ticket may be due; none if nobody waits, or if it depends on the end of a
    /// running call.
    pub fn wake_in(&self) -> Option<u32> {
        if self.queue.is_empty() {
            return None;
        }
        let first = self.ended.first()?;
        // Rounded up: a timer that fires early would find nothing due.
        Some(rounded_up(first + self.period() - self.now))
    }

    /// Whether it remembers nothing, so that a new window would do.
    pub fn is_idle(&mut self, clock: f64) -> bool {
        self.pass(clock);
        self.running == 0 && self.ended.is_empty() && self.queue.is_empty()
    }

    /// How many go before a newcomer.
    fn ahead_of(&self, priority: Priority) -> usize {
        match priority {
            Priority::Normal => self.normal,
            Priority::Low => self.queue.len(),
        }
    }

    fn left(&mut self, Ticket(priority, _): Ticket) {
        self.normal = self.normal.saturating_sub(usize::from(priority == Priority::Normal));
    }

    /// Updates the time and forgets what is one period old.
    fn pass(&mut self, clock: f64) {
        let passed = self.seen.map_or(0.0, |seen| (clock - seen).max(0.0));
        self.seen = Some(clock);
        self.now += passed;
        let old = self.ended.iter().take_while(|end| self.now - **end >= self.period()).count();
        self.ended.drain(..old);
    }

    /// How long at least until a call with `ahead` others before it may be sent. Assumes that running calls end now,
    /// and that those ahead end as soon as they are sent.
    fn wait_for(&self, ahead: usize) -> f64 {
        let calls = self.quota.calls as usize;
        let Some(beyond) = ahead.checked_sub(self.free()) else { return 0.0 };
        // Slots become free one by one: those of ended calls, of running ones, and in this order again a period later.
        let (round, place) = (beyond / calls, beyond % calls);
        let base = self.ended.get(place).map_or(self.period(), |end| end + self.period() - self.now);
        base + self.period() * round as f64
    }

    /// How many may send now.
    fn free(&self) -> usize {
        (self.quota.calls as usize).saturating_sub(self.running as usize).saturating_sub(self.ended.len())
    }

    fn period(&self) -> f64 {
        f64::from(self.quota.period_ms)
    }
}

/// Rounds up to whole milliseconds: a wait must not end too early. (By hand, because `f64::ceil` needs std.)
fn rounded_up(ms: f64) -> u32 {
    let whole = ms as u32;
    if f64::from(whole) < ms { whole.saturating_add(1) } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NORMAL: Priority = Priority::Normal;

    fn pace(calls: u32) -> Pace {
        Pace::new(Quota { calls, period_ms: 1_000 })
    }

    fn ticket(asked: Asked) -> Ticket {
        match asked {
            Asked::Queued(ticket) => ticket,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_call_counts_until_a_period_after_its_end() {
        let mut pace = pace(2);
        assert_eq!(pace.ask(0.0, None, NORMAL), Asked::Granted);
        assert_eq!(pace.ask(0.0, None, NORMAL), Asked::Granted);
        let third = ticket(pace.ask(0.0, None, NORMAL));
        pace.ended(400.0);
        assert_eq!(pace.wake_in(), Some(1_000));
        assert_eq!(pace.due(1_399.0), []);
        assert_eq!(pace.wake_in(), Some(1));
        assert_eq!(pace.due(1_400.0), [third]);
        // The other call still runs, and keeps its place until it ends.
        let fourth = ticket(pace.ask(1_400.0, None, NORMAL));
        assert_eq!(pace.wake_in(), None);
        pace.ended(9_000.0);
        pace.ended(9_500.0);
        assert_eq!(pace.due(9_999.0), []);
        assert_eq!(pace.due(10_000.0), [fourth]);
    }

    #[test]
    fn first_come_first_served_and_whoever_leaves_gives_way() {
        let mut pace = pace(1);
        assert_eq!(pace.ask(0.0, None, NORMAL), Asked::Granted);
        let waiting: Vec<_> = (0..3).map(|_| ticket(pace.ask(0.0, None, NORMAL))).collect();
        pace.ended(0.0);
        pace.cancel(waiting[0]);
        assert_eq!(pace.due(1_000.0), [waiting[1]]);
        pace.unused();
        assert_eq!(pace.due(1_000.0), [waiting[2]]);
    }

    #[test]
    fn whoever_is_in_no_hurry_lets_the_others_go_first() {
        let mut pace = pace(1);
        assert_eq!(pace.ask(0.0, None, Priority::Low), Asked::Granted);
        pace.ended(0.0);
        let low = ticket(pace.ask(0.0, None, Priority::Low));
        // A low-priority call is not counted among those ahead.
        assert_eq!(pace.ask(0.0, Some(999), NORMAL), Asked::TooLong { wait_ms: 1_000 });
        let normal = ticket(pace.ask(0.0, Some(1_000), NORMAL));
        assert_eq!(pace.ask(0.0, Some(0), Priority::Low), Asked::TooLong { wait_ms: 3_000 });
        assert_eq!(pace.due(1_000.0), [normal]);
        pace.ended(1_000.0);
        let late = ticket(pace.ask(1_500.0, None, NORMAL));
        pace.cancel(late);
        pace.cancel(late);
        assert_eq!(pace.due(2_000.0), [low]);
    }

    #[test]
    fn how_long_a_newcomer_would_wait_is_told_without_asking() {
        let mut pace = pace(1);
        assert_eq!(pace.wait_ms(0.0, NORMAL), 0);
        pace.ask(0.0, None, NORMAL);
        pace.ended(0.0);
        ticket(pace.ask(0.0, None, Priority::Low));
        assert_eq!([NORMAL, Priority::Low].map(|priority| pace.wait_ms(300.0, priority)), [700, 1_700]);
        assert_eq!(pace.wait_ms(1_000.0, NORMAL), 0);
        assert_eq!(pace.ask(1_000.0, Some(0), NORMAL), Asked::Granted);
    }

    #[test]
    fn a_wait_that_is_too_long_is_refused_at_once() {
        let mut pace = pace(2);
        for _ in 0..2 {
            pace.ask(0.0, None, NORMAL);
        }
        pace.ended(0.0);
        assert_eq!(pace.ask(300.0, Some(699), NORMAL), Asked::TooLong { wait_ms: 700 });
        ticket(pace.ask(300.0, Some(700), NORMAL));
        // One runs, one ended, one waits: the next is sent a period from now at the earliest, one more a round later.
        assert_eq!(pace.ask(300.0, Some(999), NORMAL), Asked::TooLong { wait_ms: 1_000 });
        ticket(pace.ask(300.0, Some(1_000), NORMAL));
        assert_eq!(pace.ask(300.0, Some(0), NORMAL), Asked::TooLong { wait_ms: 1_700 });
    }

    #[test]
    fn a_clock_that_goes_back_stands_still() {
        let mut pace = pace(1);
        pace.ask(5_000.0, None, NORMAL);
        pace.ended(5_000.0);
        let next = ticket(pace.ask(5_500.0, None, NORMAL));
        assert_eq!(pace.due(100.0), []);
        assert_eq!(pace.due(599.0), []);
        assert_eq!(pace.due(600.0), [next]);
        pace.ended(600.0);
        assert!(!pace.is_idle(1_599.0) && pace.is_idle(1_600.0));
    }
}
