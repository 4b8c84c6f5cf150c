package io.mcpgovernor.config;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Map;

/**
 * Compiles JSON Schemas that may come from anybody: nothing is fetched, size and depth are bounded,
 * patterns take a bounded time. Thread-safe.
 */
final class SchemaCompiler {
  /** A larger schema is refused, in bytes of its JSON. */
  static final int BYTES_MAX = 256 * 1_024;

  /** Formats are notes to the reader, as Draft 2020-12 has it. */
  static final SchemaCompiler LENIENT = new SchemaCompiler(false);

  /** Formats are checked, as the clients of some SDKs do. */
  static final SchemaCompiler WITH_FORMATS = new SchemaCompiler(true);

  private final SchemaRegistry registry;

  private SchemaCompiler(boolean formats) {
    SchemaRegistryConfig.Builder config =
        SchemaRegistryConfig.builder().regularExpressionFactory(BoundedPattern::of);
    if (formats) {
      config.formatAssertionsEnabled(true);
    }
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012()).format(new ReservedEmailFormat()).build();
    this.registry =
        formats
            ? SchemaRegistry.withDefaultDialect(dialect, builder -> local(builder, config))
            : SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> local(builder, config));
  }

  private static void local(SchemaRegistry.Builder builder, SchemaRegistryConfig.Builder config) {
    builder
        .schemaCacheEnabled(false)
        .schemaRegistryConfig(config.build())
        .schemaLoader(loader -> loader.fetchRemoteResources(false));
  }

  /**
   * Compiles a schema given as a tree.
   *
   * @throws IllegalArgumentException if it is no valid schema, too large, too deep, or refers to
   *     what lies outside of it
   */
  Schema compile(Map<String, ?> schema) {
    try {
      if (Json.of(schema).utf8().length > BYTES_MAX) {
        throw new IllegalArgumentException(
            "not a valid JSON Schema: it has more than " + BYTES_MAX + " bytes");
      }
      Schema compiled = registry.getSchema(JsonNodes.of(schema));
      compiled.initializeValidators();
      return compiled;
    } catch (SchemaException | IllegalStateException | MalformedJsonException e) {
      throw new IllegalArgumentException("not a valid JSON Schema: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("not a valid JSON Schema: it never ends", e);
    }
  }
}
