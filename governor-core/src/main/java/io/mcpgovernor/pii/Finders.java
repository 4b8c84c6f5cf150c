package io.mcpgovernor.pii;

/**
 * Says how text is searched for PII in this JVM, for people who measure or who ask why it is slow.
 * What is found is the same either way.
 *
 * <p>Thread-safe.
 */
public final class Finders {
  private Finders() {}

  /**
   * How many bytes at a time are looked at and in what, for example {@code vectors of 512 bits} or
   * {@code 64-bit words}.
   *
   * <p>Vectors are used on Java 25, from the jar (not from a folder of classes), if the JVM was
   * started with {@code --add-modules jdk.incubator.vector} and without {@code
   * -Dio.mcpgovernor.vector=off}.
   */
  public static String active() {
    return CandidateFinder.BEST.label();
  }
}
