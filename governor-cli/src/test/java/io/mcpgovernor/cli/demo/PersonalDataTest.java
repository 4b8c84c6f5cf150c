package io.mcpgovernor.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.examples.customers.CustomerDatabase;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

  @Test
  void everyCustomersDataIsFoundWhereItStandsInClear() {
    try (CustomerDatabase database = CustomerDatabase.open()) {
      Set<String> data = PersonalData.of(database);

      assertThat(data).hasSizeGreaterThan(4_000);
      assertThat(PersonalData.isIn("{\"ssn\":\"123-45-6789\"}", data)).isTrue();
      assertThat(PersonalData.isIn("write to john@example.com.", data)).isTrue();
      assertThat(PersonalData.isIn("{\"ssn\":\"***-**-6789\"}", data)).isFalse();
      for (String tenant : CustomerDatabase.TENANTS) {
        String email = database.customers(tenant, 5_000).getLast().email();
        assertThat(PersonalData.isIn(email, data)).isTrue();
      }
    }
  }
}
