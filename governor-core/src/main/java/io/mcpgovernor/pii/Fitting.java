package io.mcpgovernor.pii;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.Misfit;
import io.mcpgovernor.pii.JsonCursor.Token;
import io.mcpgovernor.pii.Leaf.Part;
import io.mcpgovernor.pii.MisfitPlaces.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a masked value fit: puts surrogates where masks do not, asks again, and again.
 *
 * <p>Only what was found is ever replaced, and only by what says nothing of it; so whatever comes
 * of it is as safe as the plainly masked value. Used once, by one thread.
 */
final class Fitting {
  /** How often surrogates are chosen. A second time helps where schemas leave a choice. */
  private static final int ROUNDS_MAX = 3;

  /** How many answers about surrogates are remembered. */
  private static final int ANSWERS_MAX = 65_536;

  private final Splices masks;
  private final Sensitivity level;
  private final Function<Json, List<Misfit>> misfits;
  private final List<Leaf> leaves;

  /** What was chosen for a leaf, by its number in {@link #leaves}. */
  private final Map<Integer, Object> chosen = new HashMap<>();

  private final Map<Integer, Set<Object>> tried = new HashMap<>();
  private final Map<Integer, Set<Misfit>> asked = new HashMap<>();

  /** What was chosen, by what it stands for: the same stands wherever that stood. */
  private final Map<String, Object> twins = new HashMap<>();

  private final Map<String, String> keys = new HashMap<>();
  private final Map<Question, Boolean> answers = new HashMap<>();

  private record Question(Predicate<Object> fits, Object candidate) {}

  Fitting(Splices masks, Sensitivity level, Function<Json, List<Misfit>> misfits) {
    this.masks = masks;
    this.level = level;
    this.misfits = misfits;
    this.leaves = Leaves.of(masks);
  }

  /**
   * @param plain the plainly masked value
   * @param first where it does not fit
   */
  Fitted fit(Json plain, List<Misfit> first) {
    Json value = plain;
    List<Misfit> left = first;
    Map<Integer, Place> places = MisfitPlaces.in(value.utf8(), left);
    for (int round = 0; round < ROUNDS_MAX && !left.isEmpty(); round++) {
      if (!choose(places)) {
        break;
      }
      value = Json.utf8(rendered());
      left = misfits.apply(value);
      places = MisfitPlaces.in(value.utf8(), left);
    }
    return new Fitted(value, false, ours(left, places));
  }

  /** Chooses a surrogate for each leaf that does not fit; false if there was nothing to choose. */
  private boolean choose(Map<Integer, Place> places) {
    boolean some = false;
    for (int i = 0; i < leaves.size(); i++) {
      Place place = places.get(leaves.get(i).number());
      if (place != null && !place.misfits().isEmpty() && isWrong(leaves.get(i), place)) {
        asked.computeIfAbsent(i, any -> new LinkedHashSet<>()).addAll(place.misfits());
        some |= choose(i);
      }
    }
    // The schema does not say where: it may be any of those in the object that does not fit.
    for (int i = 0; i < leaves.size() && !some; i++) {
      Leaf leaf = leaves.get(i);
      Place place = places.get(leaf.number());
      if (place != null && place.isUnder() && !leaf.isKey()) {
        some = chooseUnder(places);
      }
    }
    return some;
  }

  private boolean chooseUnder(Map<Integer, Place> places) {
    boolean some = false;
    for (int i = 0; i < leaves.size(); i++) {
      Place place = places.get(leaves.get(i).number());
      if (place != null && place.isUnder() && !leaves.get(i).isKey()) {
        some |= choose(i);
      }
    }
    return some;
  }

  private static boolean isWrong(Leaf leaf, Place place) {
    return !leaf.isKey()
        || place.misfits().stream().anyMatch(misfit -> !misfit.fits().test(place.name()));
  }

