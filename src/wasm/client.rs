//! The client: options once, then calls.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use crate::config::Config;
use crate::endpoints::Endpoint;
use crate::envelope::Stamp;
use crate::error::Error;
use crate::exchange::{self, Answer};
use crate::value::Map;
use crate::wasm::convert::options;
use crate::wasm::error::{Context, Failure};
use crate::wasm::fetch;
use crate::wasm::functions::{known, new_nonce};

/// What the package's `Client` holds.
#[wasm_bindgen]
pub struct Core {
    config: Config,
    fetch: Function,
    clock: Option<Function>,
}

#[wasm_bindgen]
impl Core {
    /// Takes the options as JSON text, the functions among them apart.
    #[wasm_bindgen(constructor)]
    pub fn new(options_json: &str, fetch: Option<Function>, clock: Option<Function>) -> Result<Core, JsValue> {
        let run = || {
            let config = Config::from_map(&options(options_json, "options")?)?;
            if !config.allow_browser && in_browser_page() {
                return Err(Error::config(
                    "allowBrowser",
                    "keys in a browser page are public: call the platform from a server, or set allowBrowser: true for a test",
                ));
            }
            Ok(Core { config, fetch: fetch::find(fetch)?, clock })
        };
        run().map_err(|error| Failure::from(error).into())
    }

    /// A typed call: JSON text in, JSON text out (`null` for no data).
    pub async fn call(&self, name: &str, request: &str, signal: Option<AbortSignal>) -> Result<String, JsValue> {
        let endpoint = known(name).map_err(Failure::from)?;
        let mut context = Context { endpoint: name.to_owned(), nonce: String::new() };
        self.typed(endpoint, request, signal, &mut context).await.map_err(|failure| failure.during(&context).into())
    }

    /// An untyped call of any path: the body as it is, `data` as it came.
    #[wasm_bindgen(js_name = callPath)]
    pub async fn call_path(&self, path: &str, body: &str, signal: Option<AbortSignal>) -> Result<String, JsValue> {
        let mut context = Context { endpoint: path.to_owned(), nonce: String::new() };
        self.untyped(path, body, signal, &mut context).await.map_err(|failure| failure.during(&context).into())
    }
}

impl Core {
    async fn typed(
        &self,
        endpoint: &Endpoint,
        request: &str,
        signal: Option<AbortSignal>,
        context: &mut Context,
    ) -> Result<String, Failure> {
        let body = exchange::request(endpoint, &Map::parse(request)?, &self.config.check)?;
        let answer = self.send(endpoint.path, &body, signal, context).await?;
        Ok(exchange::reply(endpoint.reply, &answer)?.to_json())
    }

    async fn untyped(
        &self,
        path: &str,
        body: &str,
        signal: Option<AbortSignal>,
        context: &mut Context,
    ) -> Result<String, Failure> {
        if !path.starts_with('/') || path.contains(['?', '#']) {
            return Err(Error::config("path", "must start with a slash and have no query").into());
        }
        let answer = self.send(path, &Map::parse(body)?, signal, context).await?;
        Ok(answer.data.to_json())
    }

    async fn send(
        &self,
        path: &str,
        body: &Map,
        signal: Option<AbortSignal>,
        context: &mut Context,
    ) -> Result<Answer, Failure> {
        let config = &self.config;
        context.nonce = new_nonce()?;
        let stamp = Stamp { nonce: context.nonce.clone(), timestamp: self.now()?, ip: config.ip.clone() };
        let outgoing = exchange::prepare(path, body, &config.credentials, stamp, &config.dialect);
        let arrived = fetch::post(&self.fetch, &config.base_url, &outgoing, signal.as_ref()).await?;
        Ok(exchange::finish(arrived.status, &arrived.body, &config.credentials)?)
    }

    fn now(&self) -> Result<i64, Error> {
        let Some(clock) = &self.clock else { return Ok(js_sys::Date::now() as i64) };
        let now = clock.call0(&JsValue::UNDEFINED).ok().and_then(|now| now.as_f64()).filter(|now| now.is_finite());
        now.map(|now| now as i64).ok_or_else(|| Error::config("clock", "must return milliseconds since 1970"))
    }
}

fn in_browser_page() -> bool {
    let global = js_sys::global();
    ["window", "document"]
        .iter()
        .all(|name| Reflect::get(&global, &(*name).into()).is_ok_and(|value| value.is_object()))
}
