package io.mcpgovernor.config.rule;

import dev.cel.common.types.CelType;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that rules can name: a variable, or a field of one.
 *
 * @param fields its fields, if it has a fixed set of them, in the order of the documentation
 * @param reader its value in an evaluation
 */
record Variable(
    String name, CelType type, Map<String, Variable> fields, Function<Evaluation, Object> reader) {}
