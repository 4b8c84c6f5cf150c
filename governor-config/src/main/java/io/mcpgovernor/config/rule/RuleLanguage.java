package io.mcpgovernor.config.rule;

import com.google.common.collect.ImmutableList;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.AddOperator.AddOverload;
import io.mcpgovernor.policy.Condition.FailedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CEL as rules have it: its standard functions and macros, those of its string extension whose
 * results are no larger than what they are given, our variables, and bounds on everything.
 * Thread-safe.
 *
 * <p>Left out are functions by which a short rule makes much of little ({@code replace}, {@code
 * join}, {@code format}), and what they would do to texts and lists {@code +} does up to a bound.
 */
final class RuleLanguage {
  /** How long a condition may be, in code points. */
  static final int LENGTH_MAX = 4_096;

  /** How many parts a condition may have once its macros are written out. */
  static final int NODES_MAX = 1_000;

  /** How deep parentheses may nest. */
  static final int NESTING_MAX = 50;

  /** How many items all macros of a condition may go through in one evaluation. */
  static final int ITERATIONS_MAX = 10_000;

  /** How long a text may become by {@code +}, in characters. */
  static final int TEXT_MAX = 65_536;

  /** Marks where messages of CEL say the place. */
  static final String SOURCE = "when";

  private static final CelStringExtensions TEXTS =
      CelExtensions.strings(
          Function.CHAR_AT,
          Function.INDEX_OF,
          Function.LAST_INDEX_OF,
          Function.LOWER_ASCII,
          Function.UPPER_ASCII,
          Function.SPLIT,
          Function.SUBSTRING,
          Function.TRIM);
  private static final Set<AddOverload> UNBOUNDED =
      Set.of(AddOverload.ADD_STRING, AddOverload.ADD_LIST, AddOverload.ADD_BYTES);

  /** The one there is: nothing of it changes, and it takes a while to make. */
  static final RuleLanguage SHARED = new RuleLanguage();

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  private RuleLanguage() {
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(LENGTH_MAX)
            .maxParseExpressionNodeCount(NODES_MAX)
            .maxParseRecursionDepth(NESTING_MAX)
            .maxParseErrorRecoveryLimit(1)
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .maxRegexProgramSize(Patterns.PROGRAM_MAX)
            .build();
    CelTypeProvider types = new RuleTypes(ImmutableList.copyOf(Variables.structs()));
    CelCompilerBuilder compiling =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            // The same as without these two lines, but made once instead of for each condition.
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder().build())
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setTypeProvider(types)
            .setResultType(SimpleType.BOOL)
            .addLibraries(TEXTS);
    Variables.BY_NAME.forEach((name, variable) -> compiling.addVar(name, variable.type()));
    this.compiler = compiling.build();
    this.runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(options)
            .setTypeProvider(types)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .filterFunctions(
                        (function, overload) ->
                            function != StandardFunction.MATCHES
                                && !(overload instanceof AddOverload add
                                    && UNBOUNDED.contains(add)))
                    .build())
            .addLibraries(TEXTS)
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "_+_",
                    CelFunctionBinding.from(
                        "add_string", String.class, String.class, RuleLanguage::joined),
                    CelFunctionBinding.from(
                        "add_list", List.class, List.class, RuleLanguage::joined)))
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "matches",
                    CelFunctionBinding.from(
                        "matches", String.class, String.class, Patterns::matches),
                    CelFunctionBinding.from(
                        "matches_string", String.class, String.class, Patterns::matches)))
            .build();
  }

  /** Reads a condition and finds out its types. */
  CelAbstractSyntaxTree check(String text) throws Complaint {
    CelValidationResult parsed = compiler.parse(text, SOURCE);
    if (parsed.hasError()) {
      throw CelIssues.complaint(text, parsed, Optional.empty());
    }
    CelAbstractSyntaxTree tree = tree(parsed);
    CelValidationResult checked = compiler.check(tree);
    if (checked.hasError()) {
      throw CelIssues.complaint(text, checked, Optional.of(tree));
    }
    return tree(checked);
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("it has no error", e);
    }
  }

  CelRuntime.Program program(CelAbstractSyntaxTree checked) throws Complaint {
    try {
      return runtime.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new Complaint(TextPosition.START, "it uses a function that rules do not have");
    }
  }

  private static String joined(String first, String second) {
    if (first.length() + second.length() > TEXT_MAX) {
      throw new FailedException("a text becomes too long");
    }
    return first + second;
  }

  @SuppressWarnings("unchecked") // items are only handed on
  private static List<Object> joined(List<?> first, List<?> second) {
    if (first.size() + second.size() > ITERATIONS_MAX) {
      throw new FailedException("a list becomes too long");
    }
    // CEL's own, which joins the lists that macros make without copying them.
    return RuntimeHelpers.concat((List<Object>) first, (List<Object>) second);
  }

  /** Types of variables that have fields. */
  private record RuleTypes(ImmutableList<CelType> types) implements CelTypeProvider {
    @Override
    public Optional<CelType> findType(String name) {
      return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }
  }
}
