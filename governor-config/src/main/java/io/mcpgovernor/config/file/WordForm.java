package io.mcpgovernor.config.file;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What texts and free keys may look like. The pattern is the same for the reader and the schema.
 */
enum WordForm {
  /** Any text but the empty one. */
  TEXT("", 4_096, "a text", "anything"),
  /** A sentence that is shown. */
  SENTENCE("\\s*\\S[\\s\\S]*", 1_000, "a sentence", "\"Exports are limited.\""),
  /** A condition in CEL. */
  CONDITION("\\s*\\S[\\s\\S]*", 65_536, "a condition in CEL", "'tool.name == \"export\"'"),
  /** A word of a command line. */
  ARGUMENT("[\\s\\S]*", 32_768, "a text", "\"--verbose\""),
  /** A name of a user, role or tenant. */
  NAME("\\s*\\S[\\s\\S]*", 1_100, "a name", "alice"),
  /** A name of a user of our own: without blanks, in every language's sense. */
  USER(
      "[^\\s\\x00-\\x20\\x7f-\\xa0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f\\u3000\\ufeff]+",
      256,
      "a user's name without blanks",
      "alice"),
  /** A name of a server. */
  SERVER(
      "[a-z0-9-]{1,32}",
      32,
      "a server's name: 1 to 32 lower-case letters, digits and dashes",
      "crm"),
  /** Names of tools. */
  TOOLS(
      "\\S+",
      256,
      "a tool's name on any server, or server.tool; * stands for any characters",
      "\"crm.export_*\""),
  /** The exact name of a tool. */
  TOOL("[^\\s*?]+", 256, "a tool's name", "get_customer"),
  /** A JSON pointer. */
  POINTER("(?:/(?:[^~/]|~[01])*)+", 1_024, "a JSON pointer", "/realm_access/roles"),
  /** A claim's name, or a pointer to it. */
  CLAIM("\\S+", 256, "a claim's name or a JSON pointer", "scope"),
  /** A permission. */
  PERMISSION(
      "[A-Z][A-Z0-9_]{0,63}", 64, "a permission: capitals, digits and underscores", "PII_READ"),
  /** An address on the web. */
  URL(
      "https?://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?"
          + "(?:[/?](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?",
      2_048, "an http or https URL without user and password", "\"https://erp.example/mcp\""),
  /** Who may be meant by a token: mostly a URL, but any text may be. */
  AUDIENCE(
      "[^\\s$][^\\s]*", 2_048, "a URL or another text without blanks", "\"https://mcp.example\""),
  /** A machine's name or address, as clients ask for it. */
  HOST(
      "(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?",
      260,
      "a host's name or address, with a port or without",
      "mcp.example"),
  /** What a browser says a page is from. */
  ORIGIN(
      "[a-z][a-z0-9+.-]*://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?",
      300,
      "an origin: scheme, host and port, without a path",
      "\"https://inspector.example\""),
  /** A path of a file or directory; from the configuration file on unless absolute. */
  PATH("[^\\x00]+", 4_096, "a path", "audit"),
  /** A document on the web, or a file. */
  LOCATION(
      "[^\\x00\\s]+", 2_048, "an https URL, or a path of a file", "\"https://login.example/keys\""),
  /** A word that a token says what it may be used for. */
  SCOPE("[\\x21\\x23-\\x5b\\x5d-\\x7e]+", 256, "a scope, without blanks", "mcp:tools"),
  /** A name of an environment variable. */
  VARIABLE("[A-Za-z_][A-Za-z0-9_]*", 256, "a variable's name", "CRM_TOKEN"),
  /** A name of an argument of a tool. */
  ARGUMENT_NAME("[^\\s/]+", 256, "an argument's name", "tenant_id"),
  /** A name of a rule. */
  RULE(
      "[a-z0-9][a-z0-9_-]{0,63}",
      64,
      "a rule's name: lower-case letters, digits, dashes and underscores",
      "no-bulk-export"),
  /** A word that marks a tool. */
  TAG(
      "[A-Za-z0-9][A-Za-z0-9_.-]{0,63}",
      64,
      "a tag: letters, digits, dots and dashes",
      "destructive"),
  /** A path of a field. */
  COLUMN("[^\\s*]+", 2_048, "names with dots between them, the field last", "crm.customers.ssn"),
  /** A table that a tool reads. */
  TABLE("[^\\s*]+", 256, "a table's name", "public.customers"),
  /** A policy that can be left out. */
  POLICY(List.of("rate_limit", "rls", "pii_access", "complexity", "masked_value"), "a policy"),
  /** A kind of PII. */
  KIND(Kinds.all().stream().map(Kind::name).toList(), "a kind of PII"),
  /** A kind of PII, or several. */
  KINDS(
      Stream.concat(Stream.of("default", "all"), Kinds.all().stream().map(Kind::name)).toList(),
      "default, all or a kind of PII");

  private final String regex;
  private final Pattern pattern;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of and Stream.toList
  private final List<String> choices;

  private final int charactersMax;
  private final String what;
  private final String example;

  WordForm(String regex, int charactersMax, String what, String example) {
    this.regex = regex;
    this.pattern = Pattern.compile(regex);
    this.choices = List.of();
    this.charactersMax = charactersMax;
    this.what = what;
    this.example = example;
  }

  WordForm(List<String> choices, String what) {
    this.regex = "";
    this.pattern = Pattern.compile("");
    this.choices = choices;
    this.charactersMax = 0;
    this.what = what;
    this.example = choices.get(0);
  }

  /** The pattern of the whole text; empty if any text will do. */
  String regex() {
    return regex;
  }

  /** All there is to choose from; empty if a pattern says it. */
  List<String> choices() {
    return choices;
  }

  int charactersMax() {
    return charactersMax;
  }

  /** What it is, for people. */
  String what() {
    return what;
  }

  /** One that is right, as one would write it. */
  String example() {
    return example;
  }

  boolean fits(String text) {
    if (!choices.isEmpty()) {
      return choices.contains(text);
    }
    int length = text.codePointCount(0, text.length());
    return length <= charactersMax
        && (length > 0 || this == ARGUMENT)
        && (regex.isEmpty() || pattern.matcher(text).matches());
  }
}
