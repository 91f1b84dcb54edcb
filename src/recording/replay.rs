//! Serves what was recorded.

use std::collections::BTreeSet;

use crate::dialect::Dialect;
use crate::endpoints::by_path;
use crate::envelope;
use crate::error::Error;
use crate::exchange::accept;
use crate::model::Schema;
use crate::recording::file::{self, Body, Entry, Outcome};
use crate::recording::masker::{Treatment, field_of, inner, is_digit, is_somebody, opened, treatment};
use crate::recording::unify::{Bonds, Difference, Unifier};
use crate::sandbox::{DEFAULTS, Request, default};
use crate::secret::Credentials;
use crate::value::{Map, Value};

/// An address that does not exist.
const NOWHERE: &str = "https://replay.aigobo.invalid";

/// How many differences are reported.
const TOLD: usize = 6;

/// A recording that is being served.
#[derive(Debug)]
pub struct Replay {
    entries: Vec<Entry>,
    served: Vec<bool>,
    /// Every text that is a replacement.
    texts: BTreeSet<String>,
    bonds: Bonds,
    ignored: Vec<String>,
    credentials: Credentials,
}

/// The answer to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The HTTP status; 0 if no answer came.
    pub status: u16,
    /// The Content-Type header.
    pub content_type: String,
    /// The Retry-After header.
    pub retry_after: Option<String>,
    /// The body, with the test's own texts.
    pub body: String,
    /// The failure if no answer came: `connection` or `aborted`, and the system's code.
    pub failure: Option<(String, Option<String>)>,
}

/// Why a call is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// `foreign` (not a call to the gateway), `keys` (not the replayer's keys), `unrecorded` (no call to this
    /// endpoint), `mismatch` (other parameters), `used-up` (asked for more often than it was recorded).
    pub reason: &'static str,
    /// The client's method, or the path.
    pub endpoint: String,
    /// What to do about it.
    pub message: String,
    /// The differences from the nearest recorded call.
    pub differences: Vec<Difference>,
}

impl Replay {
    /// Takes a recording's text and the fields that may differ: `safeguardStartTime`, or with its path
    /// `holderInfo.holderGender`.
    ///
    /// # Errors
    /// [`Error::Config`] about `file`.
    pub fn new(text: &str, ignored: Vec<String>) -> Result<Self, Error> {
        let entries = file::read(text)?;
        let mut texts = BTreeSet::new();
        for entry in &entries {
            let endpoint = by_path(&entry.path);
            collect(endpoint.map(|endpoint| endpoint.request), &entry.request, &mut texts);
            let replied = endpoint.and_then(|endpoint| endpoint.reply.schema());
            if let Outcome::Answer { body: Body::Reply(reply), .. } = &entry.outcome {
                for (name, value) in reply.iter().filter(|(name, _)| !matches!(*name, "code" | "message")) {
                    match value {
                        Value::Map(data) if name == "data" => collect(replied, data, &mut texts),
                        Value::List(items) if name == "data" => items.iter().for_each(|item| match item {
                            Value::Map(data) => collect(replied, data, &mut texts),
                            other => every(other, &mut texts),
                        }),
                        other => every(other, &mut texts),
                    }
                }
            }
        }
        let credentials = Credentials::parse(default("accessToken"), default("desKey"), default("md5SecretKey"))?;
        let served = vec![false; entries.len()];
        Ok(Self { entries, served, texts, bonds: Bonds::default(), ignored, credentials })
    }

    /// What a client needs: the sandbox's keys and codes, and an address that does not exist.
    pub fn client_options() -> Map {
        let base_url = ("baseUrl", NOWHERE);
        DEFAULTS.iter().chain([&base_url]).map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
    }

