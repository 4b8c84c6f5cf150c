package io.mcpgovernor.gateway.catalogue;

import io.mcpgovernor.Governor;
import java.nio.file.Path;
import java.util.List;

/** A gateway of its own process, as far as tests of pins need one. */
final class PinsChild {
  private PinsChild() {}

  /**
   * Lists one tool after the other, each of two servers in turn.
   *
   * @param arguments the file of pins, the directory of the log, what names begin with, how many
   */
  public static void main(String[] arguments) {
    try (Governor governor = Governor.builder().auditTo(Path.of(arguments[1])).build();
        Pins pins = Pins.open(Path.of(arguments[0]));
        Catalogue crm = new Catalogue("crm", governor, pins);
        Catalogue erp = new Catalogue("erp", governor, pins)) {
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        Catalogue catalogue = i % 2 == 0 ? crm : erp;
        String name = arguments[2] + i;
        if (catalogue.admit(List.of(CatalogueTest.definition(name, "One."))).isEmpty()) {
          throw new IllegalStateException(name + " was not admitted");
        }
      }
    }
  }
}
