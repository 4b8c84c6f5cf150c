package io.mcpgovernor.method;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Tool;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A method of an object as a tool: what it is called, what it takes and returns, and how to run it.
 * Immutable and thread-safe; whether the method is, is its own business.
 */
public final class MethodTool {
  /** The member under which a result that is no object stands in one, as MCP wants objects. */
  public static final String RESULT = "result";

  private final Object target;
  private final Method method;
  private final GovernedTool declaration;
  private final String name;
  private final List<MethodParameter> parameters;
  private final Returned returned;
  private final Map<String, @Nullable Object> inputSchema;
  private final Content content;
  private final @Nullable Map<String, @Nullable Object> outputSchema;

  /** How a result is told to a client. */
  public enum Content {
    /** There is none. */
    NONE,
    /** As text. */
    TEXT,
    /** As an object. */
    OBJECT,
    /** As an object that holds the value under {@value #RESULT}. */
    WRAPPED,
    /** The method made the protocol's own result. */
    READY
  }

  /**
   * A run that has begun.
   *
   * @param value completes with what the method returned
   * @param cancel ends it, if that can be done
   */
  public record Started(CompletionStage<@Nullable Object> value, Runnable cancel) {}

  /**
   * Describes a method.
   *
   * @param provided types of parameters that are no arguments, but given by the host
   * @param ready types of results that the host takes as they are
   * @throws IllegalArgumentException if it cannot be described, or called
   */
  MethodTool(
      Object target,
      Method method,
      GovernedTool declaration,
      Set<Class<?>> provided,
      Set<Class<?>> ready) {
    this.target = target;
    this.method = method;
    this.declaration = declaration;
    this.name = nameOf(method, declaration);
    try {
      method.setAccessible(true);
      this.parameters = MethodParameter.of(method, provided);
      this.returned = Returned.by(method);
      this.inputSchema =
          TypeSchemas.input(parameters.stream().filter(each -> !each.isProvided()).toList());
      Map<String, @Nullable Object> object = null;
      if (returned.isVoid()) {
        this.content = Content.NONE;
      } else if (returned.type() instanceof Class<?> type && ready.contains(type)) {
        this.content = Content.READY;
      } else if (returned.type() == String.class) {
        this.content = Content.TEXT;
      } else {
        object = returned.nullable() ? null : TypeSchemas.output(returned.type());
        this.content = object != null ? Content.OBJECT : Content.WRAPPED;
      }
      this.outputSchema =
          content == Content.WRAPPED
              ? TypeSchemas.wrappedOutput(returned.type(), returned.nullable())
              : object;
    } catch (InaccessibleObjectException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the tool " + name + " cannot be made of " + method + ": " + e.getMessage(), e);
    }
  }

  /** What the tool of a method is called: by its own annotation, a framework's, or as itself. */
  static String nameOf(Method method, GovernedTool declaration) {
    return said(declaration.name(), NamedAnnotations.ofTool(method, "name"), method.getName());
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** What people see as its name, or null. */
  public @Nullable String title() {
    String title = said(declaration.title(), NamedAnnotations.ofTool(method, "title"), "");
    return title.isEmpty() ? null : title;
  }

  /** What it does; empty where nobody said. */
  public String description() {
    return said(
        declaration.description(), NamedAnnotations.ofTool(method, "description", "value"), "");
  }

  /** What its annotation says. */
  public GovernedTool declaration() {
    return declaration;
  }

  /** The JSON Schema of its arguments. */
  public Map<String, @Nullable Object> inputSchema() {
    return inputSchema;
  }

  /** The JSON Schema of its structured result, or null where it has none. */
  public @Nullable Map<String, @Nullable Object> outputSchema() {
    return outputSchema;
  }

  /** How its result is told. */
  public Content content() {
    return content;
  }

  /** The types of its parameters that the host must provide. */
  public List<Class<?>> provided() {
    return parameters.stream()
        .filter(MethodParameter::isProvided)
        .<Class<?>>map(parameter -> (Class<?>) parameter.type())
        .toList();
  }

  /** Declares about a tool what an annotation says; what it leaves out stays as it was. */
  public static Tool.Builder declare(GovernedTool said, Tool.Builder tool) {
    if (said.requiresPii()) {
      tool.requiresPii(true);
    }
    if (said.tenantFree()) {
      tool.tenantScoped(false);
    }
    if (!said.userArgument().isEmpty()) {
      tool.userArgument(said.userArgument());
    }
    if (said.tables().length > 0) {
      tool.tables(Set.of(said.tables()));
    }
    if (said.timeoutMillis() != 0) {
      tool.timeout(Duration.ofMillis(said.timeoutMillis()));
    }
    return tool;
  }

  /** Its MCP definition, for doors without a protocol. */
  Json definition() {
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    definition.put("name", name);
    definition.put("description", description());
    definition.put("inputSchema", inputSchema);
    definition.put("annotations", Map.of("readOnlyHint", declaration.readOnly()));
    return Json.of(definition);
  }

  Method method() {
    return method;
  }

  List<MethodParameter> parameters() {
    return parameters;
  }

  Returned returned() {
    return returned;
  }

  /**
   * Runs the method with arguments from JSON.
   *
   * @param arguments those that were allowed
   * @param provide gives the value of a type the host provides
   * @param subscriber the context a {@link Mono} is subscribed with
   * @throws Exception what the method throws
   */
  public Started start(
      Json arguments, Function<Class<?>, @Nullable Object> provide, ContextView subscriber)
      throws Exception {
    Map<String, @Nullable Object> members = arguments.object();
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      MethodParameter parameter = parameters.get(i);
      if (parameter.isProvided()) {
        values[i] = provide.apply((Class<?>) parameter.type());
      } else if (members.get(parameter.name()) == null) {
        values[i] = parameter.absent();
      } else {
        values[i] = JavaValues.read(Json.of(members.get(parameter.name())), parameter.type());
      }
    }
    return start(values, subscriber);
  }

  /** Runs the method with these arguments. */
  Started start(@Nullable Object[] values, ContextView subscriber) throws Exception {
    Object answer;
    try {
      answer = method.invoke(target, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
    return switch (returned.timing()) {
      case NOW -> new Started(CompletableFuture.completedFuture(answer), () -> {});
      case STAGE -> new Started(stage(Objects.requireNonNull(answer)), () -> {});
      case MONO -> {
        CompletableFuture<@Nullable Object> value =
            ToolSubscription.start(mono(Objects.requireNonNull(answer)), subscriber);
        yield new Started(value, () -> value.cancel(true));
      }
    };
  }

  @SuppressWarnings("unchecked") // the method's return type says so
  private static CompletionStage<@Nullable Object> stage(Object answer) {
    return (CompletionStage<@Nullable Object>) answer;
  }

  @SuppressWarnings("unchecked") // the method's return type says so
  private static Mono<Object> mono(Object answer) {
    return (Mono<Object>) answer;
  }

  /** Says which method it is. */
  @Override
  public String toString() {
    return name + " (" + method + ")";
  }

  private static String said(String first, @Nullable String second, String third) {
    return !first.isBlank() ? first : second != null ? second : third;
  }
}
