package io.mcpgovernor.config.file;

import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.config.rule.RuleWarning;
import io.mcpgovernor.policy.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that was read and found right, as it was at that moment. Immutable and
 * thread-safe.
 *
 * <p>YAML 1.2, of at most 4 MiB. Paths in it start from its own directory.
 */
public final class ConfigFile {
  private final Path path;
  private final YamlNode root;
  private final GovernorConfig config;
  private final String policyVersion;
  private final Fingerprint fingerprint;

  private ConfigFile(Path path, YamlNode root, GovernorConfig config, Fingerprint fingerprint) {
    this.path = path;
    this.root = root;
    this.config = config;
    this.policyVersion = CanonicalConfig.version(config);
    this.fingerprint = fingerprint;
  }

  /**
   * Reads a file, and the secrets it refers to.
   *
   * @throws ConfigException if it cannot be read or anything is wrong with it; it has all problems
   */
  public static ConfigFile read(Path file) {
    return read(file, System::getenv);
  }

  static ConfigFile read(Path file, Function<String, @Nullable String> environment) {
    Problems problems = new Problems(file.toString());
    byte[] bytes = bytes(file, "'governor init' writes one to start from", problems);
    YamlNode root = YamlReader.read(bytes, problems);
    SecretSource secrets = new SecretSource(directory(file), environment);
    Object bound = Shapes.of(GovernorConfig.class).bind(root, "", new Binding(problems, secrets));
    if (!(bound instanceof GovernorConfig config) || !problems.isEmpty()) {
      throw problems.exception();
    }
    Map<Path, String> hashes = new TreeMap<>(secrets.files());
    hashes.put(file, Sha256.hex(bytes));
    return new ConfigFile(file, root, config, new Fingerprint(hashes));
  }

  /**
   * All of a file.
   *
   * @param missing what to do if there is none
   */
  static byte[] bytes(Path file, String missing, Problems problems) {
    String problem;
    try {
      if (!Files.isDirectory(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          return in.readNBytes(YamlReader.BYTES_MAX + 1);
        }
      }
      problem = "this is a directory; name the file in it";
    } catch (NoSuchFileException e) {
      problem = "there is no such file; " + missing;
    } catch (AccessDeniedException e) {
      problem = "no permission to read the file";
    } catch (IOException e) {
      problem = "the file cannot be read: " + e.getMessage();
    }
    throw problems.fatal(Place.START, "", problem);
  }

  static Path directory(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
  }

  /** The file, as it was named. */
  public Path path() {
    return path;
  }

  /** What it says. */
  public GovernorConfig config() {
    return config;
  }

  /**
   * Names what it says, for the records: twelve hexadecimal digits of SHA-256. Comments and the
   * order of keys do not matter, nor does the value of a secret.
   */
  public String policyVersion() {
    return policyVersion;
  }

  /**
   * An engine's builder, filled. Code can go on with it, and its word then stands before the
   * file's.
   *
   * @throws ConfigException if the engine cannot be built as the file says
   */
  public GovernorBuilder builder() {
    return EngineSettings.recorded(this, settings());
  }

  /**
   * Like {@link #builder()}, with records kept by a log of the host's own: nothing is opened where
   * the file would keep them.
   */
  public GovernorBuilder builder(AuditLog log) {
    return settings().auditLog(log);
  }

  private GovernorBuilder settings() {
    GovernorBuilder builder = EngineSettings.builder(this);
    PolicySettings.apply(this, builder);
    return builder;
  }

  /**
   * Its rules, compiled, in their order.
   *
   * @throws ConfigException if one cannot be compiled
   */
  public List<Rule> rules() {
    List<Problem> problems = new ArrayList<>();
    List<Rule> rules = FileRules.compile(this, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return rules;
  }

  /**
   * What is allowed in its rules and most likely a mistake.
   *
   * @param tools the tools there are; empty if nobody knows, and then nothing is said about tools
   */
  public List<RuleWarning> warnings(List<Tool> tools) {
    return FileRules.warnings(this, tools);
  }

  /** A path of the file, from the file's own directory on. */
  public Path resolve(Path written) {
    return directory(path).resolve(written);
  }

  /** What the file and those of its secrets held. */
  Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Whether an outermost key is there. */
  boolean isWritten(Object key) {
    return root instanceof YamlNode.Mapping mapping && mapping.entry(key.toString()) != null;
  }

  /** Where a key is written, {@code file:line:column}. */
  String origin(Object... steps) {
    Located.Spot spot = Located.of(root, "", steps);
    return path.getFileName() + ":" + spot.at().line() + ":" + spot.at().column();
  }

  /** A problem with what stands at a key. */
  Problem problem(String message, Object... steps) {
    Located.Spot spot = Located.of(root, "", steps);
    return new Problem(path.toString(), spot.at().line(), spot.at().column(), spot.path(), message);
  }

  /** Names it, and shows nothing of it. */
  @Override
  public String toString() {
    return "ConfigFile[" + path + ", " + policyVersion + "]";
  }
}
