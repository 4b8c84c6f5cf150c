package io.mcpgovernor.pii;

import java.nio.charset.StandardCharsets;

/**
 * The words that are evidence, in field names and in text: one row a hint. Words are looked up as
 * they stand in UTF-8, without regard to case and without making strings of them.
 *
 * <p>Words are compared by a 64-bit hash. That two words of this table differ in it is checked when
 * the class is loaded; that a foreign word hits one by accident is less likely than 1 in 10^16, and
 * would only weigh the evidence wrongly.
 */
final class Vocabulary {
  /** The first half of "social security", which says nothing alone. */
  static final long SOCIAL = hash("social");

  private static final int SLOTS = 1_024;
  private static final long[] HASHES = new long[SLOTS];
  private static final Hint[] HINTS = new Hint[SLOTS];

  static {
    row(
        Hint.PHONE,
        "phone phones telephone telephones tel mobile mobiles cell cellphone cellphones cellular"
            + " fax faxes landline hotline handset msisdn whatsapp phonenumber phonenumbers phoneno"
            + " phonenum mobilenumber mobileno mobilephone homephone workphone telno telnumber"
            + " faxnumber faxno telefon telefono telefone telefoon movil celular");
    row(
        Hint.LIKELY_PHONE,
        "call calls called calling callback dial contact contacts reach ring sms text ph messages"
            + " answer answering desk");
    row(Hint.SSN, "ssn ssns socialsecurity socialsecuritynumber socialsecurityno ssnumber");
    row(Hint.SECURITY, "security");
    row(
        Hint.CARD,
        "card cards creditcard creditcards debitcard cardnumber cardno cardnum ccnumber ccnum ccn"
            + " cc pan visa mastercard amex maestro diners jcb unionpay");
    row(
        Hint.IDENTIFIER,
        "id ids uid uuid guid order orders ordernumber orderid invoice invoices trace"
            + " span tracking track hash sha checksum digest etag version versions ver"
            + " revision rev build commit sequence seq index idx serial sku isbn issn ean upc"
            + " gtin asin barcode batch lot shipment parcel waybill awb transaction"
            + " transactions txn tx ref reference request session token nonce seed port pid"
            + " zip zipcode postcode postal ticket job thread correlation confirmation"
            + " booking reservation rma part model identifier");
    row(
        Hint.TIME,
        "timestamp timestamps epoch time times datetime date dates ts created updated modified"
            + " expires expiry started ended finished millis micros nanos ms ns seconds");
    row(
        Hint.MEASURE,
        "amount amounts price prices cost total subtotal fee balance sum lat latitude lon lng"
            + " longitude coordinate coordinates coord coords altitude count counts size length"
            + " width height weight bytes offset quantity qty score rate ratio percent duration"
            + " elapsed latency distance delta gmt utc tz timezone");
    row(
        Hint.NEUTRAL,
        "number numbers no num nr value values digits raw is was are the a of my home work office"
            + " main primary secondary national international formatted");
  }

  private Vocabulary() {}

  /** What the ASCII letters between {@code from} and {@code to} say as one word. */
  static Hint hint(byte[] text, int from, int to) {
    return hint(hash(text, from, to));
  }

  /** What a word says, given its hash. */
  static Hint hint(long hash) {
    for (int slot = slot(hash); HASHES[slot] != 0; slot = slot + 1 & SLOTS - 1) {
      if (HASHES[slot] == hash) {
        return HINTS[slot];
      }
    }
    return Hint.NONE;
  }

  /** FNV-1a over the lower-case letters, never 0. */
  static long hash(byte[] text, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (text[i] | 0x20)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }

  private static long hash(String word) {
    byte[] text = word.getBytes(StandardCharsets.US_ASCII);
    return hash(text, 0, text.length);
  }

  private static int slot(long hash) {
    return (int) (hash ^ hash >>> 32) & SLOTS - 1;
  }

  private static void row(Hint hint, String words) {
    for (String word : words.split(" ", -1)) {
      long hash = hash(word);
      int slot = slot(hash);
      while (HASHES[slot] != 0) {
        if (HASHES[slot] == hash) {
          throw new IllegalStateException("twice in the vocabulary: " + word);
        }
        slot = slot + 1 & SLOTS - 1;
      }
      HASHES[slot] = hash;
      HINTS[slot] = hint;
    }
  }
}
