package io.mcpgovernor.cli.audit;

import java.nio.file.Path;

/**
 * A record that was asked for.
 *
 * @param log the directory of its log
 * @param line its line in the segment, byte for byte, without the line break
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record FoundRecord(Path log, LogEntry entry, byte[] line) {}
