package io.mcpgovernor.test;

import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Scan;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result a client was given. Fields are those of its structured content, and pointers (RFC
 * 6901) start there. Immutable and thread-safe.
 */
public final class ResultAssert {
  private static final String STRUCTURED = "structuredContent";

  private final Answer answer;
  private final PointedValues structured;

  ResultAssert(Answer answer) {
    this.answer = answer;
    this.structured = new PointedValues(answer.wire().get(STRUCTURED));
  }

  /** The result itself, masked. */
  public CallToolResult result() {
    return answer.result();
  }

  /**
   * These fields must hold masks, where the tool's own result held PII or what a column rule
   * covers. An empty field, or one the tool masked itself, is a failure: nothing would be tested.
   *
   * @param fields names, which are looked for at any depth and must all be masked, or pointers
   */
  public ResultAssert masks(String... fields) {
    Set<String> masked = Set.copyOf(answer.maskedPointers());
    for (String field : fields) {
      List<String> places = structured.named(field);
      if (places.isEmpty()) {
        throw answer.failure("was to be answered with a field '" + field + "'", field, fields());
      }
      for (String place : places) {
        requireMask(field, place, masked);
      }
    }
    return this;
  }

  /** Nothing of the result must have been masked, anywhere. */
  public ResultAssert masksNothing() {
    List<String> masked = answer.maskedPointers();
    if (!masked.isEmpty()) {
      throw answer.failure("was to be answered without masks, but has some", List.of(), masked);
    }
    return this;
  }

  /**
   * A field must hold this value.
   *
   * @param pointer where; empty for the whole structured content
   * @param value a JSON value: a map, list, string, number, boolean or null. Numbers are compared
   *     by value, so that 1 is 1.0
   */
  public ResultAssert hasResult(String pointer, @Nullable Object value) {
    Map<String, @Nullable Object> values = structured.all();
    if (!values.containsKey(pointer)) {
      throw answer.failure("was to be answered with a value at " + pointer, value, fields());
    }
    Object actual = values.get(pointer);
    if (!PointedValues.isSame(value, actual)) {
      throw answer.failure(
          "was to be answered with " + value + " at " + pointer + ", but has " + actual,
          value,
          actual);
    }
    return this;
  }

  /** One of its texts must hold this one. */
  public ResultAssert hasText(String part) {
    List<String> texts =
        new PointedValues(answer.wire().get("content"))
            .all().entrySet().stream()
                .filter(at -> at.getKey().endsWith("/text"))
                .map(at -> String.valueOf(at.getValue()))
                .toList();
    if (texts.stream().noneMatch(text -> text.contains(part))) {
      throw answer.failure("was to be answered with a text that has '" + part + "'", part, texts);
    }
    return this;
  }

  /**
   * None of these texts may stand anywhere in what the client was given: in text, in structured
   * content or in {@code _meta}, as a value, part of one or a key, or in JSON within a text.
   */
  public ResultAssert doesNotContain(String... texts) {
    answer.requireNone(texts);
    return this;
  }

  /** The tool itself must have answered with an error. */
  public ResultAssert isError() {
    return hasError(true);
  }

  /** The tool must not have answered with an error. */
  public ResultAssert isNoError() {
    return hasError(false);
  }

  private void requireMask(String field, String place, Set<String> masked) {
    for (String leaf : structured.leaves(place)) {
      Object value = structured.all().get(leaf);
      boolean looksMasked = value instanceof String text && Masker.standard().holdsMask(text);
      // The record lists so many pointers at most; beyond, a value that looks masked will do.
      boolean isMasked =
          masked.contains("/" + STRUCTURED + leaf)
              || (masked.size() >= Scan.POINTERS_MAX && looksMasked);
      if (!isMasked) {
        throw answer.failure(
            "was to be answered with a mask in '"
                + field
                + "', but "
                + (looksMasked ? "the tool itself gave one at " : "there is " + value + " at ")
                + leaf,
            "a mask",
            value);
      }
    }
  }

  private List<String> fields() {
    return structured.all().keySet().stream().filter(pointer -> !pointer.isEmpty()).toList();
  }

  private ResultAssert hasError(boolean expected) {
    boolean isError = Boolean.TRUE.equals(answer.result().isError());
    if (isError != expected) {
      throw answer.failure(
          "was to be answered with" + (expected ? "" : "out") + " an error of the tool's own",
          expected,
          isError);
    }
    return this;
  }
}
