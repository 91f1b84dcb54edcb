//! Standard base64 with padding (RFC 4648, section 4). Our own, because the known crates' general engines, which
//! support any alphabet and padding, would be a fortieth of the wasm.

use alloc::vec::Vec;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Marks a byte that is not a digit.
const NONE: u8 = 0xff;

/// The value of each digit.
const VALUES: [u8; 256] = values();

#[expect(clippy::indexing_slicing, reason = "counted when compiled")]
const fn values() -> [u8; 256] {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
}

/// Appends `bytes` to `out` as base64.
pub fn encode(bytes: &[u8], out: &mut Vec<u8>) {
    out.reserve_exact(bytes.len().div_ceil(3) * 4);
    let (threes, rest) = bytes.as_chunks::<3>();
    for three in threes {
        out.extend_from_slice(&digits(*three));
    }
    if let [first, others @ ..] = rest {
        let second = others.first();
        let [a, b, c, _] = digits([*first, *second.unwrap_or(&0), 0]);
        out.extend_from_slice(&[a, b, second.map_or(b'=', |_| c), b'=']);
    }
}

fn digits([a, b, c]: [u8; 3]) -> [u8; 4] {
    let bits = u32::from_be_bytes([0, a, b, c]);
    [18, 12, 6, 0].map(|shift| digit(bits >> shift))
}

#[expect(clippy::indexing_slicing, reason = "six bits of it")]
fn digit(bits: u32) -> u8 {
    ALPHABET[bits as usize % 64]
}

/// Returns the bytes, or nothing if `text` is not standard base64 with padding. White space is skipped.
pub fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut rest = text;
    loop {
        while let Some((four, after)) = rest.split_first_chunk() {
            let Some(bits) = bits(*four) else { break };
            let [_, a, b, c] = bits.to_be_bytes();
            out.extend_from_slice(&[a, b, c]);
            rest = after;
        }
        // White space comes next, or the end.
        let mut four = [b'='; 4];
        let mut count = 0;
        for place in &mut four {
            while let [first, after @ ..] = rest {
                rest = after;
                if !first.is_ascii_whitespace() {
                    (*place, count) = (*first, count + 1);
                    break;
                }
            }
        }
        let kept = match four {
            _ if count == 0 => return Some(out),
            _ if count < 4 => return None,
            [_, _, b'=', b'='] => 1,
            [_, _, _, b'='] => 2,
            _ => 3,
        };
        for padding in four.iter_mut().skip(kept + 1) {
            *padding = b'A';
        }
        let [_, bytes @ ..] = bits(four)?.to_be_bytes();
        let (kept, cut) = bytes.split_at_checked(kept)?;
        out.extend_from_slice(kept);
        if cut.is_empty() {
            continue;
        }
        // Nothing may follow padding, and the bits that it cuts off must be zero.
        let over = cut.iter().all(|byte| *byte == 0) && rest.iter().all(u8::is_ascii_whitespace);
        return over.then_some(out);
    }
}

/// The 24 bits of four digits, or nothing if one is not a digit.
#[expect(clippy::indexing_slicing, reason = "a byte finds its place among 256")]
fn bits(four: [u8; 4]) -> Option<u32> {
    let [a, b, c, d] = four.map(|digit| u32::from(VALUES[usize::from(digit)]));
    ((a | b | c | d) < 64).then_some(a << 18 | b << 12 | c << 6 | d)
}
