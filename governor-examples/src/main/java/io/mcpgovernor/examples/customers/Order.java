package io.mcpgovernor.examples.customers;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An order of a customer. It holds no personal data, but long numbers that look like some.
 *
 * @param status one of {@link #STATUSES}
 * @param total in dollars, two decimals
 */
public record Order(
    String id,
    String tenant,
    String customerId,
    String status,
    LocalDate placed,
    BigDecimal total,
    String trackingNumber) {

  /** Every status that an order can have. */
  public static final List<String> STATUSES =
      List.of("pending", "shipped", "delivered", "returned", "cancelled");

  /** The order as a JSON object; {@code total} is a number, the rest are strings. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("customer_id", customerId);
    json.put("status", status);
    json.put("placed", placed.toString());
    json.put("total", total);
    json.put("tracking_number", trackingNumber);
    return json;
  }
}
