package io.mcpgovernor.cli.doctor;

import io.mcpgovernor.gateway.catalogue.PinException;
import io.mcpgovernor.gateway.catalogue.PinnedTool;
import io.mcpgovernor.gateway.catalogue.Pins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tools that wait for approval. */
final class PinCheck {
  private static final String WHAT = "pins";

  private PinCheck() {}

  static Finding look(Path file) {
    if (!Files.exists(file)) {
      return Finding.ok(WHAT, "there are none yet: tools are pinned as they are seen first");
    }
    try (Pins pins = Pins.existing(file)) {
      List<PinnedTool> all = pins.list();
      List<String> waiting =
          all.stream()
              .filter(PinnedTool::isQuarantined)
              .map(PinnedTool::fullName)
              .sorted()
              .toList();
      return waiting.isEmpty()
          ? Finding.ok(WHAT, all.size() + ", none waits for approval")
          : Finding.warn(
              WHAT,
              "in quarantine: " + Names.some(waiting),
              "see what changed with 'governor tools list --pending', then 'governor tools"
                  + " approve'");
    } catch (PinException e) {
      return Finding.fail(
          WHAT, String.valueOf(e.getMessage()), "bring the file back from a backup");
    }
  }
}
