package io.mcpgovernor.pii.check;

/** Addresses of Bitcoin, on the main and the test networks. Their case counts. */
public final class Bitcoin {
  private Bitcoin() {}

  /** An address of any kind; see the two others. */
  public static boolean address(byte[] text, int from, int to) {
    return base58Address(text, from, to) || segwitAddress(text, from, to);
  }

  /**
   * P2PKH and P2SH: a version, 20 bytes of a hash and four of a checksum (Bitcoin Core,
   * "Base58Check encoding"). Allocates a few small arrays once length and characters fit.
   */
  public static boolean base58Address(byte[] text, int from, int to) {
    return CheckedBase58.isAddress(text, from, to);
  }

  /** Segregated witness, version 0 by Bech32 (BIP 173), others by Bech32m (BIP 350). */
  public static boolean segwitAddress(byte[] text, int from, int to) {
    return Bech32.isAddress(text, from, to);
  }
}
