package io.mcpgovernor.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.Governor;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file of pins, and what becomes of files that are not as they should be. */
final class PinsTest {
  private static final Json FIND = CatalogueTest.definition("find", "Finds things.");
  private static final Json CHANGED = CatalogueTest.definition("find", "Finds \\u0022more\\u0022.");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void aPlace() {
    file = directory.resolve("state/pins.json");
  }

  /** Lists tools of a server, one list after the other. */
  @SafeVarargs
  private void listed(String server, List<Json>... lists) {
    try (Governor governor = Governor.builder().auditTo(directory.resolve("audit")).build();
        Pins pins = Pins.open(file);
        Catalogue catalogue = new Catalogue(server, governor, pins)) {
      for (List<Json> list : lists) {
        catalogue.admit(list);
      }
    }
  }

  @Test
  void theFileIsItsOwnersAloneAndSoIsItsDirectory() throws IOException {
    listed("crm", List.of(FIND));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    try (var files = Files.list(file.getParent())) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("pins.json", "pins.json.lock");
    }
  }

  @Test
  void theFileHasAToolALineInTheOrderOfNamesAndDefinitionsAsTheyCame() throws IOException {
    listed(
        "erp", List.of(CatalogueTest.definition("z", "Z."), CatalogueTest.definition("a", "A.")));
    listed("crm", List.of(FIND), List.of(CHANGED));

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(9);
    assertThat(lines.get(0)).isEqualTo("{\"version\":1,\"servers\":{");
    assertThat(lines.get(1)).isEqualTo("\"crm\":{");
    assertThat(lines.get(2))
        .startsWith("\"find\":{\"pinned\":{\"pin\":\"" + Tool.of("crm", FIND).build().pin())
        .contains("\"by\":\"first seen\",\"definition\":" + text(FIND) + "},\"waiting\":")
        .endsWith("\"definition\":" + text(CHANGED) + "}}");
    assertThat(lines.get(5)).startsWith("\"a\":").endsWith("},");
    assertThat(lines.get(6)).startsWith("\"z\":").endsWith("}");
    assertThat(Json.utf8(Files.readAllBytes(file)).object()).containsKeys("version", "servers");
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }

  @Test
  void aFileInAnotherLayoutMeansTheSame() throws IOException {
    listed("crm", List.of(FIND), List.of(CHANGED));
    List<PinnedTool> before = list();
    Files.writeString(
        file, Files.readString(file).replace(":", " :\n  ").replace("{", "{ ").replace(",", ",\t"));
    // Colons, braces and commas inside of texts would have changed with it; there are only times.
    Files.writeString(
        file, Files.readString(file).replaceAll("(T\\d\\d) :\\s+(\\d\\d) :\\s+", "$1:$2:"));

    assertThat(list())
        .usingRecursiveComparison()
        .ignoringFieldsOfTypes(Json.class)
        .isEqualTo(before);
  }

  private List<PinnedTool> list() {
    try (Pins pins = Pins.existing(file)) {
      return pins.list();
    }
  }

  @Test
  void aDamagedFileIsAnErrorThatSaysWhatToDoAndIsLeftAsItIs() throws IOException {
    listed("crm", List.of(FIND), List.of(CHANGED));
    String good = Files.readString(file);
    List<String> damaged = new ArrayList<>();
    for (int i = 0; i < good.length() - 1; i += 7) {
      damaged.add(good.substring(0, i)); // cut off anywhere
    }
    damaged.add(good + good);
    damaged.add(good + "x");
    damaged.add(good.replace("Finds things.", "Finds all things."));
    damaged.add(good.replaceFirst("\"pin\":\"[0-9a-f]", "\"pin\":\"x"));
    damaged.add(good.replace("\"find\":{", "\"found\":{"));
    damaged.add(good.replace("\"version\":1", "\"version\":2"));
    damaged.add(good.replace("\"by\"", "\"of\""));
    damaged.add(good.replaceFirst("\"since\":\"2", "\"since\":\"x"));
    damaged.add(good.replace("{\"version\":1,", "{\"version\":1,\"version\":1,"));
    damaged.add(good.replace("\"pinned\":", "\"waiting\":"));
    damaged.add("[]");
    damaged.add("{}");
    damaged.add("\0\0\0");
    for (String text : damaged) {
      assertThat(text).isNotEqualTo(good);
      Files.writeString(file, text);

      assertThatThrownBy(() -> Pins.open(file))
          .as(text)
          .isInstanceOf(PinException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("put back a copy of it, or move it away")
          .hasMessageNotContaining("Finds");
      assertThat(file).hasContent(text);
    }
    Files.writeString(file, good);
    assertThat(list()).hasSize(1);
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[PinFile.BYTES_MAX + 1]);

    assertThatThrownBy(() -> Pins.open(file)).hasMessageContaining("has more than 67108864 bytes");
  }

  @Test
  void aFileThatOthersCanWriteIsNotBelieved() throws IOException {
    listed("crm", List.of(FIND));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

    assertThatThrownBy(() -> Pins.open(file))
        .isInstanceOf(PinException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aFileThatIsADirectoryOrNotThereIsAnError() throws IOException {
    assertThatThrownBy(() -> Pins.existing(file)).isInstanceOf(PinException.class);
    Files.createDirectories(file);
    assertThatThrownBy(() -> Pins.open(file))
        .isInstanceOf(PinException.class)
        .hasMessageContaining("cannot be read");
    Path inAFile = Files.writeString(directory.resolve("plain"), "").resolve("pins.json");
    assertThatThrownBy(() -> Pins.open(inAFile))
        .isInstanceOf(PinException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aLinkStaysALinkAndWhatItLeadsToIsChanged() throws IOException {
    listed("crm", List.of(FIND));
    Path real = Files.move(file, directory.resolve("real.json"));
    Files.createSymbolicLink(file, real);

    listed("crm", List.of(CHANGED));

    assertThat(file).isSymbolicLink();
    assertThat(list()).singleElement().matches(PinnedTool::isQuarantined);
  }

  @Test
  void whatADyingProcessLeftBehindIsInNobodysWay() throws IOException {
    listed("crm", List.of(FIND));
    Files.writeString(file.resolveSibling("pins.json.tmp"), "half a fi");

    listed("crm", List.of(CHANGED));

    assertThat(list()).singleElement().matches(PinnedTool::isQuarantined);
    assertThat(file.resolveSibling("pins.json.tmp")).doesNotExist();
  }

  @Test
  void whatIsApprovedIsWhatWaitedAndNothingElse() {
    listed("crm", List.of(FIND, CatalogueTest.definition("a", "A.")), List.of(CHANGED));
    try (Pins pins = Pins.existing(file)) {
      assertThat(pins.approve(tool -> tool.name().equals("a"), "carol")).isEmpty();
      assertThat(pins.approve(tool -> true, "carol"))
          .singleElement()
          .satisfies(before -> assertThat(before.waiting()).isNotNull());
      assertThat(pins.approve(tool -> true, "carol")).as("already approved").isEmpty();
      PinnedTool find = pins.list().get(1);
      assertThat(find.pinned().by()).isEqualTo("carol");
      assertThat(find.pinned().json().tree()).isEqualTo(CHANGED.tree());
      assertThat(find.waiting()).isNull();
      assertThat(find.recorded()).isFalse();
    }
  }

  @Test
  void severalProcessesPinIntoOneFileAtTheSameTimeAndNothingIsLost() throws Exception {
    int each = 60;
    List<Process> processes = new ArrayList<>();
    for (String prefix : List.of("a", "b", "c")) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PinsChild.class.getName(),
                  file.toString(),
                  directory.resolve("audit-" + prefix).toString(),
                  prefix,
                  String.valueOf(each))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("out-" + prefix).toFile())
              .start());
    }
    for (Process process : processes) {
      process.waitFor();
    }
    for (Process process : processes) {
      assertThat(process.exitValue()).as(Files.readString(directory.resolve("out-a"))).isZero();
    }

    List<PinnedTool> tools = list();
    assertThat(tools).hasSize(3 * each).noneMatch(PinnedTool::isQuarantined);
    for (String prefix : List.of("a", "b", "c")) {
      for (int i = 0; i < each; i++) {
        String name = (i % 2 == 0 ? "crm." : "erp.") + prefix + i;
        assertThat(tools).extracting(PinnedTool::fullName).contains(name);
      }
    }
  }
}
