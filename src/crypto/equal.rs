//! Compares secrets.

use subtle::ConstantTimeEq as _;

/// Compares in a time that does not reveal where the texts differ (only whether their lengths do). Eight bytes at a time:
/// byte by byte, as `subtle` compares slices, two comparisons would be a twentieth of opening a small envelope.
pub fn equal(one: &[u8], other: &[u8]) -> bool {
    let ((words, rest), (others, other_rest)) = (one.as_chunks(), other.as_chunks());
    let differing = words
        .iter()
        .zip(others)
        .fold(0, |differing, (one, other)| differing | (u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other)));
    one.len() == other.len() && bool::from(differing.ct_eq(&0) & rest.ct_eq(other_rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_equal_if_every_byte_is() {
        let text = b"a token of twenty-seven byt";
        for length in 0..=text.len() {
            let one = &text[..length];
            assert!(equal(one, one));
            for place in 0..length {
                for bit in 0..8 {
                    let mut other = one.to_vec();
                    other[place] ^= 1 << bit;
                    assert!(!equal(one, &other), "{length} bytes, differing at {place}");
                }
            }
            for other in 0..=text.len() {
                assert_eq!(equal(one, &text[..other]), length == other);
            }
        }
    }
}
