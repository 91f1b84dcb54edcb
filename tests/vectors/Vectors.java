// The golden vectors by the JDK alone: its DES, MD5, toUpperCase, and what its collections print.
//
//   java Vectors.java check FILE      computes every case of FILE anew and compares; then the file itself, byte for byte
//   java Vectors.java generate FILE   prints FILE with everything computed; of each case name, desKey, md5SecretKey, plaintext suffice

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.DESKeySpec;

public final class Vectors {
    private static final List<String> GIVEN = List.of("name", "desKey", "md5SecretKey", "plaintext");

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !List.of("check", "generate").contains(args[0])) {
            System.err.println("java Vectors.java check|generate FILE");
            System.exit(2);
        }
        String text = Files.readString(Path.of(args[1]));
        List<Map<String, Object>> computed = new ArrayList<>();
        int wrong = 0;
        for (Object item : (List<?>) new Json(text).read()) {
            Map<?, ?> given = (Map<?, ?>) item;
            Map<String, Object> vector = compute(given);
            computed.add(vector);
            for (String field : vector.keySet()) {
                if (args[0].equals("check") && !vector.get(field).equals(given.get(field))) {
                    System.err.printf("%s: %s is %s, computed %s%n", given.get("name"), field, given.get(field), vector.get(field));
                    wrong++;
                }
            }
        }
        String file = print(computed);
        if (args[0].equals("generate")) {
            System.out.write(file.getBytes(StandardCharsets.UTF_8));
            System.out.flush();
            return;
        }
        if (wrong == 0 && !file.equals(text)) {
            System.err.println("every value agrees, but the file is written in another way");
            wrong++;
        }
        System.out.println(wrong == 0 ? computed.size() + " vectors agree byte for byte" : wrong + " values differ");
        System.exit(wrong == 0 && !computed.isEmpty() ? 0 : 1);
    }

    /** One case from what is given of it. */
    private static Map<String, Object> compute(Map<?, ?> given) throws Exception {
        Map<String, Object> vector = new LinkedHashMap<>();
        for (String field : GIVEN) vector.put(field, given.get(field));
        String plaintext = (String) given.get("plaintext");
        String signed = signingString((Map<?, ?>) new Json(plaintext).read());
        String first = md5(signed + given.get("md5SecretKey"));
        vector.put("signingString", signed);
        vector.put("firstDigest", first);
        vector.put("sign", md5(first));
        vector.put("requestBody", encrypt(plaintext, (String) given.get("desKey")));
        return vector;
    }

    /** Section 5.1: what is not empty, sorted, joined, in upper case. Nested values print themselves. */
    private static String signingString(Map<?, ?> body) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        body.forEach((name, value) -> {
            if (!isEmpty(value)) sorted.put((String) name, value);
        });
        StringJoiner joined = new StringJoiner("&");
        sorted.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isEmpty(Object value) {
        return value == null || value.equals("") || value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Section 5.2. Of the key DESKeySpec takes the first 8 bytes. */
    private static String encrypt(String text, String desKey) throws Exception {
        Cipher cipher = Cipher.getInstance("DES/ECB/PKCS5Padding");
        DESKeySpec key = new DESKeySpec(desKey.getBytes(StandardCharsets.UTF_8));
        cipher.init(Cipher.ENCRYPT_MODE, SecretKeyFactory.getInstance("DES").generateSecret(key));
        return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A case a line. */
    private static String print(List<Map<String, Object>> vectors) {
        StringJoiner lines = new StringJoiner(",\n", "[\n", "\n]\n");
        for (Map<String, Object> vector : vectors) {
            StringJoiner fields = new StringJoiner(",", "  {", "}");
            vector.forEach((name, value) -> fields.add(quote(name) + ":" + quote((String) value)));
            lines.add(fields.toString());
        }
        return lines.toString();
    }

    /** As JSON.stringify. */
    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }

    /** JSON to LinkedHashMap, ArrayList, String, BigInteger, BigDecimal, Boolean and null: the JDK has no reader. */
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object read() {
            Object value = value();
            skip();
            if (at != text.length()) throw fault();
            return value;
        }

        private Object value() {
            skip();
            switch (peek()) {
                case '{':
                    Map<String, Object> map = new LinkedHashMap<>();
                    for (at++; !ends('}'); ) {
                        if (!map.isEmpty()) expect(',');
                        skip();
                        String name = string();
                        expect(':');
                        map.put(name, value());
                    }
                    return map;
                case '[':
                    List<Object> list = new ArrayList<>();
                    for (at++; !ends(']'); ) {
                        if (!list.isEmpty()) expect(',');
                        list.add(value());
                    }
                    return list;
                case '"':
                    return string();
                default:
                    return word();
            }
        }

        private String string() {
            expect('"');
            StringBuilder out = new StringBuilder();
            while (peek() != '"') {
                char c = text.charAt(at++);
                if (c != '\\') {
                    out.append(c);
                    continue;
                }
                char escaped = text.charAt(at++);
                int place = "bfnrt".indexOf(escaped);
                if (escaped == 'u') {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                } else {
                    out.append(place < 0 ? escaped : "\b\f\n\r\t".charAt(place));
                }
            }
            at++;
            return out.toString();
        }

        private Object word() {
            int start = at;
            while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) at++;
            String word = text.substring(start, at);
            return switch (word) {
                case "null" -> null;
                case "true", "false" -> Boolean.valueOf(word);
                default -> word.matches("-?\\d+") ? new BigInteger(word) : new BigDecimal(word);
            };
        }

        private boolean ends(char end) {
            skip();
            if (peek() != end) return false;
            at++;
            return true;
        }

        private void expect(char expected) {
            skip();
            if (peek() != expected) throw fault();
            at++;
        }

        private char peek() {
            if (at >= text.length()) throw fault();
            return text.charAt(at);
        }

        private void skip() {
            while (at < text.length() && " \n\r\t".indexOf(text.charAt(at)) >= 0) at++;
        }

        private IllegalArgumentException fault() {
            return new IllegalArgumentException("not JSON at character " + at);
        }
    }
}
