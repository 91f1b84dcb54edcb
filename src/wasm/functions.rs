//! The other functions that need no client.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::endpoints;
use crate::error::Error;
use crate::model::{CheckOptions, Fills, check};
use crate::prelude::*;
use crate::resident_id;
use crate::spelling::suggestion;
use crate::value::Json;
use crate::wasm::convert::Args;
use crate::wasm::envelope::answer;
use crate::wasm::issue::issues_to_value;

/// Shows every step of an envelope, `[body, accessToken, desKey, md5SecretKey, dialect?]`, as JSON text.
#[wasm_bindgen]
pub fn explain(args: Array) -> JsValue {
    let args = Args(args);
    let run = || {
        let explanation = crate::explain::explain(&args.map(0)?, &args.credentials(1)?, &args.dialect(4)?);
        Ok(explanation.into_map().to_json())
    };
    answer(run())
}

/// Checks a request, `[endpoint, request, enforceLengths, distrCode?, employeeCode?, invitateCode?]`. Returns its
/// issues as a JSON list, empty if the request may be sent.
#[wasm_bindgen]
pub fn validate(args: Array) -> JsValue {
    let args = Args(args);
    let run = || {
        let endpoint = known(&args.text(0))?;
        let fills =
            Fills { distr_code: args.optional(3), employee_code: args.optional(4), invitate_code: args.optional(5) };
        let options = CheckOptions { ignore_lengths: !args.truthy(2), fills };
        let issues = check(endpoint.request, &Json::parse(args.request(1))?, &options).err().unwrap_or_default();
        Ok(issues_to_value(&issues).to_json())
    };
    answer(run())
}

/// What a resident identity number says, as JSON text; null if it is not one.
#[wasm_bindgen(js_name = parseResidentId)]
pub fn parse_resident_id(number: &str) -> JsValue {
    resident_id::parse(number).map_or(JsValue::NULL, |told| told.into_map().to_json().into())
}

/// The endpoint of that name.
pub(super) fn known(name: &str) -> Result<&'static endpoints::Endpoint, Error> {
    let names = || endpoints::ENDPOINTS.iter().map(|endpoint| endpoint.name).collect::<Vec<_>>();
    endpoints::by_name(name)
        .ok_or_else(|| Error::config("endpoint", format!("no endpoint has this name{}", suggestion(name, &names()))))
}
