package io.mcpgovernor.cli.audit;

import java.nio.file.Path;

/**
 * One file of a log.
 *
 * @param number its place among the log's segments
 * @param gzip whether it is compressed
 */
record Segment(int number, Path path, boolean gzip) {}
