package io.mcpgovernor.config.file;

import io.mcpgovernor.config.file.YamlNode.Entry;
import io.mcpgovernor.config.file.YamlNode.Mapping;
import io.mcpgovernor.config.file.YamlNode.Scalar;
import io.mcpgovernor.config.file.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into nodes, in bounded memory and time whoever wrote it: no tags, no
 * keys twice, no aliases that multiply. Not thread-safe.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
final class YamlReader {
  /** The largest file, in bytes: thousands of rules, and still read in well under a second. */
  static final int BYTES_MAX = 4 << 20;

  /** How deep values may be nested; no key is deeper than a quarter of it. */
  static final int DEPTH_MAX = 32;

  /** How many values there may be, those that aliases repeat included. */
  static final int NODES_MAX = 200_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(BYTES_MAX).build();

  /** A value with a name; not ready while it is being read. */
  private static final class Anchored {
    @Nullable YamlNode node;
    int nodes;
    int height;
  }

  private final String source;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int nodes;
  private int height; // of the node that was read last

  private YamlReader(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
    this.events = new Parse(SETTINGS).parseString(source).iterator();
  }

  /**
   * Reads a file. Problems that leave a tree are only added, so that others are found as well.
   *
   * @throws ConfigException if there is no tree
   */
  static YamlNode read(byte[] bytes, Problems problems) {
    if (bytes.length > BYTES_MAX) {
      throw problems.fatal(
          Place.START, "", "the file has more than 4 MiB; no configuration needs as much");
    }
    return read(YamlBytes.text(bytes, problems), problems);
  }

  static YamlNode read(String source, Problems problems) {
    try {
      return new YamlReader(source, problems).document();
    } catch (MarkedYamlEngineException e) {
      // Not its message, which quotes the line.
      throw problems.fatal(
          e.getProblemMark().or(e::getContextMark).map(YamlReader::place).orElse(Place.START),
          "",
          "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      throw problems.fatal(
          placeOf(source, e.getPosition()),
          "",
          String.format(
              "not YAML: the character U+%04X cannot stand in a file; write it as an escape in"
                  + " double quotes",
              e.getCodePoint()));
    } catch (YamlEngineException e) {
      throw problems.fatal(Place.START, "", "not YAML");
    }
  }

