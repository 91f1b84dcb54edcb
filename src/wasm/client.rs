//! The client as JavaScript holds it: it takes options once and then makes calls.

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

/// What the package's `Client` holds. Running calls share its contents, so JavaScript can free it at any time; the keys
/// are wiped when the last call ends.
#[wasm_bindgen]
pub struct Core(Rc<Gateway>);

#[wasm_bindgen]
impl Core {
    /// Takes the options as JSON text and, separately, the functions `[fetch?, clock?, acquire?, observe?, giveBack]`,
    /// then the function that carries out a try and the one that listens to a signal.
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

    /// Makes a typed call. It takes `[method, request, own options?, signal?]` as JSON texts and returns `[data as JSON
    /// text, code, message, status, headers, nonce, attempts]`. `run` calls a function in the caller's asynchronous
    /// context.
    pub fn call(&self, args: Array, run: Function) -> Promise {
        self.run(Args(args), run, |gateway, name, args| {
            let endpoint = known(name)?;
            let body = exchange::request(endpoint, args.request(1), &gateway.config.check)?;
            Ok(Call::typed(endpoint, body, limits(gateway, args)?))
        })
    }

    /// Makes an untyped call to any path, `[path, body, own options?, signal?]`: the body is sent unchanged and `data`
    /// is returned unchanged.
    #[wasm_bindgen(js_name = callPath)]
    pub fn call_path(&self, args: Array, run: Function) -> Promise {
        self.run(Args(args), run, |gateway, path, args| {
            if !path.starts_with('/') || path.contains(['?', '#']) {
                return Err(Error::config("path", "must start with a slash and have no query"));
            }
            // Nobody knows what an unknown path does, so the call is not sent again.
            let kind = endpoints::by_path(path).map_or_else(EndpointKind::unknown_write, |endpoint| endpoint.kind);
            Ok(Call::untyped(path, kind, Body::parse(args.request(1))?, limits(gateway, args)?))
        })
    }

    /// Takes `[text, path, request]` and returns the text without the keys and without the people of that call.
    pub fn mask(&self, args: Array) -> JsValue {
        let args = Args(args);
        let body = Body::of_compact(args.request(2));
        self.0.mask(&args.text(1), &body).hide(&args.request(0)).into()
    }
}

/// Prepares what is to be sent.
type Prepare = fn(&Gateway, &str, &Args) -> Result<Call, Error>;

impl Core {
    fn run(&self, args: Args, run: Function, prepare: Prepare) -> Promise {
        let gateway = Rc::clone(&self.0);
        future_to_promise(async move {
            let caller = Caller::new(run);
            let mut context = Context { endpoint: args.text(0).to_string(), ..Context::default() };
            let (prepared, signal) = (prepare(&gateway, &context.endpoint, &args), args.object(3));
            // Neither this code nor JavaScript's list keeps the request's text while the call is running.
            args.clear();
            let answer = match prepared {
                Ok(call) => {
                    gateway.send(&call, signal, &caller, &mut context).await.map_err(|failure| call.in_cause(failure))
                }
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
