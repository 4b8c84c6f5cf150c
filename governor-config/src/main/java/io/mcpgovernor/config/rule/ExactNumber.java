package io.mcpgovernor.config.rule;

import com.google.common.primitives.UnsignedLong;
import io.mcpgovernor.policy.Condition.FailedException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers of JSON as CEL has them: {@code int} (64 bits), {@code uint} (64 bits) or {@code double}.
 *
 * <p>A number that none of them holds is an error, never another number: a rule that compares it
 * must not fail to match because digits were lost. Doubles stay below 2^53, where CEL compares them
 * with integers exactly.
 */
final class ExactNumber {
  /** From here on doubles are apart by more than one. */
  static final double DOUBLE_MAX = 0x1p53;

  private static final BigDecimal DECIMAL_MAX = new BigDecimal(DOUBLE_MAX);
  private static final int LONG_BITS = 64;

  private ExactNumber() {}

  /**
   * The number for CEL.
   *
   * @throws FailedException if CEL has none that is equal
   */
  static Number of(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Double d) {
      return ofDouble(d);
    }
    if (number instanceof Float f) {
      return of(new BigDecimal(f.toString())); // as it is written in JSON
    }
    if (number instanceof BigInteger integer) {
      return of(integer);
    }
    if (number instanceof BigDecimal decimal) {
      return of(decimal);
    }
    throw new FailedException("a number is of a type that rules do not know");
  }

  private static Number ofDouble(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new FailedException("a number is none that JSON knows");
    }
    return Math.abs(number) < DOUBLE_MAX
        ? number + 0.0 // of both zeros, which CEL tells apart, the one that equals 0
        : of(new BigDecimal(number).toBigInteger());
  }

  private static Number of(BigInteger integer) {
    if (integer.bitLength() < LONG_BITS) {
      return integer.longValue();
    }
    if (integer.signum() > 0 && integer.bitLength() == LONG_BITS) {
      return UnsignedLong.valueOf(integer);
    }
    throw new FailedException("a number is too large: rules compare up to 64 bits");
  }

  private static Number of(BigDecimal decimal) {
    if (decimal.abs().compareTo(DECIMAL_MAX) < 0) {
      double nearest = decimal.doubleValue();
      // Equal, or what everybody writes for that double, as 0.1.
      if (BigDecimal.valueOf(nearest).compareTo(decimal) == 0
          || new BigDecimal(nearest).compareTo(decimal) == 0) {
        return nearest + 0.0;
      }
      throw new FailedException("a number has more digits than rules can compare");
    }
    // Before digits are written out: 1e1000000 has a million of them.
    if (decimal.precision() - (long) decimal.scale() > LONG_BITS) {
      throw new FailedException("a number is too large: rules compare up to 64 bits");
    }
    if (decimal.stripTrailingZeros().scale() > 0) {
      throw new FailedException("a number has more digits than rules can compare");
    }
    return of(decimal.toBigInteger());
  }
}
