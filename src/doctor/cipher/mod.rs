//! Which program made this requestBody? A search over damage, key, mode, padding and encoding.

pub(super) mod damage;
pub(super) mod key;
pub(super) mod mode;
pub(super) mod plain;

use crate::doctor::cause::{Cause, cause};
use crate::doctor::keys::Secrets;
use crate::prelude::*;
use crate::value::Map;
use damage::{Bytes, NoBytes};
use key::{Cipher, KEY};
use mode::{MODE, Mode};
use plain::{NOT_JSON, Plain, plain};

/// Another key was used.
pub(super) const OTHER_KEY: Cause = cause(
    "des-key.other",
    [
        "requestBody was encrypted with another desKey, or not with DES: its base64 is whole, but what comes out is no text.",
        "requestBody 用了另一个 desKey，或者不是用 DES 加密的：base64 完整，但解密出来不是文本。",
    ],
    [
        "Compare desKey with what the platform issued, and whether it is that of the other environment (test, production).",
        "核对 desKey 与平台下发的是否一致，以及是否用了另一个环境（测试、生产）的。",
    ],
);

/// A requestBody that could be read.
pub(super) struct Opened {
    /// How it deviates from what the platform reads.
    pub(super) deviations: Vec<&'static Cause>,
    /// What was encrypted, in UTF-8.
    pub(super) text: String,
    /// None if it is not a JSON object.
    pub(super) body: Option<Map>,
}

/// A requestBody that could not be read completely.
pub(super) struct Unopened {
    /// What was repaired, then the reason for the failure.
    pub(super) deviations: Vec<&'static Cause>,
    /// The number of bytes, or the offset of the byte at fault.
    pub(super) bytes: usize,
    /// Whether the key is known to be right.
    pub(super) key_fits: bool,
}

/// How many blocks are checked first: under a wrong key even these hardly ever look like text.
const GLANCE: usize = 2;

/// Reads a requestBody in every way, those with the fewest deviations first.
pub(super) fn open(request_body: &str, secrets: &Secrets) -> Result<Opened, Unopened> {
    let readings = match damage::read(request_body) {
        Ok(readings) => readings,
        // The key is not at fault.
        Err(NoBytes::Empty) => return Err(Unopened { key_fits: true, ..unopened(&[], &damage::MISSING, 0) }),
        Err(NoBytes::Invalid(at)) => return Err(unopened(&[], &damage::INVALID, at)),
        Err(NoBytes::Odd(mended, bytes)) => return Err(odd(mended, &bytes, secrets)),
    };
    let mut ways = Vec::new();
    for reading in &readings {
        for (key, entry) in KEY.iter().enumerate() {
            let Some((cipher, first)) = entry.what.cipher(secrets) else { continue };
            let cipher = alloc::rc::Rc::new(cipher);
            for (mode, chaining) in MODE.iter().enumerate() {
                let mut deviations = reading.mended.clone();
                deviations.extend((key > 0).then_some(&entry.cause));
                deviations.extend((mode > 0).then_some(&chaining.cause));
                ways.push((deviations, reading, alloc::rc::Rc::clone(&cipher), first, chaining.what));
            }
        }
    }
    ways.sort_by_key(|(deviations, ..)| deviations.len());
    let mut best: Option<Opened> = None;
    for (mut deviations, reading, cipher, key, mode) in ways {
        if best.as_ref().is_some_and(|best| best.deviations.len() <= deviations.len() && best.body.is_some()) {
            break;
        }
        let sure = deviations.is_empty();
        let Some(Plain { deviations: more, text, body }) = read(reading, &cipher, key, mode, sure) else { continue };
        deviations.extend(more);
        let better = best
            .as_ref()
            .is_none_or(|best| (best.body.is_none(), best.deviations.len()) > (body.is_none(), deviations.len()));
        if better {
            best = Some(Opened { deviations, text, body });
        }
    }
    best.ok_or_else(|| damaged(&readings, secrets))
}

