package io.mcpgovernor.call;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random JSON trees as {@link Json#tree()} makes them, every kind of value and character in them.
 */
public final class RandomTrees {
  private static final String[] TEXTS = {
    "",
    "a",
    "\"\\/",
    "\u0000\u0001\u001f\u007f",
    "\n\r\t\b\f",
    "äöü",
    "\u2028\u2029",
    "日本",
    "👩‍👩‍👧",
    "\uffff",
    "tenant_id"
  };

  private final Random random;

  /** Trees that are the same for the same seed. */
  public RandomTrees(long seed) {
    random = new Random(seed);
  }

  /** A tree of at most so many levels. */
  public Object next(int levels) {
    return switch (random.nextInt(levels > 1 ? 10 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong() | 1L << 40;
      case 4 -> new BigInteger(200, random).setBit(80);
      case 5 -> new BigDecimal(new BigInteger(90, random), random.nextInt(40) + 1);
      case 6 -> text();
      case 7 -> list(levels - 1);
      default -> object(levels - 1);
    };
  }

  /** An object of at most so many levels. */
  public Map<String, Object> object(int levels) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      members.put(text(), next(levels));
    }
    return members;
  }

  private List<Object> list(int levels) {
    List<Object> items = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      items.add(next(levels));
    }
    return items;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(TEXTS[random.nextInt(TEXTS.length)]);
      int point = random.nextInt(Character.MAX_CODE_POINT + 1);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }
}
