package io.mcpgovernor.call;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is called: a tool of a server, its MCP definition, and what its operator declared about it.
 *
 * <p>Immutable and thread-safe. What policies ask on every call (the names of its parameters,
 * whether it only reads) is worked out once, here.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/server/tools">MCP:
 *     tools</a>
 */
public final class Tool {
  private final String server;
  private final String name;
  private final Json definition;
  private final String pin;
  private final boolean known;
  private final boolean defined;
  private final @Nullable Boolean requiresPii;
  private final @Nullable Boolean tenantScoped;
  private final @Nullable String userArgument;
  private final @Nullable Duration timeout;
  private final @Nullable Integer complexityBelow;
  private final ArgumentCheck argumentCheck;
  private final Set<String> tables;
  private final Set<String> tags;
  private final Set<String> parameters;
  private final boolean readOnly;

  private Tool(Builder builder, boolean known) {
    this.server = builder.server;
    this.name = builder.name;
    this.definition = builder.definition;
    this.known = known;
    this.defined = builder.defined;
    this.requiresPii = builder.requiresPii;
    this.tenantScoped = builder.tenantScoped;
    this.userArgument = builder.userArgument;
    this.timeout = builder.timeout;
    this.complexityBelow = builder.complexityBelow;
    this.argumentCheck = builder.argumentCheck;
    this.tables = builder.tables;
    this.tags = builder.tags;
    Map<String, @Nullable Object> members = definition.object();
    this.parameters = parametersOf(members);
    this.readOnly =
        members.get("annotations") instanceof Map<?, ?> annotations
            && Boolean.TRUE.equals(annotations.get("readOnlyHint"));
    this.pin = known ? sha256(Json.of(sorted(definition.tree()))) : "";
  }

  /**
   * Starts a tool.
   *
   * @param server the server it belongs to
   * @param definition its MCP definition, an object with at least a {@code name}
   * @throws MalformedJsonException if the definition is no object or has no name
   */
  public static Builder of(String server, Json definition) {
    if (definition.object().get("name") instanceof String name && !name.isBlank()) {
      return new Builder(server, name, definition);
    }
    throw new MalformedJsonException("has no name where a tool definition needs one");
  }

  /** Starts a tool of which no more than the name is known, as from a record. */
  public static Builder named(String server, String name) {
    Builder builder = new Builder(server, name, Json.of(Map.of("name", name)));
    builder.defined = false;
    return builder;
  }

  /** Starts from this tool. */
  public Builder toBuilder() {
    Builder builder = new Builder(server, name, definition);
    builder.defined = defined;
    return builder
        .requiresPii(requiresPii)
        .tenantScoped(tenantScoped)
        .userArgument(userArgument)
        .timeout(timeout)
        .complexityBelow(complexityBelow)
        .argumentCheck(argumentCheck)
        .tags(tags)
        .tables(tables);
  }

  /** A tool that nobody registered, as a client named it. */
  public static Tool unknown(String server, String name) {
    return new Tool(new Builder(server, name, Json.EMPTY_OBJECT), false);
  }

  /** The server it belongs to. */
  public String server() {
    return server;
  }

  /** Its name within the server. */
  public String name() {
    return name;
  }

  /** Its MCP definition. */
  public Json definition() {
    return definition;
  }

  /**
   * SHA-256 over its definition with the keys of all objects in order, in hex: another definition
   * is another tool, another order of keys is not.
   */
  public String pin() {
    return pin;
  }

  /** Whether somebody registered it. */
  public boolean isKnown() {
    return known;
  }

  /**
   * Whether its definition is at hand. Of a tool that is only on record there is a name, and nobody
   * knows its title, its annotations and its schemas.
   */
  public boolean isDefined() {
    return defined;
  }

  /** Whether its operator declared that it reads PII, or not; null where they said nothing. */
  public @Nullable Boolean requiresPii() {
    return requiresPii;
  }

  /** Whether its operator declared it (not) bound to a tenant; null where they said nothing. */
  public @Nullable Boolean tenantScoped() {
    return tenantScoped;
  }

  /** The argument that must name the caller, if there is one. */
  public @Nullable String userArgument() {
    return userArgument;
  }

