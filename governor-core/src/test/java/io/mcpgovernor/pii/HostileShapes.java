package io.mcpgovernor.pii;

import io.mcpgovernor.pii.token.ProviderKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Texts of any length made to cost as much as can be: beginnings of everything that is found, over
 * and over, so that whatever looks ahead from each place, or back from each place, pays for it.
 */
final class HostileShapes {
  /** What begins or joins PII and never comes to any. */
  private static final String[] REPEATED = {
    "sk-",
    "glpat-",
    "eyJ",
    "eyJh.",
    "eyJ.eyJ.",
    "ya29.",
    "AKIA",
    "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----\n",
    "-----BEGIN A-----MIIE\n-----END B-----\n",
    "PRIVATE KEY-----",
    "0x",
    "0x0",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7Divf ",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWN1",
    "bc1q",
    "4111 1111 ",
    "4111-",
    "4111 ",
    "4",
    "41",
    "+1 ",
    "+",
    "+1",
    "(555) ",
    "(",
    "555-",
    "555-123-",
    "555 123 ",
    "5 5 5",
    "a@",
    "@",
    "a@b.",
    "a.",
    "a@b",
    "://",
    "a://a:",
    "http://u:p",
    ":",
    "=",
    "::",
    "password=",
    "password: ",
    "password='",
    "password=\"\\",
    "name: ",
    "phone ",
    "phone: 1 ",
    "aa:bb:",
    "aa-bb-",
    "a1:b2:",
    "1.1.1.",
    "1.",
    "1:",
    "fe80::",
    "\"",
    "\\",
    "\\\\\"",
    "\\u0040",
    "\\u0040a",
    "%40",
    "%25",
    "%2525",
    "%252525252540",
    "%",
    "\u200b",
    "a\u200b",
    "1\u200b",
    "\uff11",
    "\uff20",
    "a\uff20b",
    "\u0661",
    "5551234567\u200b ",
    "5551234567 ",
    "5551234567,",
    "bob@x.com ",
    "bob@x.com,",
    "123-45-6789 ",
    "123-45-6789",
    "123-45-",
    ",",
    ";",
    "|",
    "\t",
    "a,",
    "a,b\n",
    "\n",
    "a\n\n",
    "phone,ssn\n1,2\n\n",
    "[",
    "{",
    "{\"a\":",
    "[{\"a\":",
    "{}",
    "}",
    "[]",
    "-",
    "_",
    "/",
    ".",
    "*",
    "***",
    "****-",
    "***-**-",
    "***@***",
    "(***) ***-",
    "[PHONE] ",
    "[phone:abcdefghijklmnop] ",
    "2024-",
    "2024-01-01T",
    "12 May ",
    "May 12, ",
    "DE89 3704 ",
    "GB",
    "GB82",
    "GB82 WEST ",
    "AB 12 34 56 C ",
    "AB 12 ",
    "A1",
    "A1 ",
    "A1-",
    "z9_",
    "internationalizations ",
    "abcdefghijklmno ",
    "abcdefghijklmnop ",
    "abcdefghijklmnopq ",
    "abcdefghijklmnop",
    "ABCDEFGHIJKLMNOPQ.",
    "x".repeat(15) + "1",
    "x".repeat(63) + "=",
    "ext. 1 ",
    "555-123-4567 x",
    "M".repeat(23) + ".",
    "12345678:A",
    "SGVsbG8gYm9iQHguY29tIA==",
    "SGVsbG8gYm9iQHguY29tIA ",
    "SGVsbG8gYm9iQHguY29tIDU1NS0xMjMtNDU2NyA",
    "YWFhYWFhYWFhYWFh ",
    "é",
    "日",
    "é1",
    " 1",
    "1 ",
    "12 ",
    "123 ",
    "1234 ",
    "12345678 ",
    "123456789 ",
    "<a href=\"x\">",
    "id=1&",
    "a=b&",
    "services/T",
    "AccountKey=",
    "sig=",
  };

  private HostileShapes() {}

  /** The shapes by name, each of about so many bytes. */
  static Map<String, byte[]> of(int bytes) {
    Map<String, byte[]> shapes = new LinkedHashMap<>();
    for (String piece : REPEATED) {
      shapes.put("repeated " + piece, repeat(piece, bytes));
    }
    for (String prefix : prefixes()) {
      shapes.put("prefix " + prefix, repeat(prefix, bytes));
    }
    for (String example : examples()) {
      shapes.put(
          "cut example " + example, repeat(example.substring(0, example.length() - 1), bytes));
    }
    shapes.putAll(mixed(bytes));
    return shapes;
  }

