//! Takes calls and their answers and writes them down without people and without keys.

use crate::dialect::Dialect;
use crate::endpoints::{ENDPOINTS, Endpoint};
use crate::envelope;
use crate::error::Error;
use crate::exchange::accept;
use crate::recording::file::{self, Body, Entry, Outcome};
use crate::recording::keys::without_keys;
use crate::recording::pseudonym::Pseudonyms;
use crate::sandbox::Request;
use crate::secret::Credentials;
use crate::value::{Map, Value};

/// How many characters are kept of a page that is not a reply.
const MOST_TEXT: usize = 200;

/// A recording in progress.
pub struct Recorder {
    credentials: Credentials,
    dialect: Dialect,
    pseudonyms: Pseudonyms,
    /// The calls of an earlier recording, then the new ones in the order in which they were sent, each with its
    /// outcome.
    earlier: Vec<Entry>,
    calls: Vec<Call>,
}

struct Call {
    endpoint: Option<&'static Endpoint>,
    path: String,
    request: Map,
    outcome: Option<Outcome>,
}

impl core::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Recorder").field("calls", &self.calls.len()).finish_non_exhaustive()
    }
}

impl Recorder {
    /// Takes the account's `accessToken`, `desKey`, `md5SecretKey` and `dialect`, and the text of a recording to
    /// continue, or an empty text.
    ///
    /// # Errors
    /// [`Error::Config`] with the option's name.
    pub fn new(options: &Map, earlier: &str) -> Result<Self, Error> {
        let text = |name: &str| options.text(name).unwrap_or_default();
        let credentials = Credentials::parse(text("accessToken"), text("desKey"), text("md5SecretKey"))?;
        let dialect = match options.get("dialect") {
            Some(Value::Map(map)) => Dialect::from_map(map)?,
            None | Some(Value::Null) => Dialect::default(),
            Some(_) => return Err(Error::config("dialect", "must be an object, the client's own")),
        };
        let pseudonyms =
            Pseudonyms::of_account(&credentials).ok_or_else(|| Error::config("md5SecretKey", "makes no key"))?;
        let earlier = if earlier.is_empty() { Vec::new() } else { file::read(earlier)? };
        Ok(Self { credentials, dialect, pseudonyms, earlier, calls: Vec::new() })
    }

    /// Opens a request before it is sent. Returns the call's place, or none if it carries no envelope.
    ///
    /// # Errors
    /// [`Error::Config`] if the envelope was not made with these keys: nothing of it could be written down.
    pub fn sent(&mut self, request: &Request) -> Result<Option<usize>, Error> {
        let Ok(envelope) = accept(&request.query, &request.content_type, &request.body) else { return Ok(None) };
        let body = envelope::check_token(envelope.received(), &self.credentials)
            .and_then(|()| envelope::open_body(envelope.received(), &self.credentials, &self.dialect))
            .map_err(|error| {
                Error::config(
                    "credentials",
                    format!(
                        "are not those of this client ({error}); give the recorder the client's own keys and dialect"
                    ),
                )
            })?;
        // The path of the client's base address may come first.
        let endpoint = ENDPOINTS.iter().find(|endpoint| request.path.ends_with(endpoint.path));
        let request = Call {
            endpoint,
            path: endpoint.map_or(request.path.as_str(), |endpoint| endpoint.path).to_owned(),
            request: self.pseudonyms.map(endpoint.map(|endpoint| endpoint.request), &body),
            outcome: None,
        };
        self.calls.push(request);
        Ok(Some(self.calls.len() - 1))
    }

    /// Records the answer to the call at `place`.
    pub fn answered(&mut self, place: usize, status: u16, content_type: &str, retry_after: Option<&str>, body: &[u8]) {
        let Some(call) = self.calls.get_mut(place) else { return };
        let text = String::from_utf8_lossy(body);
        let reply = Map::parse(text.trim_start_matches('\u{feff}')).ok().filter(|reply| reply.get("code").is_some());
        let body = match reply {
            Some(reply) => Body::Reply(without_people(&mut self.pseudonyms, &self.credentials, call.endpoint, &reply)),
            None => Body::Text(page(&mut self.pseudonyms, &self.credentials, &text)),
        };
        let told = |text: &str| text.chars().take(100).collect::<String>();
        call.outcome = Some(Outcome::Answer {
            status,
            content_type: told(content_type),
            retry_after: retry_after.map(told),
            body,
        });
    }

    /// Records that the call at `place` got no answer: `connection` or `aborted`, with the system's code.
    pub fn failed(&mut self, place: usize, kind: &str, code: Option<&str>) {
        // A code in capitals is the system's; anything else may be a sentence.
        let system = |code: &&str| {
            code.len() <= 40 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        };
        if let Some(call) = self.calls.get_mut(place) {
            let code = code.filter(system).map(str::to_owned);
            call.outcome = Some(Outcome::Failure { kind: kind.to_owned(), code });
        }
    }

    /// The file's contents as of now, without calls that are still under way.
    pub fn text(&self) -> String {
        let ended = self.calls.iter().filter_map(|call| {
            Some(Entry {
                endpoint: call.endpoint.map(|endpoint| endpoint.name.to_owned()),
                path: call.path.clone(),
                request: call.request.clone(),
                outcome: call.outcome.clone()?,
            })
        });
        let ended: Vec<_> = ended.collect();
        file::write(self.earlier.iter().chain(&ended))
    }
}

/// A reply: its data as the endpoint's table says, its message as foreign text, and the rest as a field that no table has.
fn without_people(
    names: &mut Pseudonyms,
    credentials: &Credentials,
    endpoint: Option<&'static Endpoint>,
    reply: &Map,
) -> Map {
    let shape = endpoint.map(|endpoint| endpoint.reply);
    let others = reply.iter().map(|(name, value)| {
        let shown = match (name, value) {
            ("data", _) => names.data(shape, value),
            // The code decides the outcome, so it must not be taken for somebody whose number is 00.
            ("code", Value::Text(code) | Value::Number(code)) if is_code(code) => value.clone(),
            ("code" | "message", Value::Text(_)) => value.clone(),
            _ => names.field(None, value),
        };
        (names.name(None, name), shown)
    });
    let others: Vec<_> = others.collect();
    // The message comes last, because it may name the same people.
    let scrubbed = others.into_iter().map(|(name, value)| match (&*name, value) {
        ("code", Value::Text(code)) if is_code(&code) => (name, Value::Text(code)),
        ("code" | "message", Value::Text(text)) => (name, Value::Text(names.scrub(&without_keys(&text, credentials)))),
        (_, value) => (name, value),
    });
    scrubbed.collect()
}

fn is_code(text: &str) -> bool {
    text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The beginning of a page. JSON that is not a reply may be an order, so nothing of it is kept.
fn page(names: &mut Pseudonyms, credentials: &Credentials, text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with(['{', '[']) {
        return String::new();
    }
    // Scrubbed before it is cut, because half a name would not be recognised.
    let beginning: String = text.chars().take(20 * MOST_TEXT).collect();
    names.scrub(&without_keys(&beginning, credentials)).chars().take(MOST_TEXT).collect()
}
