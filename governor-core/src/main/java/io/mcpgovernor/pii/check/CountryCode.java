package io.mcpgovernor.pii.check;

/** Two-letter codes of countries (ISO 3166-1 alpha-2, officially assigned), and XK for Kosovo. */
final class CountryCode {
  private static final String ASSIGNED =
      "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCL"
          + "CMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGS"
          + "GTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLU"
          + "LVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPK"
          + "PLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTM"
          + "TNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

  /** For each first letter, a bit for each second one. */
  private static final int[] SECOND = new int[26];

  static {
    for (int i = 0; i < ASSIGNED.length(); i += 2) {
      SECOND[ASSIGNED.charAt(i) - 'A'] |= 1 << (ASSIGNED.charAt(i + 1) - 'A');
    }
  }

  private CountryCode() {}

  static boolean isAssigned(byte c1, byte c2) {
    return Digits.isLetter(c1)
        && Digits.isLetter(c2)
        && (SECOND[c1 - 'A'] & (1 << (c2 - 'A'))) != 0;
  }
}
