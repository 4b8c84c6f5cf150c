package io.mcpgovernor.config.file;

import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.UnscannedBinary;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is masked in results, and how. Records are masked strictly whatever it says.
 *
 * @param level how much stays readable where nobody says otherwise; null leaves it to the code
 * @param kinds which kinds of PII are masked
 * @param except kinds that are not, though {@code kinds} has them
 * @param mode what stands in their place
 * @param modes the same for single kinds
 * @param strictKinds kinds of which nothing stays readable whatever the level
 * @param hashKey the key of mode {@code hash}
 * @param tools the level of single tools
 * @param columns fields that are masked whatever they hold
 * @param strict places of a tool's results of which nothing stays readable
 * @param unscannedBinary whether tools that read PII may answer with binaries nobody can search
 */
public record MaskingConfig(
    @Key(
            value =
                "How much of a masked value stays readable. standard: the last digits, where the"
                    + " kind has any worth keeping. strict: nothing. If left out, what the tool's"
                    + " own code says, or standard.",
            example = "standard")
        @Nullable Sensitivity level,
    @Key(
            value =
                "Which kinds of PII are masked: default (those that are on unless somebody chooses),"
                    + " all, or kinds by name. 'governor pii kinds' lists them.",
            form = WordForm.KINDS,
            unless = "[default]",
            example = "[default, person]")
        Set<String> kinds,
    @Key(
            value = "Kinds that are not masked, though kinds has them.",
            form = WordForm.KIND,
            unless = "[]",
            example = "[bic]")
        Set<String> except,
    @Key(
            value =
                "What stands in the place of PII. mask: the kind's own mask. redact: the kind's"
                    + " name. hash: the name and a keyed hash, the same for the same value.",
            unless = "mask",
            example = "redact")
        MaskMode mode,
    @Key(
            value = "The mode of single kinds.",
            keys = WordForm.KIND,
            unless = "{}",
            example = "{card: redact}")
        Map<String, MaskMode> modes,
    @Key(
            value = "Kinds that are masked strictly whatever the level.",
            form = WordForm.KIND,
            unless = "[]",
            example = "[ssn, card]")
        Set<String> strictKinds,
    @Key(
            value =
                "The secret key of mode hash, at least 16 bytes from a random source. Whoever has it"
                    + " can try out values.",
            example = "\"${file:hash.key}\"")
        @Nullable Secret hashKey,
    @Key(
            value =
                "The level of single tools, by names with wildcards like those of tools at the top.",
            keys = WordForm.TOOLS,
            unless = "{}",
            example = "{\"crm.export_*\": strict}")
        Map<String, Sensitivity> tools,
    @Key(
            value =
                "Fields that are masked whatever they hold: names with dots between them, the field"
                    + " last, and a level.",
            keys = WordForm.COLUMN,
            most = ColumnRules.RULES_MAX,
            unless = "{}",
            example = "{crm.customers.ssn: strict}")
        Map<String, Sensitivity> columns,
    @Key(
            value =
                "Places of a tool's results that are masked strictly: by the tool's name, JSON"
                    + " pointers in which * is any key or index.",
            keys = WordForm.TOOL,
            form = WordForm.POINTER,
            unless = "{}",
            example = "{get_customer: [\"/structuredContent/phone\"]}")
        Map<String, Set<String>> strict,
    @Key(
            value =
                "Whether tools that read PII may answer with binaries that nobody can search, such"
                    + " as PDF files and archives: deny or allow.",
            unless = "deny",
            example = "allow")
        UnscannedBinary unscannedBinary)
    implements Checked {

  @Override
  public void check(Report report) {
    if (hashKey == null) {
      if (mode == MaskMode.HASH) {
        report.at("mode hash needs hash_key: without a key, anybody could try out values", "mode");
      }
      modes.forEach(
          (kind, itsMode) -> {
            if (itsMode == MaskMode.HASH) {
              report.at("mode hash needs hash_key", "modes", kind);
            }
          });
    } else if (hashKey.value().getBytes(StandardCharsets.UTF_8).length
        < MaskRules.HASH_KEY_BYTES_MIN) {
      report.at(
          "the key has fewer than "
              + MaskRules.HASH_KEY_BYTES_MIN
              + " bytes; make one: openssl rand -hex 32",
          "hash_key");
    }
    int problems = 0;
    for (Map.Entry<String, Sensitivity> column : columns.entrySet()) {
      String problem = problem(Map.of(column.getKey(), column.getValue()));
      if (problem != null) {
        report.at(problem, "columns", column.getKey());
        problems++;
      }
    }
    String together = problems > 0 ? null : problem(columns);
    if (together != null) {
      report.at(together, "columns");
    }
  }

  private static @Nullable String problem(Map<String, Sensitivity> columns) {
    try {
      ColumnRules.of(columns);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
