//! Keeps a sandbox across restarts: the whole memory as one line, and a line for each step since. Steps are the inputs
//! from outside; since nothing else decides, repeating them leads to the same memory.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::sandbox::fault::Faults;
use crate::sandbox::state::State;
use crate::sandbox::{Request, Sandbox};
use crate::value::Value;

/// The format of the lines: a program that knows another format must not guess.
const FORMAT: u32 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
struct Head<S, F> {
    aigobo_sandbox: u32,
    /// What the steps depend on.
    keys: String,
    state: S,
    faults: F,
}

/// A step.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "step")]
pub(super) enum Step {
    #[serde(rename_all = "camelCase")]
    Handle {
        method: String,
        path: String,
        query: String,
        content_type: String,
        body: String,
        clock: i64,
    },
    #[serde(rename_all = "camelCase")]
    Pay {
        temp_order_code: String,
        clock: i64,
    },
    Advance {
        ms: i64,
    },
    Credit {
        yuan: String,
    },
    Faults {
        rules: String,
    },
    AddFault {
        rule: String,
    },
    RemoveFault {
        place: usize,
    },
    Delivered {
        id: u64,
        status: Option<u16>,
    },
    Resend {
        id: u64,
    },
    Reset,
}

impl Step {
    pub(super) fn handle(request: &Request, clock: i64) -> Self {
        let Request { method, path, query, content_type, body } = request.clone();
        Self::Handle { method, path, query, content_type, body: STANDARD.encode(body), clock }
    }

    /// None if the step itself is invalid; a step that was refused then is refused again.
    fn apply(self, sandbox: &mut Sandbox) -> Option<()> {
        match self {
            Self::Handle { method, path, query, content_type, body, clock } => {
                let body = STANDARD.decode(body).ok()?;
                sandbox.handle(&Request { method, path, query, content_type, body }, clock);
            }
            Self::Pay { temp_order_code, clock } => drop(sandbox.pay(&temp_order_code, clock)),
            Self::Advance { ms } => sandbox.advance(ms),
            Self::Credit { yuan } => drop(sandbox.credit(&yuan)),
            Self::Faults { rules } => match Value::parse(&rules) {
                Ok(Value::List(rules)) => drop(sandbox.faults(&rules)),
                _ => return None,
            },
            Self::AddFault { rule } => drop(sandbox.add_fault(&Value::parse(&rule).ok()?)),
            Self::RemoveFault { place } => drop(sandbox.remove_fault(place)),
            Self::Delivered { id, status } => sandbox.delivered(id, status),
            Self::Resend { id } => drop(sandbox.resend(id)),
            Self::Reset => sandbox.reset(),
        }
        // As after every step, so that faults affect the same callbacks.
        sandbox.take_notifications();
        Some(())
    }
}

/// Lines that wait to be written; none if nobody keeps them.
#[derive(Debug, Default)]
pub(super) struct Journal(Option<String>);

impl Journal {
    pub(super) fn note(&mut self, step: impl FnOnce() -> Step) {
        if let Some(lines) = self.0.as_mut()
            && let Ok(line) = serde_json::to_string(&step())
        {
            lines.push_str(&line);
            lines.push('\n');
        }
    }

    pub(super) fn take(&mut self) -> String {
        self.0.as_mut().map(core::mem::take).unwrap_or_default()
    }
}

/// Returns the memory as one line, and notes every step from now on.
pub(super) fn save(sandbox: &mut Sandbox) -> Result<String, Error> {
    sandbox.journal = Journal(Some(String::new()));
    let head = Head {
        aigobo_sandbox: FORMAT,
        keys: sandbox.config.fingerprint(),
        state: &sandbox.state,
        faults: &sandbox.faults,
    };
    serde_json::to_string(&head)
        .map(|line| line + "\n")
        .map_err(|error| Error::config("state", format!("cannot be written: {error}")))
}

/// Reads what [`save`] and the journal wrote. A last line without a line end was not acknowledged, and is skipped.
pub(super) fn restore(sandbox: &mut Sandbox, text: &str) -> Result<(), Error> {
    let whole = text.rfind('\n').map_or("", |end| text.get(..end).unwrap_or_default());
    let mut lines = whole.lines();
    // serde's own messages quote the text, which holds people.
    let not_ours = |line: usize, why: &str| {
        Error::config("state", format!("line {line} is {why}; take another file, or remove this one to begin anew"))
    };
    let first = lines.next().ok_or_else(|| not_ours(1, "missing"))?;
    let head: Head<State, Faults> =
        serde_json::from_str(first).map_err(|_| not_ours(1, "no memory of a sandbox, or another version's"))?;
    if head.aigobo_sandbox != FORMAT {
        return Err(not_ours(1, &format!("of format {}, where this version reads {FORMAT}", head.aigobo_sandbox)));
    }
    let ours = head.keys == sandbox.config.fingerprint();
    (sandbox.state, sandbox.faults) = (head.state, head.faults);
    sandbox.journal = Journal::default();
    for (number, line) in (2..).zip(lines) {
        if !ours {
            let message = "was written with other credentials, codes, seed or creditBalance, and not closed: start once with those";
            return Err(Error::config("state", message));
        }
        let step = serde_json::from_str::<Step>(line).ok().and_then(|step| step.apply(sandbox));
        step.ok_or_else(|| not_ours(number, "no step that this version knows"))?;
    }
    sandbox.faults.forget_held();
    sandbox.state.outbox.resume();
    Ok(())
}
