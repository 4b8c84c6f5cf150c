package io.mcpgovernor.method;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import io.mcpgovernor.call.Json;
import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON Schemas (2020-12) of Java types: of what a method takes, which is closed and demands what is
 * not nullable, and of what it returns, which is open and allows null wherever Java does.
 */
final class TypeSchemas {
  private TypeSchemas() {}

  /** The schema of the arguments of a method. */
  static Map<String, @Nullable Object> input(List<MethodParameter> parameters) {
    SchemaBuilder types = types(Describable::input, TypeSchemas::isNullable, true);
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (MethodParameter parameter : parameters) {
      ObjectNode property = types.createSchemaReference(parameter.type());
      if (parameter.description() != null) {
        property.put("description", parameter.description());
      }
      properties.set(parameter.name(), property);
      if (parameter.isRequired()) {
        required.add(parameter.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.put("additionalProperties", false);
    return finished(schema, types);
  }

  /** The schema of a result that is an object, or null where the type is not always one. */
  static @Nullable Map<String, @Nullable Object> output(Type type) {
    SchemaBuilder types = outputTypes();
    ObjectNode schema = types.createSchemaReference(type);
    Map<String, @Nullable Object> finished = finished(schema, types);
    if (schema.has("$ref")) {
      // A type that holds itself stands among the definitions, and MCP wants its keywords here.
      finished.put("type", "object");
    }
    return "object".equals(finished.get("type")) ? finished : null;
  }

  /** The schema of an object that holds a value under {@value MethodTool#RESULT}. */
  static Map<String, @Nullable Object> wrappedOutput(Type type, boolean nullable) {
    SchemaBuilder types = outputTypes();
    ObjectNode schema = object();
    ObjectNode value = types.createSchemaReference(type);
    if (nullable) {
      ObjectNode either = JsonNodeFactory.instance.objectNode();
      either.putArray("anyOf").add(value).add(nothing());
      value = either;
    }
    schema.putObject("properties").set(MethodTool.RESULT, value);
    schema.putArray("required").add(MethodTool.RESULT);
    return finished(schema, types);
  }

  private static SchemaBuilder outputTypes() {
    return types(Describable::output, TypeSchemas::mayBeNull, false);
  }

  private static SchemaBuilder types(
      DescribableCheck check, Predicate<FieldScope> nullable, boolean closed) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonSchemaModule())
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES, Option.PLAIN_DEFINITION_KEYS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    if (closed) {
      config.with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
    }
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) -> {
              check.check(type.getErasedType());
              return TreeNode.class.isAssignableFrom(type.getErasedType()) ? anything() : null;
            });
    config
        .forFields()
        .withNullableCheck(field -> !isOptional(field.getType()) && nullable.test(field))
        .withRequiredCheck(field -> !closed || !isNullable(field));
    return new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
  }

  /** Throws if a type cannot be described. */
  private interface DescribableCheck {
    void check(Class<?> type);
  }

  private static boolean isNullable(FieldScope field) {
    Field raw = field.getRawMember();
    return isOptional(field.getType())
        || Nullness.isNullable(raw, raw.getAnnotatedType())
        || (field.findGetter() != null
            && Nullness.isNullable(
                field.findGetter().getRawMember(),
                field.findGetter().getRawMember().getAnnotatedReturnType()));
  }

  private static boolean mayBeNull(FieldScope field) {
    Field raw = field.getRawMember();
    return !raw.getType().isPrimitive()
        && (isNullable(field) || !Nullness.isNullMarked(raw.getDeclaringClass()));
  }

  private static boolean isOptional(@Nullable ResolvedType type) {
    return type != null && type.getErasedType() == Optional.class;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }

  private static CustomDefinition anything() {
    return new CustomDefinition(JsonNodeFactory.instance.objectNode(), true);
  }

  private static ObjectNode nothing() {
    return JsonNodeFactory.instance.objectNode().put("type", "null");
  }

  private static Map<String, @Nullable Object> finished(ObjectNode schema, SchemaBuilder types) {
    ObjectNode definitions = types.collectDefinitions("$defs");
    if (!definitions.isEmpty()) {
      schema.set("$defs", definitions);
    }
    return new LinkedHashMap<>(Json.text(schema.toString()).object());
  }
}
