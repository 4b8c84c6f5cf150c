package io.mcpgovernor.config.weigh;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How large selections are with all fragments in place. Each fragment is looked at once, so that
 * fragments of fragments, of which a few lines make billions of fields, take no longer than others.
 */
final class Selections {
  /** Larger numbers are this one. */
  private static final long MOST = 1_000_000_000_000L;

  private static final Set<String> LIMITS =
      Set.of(
          "first",
          "last",
          "limit",
          "take",
          "top",
          "count",
          "size",
          "pagesize",
          "page_size",
          "perpage",
          "per_page");

  private final Map<String, FragmentDefinition> fragments = new HashMap<>();
  private final Map<String, Size> known = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final int unknownItems;

  Selections(List<FragmentDefinition> fragments, int unknownItems) {
    fragments.forEach(fragment -> this.fragments.put(fragment.getName(), fragment));
    this.unknownItems = unknownItems;
  }

  /** How large something is; numbers beyond {@link #MOST} are that. */
  record Size(int levels, long fields, long aliases, long items) {
    static final Size NONE = new Size(0, 0, 0, 0);

    Size beside(Size other) {
      return new Size(
          Math.max(levels, other.levels),
          sum(fields, other.fields),
          sum(aliases, other.aliases),
          sum(items, other.items));
    }

    private static long sum(long one, long other) {
      return Math.min(MOST, one + other);
    }

    private Size in(Field field, long limit) {
      return new Size(
          levels + 1,
          sum(fields, 1),
          sum(aliases, field.getAlias() == null ? 0 : 1),
          // Each item of an outer list has the inner ones.
          limit == 0 ? items : Math.min(MOST, (long) Math.min(MOST, (double) limit * (1 + items))));
    }
  }

  /** How large a selection is. */
  Size of(@Nullable SelectionSet set) {
    Size size = Size.NONE;
    if (set != null) {
      for (Selection<?> selection : set.getSelections()) {
        size = size.beside(of(selection));
      }
    }
    return size;
  }

  private Size of(Selection<?> selection) {
    if (selection instanceof Field field) {
      return of(field.getSelectionSet()).in(field, limit(field));
    }
    if (selection instanceof InlineFragment inline) {
      return of(inline.getSelectionSet());
    }
    return selection instanceof FragmentSpread spread ? fragment(spread.getName()) : Size.NONE;
  }

  private Size fragment(String name) {
    Size size = known.get(name);
    FragmentDefinition fragment = fragments.get(name);
    if (size != null || fragment == null) {
      return size == null
          ? Size.NONE
          : size; // no server runs what uses a fragment that is not there
    }
    if (!open.add(name)) {
      throw new UnreadableQueryException(
          "GraphQL with fragments that contain themselves", "Write fragments that end");
    }
    size = of(fragment.getSelectionSet());
    open.remove(name);
    known.put(name, size);
    return size;
  }

  private long limit(Field field) {
    long limit = 0;
    for (Argument argument : field.getArguments()) {
      limit = Math.max(limit, limit(argument.getName(), argument.getValue()));
    }
    return limit;
  }

  private long limit(String name, @Nullable Value<?> value) {
    if (value instanceof ObjectValue object) {
      long limit = 0;
      for (ObjectField field : object.getObjectFields()) {
        limit = Math.max(limit, limit(field.getName(), field.getValue()));
      }
      return limit;
    }
    if (value instanceof ArrayValue || !LIMITS.contains(name.toLowerCase(Locale.ROOT))) {
      return 0;
    }
    if (value instanceof IntValue number) {
      return number.getValue().max(BigInteger.ZERO).min(BigInteger.valueOf(MOST)).longValue();
    }
    return value instanceof VariableReference ? unknownItems : 0;
  }
}
