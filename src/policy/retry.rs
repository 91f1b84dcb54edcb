//! Whether to send again, and when.

use crate::endpoints::EndpointKind;
use crate::error::Error;
use crate::policy::Priority;
use crate::policy::failure::{is_known, is_throttled, is_unsent};
use crate::prelude::*;

/// Backoff: the first wait is at most this, …
const FIRST_MS: u32 = 250;
/// … each next at most twice the one before, up to this, …
const LONGEST_MS: u32 = 8_000;
/// … and four times as much if the gateway itself asked for fewer calls.
const THROTTLED: u32 = 4;

/// The client does not wait for a longer Retry-After, but reports it to the caller.
const LONGEST_RETRY_AFTER_MS: u32 = 60_000;

/// A try needs at least this much time: a shorter one would only hide why the last one failed.
const LEAST_TRY_MS: u32 = 100;

/// The limits of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For one try, the whole answer included, in milliseconds.
    pub timeout_ms: u32,
    /// For the whole call with its waits, in milliseconds.
    pub deadline_ms: Option<u32>,
    /// For the quota alone, in milliseconds.
    pub quota_wait_ms: Option<u32>,
    /// After the first try.
    pub max_retries: u32,
    /// In the queue for the quota.
    pub priority: Priority,
}

/// The tries of one call. Times are milliseconds on any monotonic clock.
#[derive(Debug)]
pub struct Tries {
    kind: EndpointKind,
    limits: Limits,
    started: f64,
    made: u32,
    restamped: bool,
}

/// How long a try may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Milliseconds.
    pub ms: u32,
    /// Whether the call's deadline limits it.
    pub of_call: bool,
}

/// What follows a failed try.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// Another try after this wait.
    Again {
        /// Milliseconds.
        wait_ms: u32,
        /// What the caller gets if there is no room for another try after all.
        otherwise: Error,
    },
    /// This is what the caller gets.
    Fail(Error),
}

impl Tries {
    /// Begins a call at `now`.
    pub fn new(kind: EndpointKind, limits: Limits, now: f64) -> Self {
        Self { kind, limits, started: now, made: 0, restamped: false }
    }

    /// How many tries were begun.
    pub fn made(&self) -> u32 {
        self.made
    }

    /// How many tries there can be.
    pub fn most(&self) -> u32 {
        self.limits.max_retries.saturating_add(1)
    }

    /// Begins a try and returns how long it may take; none if the call's time is over.
    pub fn begin(&mut self, now: f64) -> Option<Allowed> {
        let own = self.limits.timeout_ms;
        let allowed = match self.left(now) {
            Some(0) => return None,
            Some(left) if left < own => Allowed { ms: left, of_call: true },
            _ => Allowed { ms: own, of_call: false },
        };
        self.made = self.made.saturating_add(1);
        Some(allowed)
    }

    /// How long the call may wait for the quota; none means without limit.
    pub fn quota_wait(&self, now: f64) -> Option<u32> {
        match (self.left(now), self.limits.quota_wait_ms) {
            (Some(left), Some(wait)) => Some(left.min(wait)),
            (left, wait) => left.or(wait),
        }
    }

    /// Decides after a failed try. `retry_after_ms` is what the gateway asked for, `restamp` says whether a wrong clock
    /// explains the refusal and has been corrected, `random` is in 0..1.
    pub fn after(
        &mut self,
        failure: Error,
        retry_after_ms: Option<u32>,
        restamp: bool,
        now: f64,
        random: f64,
    ) -> Verdict {
        if self.made < self.most() {
            let stale = matches!(&failure, Error::Gateway { code, .. } if code == "2008");
            if stale && restamp && !self.restamped {
                self.restamped = true;
                return Verdict::Again { wait_ms: 0, otherwise: self.told(failure) };
            }
            if self.may_repeat(&failure) {
                let asked = retry_after_ms.unwrap_or(0);
                // Added to it: callers that were told the same time must not come back together either.
                let wait_ms = asked.saturating_add(self.backoff(&failure, random));
                let in_time = self.left(now).is_none_or(|left| wait_ms.saturating_add(LEAST_TRY_MS) <= left);
                if in_time && asked <= LONGEST_RETRY_AFTER_MS {
                    return Verdict::Again { wait_ms, otherwise: self.told(failure) };
                }
            }
        }
        Verdict::Fail(self.told(failure))
    }

    /// A read changes nothing; a write is sent again only if the gateway certainly did nothing.
    fn may_repeat(&self, failure: &Error) -> bool {
        match self.kind {
            EndpointKind::Read => failure.retryable(),
            EndpointKind::Write { .. } => is_throttled(failure) || is_unsent(failure),
        }
    }

