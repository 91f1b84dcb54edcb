//! Generates the table of capitals from std's own.

use std::fmt::Write as _;

pub(crate) fn render() -> String {
    let (major, minor, update) = char::UNICODE_VERSION;
    let mut out = format!(
        "//! Generated from std's by tests/generated.rs; don't edit.\n\nuse super::Run;\n\n/// Whose letters these are.\n#[cfg(test)]\npub(super) const UNICODE: (u8, u8, u8) = ({major}, {minor}, {update});\n\n#[rustfmt::skip]\npub(super) const RUNS: &[Run] = &[\n"
    );
    let mut texts = Vec::new();
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for c in '\0'..=char::MAX {
        let capitals = c.to_uppercase().to_string();
        let code = u32::from(c);
        let single = capitals.chars().next().filter(|_| capitals.chars().count() == 1);
        let Some(far) = single.map(|capital| i64::from(u32::from(capital)) - i64::from(code)) else {
            texts.push(format!("{c}{capitals}"));
            continue;
        };
        if far == 0 {
            continue;
        }
        match runs.last_mut() {
            Some((first, count, step, same)) if *same == far && *count == 1 && code - *first <= 2 => {
                (*count, *step) = (2, code - *first);
            }
            Some((first, count, step, same)) if *same == far && *count > 1 && code == *first + *count * *step => {
                *count += 1
            }
            _ => runs.push((code, 1, 1, far)),
        }
    }
    for (first, count, step, far) in runs {
        writeln!(out, "    Run(0x{first:x}, {count}, {step}, {far}),").unwrap();
    }
    write!(
        out,
        "];\n\n/// Each letter before its capitals.\n#[rustfmt::skip]\npub(super) const TEXTS: &str = \"{}\";\n",
        texts.join(" ")
    )
    .unwrap();
    out
}
