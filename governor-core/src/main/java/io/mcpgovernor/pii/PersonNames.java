package io.mcpgovernor.pii;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds names of people: behind a salutation or an introduction, under a field that holds a person,
 * and where a common given name begins a row of capitalised words. Runs only if somebody chose
 * {@link Kinds#PERSON}.
 *
 * <p>Precision comes first: a company, product or place is not taken for a person because it is
 * written in capitals, and a given name that stands alone is left.
 */
final class PersonNames {
  /** A name has at most so many words, particles and initials included. */
  private static final int WORDS_MAX = 6;

  private static final Set<String> TITLES =
      words(
          "mr mrs ms miss mx dr prof professor sir herr frau mme monsieur madame senor senora señor"
              + " señora sra signor signora dhr mevr mevrouw mag");
  private static final Set<String> PARTICLES =
      words(
          "van von der den de del della di da dos das do du la le los las bin ibn al el ben bint"
              + " ter ten zu af av y e st san abu");
  private static final Set<String> CLOSINGS =
      words(
          "sincerely regards yours cheers thanks signed wishes faithfully truly respectfully grüße"
              + " cordialement saludos");
  private static final Set<String> LABELS =
      words(
          "from to cc bcc contact customer patient employee author name recipient sender client"
              + " attn attention manager assignee reporter cardholder beneficiary tenant landlord owner"
              + " applicant candidate attendee passenger guest");

  /** Fields that hold a person, and nothing but a person. */
  private static final Set<String> PERSON_FIELDS =
      words(
          "employee author authors assignee patient manager supervisor passenger guest attendee"
              + " attendees applicant candidate doctor physician teacher student spouse father mother"
              + " parent guardian cardholder signer signatory signatories reviewer reviewers commenter"
              + " reporter approver beneficiary tenant contact customer recipient sender person people"
              + " nickname fullname realname");

  /** Fields that hold many a thing, and sometimes a person. */
  private static final Set<String> OPEN_FIELDS =
      words(
          "name names client owner user from to cc creator maintainer lead by representative agent"
              + " member members participant participants holder displayname winner speaker editor");

  /** Fields, or words before "name", whose values are no people, whatever they are called. */
  private static final Set<String> OTHER_FIELDS =
      words(
          "filename file hostname host path url uri tool toolname product company organization"
              + " organisation brand city country state region county domain class type status version"
              + " currency language timezone table column server database bucket project repo repository"
              + " branch package module function method field event category");

  /** Before "name", these leave it the name of a person. */
  private static final Set<String> NAME_OF =
      words(
          "display real legal preferred contact owner person full user employee customer patient"
              + " author client sender recipient guest member primary original your my maiden birth");

  /** No part of a name: what companies, places, things and sentences have in capitals. */
  private static final Set<String> OTHER_THINGS =
      words(
          "inc ltd llc corp co company gmbh ag plc sa bv group holdings corporation bank university college"
              + " school institute hospital clinic hotel foundation association society club orchestra"
              + " band museum library church city county state street road avenue lane drive boulevard"
              + " court square way place park beach airport station bridge river lake island mountain"
              + " valley team department support service services sales marketing finance office admin"
              + " administrator system systems server service database account accounts user customer"
              + " product pro plus premium basic enterprise edition version widget gadget phone tool"
              + " project test demo sample unknown anonymous agent bot api app software solutions"
              + " technologies technology labs studio studios media news times weekly journal magazine"
              + " award prize day week month year monday tuesday wednesday thursday friday saturday"
              + " sunday january february march june july august september october november december"
              + " north south east west northern southern eastern western new old the a an and or of in"
              + " on at to for from with by as is was are were be has have had will would can could may"
              + " might shall should must do does did not no yes if when while what which who whom whose"
              + " why how this that these those it its he she they we you i my your his her our their me"
              + " him us them but so then than there here please hello hi dear sir madam all everyone"
              + " customer customers friend friends colleague colleagues member members hiring"
              + " recruiter valued partner subscriber applicant parent parents guest sincerely regards"
              + " thanks thank cheers best kind warm yours email tel fax mobile address date subject re"
              + " fwd sent cc bcc id number none null true false pending active inactive american british"
              + " english german french spanish italian chinese japanese united states kingdom america"
              + " europe africa asia international national global central royal first last second third"
              + " health care insurance energy power motors airlines records entertainment industries"
              + " partners associates brothers sons store shop market cafe restaurant bar grill pizza"
              + " order invoice ticket payment card credit visa mastercard general manager director"
              + " president ceo cto engineer developer analyst queen king prince princess saint");

  private final List<String> field;
  private final boolean isUnderPerson;
  private final TextWords words;
  private final Findings out;

  private PersonNames(Text in, TextWords words, Findings out) {
    this.field = FieldWords.of(in.field());
    FieldName name = in.field();
    this.isUnderPerson = name != null && holdsPerson(FieldWords.of(name.parent()));
    this.words = words;
    this.out = out;
  }

  /** Adds the names that stand in a text. */
  static void find(Text in, TextWords words, Findings out) {
    if (words.size() > 0) {
      new PersonNames(in, words, out).find();
    }
  }

  private void find() {
    if (isOfOtherThing()) {
      return;
    }
    if (isWholeName()) {
      out.add(words.from(0), words.to(words.size() - 1), Kinds.PERSON);
      return;
    }
    int i = 0;
    while (i < words.size()) {
      int end = words.isCapital(i) ? nameAt(i) : i;
      if (end > i) {
        out.add(words.from(i), words.to(end - 1), Kinds.PERSON);
        i = end;
      } else {
        i++;
      }
    }
  }

  /** Whether the field says that it holds a file, a product or a place: {@code product_name}. */
  private boolean isOfOtherThing() {
    int last = field.size() - 1;
    boolean isName = last > 0 && field.get(last).equals("name");
    return last >= 0 && OTHER_FIELDS.contains(field.get(isName ? last - 1 : last));
  }

  /** Whether the text is a name as a whole, and its field one that may hold a name. */
  private boolean isWholeName() {
    if (field.isEmpty() || words.size() < 2 || words.size() > WORDS_MAX || !isOneRow()) {
      return false;
    }
    boolean isPerson = isUnderPerson && last().equals("name") && field.size() == 1;
    if (isPerson || holdsPerson(field)) {
      return !isShoutedName(0) && looksLikeName();
    }
    return isOpenField() && isKnownRow();
  }

  private static boolean holdsPerson(List<String> name) {
    if (name.isEmpty()) {
      return false;
    }
    int last = name.size() - 1;
    boolean isName = name.get(last).equals("name") && last > 0;
    return PERSON_FIELDS.contains(name.get(isName ? last - 1 : last));
  }

  private boolean isOpenField() {
    return OPEN_FIELDS.contains(last())
        && (!last().equals("name")
            || field.size() == 1
            || NAME_OF.contains(field.get(field.size() - 2)));
  }

  private String last() {
    return field.get(field.size() - 1);
  }

  /** Whether nothing but what joins a name's words stands between these, before and behind. */
  private boolean isOneRow() {
    for (int i = 0; i < words.size(); i++) {
      String gap = words.gap(i);
      boolean isLast = i == words.size() - 1;
      boolean joins = isLast ? gap.isEmpty() || gap.equals(".") : isJoint(i) || gap.equals(", ");
      if (!joins || words.holdsDigit(i) || OTHER_THINGS.contains(lower(i))) {
        return false;
      }
    }
    return words.before(0) == ' ';
  }

  /** Two words or more with capitals, particles aside. */
  private boolean looksLikeName() {
    int capitals = 0;
    for (int i = 0; i < words.size(); i++) {
      if (!words.isCapital(i) && !PARTICLES.contains(lower(i))) {
        return false;
      }
      capitals += words.isCapital(i) ? 1 : 0;
    }
    return capitals >= 2;
  }

  private boolean isShoutedName(int i) {
    return words.isShouted(i) && words.word(i).length() > 2 && !isKnownRow();
  }

  /**
   * Whether the words are a given name that is known and others, or one that may be and a family's.
   */
  private boolean isKnownRow() {
    int end = words.size() - 1;
    boolean isTurned = words.gap(0).equals(", ");
    String given = words.word(isTurned ? 1 : TITLES.contains(lower(0)) ? 1 : 0);
    String family = words.word(isTurned ? 0 : end);
    boolean isFamily = NameLexicon.mayBeFamily(family);
    return (NameLexicon.mayBeGiven(given) && isFamily)
        || (NameLexicon.isGiven(given) && looksLikeName());
  }

  /** Where the name ends that begins at a capitalised word, or that word itself. */
  private int nameAt(int i) {
    if (isOther(i) || TITLES.contains(lower(i))) {
      return i;
    }
    int end = rowEnd(i);
    boolean isNamed = isTitled(i) || isIntroduced(i, end);
    if (isNamed && !(end == i + 1 && words.word(i).length() == 1)) {
      return end;
    }
    return isKnown(i, end) && !isPartOfMore(i, end) ? end : i;
  }

  /** Where the row of capitalised words, initials and particles from here on ends. */
  private int rowEnd(int from) {
    int end = from + 1;
    int i = from;
    while (i + 1 < words.size() && i - from < WORDS_MAX && isJoint(i)) {
      i++;
      if (words.holdsDigit(i) || (words.isCapital(i) && isOther(i))) {
        break;
      }
      if (words.isCapital(i)) {
        end = i + 1;
      } else if (!PARTICLES.contains(lower(i))) {
        break;
      }
    }
    return end;
  }

  private boolean isJoint(int i) {
    String gap = words.gap(i);
    boolean isShort = words.word(i).length() == 1 || TITLES.contains(lower(i));
    return gap.equals(" ")
        || gap.equals("\u00a0")
        || (isShort && (gap.equals(". ") || gap.equals(".")));
  }

  private boolean isOther(int i) {
    String word = lower(i);
    return words.holdsDigit(i)
        || (OTHER_THINGS.contains(word) && word.length() > 1)
        || word.equals("i");
  }

  private boolean isTitled(int i) {
    int title = i - 1;
    if (title < 0 || !TITLES.contains(lower(title)) || !words.isCapital(title)) {
      return false;
    }
    String gap = words.gap(title);
    // "12 Cedar Dr. Springfield" is a drive.
    boolean isStreet =
        lower(title).equals("dr")
            && title > 0
            && words.gap(title - 1).equals(" ")
            && words.isCapital(title - 1)
            && !isOther(title - 1);
    return !isStreet && (gap.equals(" ") || gap.equals(". ") || gap.equals("."));
  }

  private boolean isIntroduced(int i, int end) {
    if (i == 0) {
      return false;
    }
    String before = lower(i - 1);
    String gap = words.gap(i - 1);
    boolean isTwo = end - i >= 2;
    boolean isGiven = NameLexicon.mayBeGiven(words.word(i));
    if (gap.equals(" ")) {
      boolean isMine = before.equals("is") && isBefore(i - 1, "name");
      return (isMine && i >= 3 && Set.of("my", "his", "her").contains(lower(i - 3)))
          || (before.equals("dear") && words.isCapital(i - 1))
          || (isGiven
              && (before.equals("i'm")
                  || before.equals("i\u2019m")
                  || (before.equals("am") && isBefore(i - 1, "i"))
                  || (before.equals("me") && isBefore(i - 1, "call"))
                  || ((before.equals("hi") || before.equals("hello")) && words.isCapital(i - 1))
                  || (before.equals("is") && isBefore(i - 1, "this"))));
    }
    boolean isLine =
        gap.equals(",\n") || gap.equals("\n") || gap.equals(",\n\n") || gap.equals(",\r\n");
    if (isLine && CLOSINGS.contains(before)) {
      return isTwo || NameLexicon.mayBeGiven(words.word(i));
    }
    boolean isLabel = gap.equals(": ") || gap.equals(":");
    return isLabel && LABELS.contains(before) && isTwo && isLabelled(i, end);
  }

  private boolean isBefore(int i, String word) {
    return i > 0 && lower(i - 1).equals(word) && words.gap(i - 1).equals(" ");
  }

  /** Whether a label's value is nothing but the row; an address may follow. */
  private boolean isLabelled(int i, int end) {
    String gap = words.gap(end - 1);
    boolean isFamiliar =
        NameLexicon.mayBeGiven(words.word(i)) || NameLexicon.mayBeFamily(words.word(end - 1));
    boolean ends =
        gap.isEmpty()
            || gap.startsWith(" <")
            || gap.startsWith("\n")
            || gap.startsWith(",")
            || gap.startsWith(" (")
            || gap.startsWith(".")
            || gap.startsWith(";");
    return ends && (isFamiliar || gap.startsWith(" <"));
  }

  /** Whether the lexicon knows a row as a name. */
  private boolean isKnown(int i, int end) {
    if (end - i < 2) {
      return false;
    }
    String first = words.word(i);
    String last = words.word(end - 1);
    if (words.isShouted(i) && words.isShouted(end - 1)) {
      return NameLexicon.isGiven(first) && NameLexicon.isFamily(last);
    }
    if (words.isShouted(i) && first.length() > 1) {
      return false;
    }
    return NameLexicon.isGiven(first)
        || (NameLexicon.mayBeGiven(first) && NameLexicon.isFamily(last))
        || (NameLexicon.mayBeFamily(first) && NameLexicon.isGiven(last) && end - i == 2)
        || (NameLexicon.isFamily(last) && isMidSentence(i));
  }

  /** Where a capital letter is there for the name, and not because a sentence begins. */
  private boolean isMidSentence(int i) {
    return i > 0 && words.gap(i - 1).equals(" ") && !words.isCapital(i - 1);
  }

  /** "the Johnson Foundation", "Maria Callas Street": a row that is part of another name. */
  private boolean isPartOfMore(int i, int end) {
    boolean goesOn =
        end < words.size()
            && words.gap(end - 1).equals(" ")
            && words.isCapital(end)
            && (OTHER_THINGS.contains(lower(end)) && !isFunctionWord(end));
    boolean isNumbered =
        end < words.size() && words.gap(end - 1).equals(" ") && words.isNumber(end);
    boolean isNamedAfter =
        i > 0
            && words.gap(i - 1).equals(" ")
            && (lower(i - 1).equals("the")
                || words.isNumber(i - 1)
                || (words.isCapital(i - 1)
                    && OTHER_THINGS.contains(lower(i - 1))
                    && !isFunctionWord(i - 1)));
    return goesOn || isNumbered || isNamedAfter;
  }

  private boolean isFunctionWord(int i) {
    return words.word(i).length() <= 4
        && !Set.of(
                "city", "park", "bank", "band", "club", "inc", "ltd", "llc", "corp", "co", "gmbh",
                "ag", "plc", "road", "lane", "way", "team", "bar", "shop", "cafe", "lake", "sons",
                "news", "labs", "day", "pro")
            .contains(lower(i));
  }

  private String lower(int i) {
    return words.word(i).toLowerCase(Locale.ROOT);
  }

  private static Set<String> words(String list) {
    return Set.copyOf(new HashSet<>(List.of(list.split(" ", -1))));
  }
}
