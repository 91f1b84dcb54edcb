//! The bitsliced DES against the published known answers and against the `des` crate, natively and in wasm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test fails by panicking, and is no public API"
)]

use aigobo_engine::des::{Des, Wide, Word};
use des::cipher::{Array, BlockCipherEncrypt as _, KeyInit as _};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

type Block = [u8; 8];

/// By words of 64 bits, and by each other type of word, all of which must agree; deciphered again it must be what it was.
fn encrypted(key: Block, blocks: &[Block]) -> Vec<Block> {
    let cipher = Des::new(&key);
    let mut done = blocks.to_vec();
    cipher.encrypt(&mut done);
    let mut undone = done.clone();
    cipher.decrypt(&mut undone);
    assert_eq!(undone, blocks);
    agrees::<Wide>(&cipher, blocks, &done);
    #[cfg(target_feature = "simd128")]
    agrees::<aigobo_engine::des::Simd>(&cipher, blocks, &done);
    done
}

fn agrees<W: Word>(cipher: &Des, blocks: &[Block], encrypted: &[Block]) {
    let mut ours = blocks.to_vec();
    cipher.encrypt_by::<W>(&mut ours);
    assert_eq!(ours, encrypted);
    cipher.decrypt_by::<W>(&mut ours);
    assert_eq!(ours, blocks);
}

fn by_the_crate(key: Block, blocks: &[Block]) -> Vec<Block> {
    let cipher = des::Des::new(&Array(key));
    let encrypt = |block: &Block| {
        let mut block = Array(*block);
        cipher.encrypt_block(&mut block);
        block.0
    };
    blocks.iter().map(encrypt).collect()
}

/// Bytes without a pattern (xorshift64).
fn noise(seed: u64, blocks: usize) -> Vec<Block> {
    let mut state = seed | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()
    };
    (0..blocks).map(|_| next()).collect()
}

fn known_answers() -> Vec<[Block; 3]> {
    let file: Value = serde_json::from_str(include_str!("../../tests/vectors/des-sp800-17.json")).unwrap();
    let cases = ["variablePlaintext", "variableKey", "permutation", "substitution"]
        .map(|table| file[table].as_array().unwrap());
    let block = |case: &Value, name: &str| u64::from_str_radix(case[name].as_str().unwrap(), 16).unwrap().to_be_bytes();
    let fields = |case: &Value| ["key", "plaintext", "ciphertext"].map(|name| block(case, name));
    cases.into_iter().flatten().map(fields).collect()
}

#[test]
fn the_published_known_answers() {
    let cases = known_answers();
    assert_eq!(cases.len(), 64 + 56 + 32 + 19);
    for [key, plaintext, ciphertext] in cases {
        assert_eq!(encrypted(key, &[plaintext; 130]), [ciphertext; 130]);
    }
}

#[test]
fn every_number_of_blocks() {
    for blocks in 0..=300 {
        let key = noise(blocks as u64 + 7, 1)[0];
        let blocks = noise(blocks as u64, blocks);
        assert_eq!(encrypted(key, &blocks), by_the_crate(key, &blocks));
    }
}

#[test]
fn a_block_is_its_own_whatever_stands_beside_it() {
    let blocks = noise(3, 300);
    let together = encrypted(*b"sandbox8", &blocks);
    for (block, beside_others) in blocks.iter().zip(together) {
        assert_eq!(encrypted(*b"sandbox8", &[*block]), [beside_others]);
    }
}

/// Under these what is enciphered twice is what it was.
#[test]
fn weak_keys() {
    for key in [0x0101_0101_0101_0101, 0xfefe_fefe_fefe_fefe, 0xe0e0_e0e0_f1f1_f1f1, 0x1f1f_1f1f_0e0e_0e0e_u64] {
        let blocks = noise(key, 100);
        let once = encrypted(key.to_be_bytes(), &blocks);
        assert_ne!(once, blocks);
        assert_eq!(encrypted(key.to_be_bytes(), &once), blocks);
    }
}

#[test]
fn parity_bits_do_not_count() {
    let blocks = noise(9, 3);
    assert_eq!(encrypted([0; 8], &blocks), encrypted([1; 8], &blocks));
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_key_and_any_blocks(key: Block, blocks in proptest::collection::vec(any::<Block>(), 0..=300)) {
            prop_assert_eq!(encrypted(key, &blocks), by_the_crate(key, &blocks));
        }

        #[test]
        fn complementing_key_and_block_complements_the_result(key: Block, blocks in proptest::collection::vec(any::<Block>(), 1..=65)) {
            let not = |blocks: &[Block]| -> Vec<Block> { blocks.iter().map(|block| block.map(|byte| !byte)).collect() };
            prop_assert_eq!(encrypted(key.map(|byte| !byte), &not(&blocks)), not(&encrypted(key, &blocks)));
        }
    }
}
