//! The three keys as somebody has them. They are not checked, because what is wrong with them is the question.

use zeroize::Zeroizing;

use crate::prelude::*;

/// The cure for white space around a key, wherever it shows.
pub(in crate::doctor) const TIGHT: [&str; 2] = [
    "Cut white space off the key when you read it from a file or the environment.",
    "从文件或环境变量读取密钥时去掉首尾空白。",
];

/// The cure for a key in another key's place.
pub(in crate::doctor) const RIGHT_KEY: [&str; 2] =
    ["Compare the three keys with what the platform issued, one by one.", "把三个密钥与平台下发的逐一核对。"];

/// A text that is wiped when dropped.
pub(super) type Hidden = Zeroizing<String>;

/// Which of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// accessToken
    AccessToken,
    /// desKey
    DesKey,
    /// md5SecretKey
    Md5SecretKey,
}

impl Which {
    /// All of them.
    pub(super) const ALL: [Self; 3] = [Self::AccessToken, Self::DesKey, Self::Md5SecretKey];

    /// The name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessToken => "accessToken",
            Self::DesKey => "desKey",
            Self::Md5SecretKey => "md5SecretKey",
        }
    }
}

/// The keys as given; empty if a key was not given.
#[derive(Clone, Default)]
pub struct Keys {
    texts: [Hidden; 3],
}

impl core::fmt::Debug for Keys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The keys in the order being tried, without surrounding characters that do not belong.
pub(super) struct Secrets {
    pub(super) access_token: Hidden,
    pub(super) des_key: Hidden,
    pub(super) md5_secret: Hidden,
    pub(super) loose_md5_secret: Hidden,
    pub(super) loose_des_key: Hidden,
}

/// Which key goes in which place: as given, each pair swapped, all three rotated.
pub(super) const PLACES: [[usize; 3]; 6] = [[0, 1, 2], [1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [2, 0, 1]];

impl Keys {
    /// Takes the texts; an empty text is a key that nobody has.
    pub fn new(access_token: &str, des_key: &str, md5_secret_key: &str) -> Self {
        Self { texts: [access_token, des_key, md5_secret_key].map(|text| Zeroizing::new(text.to_owned())) }
    }

    /// The key as given.
    pub(super) fn loose(&self, which: Which) -> &str {
        let [token, des, md5] = &self.texts;
        match which {
            Which::AccessToken => token,
            Which::DesKey => des,
            Which::Md5SecretKey => md5,
        }
    }

    /// The key without surrounding white space and quotes.
    pub(super) fn tight(&self, which: Which) -> &str {
        let text = trimmed(self.loose(which));
        unquoted(text).unwrap_or(text)
    }

    pub(super) fn placed(&self, places: [usize; 3]) -> Secrets {
        let [token, des, md5] = places.map(|place| Which::ALL.get(place).copied().unwrap_or(Which::AccessToken));
        let tight = |which| Zeroizing::new(self.tight(which).to_owned());
        let loose = |which| Zeroizing::new(self.loose(which).to_owned());
        Secrets {
            access_token: tight(token),
            des_key: tight(des),
            md5_secret: tight(md5),
            loose_md5_secret: loose(md5),
            loose_des_key: loose(des),
        }
    }

    /// Whether `text` contains one of the keys; a key of three characters would be found everywhere.
    pub(super) fn in_text(&self, text: &str) -> bool {
        let folded = text.to_lowercase();
        Which::ALL
            .map(|which| self.tight(which))
            .iter()
            .any(|key| key.len() > 3 && folded.contains(&key.to_lowercase()))
    }
}

/// The text between two quotes of the same kind.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).filter(|inner| !inner.is_empty())
}

/// The text without white space and without the marks that some editors put at the start of a file.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}
