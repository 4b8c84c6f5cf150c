package io.mcpgovernor.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What is masked does not depend on which finder a JVM can run. Runs on Java 25 with vectors, like
 * the second run of {@link CandidateFinderTest}; the classes for every Java are loaded once more
 * beside those, so that two maskers with a finder each read the same bytes.
 */
class MaskingByEitherFinder {
  private static final int TEXTS = 10_000;

  /** Twice this fills some vectors, so that these pass over what stands between two values. */
  private static final String PROSE =
      "the quick brown fox jumps over internationalization of src/main/java and +a-b_c/d, naïve 日本;"
          + " \"quoted\\n\" ";

  /** A masker of its own, with the finder of the class loader that it comes from. */
  static final class Masking implements UnaryOperator<byte[]> {
    private final Masker masker = new Masker(MaskRules.builder().kinds(Kinds.all()).build());

    @Override
    public byte[] apply(byte[] text) {
      return masker.scanText(text).masked(Sensitivity.STANDARD);
    }

    @Override
    public String toString() {
      return Finders.active();
    }
  }

  /** Loads the project's classes once more, without those that are for Java 25 alone. */
  private static final class Portable extends URLClassLoader {
    Portable() {
      super(
          new URL[] {place(Masker.class), place(MaskingByEitherFinder.class)},
          MaskingByEitherFinder.class.getClassLoader());
    }

    private static URL place(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.mcpgovernor.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @SuppressWarnings("unchecked") // the same class as Masking, of another loader
    UnaryOperator<byte[]> masking() throws ReflectiveOperationException {
      var constructor = loadClass(Masking.class.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (UnaryOperator<byte[]>) constructor.newInstance();
    }
  }

  @Test
  void bothMaskTheSameBytes() throws Exception {
    boolean vectors = Boolean.getBoolean("io.mcpgovernor.test.vectors");
    UnaryOperator<byte[]> best = new Masking();
    try (Portable portable = new Portable()) {
      UnaryOperator<byte[]> other = portable.masking();
      assertThat(best.toString()).startsWith(vectors ? "vectors of " : "64-bit words");
      assertThat(other).hasToString("64-bit words");

      int masked = 0;
      for (int seed = 0; seed < TEXTS; seed++) {
        byte[] text = text(new Random(seed));
        masked += same(text, best, other) ? 1 : 0;
      }
      for (byte[] shape : HostileShapes.of(4_096).values()) {
        same(shape, best, other);
      }

      assertThat(masked).isGreaterThan(TEXTS / 4);
    }
  }

  /** Masks a text by both; says whether anything was found. */
  private static boolean same(
      byte[] text, UnaryOperator<byte[]> best, UnaryOperator<byte[]> other) {
    byte[] expected = other.apply(text);
    byte[] found = best.apply(text);
    if (!Arrays.equals(found, expected)) {
      assertThat(new String(found, UTF_8))
          .as("masked from %s", new String(text, UTF_8))
          .isEqualTo(new String(expected, UTF_8));
    }
    return !Arrays.equals(found, text);
  }

  /** Values and what joins them, each after some prose; or JSON with such values in it. */
  private static byte[] text(Random random) {
    if (random.nextInt(4) == 0) {
      return PlantedJson.random(random).raw();
    }
    StringBuilder text = new StringBuilder();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      int from = random.nextInt(PROSE.length());
      text.append(PROSE.repeat(3), from, from + random.nextInt(2 * PROSE.length()));
      text.append(PiiPieces.text(random));
    }
    return text.toString().getBytes(UTF_8);
  }
}
