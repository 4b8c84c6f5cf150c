package io.mcpgovernor.sink;

/**
 * How far a sink has got.
 *
 * @param delivered the number of the last record that the receiver has, or that was set aside
 * @param kept the number of the newest record the sink knows to be in the log
 * @param setAside how many records the receiver refused since the start
 * @param missing how many records retention deleted before they were delivered, since the start
 * @param problem why the last request failed; empty if it did not
 */
public record Progress(long delivered, long kept, long setAside, long missing, String problem) {}