  /** Chooses what keeps to most of what was ever asked of a leaf, and was not tried before. */
  private boolean choose(int number) {
    Leaf leaf = leaves.get(number);
    Set<Misfit> asks = asked.getOrDefault(number, Set.of());
    Set<Object> before = tried.computeIfAbsent(number, any -> new HashSet<>());
    Set<String> taken = leaf.isKey() ? new HashSet<>(keys.values()) : Set.of();
    Object best = null;
    int most = asks.isEmpty() ? -1 : 0;
    for (Object candidate : Substitutes.of(leaf, List.copyOf(asks), taken)) {
      if (before.contains(candidate)) {
        continue;
      }
      int kept = 0;
      for (Misfit ask : asks) {
        kept += fits(ask, candidate) ? 1 : 0;
      }
      if (kept > most) {
        best = candidate;
        most = kept;
      }
      if (kept == asks.size()) {
        break;
      }
    }
    if (best == null) {
      return false;
    }
    before.add(best);
    chosen.put(number, best);
    if (leaf.isKey()) {
      keys.put(leaf.value(), String.valueOf(best));
    } else {
      twins.put(leaf.value(), best);
      if (leaf.isText() && leaf.parts().size() == 1) {
        twinOfPart(leaf, String.valueOf(best));
      }
    }
    return true;
  }

  /**
   * Where one thing was found in a text, and the rest of the text stayed, that thing has a twin.
   */
  private void twinOfPart(Leaf leaf, String best) {
    Part part = leaf.parts().get(0);
    String before = leaf.value().substring(0, part.at());
    String after = leaf.value().substring(part.at() + part.value().length());
    if (best.length() >= before.length() + after.length()
        && best.startsWith(before)
        && best.endsWith(after)) {
      twins.put(part.value(), best.substring(before.length(), best.length() - after.length()));
    }
  }

  private boolean fits(Misfit misfit, Object candidate) {
    if (answers.size() >= ANSWERS_MAX) {
      answers.clear();
    }
    return answers.computeIfAbsent(
        new Question(misfit.fits(), candidate), question -> misfit.fits().test(candidate));
  }

  private byte[] rendered() {
    Splices splices = new Splices().in(masks.source());
    for (int i = 0; i < leaves.size(); i++) {
      Leaf leaf = leaves.get(i);
      Object value = chosen.get(i);
      if (value == null) {
        value = leaf.isKey() ? keys.get(leaf.value()) : twins.get(leaf.value());
      }
      if (value != null) {
        splices.addSurrogate(leaf.from(), leaf.to(), written(leaf, value));
      } else {
        parts(leaf, splices);
      }
    }
    return splices.render(level);
  }

  private void parts(Leaf leaf, Splices splices) {
    for (Part part : leaf.parts()) {
      Object twin = leaf.isText() && !leaf.isKey() ? twins.get(part.value()) : null;
      if (twin == null) {
        splices.add(masks, part.splice());
      } else {
        splices.addSurrogate(
            masks.from(part.splice()), masks.to(part.splice()), written(leaf, twin));
      }
    }
  }

  private static byte[] written(Leaf leaf, Object value) {
    byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    if (leaf.isText()) {
      return Escapes.escape(text, leaf.strings() + 1);
    }
    boolean isBare = !(value instanceof String) && isOf(leaf.token(), value);
    return isBare ? text : Escapes.quote(text, leaf.strings());
  }

  private static boolean isOf(Token token, Object value) {
    return token == (value instanceof Boolean ? Token.LITERAL : Token.NUMBER);
  }

  /**
   * The misfits that are about what was found. A tool that never kept to a format that few check is
   * not worse off for having been masked elsewhere.
   */
  private List<Misfit> ours(List<Misfit> left, Map<Integer, Place> places) {
    Set<Misfit> touched = new HashSet<>();
    for (Leaf leaf : leaves) {
      Place place = places.get(leaf.number());
      if (place != null) {
        touched.addAll(place.misfits());
      }
    }
    List<Misfit> ours = new ArrayList<>();
    for (Misfit misfit : left) {
      if (!misfit.keyword().equals("format") || touched.contains(misfit)) {
        ours.add(misfit);
      }
    }
    return ours;
  }
}
