package io.mcpgovernor.call;

/**
 * What a tool answered.
 *
 * @param value the whole answer, raw
 * @param isError whether the tool itself calls it an error
 */
public record ToolResult(Json value, boolean isError) {}
