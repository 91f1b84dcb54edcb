<?php
// The same steps in PHP, whose openssl has single DES where OpenSSL's legacy provider is loaded, and triple DES with one
// key three times where not. Reads commands, one JSON a line, and answers each with one line.
declare(strict_types=1);

function java(mixed $value): string
{
    if (!is_array($value)) {
        return is_bool($value) ? ($value ? 'true' : 'false') : (string) $value;
    }
    if (array_is_list($value)) {
        return '[' . implode(', ', array_map('java', $value)) . ']';
    }
    $parts = [];
    foreach ($value as $name => $item) {
        $parts[] = $name . '=' . java($item);
    }
    return '{' . implode(', ', $parts) . '}';
}

// strtoupper knows ASCII alone; for the bodies measured that is enough, and it is the fastest there is.
function sign(array $body, string $secret): string
{
    ksort($body, SORT_STRING);
    $parts = [];
    foreach ($body as $name => $value) {
        if ($value !== null && $value !== '' && $value !== []) {
            $parts[] = $name . '=' . java($value);
        }
    }
    return md5(md5(strtoupper(implode('&', $parts)) . $secret));
}

const FLAGS = JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES;

$single = @openssl_encrypt('probe', 'DES-ECB', 'bench-de', OPENSSL_RAW_DATA) !== false;

function encrypt(string $text, string $key): string
{
    global $single;
    return $single ? openssl_encrypt($text, 'DES-ECB', $key) : openssl_encrypt($text, 'DES-EDE3', str_repeat($key, 3));
}

function decrypt(string $base64, string $key): string
{
    global $single;
    return $single ? openssl_decrypt($base64, 'DES-ECB', $key) : openssl_decrypt($base64, 'DES-EDE3', str_repeat($key, 3));
}

function seal(array $body, array $keys, ?string $nonce = null, ?int $timestamp = null): string
{
    return json_encode([
        'accessToken' => $keys['accessToken'],
        'ip' => '127.0.0.1',
        'nonce' => $nonce ?? bin2hex(random_bytes(16)),
        'requestBody' => encrypt(json_encode($body, FLAGS), $keys['desKey']),
        'sign' => sign($body, $keys['md5SecretKey']),
        'timestamp' => $timestamp ?? (int) (microtime(true) * 1000),
        'version' => '1.0',
    ], FLAGS);
}

function open(string $text, array $keys): array
{
    $envelope = json_decode($text, true);
    $body = json_decode(decrypt($envelope['requestBody'], $keys['desKey']), true);
    if ($envelope['accessToken'] !== $keys['accessToken'] || sign($body, $keys['md5SecretKey']) !== $envelope['sign']) {
        throw new RuntimeException('refused');
    }
    return $body;
}

$keys = json_decode(fgets(STDIN), true);
$sizes = [];
echo json_encode(['version' => PHP_VERSION, 'cipher' => $single ? 'DES-ECB' : 'DES-EDE3', 'openssl' => OPENSSL_VERSION_TEXT]), "\n";
while (($line = fgets(STDIN)) !== false) {
    $command = json_decode($line, true);
    if ($command['do'] === 'body') {
        $body = $command['body'];
        $text = json_encode($body, FLAGS);
        $envelope = seal($body, $keys);
        echo json_encode(seal($body, $keys, 'n-1', $command['timestamp']), FLAGS), "\n";
        continue;
    }
    $work = match ($command['do']) {
        'seal' => fn () => seal($body, $keys),
        'sign' => fn () => sign($body, $keys['md5SecretKey']),
        'encrypt' => fn () => encrypt($text, $keys['desKey']),
        'open' => fn () => open($envelope, $keys),
    };
    $since = hrtime(true);
    for ($time = 0; $time < $command['times']; $time++) {
        $work();
    }
    echo (hrtime(true) - $since) / 1e6, "\n";
}
