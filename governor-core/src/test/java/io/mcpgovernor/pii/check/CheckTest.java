package io.mcpgovernor.pii.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has to hold for every check. */
class CheckTest {
  private static final String WHAT_NUMBERS_ARE_MADE_OF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Checks whose algorithm finds every single wrong digit: Luhn, Verhoeff, modulus 11 and 97. */
  private static final List<String> FINDS_EVERY_WRONG_DIGIT =
      List.of(
          "Luhn",
          "Verhoeff",
          "PaymentCard",
          "Iban",
          "abaRouting",
          "npi",
          "nhs",
          "sin",
          "aadhaar",
          "tfn",
          "abn",
          "pesel",
          "dni",
          "nie",
          "cpf",
          "bsn",
          "fodselsnummer",
          "steuerId",
          "nir",
          "ahv",
          "tckn",
          "southAfrica",
          "residentId",
          "teudatZehut",
          "hkid",
          "Imei",
          "hetu",
          "rut");

  private static final List<String> HASHES = List.of("base58", "bitcoin", "ethereum");

  static List<Sample> all() {
    return Sample.all();
  }

  static Stream<Sample> findingEveryWrongDigit() {
    return all().stream().filter(sample -> FINDS_EVERY_WRONG_DIGIT.contains(sample.name()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSampleAloneAndWithinOtherTextPasses(Sample sample) {
    byte[] within = ("7" + sample.valid() + "7Z").getBytes(UTF_8);

    assertThat(Sample.passes(sample.check(), sample.valid())).isTrue();
    assertThat(sample.check().passes(within, 1, within.length - 2)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void otherCharactersAndAnEmptySliceFail(Sample sample) {
    String valid = sample.valid();

    assertThat(Sample.passes(sample.check(), "")).isFalse();
    for (int i = 0; i < valid.length(); i++) {
      String before = valid.substring(0, i);
      assertThat(Sample.passes(sample.check(), before + ' ' + valid.substring(i + 1))).isFalse();
      assertThat(Sample.passes(sample.check(), before + 'é' + valid.substring(i + 1))).isFalse();
      assertThat(
              Sample.passes(
                  sample.check(), before + 'é' + valid.substring(Math.min(i + 2, valid.length()))))
          .isFalse();
    }
  }

  /** Addresses of wallets are hashed; see the package. */
  static Stream<Sample> withoutHash() {
    return all().stream().filter(sample -> !HASHES.contains(sample.name()));
  }

  @ParameterizedTest
  @MethodSource("withoutHash")
  void nothingIsAllocated(Sample sample) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] text = sample.valid().getBytes(UTF_8);
    Check check = sample.check();
    check.passes(text, 0, text.length); // loads the class
    // The first reading may allocate for itself.
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean passes = true;
    for (int i = 0; i < 1_000; i++) {
      passes &= check.passes(text, 0, text.length);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(passes).isTrue();
    // Less than a byte a call: some of the platform's own may fall into the loop.
    assertThat(bytes).isLessThan(1_000);
  }

  @ParameterizedTest
  @MethodSource("findingEveryWrongDigit")
  void anySingleChangedDigitFails(Sample sample) {
    for (int i = 0; i < sample.valid().length(); i++) {
      if (!Character.isDigit(sample.valid().charAt(i))) {
        continue;
      }
      for (char digit = '0'; digit <= '9'; digit++) {
        StringBuilder changed = new StringBuilder(sample.valid());
        changed.setCharAt(i, digit);
        assertThat(Sample.passes(sample.check(), changed.toString()))
            .as("%s", changed)
            .isEqualTo(changed.toString().equals(sample.valid()));
      }
    }
  }

  /** The bytes end where the array does, so that a look too far is an exception. */
  @ParameterizedTest
  @MethodSource("all")
  void arbitraryBytesNeverThrow(Sample sample) {
    Random random = new Random(1);
    byte[] valid = sample.valid().getBytes(UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[random.nextInt(48)];
      random.nextBytes(bytes);
      if (round % 2 == 0) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] =
              (byte)
                  WHAT_NUMBERS_ARE_MADE_OF.charAt(
                      random.nextInt(round % 4 == 0 ? 10 : WHAT_NUMBERS_ARE_MADE_OF.length()));
        }
      }
      byte[] damaged = valid.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      boolean passes = sample.check().passes(bytes, 0, bytes.length);
      passes |= sample.check().passes(damaged, 0, damaged.length);
      passes |= sample.check().passes(damaged, random.nextInt(damaged.length + 1), damaged.length);
      assertThat(passes).isIn(true, false);
    }
  }
}