  private YamlNode document() {
    YamlNode root = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent) {
        if (root != null) {
          throw problems.fatal(
              place(event),
              "",
              "a second document begins here; a configuration is one document, so remove the"
                  + " '---' or keep the documents in files of their own");
        }
        root = node(events.next(), "", 1);
      }
    }
    if (root == null || (root instanceof Scalar scalar && scalar.type() == ScalarType.NULL)) {
      throw problems.fatal(
          Place.START, "", "the file says nothing; 'governor init' writes one to start from");
    }
    return root;
  }

  private YamlNode node(Event event, String path, int depth) {
    if (++nodes > NODES_MAX) {
      throw problems.fatal(
          place(event), path, "the file has more than " + NODES_MAX + " values from here on");
    }
    if (depth > DEPTH_MAX) {
      throw tooDeep(event, path);
    }
    if (event instanceof AliasEvent alias) {
      return repeated(alias, path, depth);
    }
    Anchored anchored = new Anchored();
    int before = nodes;
    ((NodeEvent) event).getAnchor().map(Anchor::getValue).ifPresent(a -> anchors.put(a, anchored));
    YamlNode node;
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event, path);
      node = scalar(scalar);
      height = 1;
    } else if (event instanceof SequenceStartEvent sequence) {
      refuseTag(sequence.getTag(), event, path);
      node = sequence(event, path, depth);
    } else {
      refuseTag(((MappingStartEvent) event).getTag(), event, path);
      node = mapping(event, path, depth);
    }
    anchored.node = node;
    anchored.nodes = nodes - before + 1;
    anchored.height = height;
    return node;
  }

  private Sequence sequence(Event start, String path, int depth) {
    List<YamlNode> items = new ArrayList<>();
    int tallest = 0;
    for (Event event = events.next(); isNode(event); event = events.next()) {
      items.add(node(event, KeyPath.item(path, items.size()), depth + 1));
      tallest = Math.max(tallest, height);
    }
    height = tallest + 1;
    return new Sequence(place(start), List.copyOf(items));
  }

  private Mapping mapping(Event start, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    int tallest = 0;
    for (Event event = events.next(); isNode(event); event = events.next()) {
      if (!(event instanceof ScalarEvent keyEvent)) {
        throw problems.fatal(place(event), path, "a key is a plain text here, nothing else");
      }
      Scalar key = (Scalar) node(event, path, depth + 1);
      String keyPath = KeyPath.key(path, key.text());
      YamlNode value = node(events.next(), keyPath, depth + 1);
      tallest = Math.max(tallest, height);
      if (keyEvent.isPlain() && key.text().equals("<<")) {
        problems.add(
            key.at(), keyPath, "merge keys are no part of YAML 1.2; write out the keys you mean");
        continue;
      }
      Entry first = entries.putIfAbsent(key.text(), new Entry(key, value));
      if (first != null) {
        problems.add(
            key.at(),
            keyPath,
            "this key stands in line " + first.key().at().line() + " already; keep one of them");
      }
    }
    height = tallest + 1;
    return new Mapping(place(start), List.copyOf(entries.values()));
  }

  private Scalar scalar(ScalarEvent event) {
    boolean isPlain = event.isPlain();
    return new Scalar(
        place(event),
        event.getValue(),
        isPlain ? ScalarType.of(event.getValue()) : ScalarType.TEXT,
        new Spot(
            source,
            event.getStartMark().map(Mark::getIndex).orElse(0),
            event.getEndMark().map(Mark::getIndex).orElse(0),
            place(event),
            style(event.getScalarStyle())));
  }

  private static Spot.Style style(ScalarStyle style) {
    return switch (style) {
      case DOUBLE_QUOTED -> Spot.Style.ESCAPED;
      case SINGLE_QUOTED -> Spot.Style.QUOTED;
      case LITERAL, FOLDED -> Spot.Style.BLOCK;
      default -> Spot.Style.PLAIN;
    };
  }

  private YamlNode repeated(AliasEvent alias, String path, int depth) {
    Anchored anchored = anchors.get(alias.getAlias().getValue());
    if (anchored == null) {
      throw problems.fatal(place(alias), path, "there is no anchor of this name before this alias");
    }
    if (anchored.node == null) {
      throw problems.fatal(place(alias), path, "the alias stands for a value that it is part of");
    }
    nodes += anchored.nodes;
    if (nodes > NODES_MAX) {
      throw problems.fatal(
          place(alias),
          path,
          "with what aliases repeat, the file has more than " + NODES_MAX + " values");
    }
    if (depth + anchored.height > DEPTH_MAX) {
      throw tooDeep(alias, path);
    }
    height = anchored.height;
    return anchored.node;
  }

  private ConfigException tooDeep(Event event, String path) {
    return problems.fatal(
        place(event), path, "values are nested deeper than " + DEPTH_MAX + " levels here");
  }

  private void refuseTag(Optional<String> tag, Event event, String path) {
    if (tag.isPresent()) {
      problems.add(
          place(event), path, "tags ('!...') are not used here; put texts in quotes instead");
    }
  }

  private static boolean isNode(Event event) {
    return event instanceof NodeEvent;
  }

  private static Place place(Event event) {
    return event.getStartMark().map(YamlReader::place).orElse(Place.START);
  }

  private static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Place placeOf(String source, int position) {
    int line = 1;
    int column = 1;
    int end = Math.min(position, source.length());
    for (int i = 0; i < end; i++) {
      column++;
      if (source.charAt(i) == '\n') {
        line++;
        column = 1;
      }
    }
    return new Place(line, column);
  }
}
