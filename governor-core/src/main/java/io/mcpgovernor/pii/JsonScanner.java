package io.mcpgovernor.pii;

import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.pii.JsonCursor.Token;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scans: walks a JSON value, or a text, hands every string, number and key to the detectors, and
 * notes what is to be replaced, in terms of the bytes given.
 *
 * <p>A string that holds JSON is walked like JSON; its content forms the next <em>layer</em>. What
 * is found in a layer is carried back through the escapes of all layers below it. Layer 0 is the
 * source itself.
 *
 * <p>Holds the scratch space of a scan: first some kilobytes, more than all else that a governed
 * call allocates. So a scanner is used for one scan after the other, and {@linkplain #wipe() wiped}
 * in between, because what it read was not masked yet. Used by one thread at a time.
 */
final class JsonScanner {
  /** How deep JSON in strings in JSON is walked; what is deeper is scanned as text. */
  static final int NESTING_MAX = 4;

  /** How many encodings of text are undone that stand in each other. */
  private static final int ENCODED_MAX = 2;

  /** One that has grown larger than this, for a single large value, is not kept for small ones. */
  static final int BYTES_KEPT = 64 * 1_024;

  /** One that has grown larger than this is not used again at all. */
  static final int ROOM_KEPT = 8 << 20;

  /** What a layer needs while its JSON is being walked. */
  private static final class Layer {
    final Unescaped content = new Unescaped();
    final FieldStack fields = new FieldStack();
    final OpenKeys keys = new OpenKeys();
    final JsonCursor cursor = new JsonCursor();
    @Nullable ColumnStack columns;

    /** Whether the layer's text is {@link #content}, not a slice of the layer below. */
    boolean isUnescaped;

    void wipe() {
      content.wipe();
      fields.wipe();
      cursor.wipe();
      columns = null;
    }

    int bytesHeld() {
      return content.bytesHeld() + keys.bytesHeld();
    }
  }

  /** Of strings this long it is noted where they end. */
  private static final int LONG_STRING = 4_096;

  private static final byte[] NOTHING = {};

  /** Found by a pass of their own, off by default. */
  private static final long PEOPLE = Cue.bit(Kinds.PERSON) | Cue.bit(Kinds.STREET_ADDRESS);

  private final MaskRules rules;
  private final ShapeDetector builtIn;
  private final PiiDetector[] detectors;
  private final boolean builtInOnly;

  /** Whether strings are read that hold no sign of which the built-in detector makes something. */
  private final boolean readsAll;

  private final @Nullable Layer[] layers = new Layer[NESTING_MAX + 2];
  private final Text text = new Text();
  private final Findings findings = new Findings();
  private final Findings foldedFindings = new Findings();
  private final byte[] plain = new byte[PlainNumber.ROOM];
  private final Folded folded = new Folded();
  private final Candidates encoded = new Candidates();
  private final int depth;
  private @Nullable JsonScanner inner;

  // Of the scan that is going on.
  private Splices splices = new Splices();
  private @Nullable Columns columns;
  private @Nullable QuotedKeys quotedKeys;
  private boolean mayHoldBlobs;

  /** Whether the text that was looked at last reads otherwise once encodings are undone. */
  private boolean isFolded;

  JsonScanner(MaskRules rules) {
    this(rules, 0);
  }

  /**
   * For text that was encoded.
   *
   * @param depth how many encodings are around it
   */
  private JsonScanner(MaskRules rules, int depth) {
    this.rules = rules;
    this.depth = depth;
    this.builtIn = new ShapeDetector(rules.bits());
    this.detectors = rules.detectors().toArray(new PiiDetector[0]);
    this.builtInOnly = detectors.length == 0;
    this.readsAll = !builtInOnly || (rules.bits() & PEOPLE) != 0;
  }

  /**
   * Scans bytes as one JSON value.
   *
   * @throws MalformedJsonException if they are not one: what cannot be read cannot be cleared
   */
  Splices scanJson(byte[] source, Columns covered) {
    byte[] matched = begin(source, covered);
    int malformed = walk(source, 0, source.length, 0, null, matched);
    if (malformed >= 0) {
      throw new MalformedJsonException(
          "is not valid JSON, or nested too deep (at byte " + malformed + ")");
    }
    return mayHoldBlobs
        ? Blobs.in(
            found(), source, (text, isLines) -> BlobLines.mask(text, isLines, inner(), covered))
        : found();
  }

  /** Scans bytes as text, which may hold JSON. */
  Splices scanText(byte[] source) {
    return scanText(source, Columns.NONE);
  }

  /** Scans bytes as text; in JSON that it holds, column rules count. */
  Splices scanText(byte[] source, Columns covered) {
    byte[] matched = begin(source, covered);
    string(source, 0, source.length, 0, null, matched);
    return found();
  }

  /** Begins a scan; gives how far column rules are matched, or null if there are none. */
  private byte @Nullable [] begin(byte[] source, Columns covered) {
    splices.in(source);
    if (covered.isEmpty()) {
      return null;
    }
    columns = covered;
    quotedKeys = new QuotedKeys(covered);
    return covered.start();
  }

  private Splices found() {
    return splices.isEmpty() ? Splices.NONE : splices;
  }

  /**
   * Forgets the scan, however it ended: nothing of what was read is left in memory or reachable
   * from here.
   *
   * @return how much memory it holds on to, bytes
   */
  long wipe() {
    long held = (long) findings.bytesHeld() + foldedFindings.bytesHeld() + builtIn.bytesHeld();
    held += folded.bytesHeld() + encoded.bytesHeld();
    builtIn.wipe();
    folded.wipe();
    for (Layer layer : layers) {
      if (layer != null) {
        layer.wipe();
        held += layer.bytesHeld();
      }
    }
    text.wipe();
    Arrays.fill(plain, (byte) 0);
    // What was found is the scan's, and lives on with it.
    splices = splices.isEmpty() ? splices.in(NOTHING) : new Splices();
    columns = null;
    quotedKeys = null;
    mayHoldBlobs = false;
    if (inner != null && inner.wipe() > BYTES_KEPT) {
      inner = null;
    }
    return held;
  }

  /**
   * Walks JSON; gives the place where it is malformed, or -1 if all went well.
   *
   * @param matched how far column rules are matched around it, or null if there are none
   */
  private int walk(
      byte[] json,
      int from,
      int to,
      int level,
      @Nullable FieldName outer,
      byte @Nullable [] matched) {
    Layer layer = layer(level);
    FieldStack fields = layer.fields;
    OpenKeys keys = layer.keys;
    fields.start(outer);
    keys.reset();
    ColumnStack covers = matched == null ? null : covers(layer, matched);
    int mark = splices.size();
    JsonCursor cursor = layer.cursor.start(json, from, to);
    while (true) {
      Token token = cursor.next();
      switch (token) {
        case OBJECT -> {
          fields.open(cursor.depth());
          keys.open();
          if (covers != null) {
            covers.open(cursor.depth());
          }
        }
        case OBJECT_END -> {
          if (keys.isMasked()) {
            keepApart(keys, level);
          }
          keys.close();
        }
        case ARRAY -> {
          fields.open(cursor.depth());
          if (covers != null) {
            covers.open(cursor.depth());
          }
        }
        case KEY -> {
          key(json, cursor, level, layer);
          if (level == 0) {
            mayHoldBlobs |= Blobs.mayBeNamed(json, cursor.from(), cursor.to(), cursor.isEscaped());
          }
          if (covers != null) {
            covers.key(cursor.depth(), json, cursor.from(), cursor.to(), cursor.isEscaped());
          }
        }
        case STRING, NUMBER, LITERAL -> {
          int depth = cursor.depth();
          if (token == Token.STRING && depth > 0 && fields.names(depth)) {
            fields.named(depth, json, cursor.from(), cursor.to(), cursor.isEscaped());
          }
          Sensitivity cover = covers == null ? null : covers.cover(depth);
          if (cover != null) {
            covered(json, cursor, token, level, fields.at(depth), cover);
          } else if (token == Token.NUMBER) {
            number(json, cursor, level, fields.at(depth));
          } else if (token == Token.STRING
              && (cursor.isTelling()
                  || readsAll
                  || covers != null
                  || Cue.isFor(Evidence.field(fields.at(depth)), Labels.WHOLE))) {
            byte[] around = covers == null ? null : covers.matched(depth);
            int found = splices.size();
            quoted(json, cursor, level + 1, fields.at(depth), around);
            if (level == 0
                && cursor.to() - cursor.from() >= LONG_STRING
                && splices.size() > found) {
              splices.addString(cursor.from(), cursor.to());
            }
          }
        }
        case ARRAY_END -> {}
        case END -> {
          return -1;
        }
        case MALFORMED -> {
          splices.truncate(mark);
          return cursor.from();
        }
      }
    }
  }

  private void key(byte[] json, JsonCursor cursor, int level, Layer layer) {
    int from = cursor.from();
    int to = cursor.to();
    FieldName name = layer.fields.key(cursor.depth(), json, from, to, cursor.isEscaped());
    int mark = splices.size();
    if (cursor.isTelling() || readsAll) {
      if (cursor.isEscaped()) {
        Unescaped content = unescape(json, from, to, level + 1);
        text(content.utf8(), 0, content.length(), level + 1, null);
      } else {
        layer(level + 1).isUnescaped = false;
        text(json, from, to, level + 1, null);
      }
    }
    if (splices.size() == mark) {
      layer.keys.add(from, to, OpenKeys.LITERAL);
    } else {
      name.blank();
      layer.keys.add(from, to, splices.reserve(source(level, to)));
    }
  }

  private void keepApart(OpenKeys keys, int level) {
    Ordinals ordinals = new Ordinals(splices, level + 1);
    for (int i = 0; i < keys.count(); i++) {
      int from = source(level, keys.from(i));
      int to = source(level, keys.to(i));
      if (keys.reserved(i) == OpenKeys.LITERAL) {
        ordinals.literal(from, to);
      } else {
        ordinals.masked(from, to, keys.reserved(i));
      }
    }
    ordinals.settle();
  }

  /** The string at the cursor, whose content is layer {@code level}. */
  private void quoted(
      byte[] json,
      JsonCursor cursor,
      int level,
      @Nullable FieldName field,
      byte @Nullable [] matched) {
    if (cursor.isEscaped()) {
      Unescaped content = unescape(json, cursor.from(), cursor.to(), level);
      string(content.utf8(), 0, content.length(), level, field, matched);
    } else {
      layer(level).isUnescaped = false;
      string(json, cursor.from(), cursor.to(), level, field, matched);
    }
  }

  private void string(
      byte[] bytes,
      int from,
      int to,
      int level,
      @Nullable FieldName field,
      byte @Nullable [] matched) {
    boolean isRead =
        level <= NESTING_MAX
            && looksLikeJson(bytes, from, to)
            && walk(bytes, from, to, level, field, matched) < 0;
    if (isRead) {
      return;
    }
    if (matched != null && quotedKeys != null && quotedKeys.holdField(bytes, from, to)) {
      // Where its value ends cannot be known.
      splices.add(source(level, from), source(level, to), Kinds.COLUMN, Masks.COLUMN, Masks.COLUMN);
      return;
    }
    text(bytes, from, to, level, field);
  }

  /** Whether text begins and ends like an object or array, white space aside. */
  private static boolean looksLikeJson(byte[] text, int from, int to) {
    int first = from;
    while (first < to && isSpace(text[first])) {
      first++;
    }
    if (first == to || (text[first] != '{' && text[first] != '[')) {
      return false;
    }
    int last = to - 1;
    while (isSpace(text[last])) {
      last--;
    }
    return text[last] == (text[first] == '{' ? '}' : ']');
  }

  private static boolean isSpace(byte c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  /** Scans a text of layer {@code level}: it stands in as many JSON strings. */
  private void text(byte[] bytes, int from, int to, int level, @Nullable FieldName field) {
    detect(bytes, from, to, false, field);
    int word = 0;
    for (int i = 0; i < findings.size(); i++) {
      // A detector of somebody's own may cut characters; half of one would not be UTF-8.
      int start = Utf8.start(bytes, from, findings.start(i));
      int end = Utf8.next(bytes, findings.end(i), to);
      Kind kind = findings.kind(i);
      word = decode(bytes, word, start, level);
      byte[] strict = replacement(kind, bytes, start, end, Sensitivity.STRICT);
      byte[] standard = replacement(kind, bytes, start, end, Sensitivity.STANDARD);
      splices.add(
          source(level, start),
          source(level, end),
          kind,
          Escapes.escape(MaskText.runsOn(standard, bytes, end, to) ? strict : standard, level),
          Escapes.escape(strict, level));
    }
    decode(bytes, word, to, level);
  }

  /** What stands in the place of a finding, as it reads without encodings. */
  private byte[] replacement(Kind kind, byte[] bytes, int from, int to, Sensitivity level) {
    if (isFolded && kind.index() != Kind.NO_INDEX && Folded.isNeeded(bytes, from, to)) {
      folded.read(bytes, from, to);
      return rules.replacement(kind, folded.utf8(), 0, folded.length(), level);
    }
    return rules.replacement(kind, bytes, from, to, level);
  }

  /** Scans a number of the JSON of layer {@code level}; masked, it becomes a string. */
  private void number(byte[] json, JsonCursor cursor, int level, @Nullable FieldName field) {
    int from = cursor.from();
    int to = cursor.to();
    if (builtInOnly && !mayBeFound(to - from, field)) {
      return;
    }
    byte[] digits = json;
    int start = from;
    int end = to;
    if (!cursor.isInteger()) {
      int count = PlainNumber.write(json, from, to, plain);
      if (count > 0) {
        digits = plain;
        start = 0;
        end = count;
      }
    }
    detect(digits, start, end, true, field);
    if (findings.size() > 0) {
      Kind kind = findings.kind(0);
      splices.add(
          source(level, from),
          source(level, to),
          kind,
          Escapes.quote(rules.replacement(kind, digits, start, end, Sensitivity.STANDARD), level),
          Escapes.quote(rules.replacement(kind, digits, start, end, Sensitivity.STRICT), level));
    }
  }

  /** Most numbers are too short, or their field says what they are: not worth a look. */
  private static boolean mayBeFound(int bytes, @Nullable FieldName field) {
    Hint hint = Cue.hint(Evidence.field(field));
    return hint.isFor() || (!hint.isVeto() && bytes >= CardShape.DIGITS_MIN);
  }

  /** A string, number or literal under a covered field: masked whole, whatever it holds. */
  private void covered(
      byte[] json,
      JsonCursor cursor,
      Token token,
      int level,
      @Nullable FieldName field,
      Sensitivity cover) {
    byte[] value = json;
    int from = cursor.from();
    int to = cursor.to();
    if (token == Token.LITERAL && json[from] == 'n') {
      return;
    }
    if (token == Token.STRING) {
      if (cursor.isEscaped()) {
        Unescaped content = unescape(json, from, to, level + 1);
        value = content.utf8();
        from = 0;
        to = content.length();
      }
      if (isMasked(value, from, to, cover)) {
        return;
      }
    } else if (token == Token.NUMBER && !cursor.isInteger()) {
      int count = PlainNumber.write(json, from, to, plain);
      if (count > 0) {
        value = plain;
        from = 0;
        to = count;
      }
    }
    Kind kind = Kinds.COLUMN;
    if (cover == Sensitivity.STANDARD && token != Token.LITERAL) {
      kind = wholeKind(value, from, to, token == Token.NUMBER, field);
    }
    byte[] standard = rules.replacement(kind, value, from, to, Sensitivity.STANDARD);
    splices.add(
        source(level, cursor.from()),
        source(level, cursor.to()),
        kind,
        token == Token.STRING
            ? Escapes.escape(standard, level + 1)
            : Escapes.quote(standard, level),
        token == Token.STRING ? Masks.COLUMN : Escapes.quote(Masks.COLUMN, level));
  }

  /** Whether a string already is what stands in a covered field once it is masked. */
  private static boolean isMasked(byte[] text, int from, int to, Sensitivity cover) {
    return cover == Sensitivity.STANDARD
        ? MaskText.isMask(text, from, to)
        : to - from == Masks.COLUMN.length && Ascii.stands(Masks.COLUMN, text, from, from, to);
  }

  /** The built-in kind that a value is as a whole, if its mask is known again when it is seen. */
  private Kind wholeKind(
      byte[] bytes, int from, int to, boolean number, @Nullable FieldName field) {
    detect(bytes, from, to, number, field);
    if (findings.size() != 1 || findings.start(0) != from || findings.end(0) != to) {
      return Kinds.COLUMN;
    }
    Kind kind = findings.kind(0);
    if (kind.index() == Kind.NO_INDEX) {
      return Kinds.COLUMN;
    }
    byte[] mask = kind.mask(bytes, from, to, Sensitivity.STANDARD);
    return MaskText.isMask(mask, 0, mask.length) ? kind : Kinds.COLUMN;
  }

  private void detect(byte[] bytes, int from, int to, boolean number, @Nullable FieldName field) {
    findings.reset(from, to);
    text.set(bytes, from, to, number, field);
    builtIn.find(text, findings);
    encoded.copy(builtIn.encoded());
    isFolded = !number && Folded.isNeeded(bytes, from, to);
    if (isFolded) {
      sift(bytes, from, to);
      detectFolded(bytes, from, to, field);
    }
    Kind kind = findings.isWhole(from, to) ? null : whole(bytes, from, to, field);
    if (kind != null && !Surrogates.isSurrogate(bytes, from, to)) {
      findings.reset(from, to);
      findings.add(from, to, kind);
      encoded.clear();
      return;
    }
    if (!builtInOnly) {
      text.set(bytes, from, to, number, field);
      for (PiiDetector detector : detectors) {
        detector.find(text, findings);
      }
    }
    sift(bytes, from, to);
    if (!number && (rules.bits() & PEOPLE) != 0) {
      text.set(bytes, from, to, false, field);
      detectPeople();
    }
  }

  /** Leaves of the findings, in order, what the rules mask and what was not masked before. */
  private void sift(byte[] bytes, int from, int to) {
    if (findings.size() > 0) {
      findings.keepCovered(0, rules);
      findings.settle(0);
      Surrogates.drop(findings, bytes, from, to);
    }
  }

  /** Looks for names and addresses of people between what was found, if they are asked for. */
  private void detectPeople() {
    if ((rules.bits() & Cue.bit(Kinds.STREET_ADDRESS)) != 0) {
      StreetAddresses.find(text, new TextWords(text, findings), findings);
      findings.settle(0);
    }
    if ((rules.bits() & Cue.bit(Kinds.PERSON)) != 0) {
      PersonNames.find(text, new TextWords(text, findings), findings);
      findings.settle(0);
    }
  }

  /**
   * Looks at a text once more as it reads without encodings and characters of other widths: what
   * was found may be only a part of what stands there. Then once more with stars in place of all
   * that was found, as it will read where the masked text is scanned again.
   */
  private void detectFolded(byte[] bytes, int from, int to, @Nullable FieldName field) {
    detectFolded(bytes, from, to, from, field);
    if (findings.size() > 0) {
      findings.settle(0);
      byte[] hidden = Arrays.copyOfRange(bytes, from, to);
      for (int i = 0; i < findings.size(); i++) {
        Arrays.fill(hidden, findings.start(i) - from, findings.end(i) - from, (byte) '*');
      }
      detectFolded(hidden, 0, hidden.length, from, field);
    }
  }

  /**
   * Looks at bytes as they read.
   *
   * @param place where the first of them stands in the text
   */
  private void detectFolded(byte[] bytes, int from, int to, int place, @Nullable FieldName field) {
    folded.read(bytes, from, to);
    text.set(folded.utf8(), 0, folded.length(), false, field);
    foldedFindings.reset(0, folded.length());
    builtIn.find(text, foldedFindings);
    foldedFindings.settle(0);
    Surrogates.drop(foldedFindings, folded.utf8(), 0, folded.length());
    int shift = place - from;
    for (int i = 0; i < foldedFindings.size(); i++) {
      int start = folded.source(foldedFindings.start(i)) + shift;
      int end = Math.max(folded.source(foldedFindings.end(i)) + shift, start + 1);
      findings.add(start, Math.min(end, to + shift), foldedFindings.kind(i));
    }
  }

  /**
   * Looks into words that may be text in base64; what is masked there is encoded again.
   *
   * @param word the first of them
   * @param to where to stop, because a finding begins there
   * @return the next one
   */
  private int decode(byte[] bytes, int word, int to, int level) {
    int next = word;
    while (next + 1 < encoded.size() && encoded.start(next) < to) {
      int start = encoded.start(next);
      int end = encoded.start(next + 1);
      next += 2;
      byte[] decoded =
          depth == ENCODED_MAX || isFound(start, end)
              ? null
              : EncodedWords.decode(bytes, start, end);
      if (decoded != null) {
        decoded(decoded, bytes, start, end, level);
      }
    }
    return next;
  }

  private void decoded(byte[] decoded, byte[] bytes, int start, int end, int level) {
    JsonScanner scanner = inner();
    MaskedText masked = MaskedText.of(scanner.scanText(decoded));
    if (masked != null) {
      splices.add(
          source(level, start),
          source(level, end),
          masked.with(text -> EncodedWords.encode(text, bytes, start, end)));
    }
    scanner.wipe();
  }

  /** The scanner of what stands encoded in a text. */
  private JsonScanner inner() {
    JsonScanner scanner = inner;
    if (scanner == null) {
      scanner = new JsonScanner(rules, depth + 1);
      inner = scanner;
    }
    return scanner;
  }

  /** Whether a place touches a finding; these are in order. */
  private boolean isFound(int start, int end) {
    int low = 0;
    int high = findings.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (findings.end(middle) > start) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < findings.size() && findings.start(low) < end;
  }

  /** The kind of a value that only its field's name tells, or null. */
  private @Nullable Kind whole(byte[] bytes, int from, int to, @Nullable FieldName field) {
    long cue = field == null ? Cue.NONE : Evidence.field(field);
    if (!Cue.isFor(cue, Labels.WHOLE & rules.bits())) {
      return null;
    }
    return Labels.kind(bytes, from, to, cue & ~(Labels.WHOLE & ~rules.bits()));
  }

  private Unescaped unescape(byte[] json, int from, int to, int level) {
    Layer layer = layer(level);
    layer.isUnescaped = true;
    layer.content.read(json, from, to);
    return layer.content;
  }

  /** Carries a place in a layer's text back to the source. */
  private int source(int level, int offset) {
    int place = offset;
    for (int i = level; i > 0; i--) {
      Layer layer = layer(i);
      if (layer.isUnescaped) {
        place = layer.content.source(place);
      }
    }
    return place;
  }

  private ColumnStack covers(Layer layer, byte[] matched) {
    ColumnStack covers = layer.columns;
    if (covers == null) {
      covers = new ColumnStack(Objects.requireNonNull(columns));
      layer.columns = covers;
    }
    covers.start(matched);
    return covers;
  }

  private Layer layer(int level) {
    Layer layer = layers[level];
    if (layer == null) {
      layer = new Layer();
      layers[level] = layer;
    }
    return layer;
  }
}
