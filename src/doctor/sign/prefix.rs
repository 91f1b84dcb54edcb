//! Computes the MD5 of many long texts that begin alike. If a text's beginning has been hashed before, only the rest is
//! hashed.

use md5::{Digest as _, Md5};

use crate::prelude::*;

/// A state is kept every this many bytes.
const STEP: usize = 4 << 10;
/// How many texts are remembered. If one text deviates early, the next may still resemble the one before it.
const TEXTS: usize = 4;

/// The texts hashed last.
#[derive(Default)]
pub(super) struct Prefixes {
    texts: Vec<Text>,
    /// Which of them is the oldest.
    oldest: usize,
}

struct Text {
    bytes: Vec<u8>,
    /// The state after each [`STEP`] of the text.
    states: Vec<Md5>,
}

impl Prefixes {
    /// The MD5 state after `bytes`, ready for more.
    pub(super) fn after(&mut self, bytes: &[u8]) -> Md5 {
        if bytes.len() < STEP {
            return Md5::new_with_prefix(bytes);
        }
        let known = self.texts.iter().map(|text| (text.alike(bytes), text)).max_by_key(|(alike, _)| *alike);
        let mut states = known.map_or_else(Vec::new, |(alike, text)| text.states.iter().take(alike).cloned().collect());
        let mut state = states.last().cloned().unwrap_or_default();
        let rest = bytes.get(states.len() * STEP..).unwrap_or_default();
        let (steps, last) = rest.as_chunks::<STEP>();
        for step in steps {
            state.update(step);
            states.push(state.clone());
        }
        state.update(last);
        self.remember(bytes, states);
        state
    }

    fn remember(&mut self, bytes: &[u8], states: Vec<Md5>) {
        match self.texts.get_mut(self.oldest) {
            // Reuses the oldest one's memory, because there are thousands of texts.
            Some(oldest) => {
                oldest.bytes.clear();
                oldest.bytes.extend_from_slice(bytes);
                oldest.states = states;
            }
            None => self.texts.push(Text { bytes: bytes.to_vec(), states }),
        }
        self.oldest = (self.oldest + 1) % TEXTS;
    }
}

impl Text {
    /// How many steps from the start have the same bytes.
    fn alike(&self, bytes: &[u8]) -> usize {
        let (ours, theirs) = (self.bytes.as_chunks::<STEP>().0, bytes.as_chunks::<STEP>().0);
        ours.iter().zip(theirs).take_while(|(ours, theirs)| ours == theirs).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts that differ at every kind of position, in an order that makes old ones useful again.
    #[test]
    fn what_is_resumed_is_what_is_hashed_whole() {
        let mut prefixes = Prefixes::default();
        let whole: Vec<u8> = (0..5 * STEP + 17).map(|at| (at / 7) as u8).collect();
        for at in [0, 1, STEP - 1, STEP, 2 * STEP, 3 * STEP + 5, 5 * STEP, 5 * STEP + 16, STEP + 1, 4 * STEP] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            for bytes in [&whole[..], &changed, &changed[..at], &whole[at..], &changed[at..]] {
                assert_eq!(prefixes.after(bytes).finalize(), Md5::digest(bytes), "{at}");
            }
        }
        assert_eq!(prefixes.texts.len(), TEXTS);
    }
}
