package io.mcpgovernor;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditObserver;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.AuditSink;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.PiiDetector;
import io.mcpgovernor.pii.Sensitivity;
import io.mcpgovernor.pii.StrictPlaces;
import io.mcpgovernor.pii.UnscannedBinary;
import io.mcpgovernor.policy.ClaimPermissions;
import io.mcpgovernor.policy.DenialCode;
import io.mcpgovernor.policy.Effect;
import io.mcpgovernor.policy.Grant;
import io.mcpgovernor.policy.GrantStore;
import io.mcpgovernor.policy.GrantStoreException;
import io.mcpgovernor.policy.Identity.Trust;
import io.mcpgovernor.policy.MemoryGrantStore;
import io.mcpgovernor.policy.Policy;
import io.mcpgovernor.policy.QueryWeigher;
import io.mcpgovernor.policy.RateLimit.By;
import io.mcpgovernor.policy.Rule;
import io.mcpgovernor.policy.Rule.Mode;
import io.mcpgovernor.policy.RuleBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Governor} is made of. Everything but the audit log has a default; the four policies
 * are on unless {@link #disable switched off} with a reason. Not thread-safe.
 */
public final class GovernorBuilder {
  private static final Set<DenialCode> OPTIONAL =
      Set.of(
          DenialCode.RATE_LIMIT,
          DenialCode.RLS,
          DenialCode.PII_ACCESS,
          DenialCode.COMPLEXITY,
          DenialCode.MASKED_VALUE);
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._+:-]{1,64}");

  int callsMax = 100;
  Duration callsWindow = Duration.ofHours(1);
  Set<By> callsBy = Set.of(By.USER);
  int denialsPerMinute = 100;
  int concurrency = 16;
  int complexityBelow = 100;
  QueryWeigher queryWeigher = QueryWeigher.NONE;
  int argumentBytesMax = 1 << 20;
  int argumentDepthMax = 32;
  int resultBytesMax = 8 << 20;
  int runningToolsMax = 512;
  int waitingToolsMax = 4_096;
  Duration timeout = Duration.ofSeconds(60);
  Duration ruleTimeout = Duration.ofSeconds(5);
  Trust trust = Trust.VERIFIED;
  List<String> tenantParameters = List.of("tenant_id", "tenantId");
  private final List<PiiDetector> detectors = new ArrayList<>();
  private MaskRules masking = MaskRules.defaults();
  final Map<String, Sensitivity> columns = new LinkedHashMap<>();
  private final Map<String, Set<String>> strict = new LinkedHashMap<>();
  UnscannedBinary unscannedBinary = UnscannedBinary.DENY;
  final List<Checks.Rule> rules = new ArrayList<>();
  final Map<DenialCode, String> off = new LinkedHashMap<>();
  final Set<DenialCode> shadow = new LinkedHashSet<>();
  final Map<String, String> origins = new LinkedHashMap<>();
  List<Rule> operatorRules = List.of();
  ToolSettings tools = ToolSettings.NONE;
  List<Grant> grants = List.of();
  TimeSource time = TimeSource.SYSTEM;
  Supplier<? extends GrantStore> grantStore = MemoryGrantStore::new;
  ClaimPermissions claimPermissions = ClaimPermissions.NONE;
  private @Nullable Path auditDirectory;
  private AuditOptions auditOptions = AuditOptions.defaults();
  private @Nullable AuditLog auditLog;
  private @Nullable AuditObserver auditObserver;
  private final List<AuditSink> sinks = new ArrayList<>();

  private @Nullable String policyVersion;

  GovernorBuilder() {}

  /** How many calls a user may make in any hour; 100 unless said otherwise. */
  public GovernorBuilder callsPerHour(int calls) {
    return calls(calls, Duration.ofHours(1), Set.of(By.USER));
  }

  /**
   * How many calls may be made in any window.
   *
   * @param calls at least 1
   * @param window from a millisecond to a day
   * @param by what is counted apart
   */
  public GovernorBuilder calls(int calls, Duration window, Set<By> by) {
    callsMax = positive(calls, "calls");
    callsWindow = window;
    callsBy = Set.copyOf(by);
    return this;
  }

  /** How many denials in a minute make a user be refused outright; 100 unless said otherwise. */
  public GovernorBuilder denialsPerMinute(int denials) {
    denialsPerMinute = positive(denials, "denials");
    return this;
  }

  /** How many calls a user may have running; 16 unless said otherwise. */
  public GovernorBuilder concurrency(int calls) {
    concurrency = positive(calls, "calls");
    return this;
  }

  /** Below which score calls must stay; 100 unless said otherwise. */
  public GovernorBuilder complexityBelow(int score) {
    complexityBelow = positive(score, "score");
    return this;
  }

  /** What the structure of queries adds to the complexity score; nothing unless said otherwise. */
  public GovernorBuilder queryWeigher(QueryWeigher weigher) {
    queryWeigher = Objects.requireNonNull(weigher);
    return this;
  }

  /** How large arguments may be; 1 MiB and 32 levels unless said otherwise. */
  public GovernorBuilder arguments(int bytesMax, int depthMax) {
    argumentBytesMax = positive(bytesMax, "bytes");
    argumentDepthMax = positive(depthMax, "depth");
    return this;
  }

  /** How large a raw result may be, in bytes of JSON; 8 MiB unless said otherwise. */
  public GovernorBuilder resultBytes(int bytesMax) {
    resultBytesMax = positive(bytesMax, "bytes");
    return this;
  }

  /** How long a tool may run that has no time of its own; 60 seconds unless said otherwise. */
  public GovernorBuilder timeout(Duration timeout) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("the time-out must be at least a millisecond");
    }
    this.timeout = timeout;
    return this;
  }

  /**
   * How many tools may run at the same time, whoever calls, and how many calls may wait until one
   * of them is done; 512 and 4,096 unless said otherwise. More are refused.
   *
   * @param running at least 1
   * @param waiting at least 1
   */
  public GovernorBuilder runningTools(int running, int waiting) {
    runningToolsMax = positive(running, "running tools");
    waitingToolsMax = positive(waiting, "waiting calls");
    return this;
  }

  /**
   * Whose word about the caller's identity counts; only verified identities unless said otherwise.
   */
  public GovernorBuilder trust(Trust trust) {
    this.trust = Objects.requireNonNull(trust);
    return this;
  }

  /** By which arguments tools ask for a tenant; {@code tenant_id}, {@code tenantId} unless said. */
  public GovernorBuilder tenantParameters(List<String> names) {
    tenantParameters = List.copyOf(names);
    return this;
  }

  /**
   * Keeps grants in a store, so that they outlast the process; in memory unless said otherwise. The
   * governor owns it from {@link #build} on.
   */
  public GovernorBuilder grantStore(GrantStore store) {
    Objects.requireNonNull(store);
    return grantStore(() -> store);
  }

  /**
   * Like {@link #grantStore(GrantStore)}, of a store that is opened when the governor starts.
   *
   * @param opens what it throws reaches who builds the governor
   */
  public GovernorBuilder grantStore(Supplier<? extends GrantStore> opens) {
    grantStore = Objects.requireNonNull(opens);
    return this;
  }

  /** Which permissions verified claims bring; none unless said otherwise. */
  public GovernorBuilder claimPermissions(ClaimPermissions permissions) {
    claimPermissions = Objects.requireNonNull(permissions);
    return this;
  }

  /**
   * Adds a rule of the host's own, asked after the built-in policies, in the order added.
   *
   * @param name unique; lower-case letters, digits, dash and underscore. Its denials have the code
   *     {@code rule:name}, whatever code the policy gives them
   */
  public GovernorBuilder rule(String name, Policy policy) {
    if (!Rule.NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a rule's name has lower-case letters, digits, '-' and '_'");
    }
    if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
      throw new IllegalArgumentException("there already is a rule named " + name);
    }
    rules.add(new Checks.Rule(name, Objects.requireNonNull(policy)));
    return this;
  }

  /**
   * The rules an operator wrote, such as those of a configuration file, in their order. They are
   * asked after the built-in policies and before those of {@link #rule}.
   *
   * @throws IllegalArgumentException if two of them have one name, a limit cannot be, or there is
   *     no such kind
   */
  public GovernorBuilder rules(List<Rule> rules) {
    RuleBook.of(rules, RuleBook.EMPTY, time);
    for (Rule rule : rules) {
      if (rule.effect() instanceof Effect.Mask mask) {
        new Maskers(masking).with(mask.kinds());
      }
    }
    operatorRules = List.copyOf(rules);
    return this;
  }

  /**
   * Grants and revocations of a configuration, oldest first. They are not kept in a store and end
   * with the settings that bring them; what an administrator grants or revokes stands over them.
   */
  public GovernorBuilder grants(List<Grant> grants) {
    this.grants = List.copyOf(grants);
    return this;
  }

  /** What an operator says about tools, over what their program says. */
  public GovernorBuilder tools(ToolSettings settings) {
    tools = Objects.requireNonNull(settings);
    return this;
  }

  /**
   * Lets a policy only watch: it decides, what it says is on record (verdict {@code shadow}), and
   * nothing comes of it. The same policies as for {@link #disable}.
   */
  public GovernorBuilder shadow(DenialCode policy) {
    if (!OPTIONAL.contains(policy)) {
      throw new IllegalArgumentException(policy + " cannot only watch");
    }
    shadow.add(policy);
    return this;
  }

  /**
   * Says where the setting of a check is written, for explanations.
   *
   * @param check the code it denies with
   * @param origin such as {@code governor.yaml:12:5}
   */
  public GovernorBuilder origin(String check, String origin) {
    origins.put(check, origin);
    return this;
  }

  Map<DenialCode, Mode> modes() {
    Map<DenialCode, Mode> modes = new HashMap<>();
    shadow.forEach(policy -> modes.put(policy, Mode.SHADOW));
    off.keySet().forEach(policy -> modes.put(policy, Mode.OFF));
    return Map.copyOf(modes);
  }

  /**
   * Switches a policy off: {@code RATE_LIMIT}, {@code RLS}, {@code PII_ACCESS}, {@code COMPLEXITY}
   * or {@code MASKED_VALUE}. That is put on record, with the reason.
   */
  public GovernorBuilder disable(DenialCode policy, String reason) {
    if (!OPTIONAL.contains(policy)) {
      throw new IllegalArgumentException(policy + " cannot be switched off");
    }
    if (reason.isBlank()) {
      throw new IllegalArgumentException("switching " + policy + " off needs a reason");
    }
    off.put(policy, reason);
    return this;
  }

  /**
   * Which kinds of PII are masked, and how: {@code
   * MaskRules.builder().with(Kinds.PERSON).mode(MaskMode.REDACT).build()}. Without it, those that
   * are on by default, each with its own mask.
   */
  public GovernorBuilder masking(MaskRules rules) {
    masking = Objects.requireNonNull(rules);
    return this;
  }

  MaskRules maskRules() {
    MaskRules.Builder rules = masking.toBuilder();
    detectors.forEach(rules::detector);
    return rules.build();
  }

  /**
   * Adds a detector of the host's own; all of them, the built-in one included, see every text of
   * arguments and results. While one of them throws, nothing is released and no call that it fails
   * on runs: such a call cannot be put on record.
   */
  public GovernorBuilder detector(PiiDetector detector) {
    detectors.add(Objects.requireNonNull(detector));
    return this;
  }

  /**
   * Masks a field whatever it holds: every string, number and boolean under it, in results and, on
   * record, in arguments. See {@link ColumnRules} for what a path means.
   *
   * @param path names with dots between them, the field last: {@code crm.customers.ssn}
   * @param level {@code STRICT} leaves nothing; {@code STANDARD} leaves what the mask of a known
   *     kind of PII leaves, if the value is one
   * @throws IllegalArgumentException if the path is not as it should be, has another level already,
   *     or is one too many
   */
  public GovernorBuilder column(String path, Sensitivity level) {
    Sensitivity other = columns.get(path);
    if (other != null && other != level) {
      throw new IllegalArgumentException(
          "the column rule " + path + " has the level " + other + " already; give it one level");
    }
    ColumnRules.of(Map.of(path, level)); // so that a bad path fails on its own line
    if (other == null && columns.size() == ColumnRules.RULES_MAX) {
      throw new IllegalArgumentException(
          "there may be " + ColumnRules.RULES_MAX + " column rules, and there are");
    }
    columns.put(path, level);
    return this;
  }

  /**
   * Masks places of a tool's results strictly, whatever its level; may be called several times. See
   * {@link StrictPlaces}. Records are masked strictly in any case.
   *
   * @param tool the tool's name, on any server
   * @param pointer where in the result, a JSON pointer in which {@code *} is any key or index, such
   *     as {@code /structuredContent/customers/*}{@code /phone}; everything beneath is covered
   * @throws IllegalArgumentException if it is no JSON pointer, or one too many for the tool
   */
  public GovernorBuilder strict(String tool, String pointer) {
    Set<String> pointers = new LinkedHashSet<>(strict.getOrDefault(tool, Set.of()));
    pointers.add(pointer);
    StrictPlaces.of(pointers); // so that a bad pointer fails on its own line
    strict.put(tool, pointers);
    return this;
  }

  Map<String, Set<String>> strictPointers() {
    Map<String, Set<String>> sorted = new TreeMap<>();
    strict.forEach((tool, pointers) -> sorted.put(tool, new TreeSet<>(pointers)));
    return sorted;
  }

  Map<String, StrictPlaces> strictPlaces() {
    Map<String, StrictPlaces> places = new HashMap<>();
    strict.forEach((tool, pointers) -> places.put(tool, StrictPlaces.of(pointers)));
    return Map.copyOf(places);
  }

  /**
   * Whether tools that read PII, declared or by their words, may answer with binaries that nobody
   * can search, such as PDF files and archives; they may not unless said otherwise. Pictures,
   * sounds and text in any form are not meant. What passes is counted on record.
   */
  public GovernorBuilder unscannedBinary(UnscannedBinary choice) {
    unscannedBinary = Objects.requireNonNull(choice);
    return this;
  }

  /** Keeps the audit log in a directory, as JSON Lines. It is made if it is not there. */
  public GovernorBuilder auditTo(Path directory) {
    auditDirectory = Objects.requireNonNull(directory);
    return this;
  }

  /** When an audit record counts as kept; when it is on disk unless said otherwise. */
  public GovernorBuilder durability(Durability durability) {
    auditOptions = auditOptions.toBuilder().durability(durability).build();
    return this;
  }

  /**
   * How the log of {@link #auditTo} is kept: when a record counts as kept, how large segments get,
   * what is deleted when, who gets checkpoints. Says all of it, durability included.
   */
  public GovernorBuilder audit(AuditOptions options) {
    auditOptions = Objects.requireNonNull(options);
    return this;
  }

  /** Keeps records in a log of the host's own; what that log promises is the host's business. */
  public GovernorBuilder auditLog(AuditLog log) {
    auditLog = Objects.requireNonNull(log);
    return this;
  }

  /** Tells an observer of each record that is appended to the audit log, for metrics. */
  public GovernorBuilder auditObserver(AuditObserver observer) {
    auditObserver = Objects.requireNonNull(observer);
    return this;
  }

  /**
   * Tells a sink of every record that the audit log has kept; may be called several times. A sink
   * that is slow or fails does not hold up or change a call. The governor owns it from {@link
   * #build} on.
   */
  public GovernorBuilder auditSink(AuditSink sink) {
    sinks.add(Objects.requireNonNull(sink));
    return this;
  }

  /**
   * Names the settings that decide, for the records; a short digest of the limits and of the names
   * of the rules unless said otherwise. One that is named is put on record at the start.
   *
   * @param version 1 to 64 letters, digits, {@code .}, {@code _}, {@code +}, {@code :} and dashes
   */
  public GovernorBuilder policyVersion(String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException(
          "a policy version is 1 to 64 letters, digits, '.', '_', '+', ':' and '-'");
    }
    policyVersion = version;
    return this;
  }

  @Nullable Path auditDirectory() {
    return auditDirectory;
  }

  boolean isVersionNamed() {
    return policyVersion != null;
  }

  String policyVersion() {
    return policyVersion != null ? policyVersion : PolicyVersion.of(this);
  }

  /** Sets the clocks, for tests. */
  public GovernorBuilder timeSource(TimeSource time) {
    this.time = Objects.requireNonNull(time);
    return this;
  }

  /**
   * The governor. It owns the audit log and its sinks from now on.
   *
   * @throws IllegalArgumentException if two column rules mean the same and have different levels
   * @throws IllegalStateException if nobody said where the audit log goes, or in two ways
   * @throws UncheckedIOException if the audit directory cannot be written
   * @throws GrantStoreException if the store of grants cannot be read
   */
  public Governor build() {
    if ((auditDirectory == null) == (auditLog == null)) {
      throw new IllegalStateException(
          "say where the audit log goes: auditTo(directory), or auditLog(log)");
    }
    ColumnRules.of(columns); // before the log is opened: what is wrong with them has no traces
    AuditLog log = auditLog;
    ValueKey valueKey = null;
    if (auditDirectory != null) {
      JsonlAuditLog ours = opened(auditDirectory);
      valueKey = ValueKey.of(ours.keys());
      log = ours;
    }
    if (auditObserver != null) {
      log = AuditLog.watched(Objects.requireNonNull(log), auditObserver);
    }
    return Governor.start(
        this, AuditLog.withSinks(Objects.requireNonNull(log), List.copyOf(sinks)), valueKey);
  }

  private JsonlAuditLog opened(Path directory) {
    try {
      return JsonlAuditLog.open(directory, auditOptions);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the audit log cannot be opened in " + directory + ": " + e.getMessage(), e);
    }
  }

  private static int positive(int number, String what) {
    if (number < 1) {
      throw new IllegalArgumentException("the number of " + what + " must be at least 1");
    }
    return number;
  }
}
