package io.mcpgovernor.verify;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The tree of RFC 6962 as section 2.1 defines it, by recursion. */
final class PlainTree {
  private final List<byte[]> leaves = new ArrayList<>();

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(byte[] recordHash) {
    leaves.add(sha256(new byte[] {0}, recordHash));
  }

  int size() {
    return leaves.size();
  }

  byte[] leaf(int index) {
    return leaves.get(index);
  }

  byte[] root(int size) {
    return root(0, size);
  }

  private byte[] root(int from, int to) {
    if (to == from) {
      return sha256(new ByteArrayOutputStream().toByteArray());
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    return sha256(new byte[] {1}, root(from, middle), root(middle, to));
  }

  /** Roots of the perfect subtrees, largest first. */
  List<byte[]> frontier(int size) {
    List<byte[]> roots = new ArrayList<>();
    int from = 0;
    for (int bit = 30; bit >= 0; bit--) {
      if ((size >>> bit & 1) == 1) {
        roots.add(root(from, from + (1 << bit)));
        from += 1 << bit;
      }
    }
    return roots;
  }
}
