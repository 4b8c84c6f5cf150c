package io.mcpgovernor.examples.customers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an ad-hoc query.
 *
 * @param columns the labels, in the query's order; two columns may have the same
 * @param rows one list of cells a row: a number, a boolean, a string or null
 * @param truncated whether the query had more rows than a report holds
 */
public record Report(List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {

  /** The report as a JSON object. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("columns", columns);
    json.put("rows", rows);
    json.put("truncated", truncated);
    return json;
  }
}
