package io.mcpgovernor.policy;

import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.policy.ValidationResult.Check;
import io.mcpgovernor.policy.ValidationResult.Verdict;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The checks of one call, in the order in which they were asked. Three small arrays instead of an
 * object a check, because every call has a dozen of them and hardly anybody looks at one.
 *
 * <p>Filled by one thread; unmodifiable once it is {@linkplain #sealed() sealed}.
 */
public final class Trace extends AbstractList<Check> implements RandomAccess, JsonWritable {
  private String[] names;
  private Verdict[] verdicts;
  private int[] micros;
  private int size;
  private boolean isSealed;

  /**
   * An empty trace.
   *
   * @param checks how many there will be; more find room as well
   */
  public Trace(int checks) {
    names = new String[checks];
    verdicts = new Verdict[checks];
    micros = new int[checks];
  }

  /**
   * Takes a check down.
   *
   * @param took microseconds
   * @throws IllegalStateException if the trace is sealed
   */
  public void note(String name, Verdict verdict, long took) {
    if (isSealed) {
      throw new IllegalStateException("the call is decided");
    }
    if (size == names.length) {
      int room = size * 2 + 1;
      names = Arrays.copyOf(names, room);
      verdicts = Arrays.copyOf(verdicts, room);
      micros = Arrays.copyOf(micros, room);
    }
    names[size] = name;
    verdicts[size] = verdict;
    micros[size++] = (int) Math.min(took, Integer.MAX_VALUE);
  }

  /** This trace, which nobody can add to any more. */
  Trace sealed() {
    isSealed = true;
    return this;
  }

  /** As in {@link Check#name()}. */
  String name(int index) {
    return names[Objects.checkIndex(index, size)];
  }

  /** As in {@link Check#verdict()}. */
  Verdict verdict(int index) {
    return verdicts[Objects.checkIndex(index, size)];
  }

  /** As in {@link Check#micros()}. */
  int micros(int index) {
    return micros[Objects.checkIndex(index, size)];
  }

  @Override
  public Check get(int index) {
    return new Check(name(index), verdict(index), micros(index));
  }

  @Override
  public int size() {
    return size;
  }

  /** As records show it: an array of {@code check}, {@code verdict} and {@code micros}. */
  @Override
  public void writeTo(JsonWriter json) {
    json.beginArray();
    for (int i = 0; i < size; i++) {
      json.beginObject()
          .field("check", names[i])
          .field("verdict", verdicts[i].text())
          .field("micros", (long) micros[i])
          .endObject();
    }
    json.endArray();
  }
}
