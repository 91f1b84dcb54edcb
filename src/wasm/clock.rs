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

/// The time, for timestamps and for the quota.
pub(super) struct Clock {
    given: Option<Function>,
    follow: bool,
    gateway: Cell<GatewayClock>,
}

impl Clock {
    /// `given` is the caller's own clock; `follow` lets the gateway's replies correct the system clock.
    pub(super) fn new(given: Option<Function>, follow: bool) -> Self {
        Self { follow: follow && given.is_none(), given, gateway: Cell::default() }
    }

    /// The caller's time, or the system's, in milliseconds since 1970.
    pub(super) fn now(&self) -> Result<i64, Error> {
        let Some(given) = &self.given else { return Ok(js_sys::Date::now() as i64) };
        let now = given.call0(&JsValue::UNDEFINED).ok().and_then(|now| now.as_f64()).filter(|now| now.is_finite());
        now.map(|now| now as i64).ok_or_else(|| Error::config("clock", "must return milliseconds since 1970"))
    }

    /// What is known about the gateway's time.
    pub(super) fn gateway(&self) -> GatewayClock {
        self.gateway.get()
    }

    /// Records a reply's Date header, in milliseconds since 1970.
    pub(super) fn learn(&self, date: i64, sent: i64, answered: i64) {
        if self.follow {
            let mut gateway = self.gateway.get();
            gateway.learn(date, sent, answered);
            self.gateway.set(gateway);
        }
    }

    /// The clock for the quota. It is the caller's own clock if there is one, so that a test can advance it; otherwise
    /// it is a clock that nobody sets.
    pub(super) fn pace(&self) -> f64 {
        if self.given.is_none() {
            return steady();
        }
        self.now().map_or_else(|_| steady(), |now| now as f64)
    }

    /// Waits until `ms` have passed by the runtime's timers or by the caller's own clock.
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
            // The timer is trusted here: where a test drives the timers, no other clock moves.
            waited += step;
        }
    }

    /// How often to check the clock while waiting: nothing reports that the caller's own clock has jumped.
    pub(super) fn look_again_ms(&self) -> u32 {
        if self.given.is_some() { 5 } else { u32::MAX }
    }
}

/// Milliseconds on a clock that never goes backwards.
pub(super) fn steady() -> f64 {
    performance_now()
}
