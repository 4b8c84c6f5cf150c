package io.mcpgovernor.policy;

import java.util.List;

/**
 * Why a call was not allowed, or its result not released: the value of {@code failed_policy}. The
 * table in {@code docs/denials.md} explains each code to its reader.
 *
 * @param name the code as clients and records see it
 */
public record DenialCode(String name) {
  /** Nobody, or somebody else than claimed, is calling. */
  public static final DenialCode IDENTITY = new DenialCode("identity");

  /** The arguments are larger or deeper than allowed. */
  public static final DenialCode TOO_LARGE = new DenialCode("too_large");

  /** No such tool, for this caller. */
  public static final DenialCode UNKNOWN_TOOL = new DenialCode("unknown_tool");

  /** The arguments do not fit the tool's input schema. */
  public static final DenialCode SCHEMA = new DenialCode("schema");

  /** Too many calls, or too many refused ones. */
  public static final DenialCode RATE_LIMIT = new DenialCode("rate_limit");

  /** Too many calls at once. */
  public static final DenialCode CONCURRENCY = new DenialCode("concurrency");

  /** No access to the tenant. */
  public static final DenialCode RLS = new DenialCode("rls");

  /** No permission to read PII. */
  public static final DenialCode PII_ACCESS = new DenialCode("pii_access");

  /** The call asks for too much at once. */
  public static final DenialCode COMPLEXITY = new DenialCode("complexity");

  /** The arguments would write a mask back as if it were data. */
  public static final DenialCode MASKED_VALUE = new DenialCode("masked_value");

  /** The tool changed and nobody has approved it. */
  public static final DenialCode QUARANTINED = new DenialCode("quarantined");

  /** A policy failed to answer. */
  public static final DenialCode POLICY_ERROR = new DenialCode("policy_error");

  /** The call could not be put on record. */
  public static final DenialCode AUDIT_UNAVAILABLE = new DenialCode("audit_unavailable");

  /** The tool took too long. */
  public static final DenialCode TIMEOUT = new DenialCode("timeout");

  /** The upstream server could not be reached or did not answer sensibly. */
  public static final DenialCode UPSTREAM = new DenialCode("upstream");

  /** The tool failed. */
  public static final DenialCode TOOL_ERROR = new DenialCode("tool_error");

  /** The result could not be masked. */
  public static final DenialCode MASKING_FAILED = new DenialCode("masking_failed");

  /** The result is larger than allowed. */
  public static final DenialCode RESULT_TOO_LARGE = new DenialCode("result_too_large");

  /** Every code but those of custom rules, which are {@code rule:} and the rule's name. */
  public static List<DenialCode> all() {
    return List.of(
        IDENTITY,
        TOO_LARGE,
        UNKNOWN_TOOL,
        SCHEMA,
        RATE_LIMIT,
        CONCURRENCY,
        RLS,
        PII_ACCESS,
        COMPLEXITY,
        MASKED_VALUE,
        QUARANTINED,
        POLICY_ERROR,
        AUDIT_UNAVAILABLE,
        TIMEOUT,
        UPSTREAM,
        TOOL_ERROR,
        MASKING_FAILED,
        RESULT_TOO_LARGE);
  }

  /** The code of a custom rule. */
  public static DenialCode rule(String name) {
    return new DenialCode("rule:" + name);
  }

  @Override
  public String toString() {
    return name;
  }
}
