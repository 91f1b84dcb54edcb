//! Runs of text, eight bytes at a time.

use alloc::string::String;
use alloc::vec::Vec;

/// The highest bit of each byte.
const HIGH: u64 = every(0x80);

const fn every(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Sets the highest bit of each byte below `bound`, which is at most 0x80. A mark may be wrong if a lower byte has a
/// correct one: the first mark is always correct.
const fn below(bytes: u64, bound: u8) -> u64 {
    bytes.wrapping_sub(every(bound)) & !bytes & HIGH
}

/// Marks in the same way what ends a run: a quote, a backslash, a control character.
const fn ends(bytes: u64) -> u64 {
    below(bytes, b' ') | below(bytes ^ every(b'"'), 1) | below(bytes ^ every(b'\\'), 1)
}

/// How many bytes of a JSON string stand for themselves, up to the first quote, backslash or control character.
pub fn plain(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let marks = ends(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return 8 * index + (marks.trailing_zeros() / 8) as usize;
        }
    }
    8 * chunks.len() + rest.iter().position(|byte| ends(every(*byte)) != 0).unwrap_or(rest.len())
}

/// Whether two texts are equal, without std's call, which is expensive for a short name.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && same_bytes(one, other)
}

#[inline(never)]
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    let ((chunks, rest), (others, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    chunks.iter().zip(others).all(|(one, other)| u64::from_le_bytes(*one) == u64::from_le_bytes(*other))
        && rest.iter().zip(other_rest).all(|(one, other)| one == other)
}

/// Appends to `out` what [`plain`] counts, and returns the count. Copies eight bytes at a time: for short texts, a call
/// for each copy would take longer than everything else.
pub(crate) fn copy_plain(bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let (chunks, rest) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        out.extend_from_slice(chunk);
        let marks = ends(u64::from_le_bytes(*chunk));
        if marks != 0 {
            let here = (marks.trailing_zeros() / 8) as usize;
            out.truncate(out.len() - 8 + here);
            return 8 * index + here;
        }
    }
    let tail = plain(rest);
    out.extend(rest.iter().take(tail));
    8 * chunks.len() + tail
}

/// Puts the ASCII letters of the UTF-8 `text` into upper case. Returns whether that is enough: it is not if `text` may
/// contain letters of other alphabets that have capitals.
pub fn upper_case(text: &mut [u8]) -> bool {
    let mut others = false;
    let (chunks, rest) = text.as_chunks_mut();
    for chunk in chunks {
        let bytes = u64::from_le_bytes(*chunk);
        if bytes & HIGH != 0 {
            others |= chunk.iter().any(has_case);
        }
        // The highest bit of a sum shows which bytes are above; bytes beyond ASCII are left out.
        let low = bytes & !HIGH;
        let from_a = low + every(0x80 - b'a');
        let beyond_z = low + every(0x7f - b'z');
        let letters = (from_a & !beyond_z & !bytes & HIGH) >> 2;
        *chunk = (bytes ^ letters).to_le_bytes();
    }
    others |= rest.iter().any(has_case);
    rest.make_ascii_uppercase();
    !others
}

/// Whether a byte begins a character that may have a capital. None from U+3000 to U+9FFF and from U+B000 to U+EFFF has,
/// and nearly all Chinese is there.
fn has_case(byte: &u8) -> bool {
    matches!(byte, 0xC2..=0xE2 | 0xEA | 0xEF..)
}

/// The hex digits of a digest or of a nonce.
pub fn hex(bytes: &[u8; 16], upper: bool) -> [u8; 32] {
    let mut digits = [0; 32];
    for (two, byte) in digits.as_chunks_mut().0.iter_mut().zip(bytes) {
        *two = hex_digits(*byte, upper);
    }
    digits
}

/// Appends the two hex digits of each byte.
pub fn push_hex(bytes: &[u8], upper: bool, out: &mut String) {
    out.reserve(2 * bytes.len());
    for byte in bytes {
        out.extend(hex_digits(*byte, upper).map(char::from));
    }
}

fn hex_digits(byte: u8, upper: bool) -> [u8; 2] {
    let ten = if upper { b'A' } else { b'a' };
    [byte >> 4, byte & 15].map(|nibble| if nibble < 10 { b'0' + nibble } else { ten + nibble - 10 })
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::format;

    #[test]
    fn a_run_ends_at_each_place_before_what_needs_escaping() {
        for place in 0..40 {
            for end in ['"', '\\', '\n', '\0', '\u{1f}'] {
                let text =
                    format!("{}{end}中文\"", &"a王 !#[]\u{7f}b0".repeat(9).chars().take(place).collect::<String>());
                let expected = text.find(end).unwrap();
                let mut out = b"before".to_vec();
                assert_eq!((plain(text.as_bytes()), copy_plain(text.as_bytes(), &mut out)), (expected, expected));
                assert_eq!(out, [b"before", &text.as_bytes()[..expected]].concat());
            }
        }
        assert_eq!(plain("no end at all".as_bytes()), 13);
    }

    #[test]
    fn every_character_is_put_into_upper_case_or_told() {
        for c in '\0'..=char::MAX {
            for before in ["", "az{`AZ@[é"] {
                let text = format!("{before}{c}");
                let mut bytes = text.clone().into_bytes();
                let done = upper_case(&mut bytes);
                assert_eq!(bytes, text.to_ascii_uppercase().into_bytes());
                assert!(!done || text.to_uppercase().as_bytes() == bytes, "{c:?}");
            }
        }
        assert!(upper_case(&mut "中文，".as_bytes()[..6].to_vec()) && upper_case(&mut b"plain".to_vec()));
    }
}
