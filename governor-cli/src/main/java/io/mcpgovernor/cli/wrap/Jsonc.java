package io.mcpgovernor.cli.wrap;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value in a text of JSON that people write (with comments and commas at ends), and where it
 * stands, so that the text can be changed and not only what it means.
 */
sealed interface Jsonc {
  /** Where its first character is. */
  int start();

  /** Where the first character after it is. */
  int end();

  /** A text, with its quotes in place and its escapes read. */
  record Text(int start, int end, String value) implements Jsonc {}

  /** A number, true, false or null: nothing that is looked into here. */
  record Other(int start, int end) implements Jsonc {}

  /**
   * An array.
   *
   * @param lastComma where a comma after the last element is; -1 if there is none
   */
  record Items(int start, int end, List<Jsonc> elements, int lastComma) implements Jsonc {
    /** Its elements, if all of them are texts. */
    Optional<List<Text>> texts() {
      return elements.stream().allMatch(Text.class::isInstance)
          ? Optional.of(elements.stream().map(Text.class::cast).toList())
          : Optional.empty();
    }
  }

  /** A member of an object. */
  record Member(Text key, Jsonc value) {}

  /** An object, with its members as they stand there. */
  record Members(int start, int end, List<Member> all) implements Jsonc {
    /**
     * A member; null if there is none.
     *
     * @throws MalformedFileException if there are two: programs differ in which of them counts
     */
    @Nullable Member member(String key) {
      Member found = null;
      for (Member member : all) {
        if (member.key.value.equals(key)) {
          if (found != null) {
            throw new MalformedFileException(member.key.start, "this key is there already");
          }
          found = member;
        }
      }
      return found;
    }
  }
}
