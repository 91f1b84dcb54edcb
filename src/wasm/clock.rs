//! The runtime's clocks, or the caller's own.

use core::cell::Cell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::policy::GatewayClock;
use crate::wasm::event::after;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// What time it is, for stamps and for the quota.
pub(super) struct Clock {
    given: Option<Function>,
    follow: bool,
    gateway: Cell<GatewayClock>,
}

impl Clock {
    /// `given` is the caller's own; `follow` lets the gateway's replies correct the system's.
    pub(super) fn new(given: Option<Function>, follow: bool) -> Self {
        Self { follow: follow && given.is_none(), given, gateway: Cell::default() }
    }

    /// The caller's or the system's time, milliseconds since 1970.
    pub(super) fn now(&self) -> Result<i64, Error> {
        let Some(given) = &self.given else { return Ok(js_sys::Date::now() as i64) };
        let now = given.call0(&JsValue::UNDEFINED).ok().and_then(|now| now.as_f64()).filter(|now| now.is_finite());
        now.map(|now| now as i64).ok_or_else(|| Error::config("clock", "must return milliseconds since 1970"))
    }

    /// What is known of the gateway's time.
    pub(super) fn gateway(&self) -> GatewayClock {
        self.gateway.get()
    }

    /// Takes note of a reply's Date header, milliseconds since 1970.
    pub(super) fn learn(&self, date: i64, sent: i64, answered: i64) {
        if self.follow {
            let mut gateway = self.gateway.get();
            gateway.learn(date, sent, answered);
            self.gateway.set(gateway);
        }
    }

    /// For the quota: the caller's own time where there is one, so that a test can let it pass; otherwise a clock
    /// that nobody sets.
    pub(super) fn pace(&self) -> f64 {
        if self.given.is_none() {
            return steady();
        }
        self.now().map_or_else(|_| steady(), |now| now as f64)
    }

    /// Until `ms` have passed, by the runtime's timers or by the caller's own clock.
    pub(super) async fn pause(&self, ms: u32) {
        let began = self.pace();
        let mut waited = 0;
        loop {
            let by_clock = if self.given.is_some() { self.pace() - began } else { 0.0 };
            let left = ms.saturating_sub(waited.max(by_clock as u32));
            if left == 0 {
                return;
            }
            let step = left.min(self.look_again_ms());
            let (over, _timer) = after(step);
            over.wait().await;
            // The timer's word is taken for it: where a test drives the timers, no other clock moves.
            waited += step;
        }
    }

    /// How often to look at the clock again while waiting: nobody tells when the caller's own has jumped.
    pub(super) fn look_again_ms(&self) -> u32 {
        if self.given.is_some() { 5 } else { u32::MAX }
    }
}

/// Milliseconds on a clock that only goes forward.
pub(super) fn steady() -> f64 {
    performance_now()
}
