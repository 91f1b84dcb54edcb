//! What one task waits for: something that happens once, the passing of time, the caller's abort.

use alloc::rc::{Rc, Weak};
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Poll, Waker};

use js_sys::Map;
use slab::Slab;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &Closure<dyn FnMut()>, ms: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(id: &JsValue);
}

/// Something that happens once.
#[derive(Clone, Default)]
pub(super) struct Event(Rc<State>);

#[derive(Default)]
struct State {
    fired: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Event {
    /// It happens.
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

    /// Until it happens.
    pub(super) fn wait(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.fired() {
                return Poll::Ready(());
            }
            *self.0.waker.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
    }

    /// What `work` comes to, or nothing where this happens first; `work` is then dropped.
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

/// A timer that is gone when this is dropped.
pub(super) struct Timer {
    id: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `then` in `ms` milliseconds.
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

/// An event that happens in `ms` milliseconds, and the timer that keeps it.
pub(super) fn after(ms: u32) -> (Event, Timer) {
    let event = Event::default();
    let fired = event.clone();
    (event, Timer::new(ms, move || fired.fire()))
}

/// The caller's signal, listened to until this is dropped.
pub(super) struct Abort {
    pub(super) event: Event,
    /// With where the event lies in them.
    ears: Option<(Rc<Ears>, usize)>,
}

/// One listener for each signal, however many calls it may end: at the eleventh Node would warn of a leak.
struct Ears {
    signals: Weak<Signals>,
    id: usize,
    signal: AbortSignal,
    events: RefCell<Slab<Event>>,
    callback: Closure<dyn FnMut()>,
}

/// The ears of every signal that some call listens to.
#[derive(Default)]
pub(super) struct Signals {
    /// Signal to id.
    ids: Map,
    ears: RefCell<Slab<Weak<Ears>>>,
}

impl Abort {
    pub(super) fn new(signal: Option<AbortSignal>, signals: &Rc<Signals>) -> Result<Self, JsValue> {
        let event = Event::default();
        let Some(signal) = signal else { return Ok(Self { event, ears: None }) };
        let ears = signals.ears_of(signal)?;
        if ears.signal.aborted() {
            event.fire();
        }
        let place = ears.events.borrow_mut().insert(event.clone());
        Ok(Self { event, ears: Some((ears, place)) })
    }

    pub(super) fn signal(&self) -> Option<&AbortSignal> {
        self.ears.as_ref().map(|(ears, _)| &ears.signal)
    }

    /// The signal's own reason.
    pub(super) fn reason(&self) -> JsValue {
        self.signal().map_or(JsValue::UNDEFINED, AbortSignal::reason)
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if let Some((ears, place)) = &self.ears {
            // All are gone once it has aborted.
            ears.events.borrow_mut().try_remove(*place);
        }
    }
}

impl Signals {
    fn ears_of(self: &Rc<Self>, signal: AbortSignal) -> Result<Rc<Ears>, JsValue> {
        let id = self.ids.get(&signal).as_f64().map(|id| id as usize);
        if let Some(ears) = id.and_then(|id| self.ears.borrow().get(id).and_then(Weak::upgrade)) {
            return Ok(ears);
        }
        let id = self.ears.borrow().vacant_key();
        let ears = Ears::new(Rc::downgrade(self), id, signal)?;
        self.ids.set(&ears.signal, &JsValue::from_f64(id as f64));
        self.ears.borrow_mut().insert(Rc::downgrade(&ears));
        Ok(ears)
    }
}

impl Ears {
    fn new(signals: Weak<Signals>, id: usize, signal: AbortSignal) -> Result<Rc<Self>, JsValue> {
        let ears = Rc::new_cyclic(|ears: &Weak<Self>| {
            let ears = ears.clone();
            let callback = Closure::new(move || {
                let events = ears.upgrade().map(|ears| ears.events.take()).unwrap_or_default();
                events.into_iter().for_each(|(_, event)| event.fire());
            });
            Self { signals, id, signal, events: RefCell::default(), callback }
        });
        ears.signal.add_event_listener_with_callback("abort", ears.callback.as_ref().unchecked_ref())?;
        Ok(ears)
    }
}

impl Drop for Ears {
    fn drop(&mut self) {
        // Nothing to be done where a signal of somebody's own making has no such method.
        let _ = self.signal.remove_event_listener_with_callback("abort", self.callback.as_ref().unchecked_ref());
        if let Some(signals) = self.signals.upgrade() {
            signals.ids.delete(&self.signal);
            signals.ears.borrow_mut().try_remove(self.id);
        }
    }
}
