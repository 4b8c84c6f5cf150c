package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import io.mcpgovernor.call.Spares;
import java.lang.ref.SoftReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A masker uses what it needs for a scan again; none of what was scanned may stay there. */
class IdleMaskerTest {
  private static final String SECRET = "hush0hush";

  /** The secret in a key, escaped and not, in text, in JSON within text, and in a number. */
  private static final Json VALUE =
      Json.of(
          List.of(
              Map.of(SECRET, "x " + SECRET + "\n call 555-123-4567"),
              "{\""
                  + SECRET
                  + "\":[\""
                  + SECRET
                  + "\\n\\\"1\\\"\", {\"a\":\"[\\\""
                  + SECRET
                  + "\\\\n2\\\"]\"}]}",
              Map.of("k\n" + SECRET, new BigDecimal("5551234567.0"))));

  @Test
  void nothingOfWhatWasScannedCanBeReachedFromAnIdleMasker() throws Exception {
    Masker masker = new Masker(MaskRules.defaults());
    Columns columns =
        ColumnRules.of(Map.of("tax_no", Sensitivity.STRICT)).forTool("crm", "find", Set.of());
    Scan scan = masker.scan(VALUE, columns);
    assertThat(scan.isClean()).isFalse();
    masker.mask("Write to " + SECRET + "@example.com", Sensitivity.STRICT);
    assertNothingLeft(masker);
    assertThat(scan.masked(Sensitivity.STRICT).utf8()).asString().contains(SECRET);
  }

  @Test
  void aScanThatFailsLeavesNothingBehind() throws Exception {
    AtomicInteger texts = new AtomicInteger();
    PiiDetector failing =
        (text, findings) -> {
          if (texts.incrementAndGet() % 7 == 0) {
            throw new IllegalStateException("broken");
          }
        };
    Masker masker = new Masker(MaskRules.builder().detector(failing).build());
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> masker.scan(VALUE)).isInstanceOf(IllegalStateException.class);
      assertNothingLeft(masker);
    }
    assertThatThrownBy(() -> masker.scan(Json.text("[\"" + SECRET + "\\n7\",")))
        .isInstanceOf(MalformedJsonException.class);
    assertNothingLeft(masker);
  }

  @Test
  void aHugeValueDoesNotKeepItsRoom() throws Exception {
    Masker masker = new Masker(MaskRules.defaults());
    masker.scan(Json.of(List.of("x1\n".repeat(500_000))));
    int held = arrays(masker).stream().mapToInt(Array::getLength).sum();
    assertThat(held).isLessThan(100_000);
    masker.scan(VALUE);
    assertNothingLeft(masker);
  }

  @Test
  void theRoomOfALargeValueIsKeptWithoutWhatStoodThere() throws Exception {
    Masker masker = new Masker(MaskRules.defaults());
    String rows = ("{\"a\\n\":\"" + SECRET + "\\n call 555-123-4567\"},").repeat(5_000);
    masker.scan(Json.of(List.of("[" + rows + "1]", SECRET)));
    List<Object> soft = soft(masker);
    assertThat(soft).isNotEmpty();
    for (Object scanner : soft) {
      assertNothingLeft(scanner);
    }
  }

  @Test
  void scansAtTheSameTimeAndWithinEachOtherDoNotMix() throws Exception {
    Masker inner = new Masker(MaskRules.defaults());
    PiiDetector asking =
        (text, findings) -> {
          if (text.value().startsWith("n=")) {
            inner.scan(Json.of(List.of("other\n555-987-6543", "{\"a\":\"b\\n1\"}")));
          }
        };
    Masker masker = new Masker(MaskRules.builder().detector(asking).build());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int number = thread;
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    String clean = "n=" + number + "." + i + "\n";
                    String found = clean + "mail a" + number + "@b.com";
                    Json value =
                        Json.of(List.of(clean, "{\"t\":\"" + found.replace("\n", "\\n") + "\"}"));
                    Scan scan = masker.scan(value);
                    assertThat(scan.counts()).containsOnlyKeys("email").containsValue(1);
                    assertThat(scan.masked(Sensitivity.STANDARD).utf8())
                        .asString()
                        .isEqualTo(
                            new String(value.utf8(), StandardCharsets.UTF_8)
                                .replace("a" + number + "@b.com", "***@***.com"));
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** What the masker keeps as long as there is memory. */
  private static List<Object> soft(Masker masker) throws Exception {
    Field roomy = Masker.class.getDeclaredField("roomy");
    roomy.setAccessible(true);
    Field kept = Spares.class.getDeclaredField("kept");
    kept.setAccessible(true);
    AtomicReferenceArray<?> references = (AtomicReferenceArray<?>) kept.get(roomy.get(masker));
    List<Object> soft = new ArrayList<>();
    for (int i = 0; i < references.length(); i++) {
      if (references.get(i) instanceof SoftReference<?> reference && reference.get() != null) {
        soft.add(reference.get());
      }
    }
    return soft;
  }

  private static void assertNothingLeft(Object masker) throws IllegalAccessException {
    List<Object> arrays = arrays(masker);
    assertThat(arrays).as("a scanner is kept").hasSizeGreaterThan(5);
    assertThat(arrays)
        .filteredOn(byte[].class::isInstance)
        .noneMatch(
            bytes ->
                new String((byte[]) bytes, StandardCharsets.ISO_8859_1)
                    .matches("(?s).*(hush|5551234567).*"));
  }

  /** The arrays of numbers that can be reached from a masker. */
  private static List<Object> arrays(Object masker) throws IllegalAccessException {
    List<Object> arrays = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> next = new ArrayDeque<>(List.of(masker));
    while (!next.isEmpty()) {
      Object object = next.pop();
      if (!seen.add(object)) {
        continue;
      }
      if (object instanceof AtomicReferenceArray<?> references) {
        for (int i = 0; i < references.length(); i++) {
          push(references.get(i), next);
        }
      } else if (object instanceof Object[] elements) {
        for (Object element : elements) {
          push(element, next);
        }
      } else if (object.getClass().isArray()) {
        arrays.add(object);
      } else if (object.getClass().getName().startsWith("io.mcpgovernor.")) {
        for (Field field : object.getClass().getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            field.setAccessible(true);
            push(field.get(object), next);
          }
        }
      }
    }
    return arrays;
  }

  private static void push(@Nullable Object object, Deque<Object> next) {
    if (object != null) {
      next.push(object);
    }
  }
}
