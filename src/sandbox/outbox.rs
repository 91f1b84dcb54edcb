//! The callbacks, and how they were answered.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::value::{Map, Value};

/// How many callbacks are remembered, besides those that are still to be sent.
pub(super) const KEPT: usize = 20_000;

/// A callback that is to be delivered: POST `body`, JSON, to `url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Identifies it for [`delivered`](crate::sandbox::Sandbox::delivered).
    pub id: u64,
    /// The tempOrderCode: callbacks of one order come one after the other.
    pub order: String,
    /// `deliver`, `return` or `refund`.
    pub kind: String,
    /// The address the pre-order gave.
    pub url: String,
    /// The JSON text.
    pub body: String,
    /// How long to wait before sending it, in milliseconds.
    pub delay_ms: i64,
}

/// What became of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Answered {
    /// It is to be sent.
    Queued,
    /// It was sent.
    Waiting,
    /// A fault dropped it.
    Lost,
    Nobody,
    Status(u16),
}

#[derive(Debug, Serialize, Deserialize)]
struct Sent {
    notification: Notification,
    at: i64,
    answered: Answered,
    /// How often it was sent.
    tries: u32,
}

/// All callbacks, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Outbox {
    all: VecDeque<Sent>,
    /// How many were forgotten, which is the id of the first one kept.
    gone: u64,
    /// The ids of those to be sent.
    queued: VecDeque<u64>,
}

impl Outbox {
    pub(super) fn queue(&mut self, order: &str, kind: &str, url: &str, body: String, now: i64) {
        let id = self.gone + self.all.len() as u64;
        let (order, kind, url) = (order.to_owned(), kind.to_owned(), url.to_owned());
        let notification = Notification { id, order, kind, url, body, delay_ms: 0 };
        self.all.push_back(Sent { notification, at: now, answered: Answered::Queued, tries: 0 });
        self.queued.push_back(id);
        while self.all.len() > KEPT && self.all.front().is_some_and(|first| first.answered != Answered::Queued) {
            self.all.pop_front();
            self.gone += 1;
        }
    }

    /// Takes those to be sent now.
    pub(super) fn take(&mut self) -> Vec<Notification> {
        let mut taken = Vec::new();
        while let Some(id) = self.queued.pop_front() {
            if let Some(sent) = self.find(id) {
                sent.answered = Answered::Waiting;
                sent.tries += 1;
                taken.push(sent.notification.clone());
            }
        }
        taken
    }

    /// Sends it once more. Returns whether there is such a callback.
    pub(super) fn again(&mut self, id: u64) -> bool {
        let Some(sent) = self.find(id) else { return false };
        if sent.answered != Answered::Queued {
            sent.answered = Answered::Queued;
            self.queued.push_back(id);
        }
        true
    }

    /// An empty outbox that continues the numbers.
    pub(super) fn emptied(&self) -> Self {
        Self { gone: self.gone + self.all.len() as u64, ..Self::default() }
    }

    /// Sends again what was on its way when the process ended.
    pub(super) fn resume(&mut self) {
        let on_their_way = self.all.iter().filter(|sent| sent.answered == Answered::Waiting);
        for id in on_their_way.map(|sent| sent.notification.id).collect::<Vec<_>>() {
            self.again(id);
        }
    }

    pub(super) fn delivered(&mut self, id: u64, status: Option<u16>) {
        self.answer(id, status.map_or(Answered::Nobody, Answered::Status));
    }

    pub(super) fn lost(&mut self, id: u64) {
        self.answer(id, Answered::Lost);
    }

    fn answer(&mut self, id: u64, answered: Answered) {
        if let Some(sent) = self.find(id) {
            sent.answered = answered;
        }
    }

    fn find(&mut self, id: u64) -> Option<&mut Sent> {
        let place = usize::try_from(id.checked_sub(self.gone)?).ok()?;
        self.all.get_mut(place)
    }

    /// The latest, oldest first.
    pub(super) fn snapshot(&self, latest: usize) -> Value {
        let rows = self.all.iter().skip(self.all.len().saturating_sub(latest)).map(|sent| {
            let Notification { id, kind, url, body, .. } = &sent.notification;
            let mut map = Map::new();
            map.push("id", i64::try_from(*id).unwrap_or(i64::MAX).into());
            map.push("at", sent.at.into());
            map.push("kind", kind.as_str().into());
            map.push("url", url.as_str().into());
            map.push("body", Value::parse(body).unwrap_or(Value::Null));
            map.push("tries", i64::from(sent.tries).into());
            let answer = match sent.answered {
                Answered::Queued | Answered::Waiting => "waiting".into(),
                Answered::Lost => "lost".into(),
                Answered::Nobody => "nobody".into(),
                Answered::Status(status) => i64::from(status).into(),
            };
            map.push("answer", answer);
            Value::Map(map)
        });
        Value::List(rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Outbox};
    use crate::value::Value;

    fn rows(outbox: &Outbox) -> usize {
        match outbox.snapshot(usize::MAX) {
            Value::List(rows) => rows.len(),
            _ => 0,
        }
    }

    #[test]
    fn the_oldest_are_forgotten_but_none_that_is_to_be_sent() {
        let mut outbox = Outbox::default();
        for _ in 0..KEPT + 5 {
            outbox.queue("o", "deliver", "u", String::new(), 0);
        }
        assert_eq!(rows(&outbox), KEPT + 5);
        assert_eq!(outbox.take().len(), KEPT + 5);
        outbox.queue("o", "deliver", "u", String::new(), 0);
        assert_eq!(rows(&outbox), KEPT);
        let ids: Vec<_> = outbox.take().iter().map(|notification| notification.id).collect();
        assert_eq!(ids, [KEPT as u64 + 5]);
        assert!(!outbox.again(0) && outbox.again(KEPT as u64));
    }
}
