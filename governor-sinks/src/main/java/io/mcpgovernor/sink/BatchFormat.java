package io.mcpgovernor.sink;

/** How records stand in the body of a request. */
public enum BatchFormat {
  /** One record a line, {@code application/x-ndjson}. */
  NDJSON("application/x-ndjson"),
  /** One array, {@code application/json}. */
  JSON_ARRAY("application/json");

  private final String contentType;

  BatchFormat(String contentType) {
    this.contentType = contentType;
  }

  /** What requests say their body is. */
  public String contentType() {
    return contentType;
  }
}
