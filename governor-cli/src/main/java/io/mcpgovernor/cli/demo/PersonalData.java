package io.mcpgovernor.cli.demo;

import io.mcpgovernor.examples.customers.Customer;
import io.mcpgovernor.examples.customers.CustomerDatabase;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must not be seen in clear. */
final class PersonalData {
  private static final int CUSTOMERS_MAX = 10_000;

  private PersonalData() {}

  /** The e-mail addresses, phone, social security and card numbers of all customers. */
  static Set<String> of(CustomerDatabase database) {
    return CustomerDatabase.TENANTS.stream()
        .flatMap(tenant -> database.customers(tenant, CUSTOMERS_MAX).stream())
        .flatMap(PersonalData::of)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> of(Customer customer) {
    return Stream.of(customer.email(), customer.phone(), customer.ssn(), customer.cardNumber());
  }

  /** Whether a text holds any of these values. */
  static boolean isIn(String text, Collection<String> values) {
    return values.parallelStream().anyMatch(text::contains);
  }
}
