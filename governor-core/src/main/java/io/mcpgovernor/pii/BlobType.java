package io.mcpgovernor.pii;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a blob claims to be: a media type with its parameters, such as {@code text/csv;
 * charset=utf-16}.
 *
 * @param name type and subtype in lower case; null if nothing was claimed
 * @param charset how its text is written if it says so and we know it
 */
record BlobType(@Nullable String name, @Nullable Charset charset) {
  private static final int CHARS_MAX = 256;

  /** Subtypes of {@code application} that are text. */
  private static final Set<String> TEXTS =
      Set.of(
          "csv",
          "ecmascript",
          "graphql",
          "javascript",
          "json",
          "json-seq",
          "json5",
          "jsonl",
          "ld+json",
          "ndjson",
          "rtf",
          "sql",
          "toml",
          "typescript",
          "x-javascript",
          "x-json-stream",
          "x-jsonlines",
          "x-ndjson",
          "x-sh",
          "x-sql",
          "x-toml",
          "x-www-form-urlencoded",
          "x-yaml",
          "xml",
          "xml-dtd",
          "yaml");

  /** Only these: a name out of nowhere must not make a provider be loaded. */
  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "utf-16", StandardCharsets.UTF_16BE,
          "utf-16be", StandardCharsets.UTF_16BE,
          "utf-16le", StandardCharsets.UTF_16LE,
          "iso-8859-1", StandardCharsets.ISO_8859_1,
          "latin1", StandardCharsets.ISO_8859_1,
          "windows-1252", StandardCharsets.ISO_8859_1);

  static BlobType of(@Nullable String claimed) {
    if (claimed == null || claimed.length() > CHARS_MAX) {
      return new BlobType(null, null);
    }
    String[] parts = claimed.toLowerCase(Locale.ROOT).split(";", -1);
    Charset charset = null;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("charset=")) {
        charset = CHARSETS.get(part.substring("charset=".length()).replace("\"", "").strip());
      }
    }
    return new BlobType(parts[0].strip(), charset);
  }

  boolean isText() {
    if (name == null) {
      return false;
    }
    int slash = name.indexOf('/');
    String subtype = name.substring(slash + 1);
    return name.startsWith("text/")
        || subtype.endsWith("+json")
        || subtype.endsWith("+xml")
        || subtype.endsWith("+yaml")
        || (name.startsWith("application/") && TEXTS.contains(subtype));
  }

  /** Whether every line is a JSON value. */
  boolean isJsonLines() {
    return name != null
        && (name.endsWith("ndjson") || name.endsWith("jsonl") || name.endsWith("jsonlines"));
  }

  /** Whether it is a picture or a sound, of which nobody expects that it be read. */
  boolean isMedia() {
    return name != null && (name.startsWith("image/") || name.startsWith("audio/")) && !isText();
  }
}
