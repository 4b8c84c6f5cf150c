package io.mcpgovernor.config.weigh;

import graphql.GraphQLException;
import graphql.language.Document;
import graphql.language.FragmentDefinition;
import graphql.language.OperationDefinition;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import io.mcpgovernor.policy.QueryWeight;
import java.util.List;
import java.util.Locale;

/** What the structure of GraphQL weighs. Immutable and thread-safe. */
final class GraphqlWeigher {
  static final int TOKENS_MAX = 5_000;

  /** Rules of the grammar within each other; a level of a selection takes three of them. */
  static final int RULES_MAX = 200;

  private static final ParserOptions OPTIONS =
      ParserOptions.newParserOptions()
          .maxCharacters(StructureWeigher.CHARACTERS_MAX)
          .maxTokens(TOKENS_MAX)
          .maxWhitespaceTokens(StructureWeigher.CHARACTERS_MAX)
          .maxRuleDepth(RULES_MAX)
          .captureIgnoredChars(false)
          .captureLineComments(false)
          .captureSourceLocation(false)
          .readerTrackData(false)
          .redactTokenParserErrorMessages(true)
          .build();

  private final GraphqlWeights weights;

  GraphqlWeigher(GraphqlWeights weights) {
    this.weights = weights;
  }

  /** Weighs all operations of a document; one that cannot be read weighs the most there is. */
  QueryWeight weigh(String document) {
    try {
      return weighed(parsed(document));
    } catch (UnreadableQueryException e) {
      return Tally.most(weights.most(), e.what(), e.advice());
    } catch (ParseCancelledTooDeepException | StackOverflowError e) {
      return Tally.most(
          weights.most(), "GraphQL nested too deep", "Write fewer levels of selections and values");
    } catch (ParseCancelledException e) {
      return Tally.most(
          weights.most(), "GraphQL of more than 5,000 words", "Split the query into several");
    } catch (GraphQLException e) {
      return Tally.most(
          weights.most(), "GraphQL that cannot be read", "Mend the syntax of the query");
    }
  }

  private static Document parsed(String document) {
    return Parser.parse(
        ParserEnvironment.newParserEnvironment()
            .document(document)
            .parserOptions(OPTIONS)
            .locale(Locale.ROOT)
            .build());
  }

  private QueryWeight weighed(Document document) {
    Selections selections =
        new Selections(
            document.getDefinitionsOfType(FragmentDefinition.class), weights.unknownItems());
    Tally tally = new Tally();
    List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
    Selections.Size size = Selections.Size.NONE;
    for (OperationDefinition operation : operations) {
      size = size.beside(selections.of(operation.getSelectionSet()));
    }
    tally.add(
        "selection " + size.levels() + (size.levels() == 1 ? " level deep" : " levels deep"),
        size.levels() * weights.level(),
        "Select fewer levels");
    tally.add(size.fields(), weights.field(), "1 field", "%d fields", "Select fewer fields");
    tally.add(
        size.aliases(), weights.alias(), "1 alias", "%d aliases", "Ask for a field only once");
    tally.add(
        size.items(),
        weights.hundredItems() / 100,
        "1 item asked for",
        "%d items asked for",
        "Ask for shorter lists");
    tally.add(
        operations.size() - 1L,
        weights.operation(),
        "1 more operation",
        "%d more operations",
        "Send one operation a call");
    return tally.total(weights.most());
  }
}
