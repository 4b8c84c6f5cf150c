package io.mcpgovernor.examples.conformance;

/** The smallest files of their kinds, in Base64. */
final class Media {
  /** A PNG of one red pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC";

  /** A WAV of four silent samples. */
  static final String WAV =
      "UklGRiwAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQgAAAAAAAAAAAAAAA==";

  private Media() {}
}
