package io.mcpgovernor.cli.pii;

import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code governor mask}: a filter that lets no PII through. */
@Command(
    name = "mask",
    description = "Masks PII from standard input, or a file, to standard output.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without --as, a file name that ends in .json, .jsonl, .ndjson, .log, .txt, .csv, .tsv or",
      ".md decides. Otherwise input that is one JSON object, array or string is json; if every",
      "line that is not blank is one, it is jsonl; all else is text. To know, the first 64 MiB",
      "are read.",
      "json:  input that is not JSON gives no output and exit code 1. At most 1 GiB.",
      "jsonl: one line out for each line in; a line that is not JSON is masked as text.",
      "text:  any size; all other bytes stay as they are, whether or not they are UTF-8.",
      "Exit codes: 0 masked, 1 error, 2 wrong usage, 141 nobody reads the output."
    })
public final class MaskCommand implements Callable<Integer> {
  private static final int HASH_KEY_BYTES_MAX = 64 * 1_024;

  @Option(
      names = "--level",
      paramLabel = "standard|strict",
      defaultValue = "standard",
      description = "standard leaves last digits readable, strict nothing.")
  private Sensitivity level = Sensitivity.STANDARD;

  @Option(
      names = "--mode",
      paramLabel = "mask|redact|hash",
      defaultValue = "mask",
      description = "A mask, the kind's name, or a keyed hash of the value.")
  private MaskMode mode = MaskMode.MASK;

  @Option(
      names = "--hash-key-file",
      paramLabel = "FILE",
      description =
          "The key for --mode hash: at least 16 bytes, a line end after them aside. Only its"
              + " owner should be able to read it (mode 600).")
  private @Nullable Path hashKeyFile;

  @Option(
      names = "--kinds",
      paramLabel = "default|all|LIST",
      defaultValue = "default",
      converter = KindChoice.class,
      description =
          "What to mask: names or types with commas, such as default,person or --kinds=-phone.")
  private KindChoice.@Nullable Chosen kinds;

  @Option(names = "--as", paramLabel = "json|jsonl|text", description = "What the input is.")
  private @Nullable Form form;

  @Option(
      names = "--max-bytes",
      paramLabel = "BYTES",
      defaultValue = "268435456",
      description = "The longest line that is taken, in bytes; 256 MiB unless told.")
  private int maxBytes = 256 << 20;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "Standard input if not given.")
  private @Nullable Path file;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Made by the command line. */
  public MaskCommand() {}

  @Override
  public Integer call() {
    if (maxBytes < 1 || maxBytes > MaskFilter.JSON_BYTES_MAX) {
      throw usage("--max-bytes is 1 to " + MaskFilter.JSON_BYTES_MAX);
    }
    try {
      filter(new Masker(rules()));
      return 0;
    } catch (BrokenPipe e) {
      return BrokenPipe.EXIT_CODE;
    } catch (NoSuchFileException e) {
      return failed("no such file: " + e.getMessage());
    } catch (IOException e) {
      return failed(e instanceof RefusedInput ? e.getMessage() : "cannot read or write: " + e);
    } catch (OutOfMemoryError e) {
      // Nothing of the value that did not fit was written.
      return failed("the input does not fit into memory");
    } catch (ParameterException e) {
      throw e;
    } catch (RuntimeException e) {
      // Its message might quote the input.
      return failed("masking failed (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void filter(Masker masker) throws IOException {
    MaskFilter filter = new MaskFilter(masker, level, maxBytes);
    Output out = Output.standard();
    try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
      Optional<Form> told =
          form != null
              ? Optional.of(form)
              : Optional.ofNullable(file).flatMap(path -> Form.ofName(path.toString()));
      if (told.isPresent()) {
        filter.run(told.get(), in, out);
        return;
      }
      byte[] beginning = in.readNBytes(MaskFilter.BEGINNING_BYTES);
      boolean isAll = beginning.length < MaskFilter.BEGINNING_BYTES;
      Form guessed = Form.ofBeginning(beginning, isAll, masker);
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(beginning), in);
      filter.run(guessed, all, out);
    }
  }

  private MaskRules rules() throws IOException {
    MaskRules.Builder rules = MaskRules.builder().mode(mode);
    if (kinds != null) {
      rules.kinds(kinds.kinds());
    }
    if (mode == MaskMode.HASH) {
      if (hashKeyFile == null) {
        throw usage("--mode hash needs --hash-key-file: without a key, anybody could try values");
      }
      byte[] key = key(hashKeyFile);
      if (key.length < MaskRules.HASH_KEY_BYTES_MIN) {
        throw usage("the hash key has fewer than " + MaskRules.HASH_KEY_BYTES_MIN + " bytes");
      }
      rules.hashKey(key);
    } else if (hashKeyFile != null) {
      throw usage("--hash-key-file goes with --mode hash");
    }
    return rules.build();
  }

  private byte[] key(Path path) throws IOException {
    byte[] key;
    try (InputStream in = Files.newInputStream(path)) {
      key = in.readNBytes(HASH_KEY_BYTES_MAX + 1);
    }
    if (key.length > HASH_KEY_BYTES_MAX) {
      throw usage("the hash key has more than " + HASH_KEY_BYTES_MAX + " bytes");
    }
    // An editor or echo adds a line end, which is nobody's secret.
    return Arrays.copyOf(key, Lines.contentEnd(key));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int failed(@Nullable String message) {
    spec.commandLine().getErr().println("governor mask: " + message);
    spec.commandLine().getErr().flush();
    return 1;
  }
}