  /** How long it may take, or null for the engine's default. */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /** Below which score its calls must stay, or null for the engine's default. */
  public @Nullable Integer complexityBelow() {
    return complexityBelow;
  }

  /** The tables it reads, as its operator declared them; for rules about their columns. */
  public Set<String> tables() {
    return tables;
  }

  /** The words its operator marked it with, for rules. */
  public Set<String> tags() {
    return tags;
  }

  /** Checks arguments against its input schema. */
  public ArgumentCheck argumentCheck() {
    return argumentCheck;
  }

  /** The names of the parameters its input schema declares at top level. */
  public Set<String> parameters() {
    return parameters;
  }

  /** Whether it is annotated {@code readOnlyHint: true}. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Its title and description, for people and for word search; empty where it has neither. */
  public String prose() {
    Map<String, @Nullable Object> members = definition.object();
    return text(members.get("title")) + ' ' + text(members.get("description"));
  }

  @Override
  public String toString() {
    return server + "/" + name;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static Set<String> parametersOf(Map<String, @Nullable Object> definition) {
    Set<String> names = new HashSet<>();
    if (definition.get("inputSchema") instanceof Map<?, ?> schema
        && schema.get("properties") instanceof Map<?, ?> properties) {
      properties.keySet().forEach(key -> names.add(String.valueOf(key)));
    }
    return Set.copyOf(names);
  }

  /** Maps of Java programs have an order that may differ with each start. */
  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      members.forEach((key, member) -> sorted.put(String.valueOf(key), sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> sorted = new ArrayList<>(items.size());
      items.forEach(item -> sorted.add(sorted(item)));
      return sorted;
    }
    return value;
  }

  private static String sha256(Json value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.utf8()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Collects what an operator declares about a tool. Not thread-safe. */
  public static final class Builder {
    private final String server;
    private final String name;
    private final Json definition;
    private boolean defined = true;
    private @Nullable Boolean requiresPii;
    private @Nullable Boolean tenantScoped;
    private @Nullable String userArgument;
    private @Nullable Duration timeout;
    private @Nullable Integer complexityBelow;
    private ArgumentCheck argumentCheck = ArgumentCheck.NONE;
    private Set<String> tables = Set.of();
    private Set<String> tags = Set.of();

    private Builder(String server, String name, Json definition) {
      this.server = server;
      this.name = name;
      this.definition = definition;
    }

    /**
     * Declares that it reads PII, so that callers need the permission PII_READ, or that it does
     * not; null leaves the engine to see by its name and description.
     */
    public Builder requiresPii(@Nullable Boolean requiresPii) {
      this.requiresPii = requiresPii;
      return this;
    }

    /** Declares it bound to a tenant, or not; null leaves the engine to see by its parameters. */
    public Builder tenantScoped(@Nullable Boolean tenantScoped) {
      this.tenantScoped = tenantScoped;
      return this;
    }

    /** Names the argument that must hold the caller's own name. */
    public Builder userArgument(@Nullable String userArgument) {
      this.userArgument = userArgument;
      return this;
    }

    /** Bounds its run time; null leaves the engine's default. */
    public Builder timeout(@Nullable Duration timeout) {
      if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
        throw new IllegalArgumentException("timeout must be positive");
      }
      this.timeout = timeout;
      return this;
    }

    /** Bounds the complexity of its calls, at least 1; null leaves the engine's default. */
    public Builder complexityBelow(@Nullable Integer score) {
      if (score != null && score < 1) {
        throw new IllegalArgumentException("the maximum score must be at least 1");
      }
      this.complexityBelow = score;
      return this;
    }

    /**
     * Declares the tables it reads, such as {@code customers} or {@code public.customers}, so that
     * rules about their columns cover its results.
     */
    public Builder tables(Set<String> tables) {
      this.tables = Set.copyOf(tables);
      return this;
    }

    /** Marks it with words that rules can ask for, such as {@code destructive}. */
    public Builder tags(Set<String> tags) {
      this.tags = Set.copyOf(tags);
      return this;
    }

    /** Sets the check of its input schema. */
    public Builder argumentCheck(ArgumentCheck argumentCheck) {
      this.argumentCheck = Objects.requireNonNull(argumentCheck);
      return this;
    }

    /** The tool. */
    public Tool build() {
      return new Tool(this, true);
    }
  }
}
