package io.mcpgovernor;

/** What an operator says about tools. Thread-safe, and always of one mind about a tool. */
@FunctionalInterface
public interface ToolSettings {
  /** Says nothing about any. */
  ToolSettings NONE = (server, tool) -> ToolOverrides.NONE;

  /** What is said about a tool. */
  ToolOverrides of(String server, String tool);
}
