package io.mcpgovernor.gateway.stdio;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/** A client's session of the 2025 era: the process it talks to, and whose it is. Thread-safe. */
final class ChildSession {
  private static final int ID_BYTES = 16;

  /** Seeded by the first session, not while the program starts. */
  private static final class Ids {
    static final SecureRandom RANDOM = new SecureRandom();
  }

  private final String id;
  private final String principal;
  private final RunningChild child;
  private final LongSupplier nanos;
  private volatile long usedAt;

  ChildSession(String principal, RunningChild child, LongSupplier nanos) {
    byte[] random = new byte[ID_BYTES];
    Ids.RANDOM.nextBytes(random);
    this.id = HexFormat.of().formatHex(random);
    this.principal = principal;
    this.child = child;
    this.nanos = nanos;
    this.usedAt = nanos.getAsLong();
  }

  /** 128 random bits: who knows it has opened it, or has been told. */
  String id() {
    return id;
  }

  boolean isOf(String key) {
    return principal.equals(key);
  }

  RunningChild child() {
    return child;
  }

  void use() {
    usedAt = nanos.getAsLong();
  }

  long usedAt() {
    return usedAt;
  }

  boolean isUnusedFor(long span) {
    return nanos.getAsLong() - usedAt > span;
  }
}
