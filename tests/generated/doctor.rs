//! Generates what the doctor knows from its own tables.

use aigobo::doctor::catalogue;

pub(crate) fn render() -> String {
    let count: usize = catalogue().iter().map(|(_, causes)| causes.len()).sum();
    let mut out = INTRODUCTION.replace("{count}", &count.to_string());
    for ([en, zh], causes) in catalogue() {
        out.push_str(&format!("\n### {en} {zh}\n\n| cause | difference, cure | 差异与修正 |\n|---|---|---|\n"));
        for cause in causes {
            let cell = |[says, cure]: [&str; 2]| format!("{says}<br>→ {cure}").replace('|', "\\|");
            let ([says, says_zh], [cure, cure_zh]) = (cause.says, cause.cure);
            out.push_str(&format!("| `{}` | {} | {} |\n", cause.id, cell([says, cure]), cell([says_zh, cure_zh])));
        }
    }
    out
}

const INTRODUCTION: &str = r#"# The doctor

Generated from the doctor's own tables by tests/generated.rs; don't edit.

2000 接口签名错误, 2009 报文解密失败, and no word why. `aigobo/doctor` takes whatever you have at hand and your keys, finds the difference
and names its cure. No network, nothing is sent.

```js
import { diagnose } from 'aigobo/doctor';

const { verdict, summary, findings, cannotTell } = diagnose(pasted, { accessToken, desKey, md5SecretKey }, { lang: 'zh' });
```

**What it takes.** A text of any kind: an envelope as JSON, inside a log's line, with escaped quotes, as a form or in a query, or as Java,
Python, PHP and Node print it; a requestBody; a sign; the string that another program hashed, with the secret in it or without; the
gateway's answer, its code alone, or the `GatewayError` that you caught. Or parts by name: `{ envelope, body, sign, requestBody, signingString, refusal }`. What it was taken for
stands in `seen`. The more parts, the more is told: a sign needs its body (or the requestBody with desKey).

**How it looks.** A wrong program is a choice on each of some axes: which fields take part, in which order, how nested values print, what is
upper-cased, where the secret stands, how the digests follow each other; and for the encryption what happened to the base64, which key, block mode,
padding and encoding. Choices with the fewest deviations are tried first, so one mistake is found as one, and two or three at once
as two or three. A sign that fits is no guess: by chance it never does. Signing and encryption are looked at separately, so mistakes in both add up.

**What it says.** `sound`: nothing is wrong with what you showed, for these keys and at the time `now`. `found`: each finding has a stable
`cause`, one sentence, a cure, and where two signing strings part (`at`: the offset in bytes of UTF-8, a few characters of each with
values masked). `unknown`: `cannotTell` says what could not be told and what to add. No message holds a key or anybody's data.

**What it cannot tell.** Another md5SecretKey from a body that was changed in a way that leaves no trace: both fit no known variation. The true
key from one that differs in the parity bits of its bytes: to DES they are one. DES from triple DES with the same key three times. Whether
the gateway has these keys: for that ask it, with one harmless read. With thousands of people in a body not every mixture of three
is tried; it says so then.

## The causes

{count} of them; each has a test that does exactly that.
"#;
