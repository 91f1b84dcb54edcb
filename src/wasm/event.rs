//! What a task can wait for: an event that happens once, the passing of time, the caller's abort.

use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Poll, Waker};

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Closure<dyn FnMut()>, ms: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// An event that happens once.
#[derive(Clone, Default)]
pub(super) struct Event(Rc<State>);

#[derive(Default)]
struct State {
    fired: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Event {
    /// Makes it happen.
    pub(super) fn fire(&self) {
        self.0.fired.set(true);
        let waker = self.0.waker.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Whether it has happened.
    pub(super) fn fired(&self) -> bool {
        self.0.fired.get()
    }

    /// Waits until it happens.
    pub(super) fn wait(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.fired() {
                return Poll::Ready(());
            }
            *self.0.waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// The result of `work`, or nothing if the event happens first; `work` is then dropped.
    pub(super) async fn unless<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        let mut wait = pin!(self.wait());
        poll_fn(|context| match wait.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(None),
            Poll::Pending => work.as_mut().poll(context).map(Some),
        })
        .await
    }
}

/// A timer that is cancelled when dropped.
pub(super) struct Timer {
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` after `ms` milliseconds.
    pub(super) fn new(ms: u32, then: impl FnMut() + 'static) -> Self {
        let callback = Closure::new(then);
        Self { id: set_timeout(&callback, ms), _callback: callback }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// An event that happens after `ms` milliseconds, and the timer that drives it.
pub(super) fn after(ms: u32) -> (Event, Timer) {
    let event = Event::default();
    let fired = event.clone();
    (event, Timer::new(ms, move || fired.fire()))
}

/// The caller's signal, observed until this is dropped.
pub(super) struct Abort {
    pub(super) event: Event,
    ear: Option<Ear>,
}

struct Ear {
    signal: AbortSignal,
    stop: Function,
    _heard: Closure<dyn FnMut()>,
}

impl Abort {
    /// `listen` is the function in `pkg-template/signal.js`.
    pub(super) fn new(signal: Option<AbortSignal>, listen: &Function) -> Result<Self, JsValue> {
        let event = Event::default();
        let Some(signal) = signal else { return Ok(Self { event, ear: None }) };
        if signal.aborted() {
            event.fire();
        }
        let aborted = event.clone();
        let heard = Closure::new(move || aborted.fire());
        let stop = listen.call1(&signal, heard.as_ref())?.unchecked_into();
        Ok(Self { event, ear: Some(Ear { signal, stop, _heard: heard }) })
    }

    pub(super) fn signal(&self) -> Option<&AbortSignal> {
        self.ear.as_ref().map(|ear| &ear.signal)
    }

    /// The signal's own reason.
    pub(super) fn reason(&self) -> JsValue {
        self.signal().map_or(JsValue::UNDEFINED, AbortSignal::reason)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        // Nothing can be done if somebody's own kind of signal refuses to be left.
        let _ = self.stop.call0(&JsValue::UNDEFINED);
    }
}
