package io.mcpgovernor.pii.check;

/**
 * Keccak-256 of short messages, with the padding of the submission to the SHA-3 contest that
 * Ethereum uses (G. Bertoni and others, "The Keccak reference", version 3.0). The platform's
 * SHA3-256 pads otherwise.
 */
final class Keccak256 {
  private static final int RATE = 136;
  private static final int ROUNDS = 24;

  private Keccak256() {}

  /** The 32 bytes of the hash of a message of less than 136 bytes: of one block. */
  static byte[] hash(byte[] message) {
    byte[] block = new byte[RATE];
    System.arraycopy(message, 0, block, 0, message.length);
    block[message.length] = 1;
    block[RATE - 1] |= (byte) 0x80;
    long[] lanes = new long[25];
    for (int i = 0; i < RATE; i++) {
      lanes[i / 8] |= (block[i] & 0xffL) << (i % 8 * 8);
    }
    permute(lanes);
    byte[] hash = new byte[32];
    for (int i = 0; i < hash.length; i++) {
      hash[i] = (byte) (lanes[i / 8] >>> (i % 8 * 8));
    }
    return hash;
  }

  private static void permute(long[] lanes) {
    int register = 1;
    long[] row = new long[5];
    for (int round = 0; round < ROUNDS; round++) {
      for (int x = 0; x < 5; x++) { // theta
        row[x] = lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20];
      }
      for (int i = 0; i < 25; i++) {
        lanes[i] ^= row[(i + 4) % 5] ^ Long.rotateLeft(row[(i + 1) % 5], 1);
      }
      int x = 1;
      int y = 0;
      long moved = lanes[1];
      for (int t = 0; t < 24; t++) { // rho and pi
        int next = (2 * x + 3 * y) % 5;
        x = y;
        y = next;
        long lane = lanes[x + 5 * y];
        lanes[x + 5 * y] = Long.rotateLeft(moved, (t + 1) * (t + 2) / 2);
        moved = lane;
      }
      for (int i = 0; i < 25; i += 5) { // chi
        System.arraycopy(lanes, i, row, 0, 5);
        for (int j = 0; j < 5; j++) {
          lanes[i + j] = row[j] ^ (~row[(j + 1) % 5] & row[(j + 2) % 5]);
        }
      }
      for (int bit = 0; bit < 7; bit++) { // iota
        if ((register & 1) != 0) {
          lanes[0] ^= 1L << ((1 << bit) - 1);
        }
        register = register << 1 ^ ((register & 0x80) != 0 ? 0x171 : 0);
      }
    }
  }
}