    /// Full jitter: many callers that failed together do not come back together.
    fn backoff(&self, failure: &Error, random: f64) -> u32 {
        let factor = if is_throttled(failure) { THROTTLED } else { 1 };
        let doubled = FIRST_MS.saturating_mul(2_u32.saturating_pow(self.made.saturating_sub(1)));
        let most = doubled.min(LONGEST_MS).saturating_mul(factor);
        // Truncated: the wait is below `most`, a small number.
        (f64::from(most) * random.clamp(0.0, 1.0)) as u32
    }

    /// Adds to the error of a reply that said yes, but cannot be used, what the caller of a write must know.
    pub fn done(&self, mut failure: Error) -> Error {
        if let (EndpointKind::Write { if_unknown }, Error::Reply { message, .. }) = (self.kind, &mut failure) {
            message.push_str("; the platform said 0000, so it was carried out: ");
            message.push_str(if_unknown);
        }
        failure
    }

    /// Reports a write whose fate is unknown as such.
    fn told(&self, failure: Error) -> Error {
        match self.kind {
            EndpointKind::Write { if_unknown } if !is_known(&failure) => {
                Error::OutcomeUnknown { cause: Box::new(failure), remedy: if_unknown }
            }
            _ => failure,
        }
    }

    fn left(&self, now: f64) -> Option<u32> {
        // Rounded up: a call with a deadline of 1 ms still has time when it begins. A passed deadline leaves 0.
        self.limits.deadline_ms.map(|deadline| deadline.saturating_sub((now - self.started) as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        timeout_ms: 10_000,
        deadline_ms: None,
        quota_wait_ms: None,
        max_retries: 2,
        priority: Priority::Normal,
    };

    const NO_ANSWER: Error = Error::Connection { code: None, unsent: false };
    const UNSENT: Error = Error::Connection { code: None, unsent: true };

    fn gateway(code: &str) -> Error {
        Error::Gateway { code: code.into(), message: String::new() }
    }

    fn http(status: u16) -> Error {
        Error::Http { status, body: String::new() }
    }

    fn again(wait_ms: u32, otherwise: Error) -> Verdict {
        Verdict::Again { wait_ms, otherwise }
    }

    fn first(kind: EndpointKind, failure: Error) -> Verdict {
        let mut tries = Tries::new(kind, LIMITS, 0.0);
        tries.begin(0.0);
        tries.after(failure, None, false, 0.0, 0.5)
    }

    /// Each fault; whether a read and whether a write is sent again; and what is reported if the write is not.
    #[test]
    fn who_is_sent_again() {
        for (failure, read, write, told) in [
            (NO_ANSWER, true, false, "outcome-unknown"),
            (UNSENT, true, true, ""),
            (Error::Timeout { ms: 1, of_call: false }, true, false, "outcome-unknown"),
            (http(408), true, false, "outcome-unknown"),
            (http(429), true, true, ""),
            (http(500), true, false, "outcome-unknown"),
            (http(502), true, false, "outcome-unknown"),
            (http(400), false, false, "http"),
            (http(302), false, false, "http"),
            (gateway("0002"), true, true, ""),
            (gateway("9999"), false, false, "gateway.9999"),
            (gateway("2008"), false, false, "gateway.2008"),
            (Error::reply("", "cut"), false, false, "outcome-unknown"),
            (Error::config("fetch", "odd"), false, false, "outcome-unknown"),
        ] {
            let again = |verdict: &Verdict| matches!(verdict, Verdict::Again { .. });
            assert_eq!(again(&first(EndpointKind::Read, failure.clone())), read, "read, {failure:?}");
            let verdict = first(EndpointKind::unknown_write(), failure.clone());
            assert_eq!(again(&verdict), write, "write, {failure:?}");
            if let Verdict::Fail(error) = verdict {
                assert_eq!(error.code(), told, "{failure:?}");
            }
        }
    }

    /// Whoever sends it again does it twice. A read may be asked again.
    #[test]
    fn a_write_that_was_done_is_told_as_that() {
        let done = |kind| Tries::new(kind, LIMITS, 0.0).done(Error::reply("data.url", "is missing"));
        let write = done(EndpointKind::unknown_write());
        assert!(matches!(&write, Error::Reply { path, .. } if path == "data.url") && !write.retryable());
        let text = write.to_string();
        assert!(text.contains("is missing; the platform said 0000, so it was carried out: "), "{text}");
        assert_eq!(done(EndpointKind::Read), Error::reply("data.url", "is missing"));
    }

    /// Also after the last try, and after one whose fate is known.
    #[test]
    fn a_write_that_was_never_sent_is_told_as_that() {
        let mut tries = Tries::new(EndpointKind::unknown_write(), Limits { max_retries: 2, ..LIMITS }, 0.0);
        for failure in [gateway("0002"), UNSENT] {
            tries.begin(0.0);
            let wait_ms = if failure == UNSENT { 500 } else { 1_000 };
            assert_eq!(tries.after(failure.clone(), None, false, 0.0, 1.0), again(wait_ms, failure));
        }
        tries.begin(0.0);
        assert_eq!(tries.after(UNSENT, None, false, 0.0, 1.0), Verdict::Fail(UNSENT));
        assert!(UNSENT.retryable() && UNSENT.to_string().contains("before anything was sent"));
        assert!(NO_ANSWER.to_string().contains("nothing is known of the outcome"));
    }

    #[test]
    fn waits_double_with_full_jitter_and_end() {
        let waits = |failure: Error, random: f64, max_retries: u32| {
            let mut tries = Tries::new(EndpointKind::Read, Limits { max_retries, ..LIMITS }, 0.0);
            core::iter::from_fn(|| {
                tries.begin(0.0);
                match tries.after(failure.clone(), None, false, 0.0, random) {
                    Verdict::Again { wait_ms, .. } => Some(wait_ms),
                    Verdict::Fail(_) => None,
                }
            })
            .collect::<Vec<_>>()
        };
        assert_eq!(waits(NO_ANSWER, 1.0, 8), [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(waits(NO_ANSWER, 0.5, 2), [125, 250]);
        assert_eq!(waits(NO_ANSWER, 0.0, 1), [0]);
        assert_eq!(waits(gateway("0002"), 1.0, 7), [1000, 2000, 4000, 8000, 16000, 32000, 32000]);
        assert_eq!(waits(NO_ANSWER, 1.0, 0), [0; 0]);
    }

    #[test]
    fn retry_after_is_honoured_and_bounded() {
        let after = |asked| {
            let mut tries = Tries::new(EndpointKind::Read, LIMITS, 0.0);
            tries.begin(0.0);
            tries.after(http(503), Some(asked), false, 0.0, 1.0)
        };
        assert_eq!(after(7_000), again(7_250, http(503)));
        assert_eq!(after(10), again(260, http(503)));
        assert_eq!(after(60_001), Verdict::Fail(http(503)));
    }

    #[test]
    fn the_deadline_bounds_tries_and_waits() {
        let limits = Limits { deadline_ms: Some(12_000), quota_wait_ms: Some(9_000), ..LIMITS };
        let mut tries = Tries::new(EndpointKind::Read, limits, 1_000.0);
        assert_eq!(tries.quota_wait(1_000.0), Some(9_000));
        assert_eq!(tries.begin(1_000.0), Some(Allowed { ms: 10_000, of_call: false }));
        assert_eq!(tries.quota_wait(11_000.0), Some(2_000));
        assert_eq!(tries.after(http(503), None, false, 11_000.0, 1.0), again(250, http(503)));
        assert_eq!(tries.begin(11_250.0), Some(Allowed { ms: 1_750, of_call: true }));
        // 500 ms are left: enough for a try after 400 ms, not after 401.
        assert_eq!(tries.after(http(503), Some(401), false, 12_500.0, 0.0), Verdict::Fail(http(503)));
        assert_eq!(tries.after(http(503), Some(400), false, 12_500.0, 0.0), again(400, http(503)));
        assert_eq!((tries.begin(14_000.0), tries.made()), (None, 2));
    }

    #[test]
    fn a_deadline_is_over_when_it_is_over_and_not_before() {
        let tries = || Tries::new(EndpointKind::Read, Limits { deadline_ms: Some(1), ..LIMITS }, 1_000.0);
        assert_eq!(tries().quota_wait(1_000.6), Some(1));
        assert_eq!(tries().begin(1_000.6), Some(Allowed { ms: 1, of_call: true }));
        assert_eq!(tries().begin(1_001.0), None);
    }

    #[test]
    fn a_wrong_clock_is_forgiven_once_and_not_where_one_try_was_asked_for() {
        for kind in [EndpointKind::Read, EndpointKind::unknown_write()] {
            let mut tries = Tries::new(kind, LIMITS, 0.0);
            tries.begin(0.0);
            assert_eq!(tries.after(gateway("2008"), None, true, 0.0, 1.0), again(0, gateway("2008")));
            tries.begin(0.0);
            assert_eq!(tries.after(gateway("2008"), None, true, 0.0, 1.0), Verdict::Fail(gateway("2008")));
        }
        let mut tries = Tries::new(EndpointKind::Read, Limits { max_retries: 0, ..LIMITS }, 0.0);
        tries.begin(0.0);
        assert_eq!(tries.after(gateway("2008"), None, true, 0.0, 1.0), Verdict::Fail(gateway("2008")));
        assert_eq!(first(EndpointKind::Read, gateway("2008")), Verdict::Fail(gateway("2008")));
    }
}
