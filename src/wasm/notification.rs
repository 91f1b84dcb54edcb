//! Callbacks as JavaScript hands them in: bytes or JSON text.

use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::notification::{self, News, NotificationKind, Told};
use crate::prelude::*;
use crate::value::{Map, Value};
use crate::wasm::error::Failure;

/// A callback's body as JSON text.
#[wasm_bindgen(js_name = parseNotification)]
pub fn parse_notification(body: &[u8]) -> Result<String, JsValue> {
    notification::parse(body).map(|(told, raw)| told.into_map(raw).to_json()).map_err(throw)
}

/// By what a callback is known again.
#[wasm_bindgen(js_name = notificationKey)]
pub fn notification_key(kind: &str, notification: &str) -> Result<String, JsValue> {
    let run = || Ok(told(notification)?.key(known(kind)?));
    run().map_err(throw)
}

/// Throws where the order does not bear the callback out.
#[wasm_bindgen(js_name = confirmNotification)]
pub fn confirm_notification(kind: &str, notification: &str, detail: &str) -> Result<(), JsValue> {
    let run = || notification::confirm(known(kind)?, &told(notification)?, &Map::parse(detail)?);
    run().map_err(throw)
}

/// What an order tells, as a JSON list.
#[wasm_bindgen(js_name = orderNews)]
pub fn order_news(out_serial_no: &str, temp_order_code: &str, detail: &str) -> Result<String, JsValue> {
    let detail = Map::parse(detail).map_err(throw)?;
    let news =
        notification::news(out_serial_no, temp_order_code, &detail).into_iter().map(News::into_map).map(Value::Map);
    Ok(Value::List(news.collect()).to_json())
}

fn told(notification: &str) -> Result<Told, Error> {
    notification::parse(notification.as_bytes()).map(|(told, _)| told)
}

fn known(kind: &str) -> Result<NotificationKind, Error> {
    NotificationKind::parse(kind).ok_or_else(|| Error::config("kind", "must be 'deliver', 'return' or 'refund'"))
}

fn throw(error: Error) -> JsValue {
    Failure::from(error).into()
}
