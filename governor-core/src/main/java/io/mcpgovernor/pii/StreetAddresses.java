package io.mcpgovernor.pii;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds street addresses: a house number and a street, in the order of either side of the Atlantic,
 * with the unit before or behind, and the city, state and postal code that follow. Runs only if
 * somebody chose {@link Kinds#STREET_ADDRESS}. A street without a number is left: it is a place.
 */
final class StreetAddresses {
  /** Words between the house number and the type of the street. */
  private static final int STREET_WORDS_MAX = 5;

  private static final int CITY_WORDS_MAX = 4;

  private static final Set<String> TYPES =
      words(
          "street st avenue ave road rd lane ln boulevard blvd drive dr court ct way square sq"
              + " terrace ter place pl parkway pkwy highway hwy circle cir crescent close trail row walk"
              + " alley mews");
  private static final Set<String> LEADING_TYPES =
      words(
          "rue avenue boulevard place chemin impasse quai allée allee route calle avenida paseo"
              + " plaza carrer via viale piazza corso vicolo rua praça travessa ulica ul al aleja");
  private static final Set<String> PARTICLES =
      words(
          "de la las los le les du des del della dei di da do dos das of the l d bis ter y e"
              + " van der den am an im zum zur");
  private static final List<String> SUFFIXES =
      List.of(
          "straße", "strasse", "str", "gasse", "weg", "allee", "platz", "damm", "ufer", "straat",
          "laan", "plein", "gracht", "kade", "gatan", "gata", "vägen", "veien", "gade", "vej",
          "katu");
  private static final Set<String> UNITS =
      words("apt apartment suite ste unit floor fl room rm flat building bldg");
  private static final Set<String> ADDRESS_FIELDS = words("address addr addresses street line");

  /** Other things that are called an address. */
  private static final Set<String> OTHER_ADDRESSES =
      words("email mail ip mac wallet web url memory contract eth btc host server network bus");

  private static final Set<String> SIDES = words("n s e w ne nw se sw north south east west");

  private final TextWords words;
  private final Findings out;

  private StreetAddresses(TextWords words, Findings out) {
    this.words = words;
    this.out = out;
  }

  /** Adds the addresses that stand in a text. */
  static void find(Text in, TextWords words, Findings out) {
    if (words.size() > 1) {
      new StreetAddresses(words, out).find(in);
    }
  }

  private void find(Text in) {
    if (isAddressField(FieldWords.of(in.field())) && isWhole()) {
      out.add(words.from(0), words.to(words.size() - 1), Kinds.STREET_ADDRESS);
      return;
    }
    int i = 0;
    while (i < words.size()) {
      int end = streetEnd(i);
      if (end > i) {
        end = cityEnd(unitEnd(end));
        out.add(words.from(i), words.to(end - 1), Kinds.STREET_ADDRESS);
        i = end;
      } else {
        i++;
      }
    }
  }

  private static boolean isAddressField(List<String> name) {
    if (name.isEmpty() || !ADDRESS_FIELDS.contains(name.get(name.size() - 1))) {
      return false;
    }
    boolean isLine = name.get(name.size() - 1).equals("line");
    return (!isLine || name.contains("address"))
        && name.stream().noneMatch(OTHER_ADDRESSES::contains);
  }

  /** Whether the words of an address field are a number and a name at least. */
  private boolean isWhole() {
    int numbers = 0;
    int capitals = 0;
    for (int i = 0; i < words.size(); i++) {
      String gap = words.gap(i);
      if (gap.startsWith("@") || gap.startsWith(":") || gap.startsWith("/")) {
        return false;
      }
      numbers += words.isNumber(i) ? 1 : 0;
      capitals += words.isCapital(i) && !words.holdsDigit(i) ? 1 : 0;
    }
    return numbers > 0 && capitals > 0;
  }

  /** Where an address ends that begins at this word, or the word itself. */
  private int streetEnd(int i) {
    if (isHouseNumber(i)) {
      int end = numberedStreet(i);
      end = end > i ? end : leadingType(i + 1);
      return end > i ? end : i;
    }
    int box = boxEnd(i);
    if (box > i) {
      return box;
    }
    // The number comes last: "Hauptstraße 5", "Berliner Str. 5", "Via Roma, 12".
    int end = words.isCapital(i) ? suffixedStreet(i) : 0;
    end = end > 0 ? end : leadingType(i);
    return end > 0 && isHouseNumber(end) && isStreetGap(words.gap(end - 1)) ? end + 1 : i;
  }

  private static boolean isStreetGap(String gap) {
    return gap.equals(" ") || gap.equals(", ") || gap.equals(". ") || gap.equals(".");
  }

  /** "12", "12A", "12-14": no year of a list, no price, no ordinal. */
  private boolean isHouseNumber(int i) {
    if (!words.isNumber(i) || "$#.,:€£/-+".indexOf(words.before(i)) >= 0) {
      return false;
    }
    String number = words.word(i);
    int digits = 0;
    int letters = 0;
    for (int p = 0; p < number.length(); p++) {
      digits += Character.isDigit(number.charAt(p)) ? 1 : 0;
      letters += Character.isLetter(number.charAt(p)) ? 1 : 0;
    }
    return digits <= 6 && letters <= 1;
  }

  /** "12 Main Street", "350 5th Ave", "10 St James's Square". */
  private int numberedStreet(int number) {
    int i = number;
    int named = 0;
    int end = number;
    while (i - number <= STREET_WORDS_MAX && i + 1 < words.size() && isWordGap(words.gap(i))) {
      i++;
      String word = lower(i);
      boolean isType = named > 0 && words.isCapital(i) && TYPES.contains(word);
      if (isType) {
        end = i + 1;
      } else if (!isStreetWord(i)) {
        break;
      }
      named++;
    }
    if (end > number
        && end < words.size()
        && SIDES.contains(lower(end))
        && words.isCapital(end)
        && words.gap(end - 1).equals(" ")) {
      end++;
    }
    return end;
  }

  /** A space, or the end of "James's" before it. */
  private static boolean isWordGap(String gap) {
    return gap.equals(" ") || gap.equals("'s ") || gap.equals("\u2019s ");
  }

  private boolean isStreetWord(int i) {
    String word = lower(i);
    boolean isOrdinal =
        words.isNumber(i)
            && (word.endsWith("th")
                || word.endsWith("st")
                || word.endsWith("nd")
                || word.endsWith("rd"));
    return words.isCapital(i) || isOrdinal || PARTICLES.contains(word);
  }

  /** Where "rue de Rivoli" or "Via Roma" ends, or 0. */
  private int leadingType(int type) {
    boolean isType =
        type < words.size()
            && LEADING_TYPES.contains(lower(type))
            && (type == 0 || words.isCapital(type) || isStreetGap(words.gap(type - 1)));
    if (!isType) {
      return 0;
    }
    int end = 0;
    int i = type;
    while (i - type < STREET_WORDS_MAX
        && i + 1 < words.size()
        && (words.gap(i).equals(" ") || (i == type && words.gap(i).equals(". ")))) {
      i++;
      String word = lower(i);
      boolean isElided =
          word.startsWith("l'")
              || word.startsWith("d'")
              || word.startsWith("l\u2019")
              || word.startsWith("d\u2019");
      if (words.isCapital(i) || isElided) {
        end = i + 1;
      } else if (!PARTICLES.contains(word)) {
        break;
      }
    }
    return end;
  }

  /** Where "Hauptstraße", "Berliner Str." or "Unter den Linden Allee" ends, or 0. */
  private int suffixedStreet(int from) {
    int i = from;
    while (i < words.size() && i - from < 3) {
      String word = lower(i);
      boolean isAlone = i > from;
      for (String suffix : SUFFIXES) {
        if (word.endsWith(suffix)
            && (word.length() >= suffix.length() + 3 || (isAlone && word.equals(suffix)))
            && !TYPES.contains(word)) {
          return i + 1;
        }
      }
      if (!words.isCapital(i) || !words.gap(i).equals(" ")) {
        return 0;
      }
      i++;
    }
    return 0;
  }

  /** "PO Box 123", "P.O. Box 123", "Postfach 123". */
  private int boxEnd(int i) {
    String word = lower(i);
    int box = -1;
    if (word.equals("postfach")) {
      box = i;
    } else if (word.equals("po") && isAt(i + 1, "box")) {
      box = i + 1;
    } else if (word.equals("p") && isAt(i + 1, "o") && isAt(i + 2, "box")) {
      box = i + 2;
    }
    return box >= 0
            && box + 1 < words.size()
            && words.holdsDigit(box + 1)
            && words.gap(box).equals(" ")
        ? box + 2
        : i;
  }

  private boolean isAt(int i, String word) {
    return i < words.size() && lower(i).equals(word);
  }

  /** Where a unit behind a street ends: "Apt. 3", "Suite 5". */
  private int unitEnd(int end) {
    int unit = end;
    boolean isJoined = unit < words.size() && isPartGap(words.gap(unit - 1));
    if (isJoined
        && UNITS.contains(lower(unit))
        && unit + 1 < words.size()
        && words.word(unit + 1).length() <= 5
        && isStreetGap(words.gap(unit).replace("#", ""))
        && (words.holdsDigit(unit + 1) || words.word(unit + 1).length() == 1)) {
      return unit + 2;
    }
    return isJoined && words.gap(unit - 1).endsWith("#") && words.isNumber(unit) ? unit + 1 : end;
  }

  private static boolean isPartGap(String gap) {
    for (int i = 0; i < gap.length(); i++) {
      if (" ,.\n\r#".indexOf(gap.charAt(i)) < 0) {
        return false;
      }
    }
    return !gap.equals(". ") || gap.endsWith("#");
  }

  /** Where city, state and postal code behind a street end, in either order. */
  private int cityEnd(int end) {
    int last = end;
    int i = end;
    int names = 0;
    int lines = 0;
    boolean isSure = false;
    while (i < words.size() && names <= CITY_WORDS_MAX + 2 && isPartGap(words.gap(i - 1))) {
      String gap = words.gap(i - 1);
      lines += gap.indexOf('\n') >= 0 ? 1 : 0;
      if (lines > 3 || gap.length() > 4) {
        break;
      }
      if (isPostalCode(i)) {
        isSure = true;
        last = i + 1;
      } else if (words.isCapital(i) && !words.holdsDigit(i)) {
        names++;
        boolean isState = words.word(i).length() == 2 && words.isShouted(i);
        boolean ends = i + 1 == words.size() || ".,;\n".indexOf(words.gap(i).charAt(0)) >= 0;
        boolean isCity =
            names <= 2 && ends && (gap.startsWith(",") || gap.equals(" ")) && startsCity(end);
        if (isState || isSure || isCity) {
          last = i + 1;
          isSure |= isState;
        }
      } else {
        break;
      }
      i++;
      if (isSure && i > last) {
        break;
      }
    }
    return last;
  }

  private boolean startsCity(int end) {
    return words.gap(end - 1).startsWith(",");
  }

  /** "62704", "62704-1234", "1012 AB" in two words, "SW1A 1AA". */
  private boolean isPostalCode(int i) {
    String word = words.word(i);
    if (word.length() < 3 || word.length() > 10 || !words.holdsDigit(i)) {
      return false;
    }
    int digits = (int) word.chars().filter(Character::isDigit).count();
    boolean isPlain = digits == word.length() && digits >= 4 && digits <= 6;
    boolean isLong = word.length() == 10 && word.charAt(5) == '-' && digits == 9;
    boolean isMixed =
        words.isShouted(i) && digits >= 1 && word.length() <= 4 && digits < word.length();
    return isPlain || isLong || isMixed;
  }

  private String lower(int i) {
    return words.word(i).toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String list) {
    return Set.copyOf(new HashSet<>(List.of(list.split(" ", -1))));
  }
}
