package io.mcpgovernor.policy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arguments are an object of bounded size and depth, so that everything after may walk them freely
 * ({@code too_large}; what is no JSON object is {@code schema}). Thread-safe.
 */
public final class ArgumentSize implements InstantPolicy {
  private final int bytesMax;
  private final int depthMax;

  /**
   * The rule.
   *
   * @param bytesMax size in UTF-8 bytes, at least 2
   * @param depthMax levels of nesting, the arguments object being the first
   */
  public ArgumentSize(int bytesMax, int depthMax) {
    if (bytesMax < 2 || depthMax < 1) {
      throw new IllegalArgumentException("arguments need at least 2 bytes and one level");
    }
    this.bytesMax = bytesMax;
    this.depthMax = depthMax;
  }

  /** Whether arguments have more bytes than allowed, so that nobody should read them. */
  public boolean isOversized(Json arguments) {
    try {
      return arguments.utf8().length > bytesMax;
    } catch (MalformedJsonException e) {
      return false; // a tree that cannot be written; it will be refused for that
    }
  }

  @Override
  public Decision decideNow(ToolCall call) {
    try {
      if (call.arguments().utf8().length > bytesMax) {
        return tooLarge("Arguments are larger than " + bytesMax + " bytes.", "Pass less at once.");
      }
      if (depth(call.arguments().object(), 1) > depthMax) {
        return tooDeep();
      }
      return Decision.allow();
    } catch (MalformedJsonException e) {
      if (e.isTooDeep()) {
        return tooDeep();
      }
      return Decision.deny(
          DenialCode.SCHEMA,
          "The arguments cannot be read: the value " + e.getMessage() + ".",
          "Pass the arguments as one JSON object that fits the tool's input schema.");
    }
  }

  private Decision tooDeep() {
    return tooLarge(
        "Arguments are nested deeper than " + depthMax + " levels.", "Pass flatter arguments.");
  }

  private Decision tooLarge(String reason, String suggestion) {
    return new Decision.Deny(
        DenialCode.TOO_LARGE,
        reason,
        List.of(suggestion, "Split the work into several calls."),
        null,
        Map.of("bytes_max", bytesMax, "depth_max", depthMax));
  }

  /** Stops one level past the limit. */
  private int depth(@Nullable Object value, int level) {
    int deepest = level;
    if (level <= depthMax) {
      if (value instanceof Map<?, ?> members) {
        for (Object member : members.values()) {
          deepest = Math.max(deepest, depthOf(member, level));
        }
      } else if (value instanceof List<?> items) {
        for (Object item : items) {
          deepest = Math.max(deepest, depthOf(item, level));
        }
      }
    }
    return deepest;
  }

  private int depthOf(@Nullable Object child, int level) {
    return child instanceof Map<?, ?> || child instanceof List<?> ? depth(child, level + 1) : level;
  }
}
