package io.mcpgovernor.cli.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for in a record, and counted: the facts of one line.
 *
 * @param atMicros when, microseconds since 1970
 * @param seq its place in the log; 0 if it names none
 * @param user the user_id
 * @param tenant the tenant_id
 * @param tool the tool's name
 * @param status pending, success or error
 * @param event attempt, outcome, denied, ...
 * @param code of a denial or failure
 * @param callId the call's name; null if the line is of no single call
 * @param server the tool's server
 * @param error the reason of a denial or failure
 * @param count how many denials the line stands for, at least 1
 * @param executionMicros how long the tool ran
 * @param overheadMicros what governance took; -1 if the line does not say
 * @param values keyed hashes of the values that were masked in it
 */
public record LogEntry(
    long atMicros,
    long seq,
    String user,
    @Nullable String tenant,
    String tool,
    String status,
    String event,
    @Nullable String code,
    @Nullable String callId,
    @Nullable String server,
    @Nullable String error,
    long count,
    long executionMicros,
    long overheadMicros,
    List<String> values) {}
