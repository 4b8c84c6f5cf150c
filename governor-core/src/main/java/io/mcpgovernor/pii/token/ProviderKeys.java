package io.mcpgovernor.pii.token;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * API keys, tokens and secrets of the major providers, by documented prefix, characters, length and
 * checksum ({@code KeyForms}), and the few that have a mark further in ({@code MarkedKeys}).
 *
 * <p>Secrets without a form of their own (the secret key of AWS, Cloudflare's tokens) are not found
 * here; only a name beside them tells. Safe for use by many threads; allocates nothing.
 */
public final class ProviderKeys {
  // Twelve bits: about one word in thirty that begins no key is looked at again.
  private static final int BUCKETS_LOG = 12;

  private static final KeyForm[] NO_FORMS = {};
  // A byte a bucket stays in the cache; an array a bucket would not.
  private static final byte[] LIST_OF_BUCKET = new byte[1 << BUCKETS_LOG];
  private static final KeyForm[][] LISTS = lists();

  private ProviderKeys() {}

  /**
   * Where the key that begins exactly at {@code from} ends, exclusive, or -1 if none begins there.
   * Of {@code AccountKey=...} and {@code sig=...} the name is part of the span, of a Slack webhook
   * the span is the path from {@code services/} on. Ask at beginnings of words only: what stands
   * before {@code from} is not looked at.
   */
  public static int end(byte[] text, int from, int to) {
    // The shortest key has 20 characters.
    if (to - from < 20) {
      return -1;
    }
    int list = LIST_OF_BUCKET[bucket(text[from], text[from + 1], text[from + 2])] & 0xff;
    if (list != 0) {
      for (KeyForm form : LISTS[list]) {
        int end = form.end(text, from, to);
        if (end >= 0) {
          return end;
        }
      }
    }
    return MarkedKeys.end(text, from, to);
  }

  /** A made-up key of every form known, well-formed, the same at every call. */
  public static List<String> examples() {
    return KeyExamples.all();
  }

  private static int bucket(int first, int second, int third) {
    int three = ((first & 0xff) << 16) | ((second & 0xff) << 8) | (third & 0xff);
    return (three * 0x9E3779B1) >>> (32 - BUCKETS_LOG);
  }

  private static KeyForm[][] lists() {
    List<KeyForm[]> lists = new ArrayList<>(List.<KeyForm[]>of(NO_FORMS));
    for (KeyForm form : KeyForms.ALL) {
      byte[] prefix = form.prefix();
      if (prefix.length > 2) {
        add(form, bucket(prefix[0], prefix[1], prefix[2]), lists);
      } else {
        String thirds = form.parts().get(0).alphabet().characters();
        for (int i = 0; i < thirds.length(); i++) {
          add(form, bucket(prefix[0], prefix[1], thirds.charAt(i)), lists);
        }
      }
    }
    return lists.toArray(new KeyForm[0][]);
  }

  private static void add(KeyForm form, int bucket, List<KeyForm[]> lists) {
    KeyForm[] old = lists.get(LIST_OF_BUCKET[bucket] & 0xff);
    KeyForm[] longer = Arrays.copyOf(old, old.length + 1);
    longer[old.length] = form;
    if (LIST_OF_BUCKET[bucket] == 0) {
      if (lists.size() > 255) {
        throw new IllegalStateException("more buckets in use than a byte can number");
      }
      LIST_OF_BUCKET[bucket] = (byte) lists.size();
      lists.add(longer);
    } else {
      lists.set(LIST_OF_BUCKET[bucket] & 0xff, longer);
    }
  }
}
