package io.mcpgovernor.examples.customers;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A customer of one tenant, with the personal data that a real one would have. All of it is
 * invented: reserved domains, telephone area 555, social security numbers that are never issued and
 * card numbers whose check digit is wrong.
 *
 * @param notes free text of the staff; it may quote telephone numbers and e-mail addresses
 */
public record Customer(
    String id,
    String tenant,
    String name,
    String email,
    String phone,
    String ssn,
    String cardNumber,
    String city,
    LocalDate since,
    String notes) {

  /** The customer as a JSON object whose values are all strings. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("tenant", tenant);
    json.put("name", name);
    json.put("email", email);
    json.put("phone", phone);
    json.put("ssn", ssn);
    json.put("card_number", cardNumber);
    json.put("city", city);
    json.put("since", since.toString());
    json.put("notes", notes);
    return json;
  }
}
