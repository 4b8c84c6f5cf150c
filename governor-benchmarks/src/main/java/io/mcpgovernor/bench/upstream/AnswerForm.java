package io.mcpgovernor.bench.upstream;

/** In which form answers to requests go over HTTP. */
public enum AnswerForm {
  /** JSON with its length ahead. */
  FIXED,
  /** JSON in chunks. */
  CHUNKED,
  /** One event of a stream, in chunks, as the SDKs answer unless told otherwise. */
  SSE
}
