package io.mcpgovernor.config.rule;

import java.util.List;
import java.util.Set;

/** Names of the functions and macros that rules have, to find what somebody meant. */
final class RuleFunctions {
  static final List<String> NAMES =
      List.of(
          "has",
          "all",
          "exists",
          "exists_one",
          "filter",
          "map",
          "size",
          "startsWith",
          "endsWith",
          "contains",
          "matches",
          "charAt",
          "indexOf",
          "lastIndexOf",
          "lowerAscii",
          "upperAscii",
          "split",
          "substring",
          "trim",
          "int",
          "uint",
          "double",
          "string",
          "bool",
          "type",
          "dyn",
          "timestamp",
          "duration",
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  /** Those that take the name of a time zone. */
  static final Set<String> OF_TIME =
      Set.of(
          "getFullYear",
          "getMonth",
          "getDate",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  private RuleFunctions() {}
}
