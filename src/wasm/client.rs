//! The client as JavaScript holds it: options once, then calls.

use alloc::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use zeroize::Zeroizing;

use crate::canonical::Body;
use crate::config::Config;
use crate::endpoints::{self, EndpointKind};
use crate::error::Error;
use crate::exchange;
use crate::policy::Limits;
use crate::prelude::*;
use crate::wasm::call::{Call, Gateway};
use crate::wasm::caller::Caller;
use crate::wasm::clock::Clock;
use crate::wasm::convert::{Args, options};
use crate::wasm::error::{Context, Failure};
use crate::wasm::fetch::{self, Ways};
use crate::wasm::functions::known;
use crate::wasm::nonces::Nonces;
use crate::wasm::quota::{Given, Limiter, Lines};

/// What the clients of one instance share.
#[wasm_bindgen]
#[derive(Default)]
pub struct Common {
    lines: Lines,
}

#[wasm_bindgen]
impl Common {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }
}

/// What the package's `Client` holds. A running call shares the inside, so this can be freed at any time, and the
/// keys are wiped with the last of them.
#[wasm_bindgen]
pub struct Core(Rc<Gateway>);

#[wasm_bindgen]
impl Core {
    /// Takes the options as JSON text, and apart from them the functions
    /// `[fetch?, clock?, acquire?, observe?, giveBack]`, then what carries a try out and what listens to a signal.
    #[wasm_bindgen(constructor)]
    pub fn new(
        options_json: String,
        functions: Array,
        post: Function,
        listen: Function,
        common: &Common,
    ) -> Result<Core, JsValue> {
        let options_json = Zeroizing::new(options_json);
        let functions = Args(functions);
        let [fetch, clock, acquire, observe] = [0, 1, 2, 3].map(|place| functions.object(place));
        let run = || {
            let options = Zeroizing::new(options(&options_json, "options")?);
            let config = Config::from_map(&options)?;
            if !config.allow_browser && in_browser_page() {
                return Err(Error::config(
                    "allowBrowser",
                    "keys in a browser page are public: call the platform from a server, or set allowBrowser: true for a test",
                ));
            }
            let alone = fetch.is_some() || clock.is_some();
            let clock = Rc::new(Clock::new(clock, config.follow_gateway_clock));
            let given = acquire.zip(functions.object(4)).map(|(acquire, give_back)| Given { acquire, give_back });
            let limiter = Limiter::new(&config, given, &clock, alone, &common.lines);
            Ok(Core(Rc::new(Gateway {
                ways: Ways { fetch: fetch::find(fetch)?, post, listen },
                config,
                observe,
                clock,
                limiter,
                nonces: Nonces::default(),
            })))
        };
        run().map_err(|error| Failure::from(error).into())
    }

    /// A typed call: `[method, request, own options?, signal?]`, JSON texts in;
    /// `[data as JSON text, code, message, status, headers, nonce, attempts]` out. `run` calls a function in the caller's
    /// asynchronous context.
    pub fn call(&self, args: Array, run: Function) -> Promise {
        self.run(Args(args), run, |gateway, name, args| {
            let endpoint = known(name)?;
            let body = exchange::request(endpoint, args.request(1), &gateway.config.check)?;
            Ok(Call::typed(endpoint, body, limits(gateway, args)?))
        })
    }

    /// An untyped call of any path, `[path, body, own options?, signal?]`: the body as it is, `data` as it came.
    #[wasm_bindgen(js_name = callPath)]
    pub fn call_path(&self, args: Array, run: Function) -> Promise {
        self.run(Args(args), run, |gateway, path, args| {
            if !path.starts_with('/') || path.contains(['?', '#']) {
                return Err(Error::config("path", "must start with a slash and have no query"));
            }
            // What an unknown path does is unknown too: it is not sent again.
            let kind = endpoints::by_path(path).map_or_else(EndpointKind::unknown_write, |endpoint| endpoint.kind);
            Ok(Call::untyped(path, kind, Body::parse(args.request(1))?, limits(gateway, args)?))
        })
    }

    /// `text` without a key in it.
    pub fn mask(&self, text: &str) -> JsValue {
        self.0.config.credentials.mask(text).into()
    }
}

/// What is to be sent.
type Prepare = fn(&Gateway, &str, &Args) -> Result<Call, Error>;

impl Core {
    fn run(&self, args: Args, run: Function, prepare: Prepare) -> Promise {
        let gateway = Rc::clone(&self.0);
        future_to_promise(async move {
            let caller = Caller::new(run);
            let mut context = Context { endpoint: args.text(0).to_string(), ..Context::default() };
            let (prepared, signal) = (prepare(&gateway, &context.endpoint, &args), args.object(3));
            // The request's text is not kept while it is under way, not by JavaScript's list either.
            args.clear();
            let answer = match prepared {
                Ok(call) => gateway.send(&call, signal, &caller, &mut context).await,
                Err(error) => Err(error.into()),
            };
            answer.map_err(|failure| failure.during(&context))
        })
    }
}

fn limits(gateway: &Gateway, args: &Args) -> Result<Limits, Error> {
    match args.optional(2) {
        None => Ok(gateway.config.limits),
        Some(json) => gateway.config.limits_of_call(&options(&json, "options")?),
    }
}

fn in_browser_page() -> bool {
    let global = js_sys::global();
    ["window", "document"]
        .iter()
        .all(|name| Reflect::get(&global, &(*name).into()).is_ok_and(|value| value.is_object()))
}