  /** How keys and tokens begin. */
  private static Set<String> prefixes() {
    Set<String> prefixes = new TreeSet<>();
    for (String key : ProviderKeys.examples()) {
      prefixes.add(key.substring(0, Math.min(4, key.length())));
      prefixes.add(key.substring(0, Math.min(9, key.length())));
    }
    return prefixes;
  }

  static List<String> examples() {
    List<String> examples = new ArrayList<>();
    for (Kind kind : Kinds.all()) {
      examples.addAll(kind.examples());
    }
    examples.addAll(ProviderKeys.examples());
    return examples;
  }

  private static Map<String, byte[]> mixed(int bytes) {
    Random random = new Random(20261122);
    Map<String, byte[]> shapes = new LinkedHashMap<>();
    shapes.put("one word", repeat("a", bytes));
    shapes.put("one word of base58", random(random, bytes, "123456789ABCDEFGHJKLMNabcdefghijk"));
    shapes.put("digits and separators", random(random, bytes, "0123456789 -.()/+"));
    shapes.put("digits, few separators", random(random, bytes, "0123456789012345678901234567 -"));
    shapes.put("digits", random(random, bytes, "0123456789"));
    shapes.put("hex", random(random, bytes, "0123456789abcdef"));
    shapes.put("hex and colons", random(random, bytes, "0123456789abcdef:::::"));
    shapes.put("digits and dots", random(random, bytes, "0123456789...."));
    shapes.put("signs", random(random, bytes, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
    shapes.put("signs and digits", random(random, bytes, "@:=%\\\"'0123456789abc -\n"));
    shapes.put(
        "token signs", random(random, bytes, "abcdefghijklmnopqrstuvwxyzABCDEF0123456789-_"));
    shapes.put("token parts", random(random, bytes, "abcdefghijklmnopqrstuvwxyz0123456789-_ ."));
    shapes.put("base58 words", words(random, bytes, 26, 90));
    shapes.put("base58 words of Bitcoin", words(random, bytes, 30, 5));
    String base64 = Base64.getEncoder().encodeToString(repeat("to bob@x.com or ", bytes / 2));
    shapes.put("base64", base64.getBytes(StandardCharsets.US_ASCII));
    String again =
        Base64.getEncoder().encodeToString(repeat(base64.substring(0, 2_000), bytes / 2));
    shapes.put("base64 of base64", again.getBytes(StandardCharsets.US_ASCII));
    shapes.put("JSON in JSON", nested(bytes));
    shapes.put("one row", repeat("phone,", 2_000, "1,", bytes));
    shapes.put("long rows", repeat("a,".repeat(2000) + "\n", bytes));
    shapes.put("rows of secrets", repeat("password,b\n", 11, "hunter2hunter2,x\n", bytes));
    shapes.put("header of secrets", header(bytes));
    shapes.put("label and blanks", repeat("password:" + " ".repeat(40), bytes));
    shapes.put("quoted label", repeat("password='" + "a".repeat(300), bytes));
    return shapes;
  }

  private static byte[] header(int bytes) {
    StringBuilder text = new StringBuilder("password,".repeat(bytes / 18)).append("b\n");
    text.append("hunter2hunter2,".repeat(bytes / 30)).append("b\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] nested(int bytes) {
    String json = "{\"a\":\"call 555-123-4567\"}";
    while (json.length() < bytes / 10) {
      StringBuilder list = new StringBuilder("[");
      String quoted = '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      for (int i = 0; i < 10; i++) {
        list.append(i > 0 ? "," : "").append(quoted);
      }
      json = list.append(']').toString();
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] repeat(String piece, int bytes) {
    byte[] one = piece.getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[bytes / one.length * one.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = one[i % one.length];
    }
    return text;
  }

  private static byte[] repeat(String first, int firstBytes, String piece, int bytes) {
    byte[] text = repeat(piece, bytes);
    byte[] head = repeat(first, firstBytes);
    System.arraycopy(head, 0, text, 0, head.length);
    return text;
  }

  private static byte[] random(Random random, int bytes, String signs) {
    byte[] text = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      text[i] = (byte) signs.charAt(random.nextInt(signs.length()));
    }
    return text;
  }

  private static byte[] words(Random random, int bytes, int min, int more) {
    byte[] text =
        random(random, bytes, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
    for (int i = min; i < bytes; i += min + random.nextInt(more)) {
      text[i] = ' ';
      if (i + 1 < bytes) {
        text[i + 1] = (byte) "13b0".charAt(random.nextInt(4));
      }
    }
    return text;
  }
}
