//! The other functions that need no client.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::endpoints;
use crate::error::{Error, Issue};
use crate::explain::LeftOut;
use crate::model::{CheckOptions, Fills, check};
use crate::prelude::*;
use crate::resident_id::{self, ResidentId};
use crate::value::Json;
use crate::wasm::convert::{Args, object};
use crate::wasm::envelope::throw;
use crate::wasm::error::issues_to_js;

/// `[body, accessToken, desKey, md5SecretKey, dialect?]` to every step, as an object.
#[wasm_bindgen]
pub fn explain(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let explanation = crate::explain::explain(&args.map(0)?, &args.credentials(1)?, &args.dialect(4)?);
        let texts = |texts: &[String]| JsValue::from(texts.iter().map(JsValue::from).collect::<Array>());
        let left_out = explanation.left_out.iter();
        let left_out = left_out.map(|LeftOut { name, why }| object(&[("name", name.into()), ("why", (*why).into())]));
        Ok(object(&[
            ("leftOut", left_out.collect::<Array>().into()),
            ("order", texts(&explanation.order)),
            ("joined", explanation.joined.into()),
            ("signingString", explanation.signing_string.into()),
            ("hashed", explanation.hashed.into()),
            ("firstDigest", explanation.first_digest.into()),
            ("sign", explanation.sign.into()),
            ("plaintext", explanation.plaintext.into()),
            ("plaintextBytes", explanation.plaintext_bytes.into()),
            ("padding", explanation.padding.into()),
            ("requestBody", explanation.request_body.into()),
        ]))
    };
    run().map_err(throw)
}

/// `[endpoint, request, enforceLengths, distrCode?, employeeCode?, invitateCode?]` to the issues of a request, as a list;
/// empty when it may be sent.
#[wasm_bindgen]
pub fn validate(args: Array) -> Result<JsValue, JsValue> {
    let args = Args(args);
    let run = || {
        let endpoint = known(&args.text(0))?;
        let fills =
            Fills { distr_code: args.optional(3), employee_code: args.optional(4), invitate_code: args.optional(5) };
        let options = CheckOptions { ignore_lengths: !args.truthy(2), fills };
        Ok(check(endpoint.request, &Json::parse(args.request(1))?, &options).err().unwrap_or_default())
    };
    run().map(|issues: Vec<Issue>| issues_to_js(&issues)).map_err(throw)
}

/// What a resident identity number tells; null where it is none.
#[wasm_bindgen(js_name = parseResidentId)]
pub fn parse_resident_id(number: &str) -> JsValue {
    let Some(ResidentId { birthday, gender, checksum_ok }) = resident_id::parse(number) else { return JsValue::NULL };
    object(&[("birthday", birthday.into()), ("gender", gender.into()), ("checksumOk", checksum_ok.into())])
}

/// The endpoint of that name.
pub(super) fn known(name: &str) -> Result<&'static endpoints::Endpoint, Error> {
    endpoints::by_name(name).ok_or_else(|| Error::config("endpoint", "no endpoint has this name; see `endpoints`"))
}