    /// Answers a request as it was answered when it was recorded. If the request is repeated, it gets the next recorded
    /// answer.
    ///
    /// # Errors
    /// A [`Refusal`] that says what differs.
    pub fn serve(&mut self, request: &Request) -> Result<Served, Refusal> {
        let endpoint = by_path(&request.path);
        let name = endpoint.map_or(request.path.as_str(), |endpoint| endpoint.name);
        let refused =
            |reason, message: String| Refusal { reason, endpoint: name.to_owned(), message, differences: Vec::new() };
        let envelope = accept(&request.query, &request.content_type, &request.body).map_err(|_| {
            refused("foreign", "is no call of the gateway's: a replayer serves those of a Client alone".into())
        })?;
        let asked = envelope::check_token(envelope.received(), &self.credentials)
            .and_then(|()| envelope::open_body(envelope.received(), &self.credentials, &Dialect::default()))
            .map_err(|error| {
                refused("keys", format!("cannot be opened ({error}); make the Client of replayer.clientOptions"))
            })?;

        let same_path: Vec<_> = (0..).zip(&self.entries).filter(|(_, entry)| entry.path == request.path).collect();
        if same_path.is_empty() {
            let names: BTreeSet<_> =
                self.entries.iter().map(|entry| entry.endpoint.as_ref().unwrap_or(&entry.path).as_str()).collect();
            let names: Vec<_> = names.into_iter().collect();
            return Err(refused("unrecorded", format!("was not recorded; there are {}", names.join(", "))));
        }
        let schema = endpoint.map(|endpoint| endpoint.request);
        let compared: Vec<(usize, Unifier<'_>)> =
            same_path.iter().map(|(place, entry)| (*place, self.compare(schema, entry, &asked))).collect();
        let is_free = |place: &usize| self.served.get(*place) == Some(&false);
        let fitting = || compared.iter().filter(|(_, unifier)| unifier.differences.is_empty());
        // A call that fits with the pairs known so far is preferred to one that fits only with new pairs.
        let best =
            fitting().filter(|(place, _)| is_free(place)).min_by_key(|(place, unifier)| (unifier.tied > 0, *place));
        let Some((place, unifier)) = best else {
            let often = fitting().filter(|(_, unifier)| unifier.tied == 0).count();
            if often > 0 {
                return Err(refused(
                    "used-up",
                    format!("was recorded {} with these parameters, and is asked once more", times(often)),
                ));
            }
            let nearest = compared
                .into_iter()
                .min_by_key(|(place, unifier)| (unifier.differences.len(), !is_free(place), *place));
            let differences = nearest.map(|(_, unifier)| unifier.differences).unwrap_or_default();
            let message = format!(
                "was recorded {} with other parameters. The nearest differs: {}",
                times(same_path.len()),
                told(&differences)
            );
            return Err(Refusal { differences, ..refused("mismatch", message) });
        };
        let (place, bonds) = (*place, unifier.bonds.clone());
        self.bonds = bonds;
        if let Some(served) = self.served.get_mut(place) {
            *served = true;
        }
        let outcome = self.entries.get(place).map(|entry| &entry.outcome);
        outcome.map(|outcome| self.answer(outcome)).ok_or_else(|| refused("unrecorded", "was not recorded".into()))
    }

    /// The calls that nobody asked for: endpoint (or path) and parameters.
    pub fn unused(&self) -> Value {
        let left = self.entries.iter().zip(&self.served).filter(|(_, served)| !**served).map(|(entry, _)| {
            let mut map = Map::new();
            map.push("endpoint", entry.endpoint.as_deref().unwrap_or(&entry.path).into());
            map.push("request", Value::Map(entry.request.clone()));
            Value::Map(map)
        });
        Value::List(left.collect())
    }

    fn compare(&self, schema: Option<&'static Schema>, entry: &Entry, asked: &Map) -> Unifier<'_> {
        let mut unifier = Unifier {
            recorded: &self.texts,
            ignored: &self.ignored,
            bonds: self.bonds.clone(),
            tied: 0,
            differences: Vec::new(),
        };
        unifier.map(schema, &entry.request, asked, "");
        unifier
    }

    fn answer(&self, outcome: &Outcome) -> Served {
        match outcome {
            Outcome::Answer { status, content_type, retry_after, body } => Served {
                status: *status,
                content_type: content_type.clone(),
                retry_after: retry_after.clone(),
                body: match body {
                    Body::Reply(reply) => self.bonds.in_our_texts(&Value::Map(reply.clone())).to_json(),
                    Body::Text(text) => text.clone(),
                },
                failure: None,
            },
            Outcome::Failure { kind, code } => Served {
                status: 0,
                content_type: String::new(),
                retry_after: None,
                body: String::new(),
                failure: Some((kind.clone(), code.clone())),
            },
        }
    }
}

/// Collects the texts of a request or of a reply's object that are replacements.
fn collect(schema: Option<&'static Schema>, map: &Map, texts: &mut BTreeSet<String>) {
    for (name, value) in map.iter() {
        if is_somebody(schema, name) {
            texts.insert(name.to_owned());
        }
        let field = field_of(schema, name);
        match (&*opened(value), field.and_then(inner)) {
            (Value::Map(map), inner) => collect(inner, map, texts),
            (Value::List(items), Some(inner)) => items.iter().for_each(|item| match item {
                Value::Map(map) => collect(Some(inner), map, texts),
                other => every(other, texts),
            }),
            (value, _) if field.is_none_or(|field| treatment(field) == Treatment::Replaced) => every(value, texts),
            _ => {}
        }
    }
}

fn every(value: &Value, texts: &mut BTreeSet<String>) {
    match value {
        Value::Text(text) | Value::Number(text) if !is_digit(value) => {
            texts.insert(text.clone());
        }
        Value::List(items) => items.iter().for_each(|item| every(item, texts)),
        Value::Map(map) => collect(None, map, texts),
        _ => {}
    }
}

fn told(differences: &[Difference]) -> String {
    let of = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".into());
    let mut parts: Vec<_> = (differences.iter().take(TOLD))
        .map(|one| format!("{} (recorded {}, asked {})", one.path, of(&one.recorded), of(&one.asked)))
        .collect();
    if differences.len() > TOLD {
        parts.push(format!("and {} more", differences.len() - TOLD));
    }
    parts.join("; ")
}

fn times(count: usize) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}