fn read(reading: &Bytes, cipher: &Cipher, key: [u8; 8], mode: Mode, sure: bool) -> Option<Plain> {
    let (blocks, rest) = reading.bytes.as_chunks::<8>();
    if !rest.is_empty() || blocks.is_empty() {
        return None;
    }
    if mode == Mode::CbcOther {
        let glance = mode.decrypt(cipher, key, blocks, 2 * GLANCE);
        if glance.get(8..).is_none_or(|rest| {
            rest.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace() && *byte > 8)
        }) {
            return None;
        }
        // The first block is lost, so the rest must be text to its very end.
        let bytes = mode.decrypt(cipher, key, blocks, blocks.len());
        let plain = plain(bytes.get(8..).filter(|rest| rest.len() >= 16)?, false)?;
        let whole = plain.text.ends_with('}') && plain.deviations == [&NOT_JSON];
        return whole.then_some(Plain { deviations: Vec::new(), text: plain.text, body: None });
    }
    if !looks_like_text(&mode.decrypt(cipher, key, blocks, GLANCE)) {
        return None;
    }
    plain(&mode.decrypt(cipher, key, blocks, blocks.len()), sure)
}

/// Whether bytes begin as an object does, or as a program's rendering of one; padding may follow.
fn looks_like_text(bytes: &[u8]) -> bool {
    let (marked, rest) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] | [0xFF, 0xFE, rest @ ..] | [0xFE, 0xFF, rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    let Some(first) = rest.iter().find(|byte| **byte != 0) else { return false };
    let starts = first.is_ascii_graphic() || first.is_ascii_whitespace() || *first >= 0x81 && marked;
    // No control characters are allowed except padding at the end and the zeros of UTF-16.
    let controls =
        rest.iter().take(6).filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace() && **byte != 0);
    let small = rest.first() == Some(&b'{') && rest.get(1) == Some(&b'}');
    starts && (small || controls.count() == 0)
}

fn unopened(mended: &[&'static Cause], why: &'static Cause, bytes: usize) -> Unopened {
    let mut deviations = mended.to_vec();
    deviations.push(why);
    Unopened { deviations, bytes, key_fits: false }
}

/// The text is not a whole number of blocks. Either it was cut, or the key says nothing.
fn odd(mended: Vec<&'static Cause>, bytes: &[u8], secrets: &Secrets) -> Unopened {
    match fitting_length(bytes, secrets) {
        Some(_) => Unopened { key_fits: true, ..unopened(&mended, &damage::CUT, bytes.len()) },
        None => unopened(&mended, &damage::LENGTH, bytes.len()),
    }
}

/// The blocks are whole but are not text to their end. Either another key was used, or the text was altered or cut
/// after its beginning.
fn damaged(readings: &[Bytes], secrets: &Secrets) -> Unopened {
    for reading in readings {
        let Some(fits) = fitting_length(&reading.bytes, secrets) else { continue };
        let cut = fits + 8 > reading.bytes.len();
        let why = if cut { &damage::CUT } else { &damage::DAMAGED };
        let bytes = if cut { reading.bytes.len() } else { fits };
        return Unopened { key_fits: true, ..unopened(&reading.mended, why, bytes) };
    }
    let mended = readings.first().map(|reading| reading.mended.clone()).unwrap_or_default();
    unopened(&mended, &OTHER_KEY, 0)
}

/// How many bytes are text under the key as given; `None` if not even the beginning is.
fn fitting_length(bytes: &[u8], secrets: &Secrets) -> Option<usize> {
    let (cipher, key) = KEY.first()?.what.cipher(secrets)?;
    let (blocks, _) = bytes.as_chunks::<8>();
    let plain = Mode::Ecb.decrypt(&cipher, key, blocks, blocks.len());
    let starts = plain.first_chunk::<2>().is_some_and(|start| matches!(start, b"{\"" | b"{ " | b"{\n" | b"{\r"));
    if !starts || !looks_like_text(plain.get(..8)?) {
        return None;
    }
    let valid = match core::str::from_utf8(&plain) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let control = plain.iter().position(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace());
    let fits = control.map_or(valid, |at| at.min(valid));
    // A character may be cut in half at the end.
    Some(if plain.len() - fits < 4 { plain.len() } else { fits / 8 * 8 })
}
