package io.mcpgovernor.config.weigh;

/** What language a query is in. */
public enum QueryKind {
  /** SQL of any dialect. */
  SQL,
  /** GraphQL. */
  GRAPHQL,
  /** Another, or none: its structure is not weighed. */
  OTHER
}
