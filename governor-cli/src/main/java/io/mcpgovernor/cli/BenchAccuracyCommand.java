package io.mcpgovernor.cli;

import io.mcpgovernor.bench.BuiltInDetector;
import io.mcpgovernor.bench.accuracy.AccuracyBench;
import io.mcpgovernor.bench.accuracy.AccuracyReport;
import io.mcpgovernor.bench.accuracy.GoldFile;
import io.mcpgovernor.bench.accuracy.Label;
import io.mcpgovernor.bench.accuracy.LabelledText;
import io.mcpgovernor.bench.accuracy.PiiType;
import io.mcpgovernor.bench.accuracy.TrapCorpus;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor bench accuracy}: what is found and what is wrongly found. */
@Command(
    name = "accuracy",
    description =
        "Measures precision and recall on records full of look-alikes, or on a gold file.",
    mixinStandardHelpOptions = true)
final class BenchAccuracyCommand implements Callable<Integer> {
  @Option(
      names = "--gold",
      paramLabel = "FILE",
      description = "Labelled texts, a JSON object a line: id, text, spans [start, end, TYPE].")
  private @Nullable Path gold;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description = "Score these (id, spans) instead of the built-in detector.")
  private @Nullable Path predictions;

  @Option(
      names = "--dump",
      paramLabel = "FILE",
      description = "Only write the labelled texts there, for other tools.")
  private @Nullable Path dump;

  @Option(names = "--seed", description = "Make other records.")
  private long seed = TrapCorpus.DEFAULT_SEED;

  @Option(
      names = "--records",
      description = "Records of each corpus: CRM, logs, prose (default ${DEFAULT-VALUE}).")
  private int records = TrapCorpus.DEFAULT_RECORDS;

  @Option(
      names = "--all-kinds",
      description = "Also names, streets and IP addresses, which are off by default.")
  private boolean allKinds;

  @Option(
      names = "--types",
      split = ",",
      paramLabel = "TYPE",
      description = "Score only these types.")
  private List<String> types = List.of();

  @Option(names = "--mistakes", paramLabel = "N", description = "Show so many mistakes.")
  private int mistakes;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  /** Exits with 0 whatever was measured. */
  @Override
  public Integer call() {
    List<LabelledText> texts = gold == null ? TrapCorpus.make(seed, records) : GoldFile.read(gold);
    if (dump != null) {
      GoldFile.write(dump, texts);
      return 0;
    }
    AccuracyReport report = report(texts);
    if (json) {
      report.printJson(System.out);
    } else {
      report.printTable(System.out, mistakes);
    }
    return 0;
  }

  private AccuracyReport report(List<LabelledText> texts) {
    Collection<String> asked =
        !types.isEmpty() ? types : allKinds ? PiiType.all() : PiiType.onByDefault();
    if (predictions != null) {
      Map<String, List<Label>> found = GoldFile.readPredictions(predictions);
      return AccuracyBench.runById(texts, asked, text -> found.getOrDefault(text.id(), List.of()));
    }
    // Types that one asks for by name may be off by default.
    boolean isEverything = allKinds || !types.isEmpty();
    return AccuracyBench.run(
        texts, asked, isEverything ? BuiltInDetector.allKinds() : BuiltInDetector.standard());
  }
}
