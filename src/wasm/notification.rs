//! Callbacks as JavaScript passes them: bytes or JSON text.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::notification::{self, News, NotificationKind, Told};
use crate::value::Value;
use crate::wasm::convert::Args;
use crate::wasm::envelope::answer;

/// A callback's body as JSON text.
#[wasm_bindgen(js_name = parseNotification)]
pub fn parse_notification(body: &[u8]) -> JsValue {
    answer(notification::parse(body).map(|(told, raw)| told.into_map(raw).to_json()))
}

/// The key by which a callback is recognised again, `[kind, notification]`.
#[wasm_bindgen(js_name = notificationKey)]
pub fn notification_key(args: Array) -> JsValue {
    let args = Args(args);
    let run = || Ok(told(&args.text(1))?.key(known(&args.text(0))?));
    answer(run())
}

/// Checks a callback against its order, `[kind, notification, detail]`. Returns a JSON list of the policies that it
/// concerns, with null for the order; or the error if the order does not confirm it.
#[wasm_bindgen(js_name = confirmNotification)]
pub fn confirm_notification(args: Array) -> JsValue {
    let args = Args(args);
    let run = || {
        let (told, detail) = (told(&args.text(1))?, args.map(2)?);
        let concerned = notification::confirm(known(&args.text(0))?, &told, &detail)?;
        let item = |code: Option<&str>| code.map_or(Value::Null, Value::from);
        Ok(Value::List(concerned.into_iter().map(item).collect()).to_json())
    };
    answer(run())
}

/// The news that an order shows, `[outSerialNo, tempOrderCode, detail]`, as a JSON list.
#[wasm_bindgen(js_name = orderNews)]
pub fn order_news(args: Array) -> JsValue {
    let args = Args(args);
    let run = || {
        let (out_serial_no, temp_order_code, detail) = (args.text(0), args.text(1), args.map(2)?);
        let news = notification::news(&out_serial_no, &temp_order_code, &detail);
        Ok(Value::List(news.into_iter().map(News::into_map).map(Value::Map).collect()).to_json())
    };
    answer(run())
}

fn told(notification: &str) -> Result<Told, Error> {
    notification::parse(notification.as_bytes()).map(|(told, _)| told)
}

fn known(kind: &str) -> Result<NotificationKind, Error> {
    NotificationKind::parse(kind).ok_or_else(|| Error::config("kind", "must be 'deliver', 'return' or 'refund'"))
}
