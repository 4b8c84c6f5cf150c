package io.mcpgovernor.bench.accuracy;

import java.util.Locale;
import java.util.function.Function;

/** What looks like PII and is none: each must survive unmasked. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state, lists that are copies
public enum Trap {
  /** Seconds since 1970. */
  EPOCH_SECONDS(
      dice -> "1" + dice.between(6, 7) + dice.digits(8),
      "created|ts|expires_at|iat|updated_epoch",
      "Epoch|Created (epoch)",
      "The timestamp was {}.|It expires at epoch {}."),
  /** Milliseconds since 1970. */
  EPOCH_MILLIS(
      dice -> "1" + dice.between(6, 7) + dice.digits(11),
      "timestamp|event_time_ms|last_modified|created_ms",
      "Timestamp|Epoch ms",
      "The event has timestamp {}.|At {} ms since the epoch the queue was empty."),
  /** Microseconds since 1970. */
  EPOCH_MICROS(
      dice -> "1" + dice.between(6, 7) + dice.digits(14),
      "time_us|ts_micros|event_time_us",
      "Time (us)|Timestamp us",
      "The trace begins at {} us.|Timestamp {} is in microseconds."),
  /** Year to second in fourteen digits. */
  STAMP_14(
      dice -> date(dice, "") + dice.pattern("1#") + dice.between(10, 59) + dice.between(10, 59),
      "run_stamp|backup_time|batch_stamp|generated",
      "Stamp|Backup time",
      "The backup of {} is complete.|Batch {} was replayed.|See export_{}.csv for all rows."),
  /** ISO 8601 with an offset. */
  ISO_TIME(
      dice ->
          date(dice, "-")
              + dice.of("T", " ")
              + dice.pattern("1#:")
              + dice.between(10, 59)
              + ":"
              + dice.between(10, 59)
              + dice.of("", "." + dice.digits(3), "." + dice.digits(6))
              + dice.of("Z", "+02:00", "-0530", "+0000"),
      "created_at|updated_at|started|password_changed_at|last_login_at",
      "Created|Last change|Started",
      "It began on {} and took an hour.|Deployed {} without trouble."),
  /** A date that is nobody's birthday. */
  ISO_DATE(
      dice -> date(dice, "-"),
      "due_date|invoice_date|renewal_date|contract_start",
      "Due date|Renewal",
      "The contract renews on {}.|It is due on {}."),
  /** From year to year. */
  YEAR_RANGE(
      dice -> dice.between(1990, 2010) + dice.of("-", "–", "/") + dice.between(2011, 2026),
      "seasons|model_years|period",
      "Period|Model years",
      "The figures of {} are in the annex.|Models of {} are affected."),
  /** RFC 9562. */
  UUID(
      dice ->
          IdentityNumbers.grouped(dice.hex(12), "-", 8, 4)
              + dice.pattern("-4###-8###-")
              + dice.of(dice.hex(12), dice.digits(12)),
      "id|request_id|session_id|correlation_id|customer_uuid",
      "Request|Session|Record id",
      "The request {} failed.|Session {} timed out."),
  /** A digest in hex. */
  SHA256(
      dice -> dice.hex(64),
      "sha256|checksum|content_hash|fingerprint",
      "SHA-256|Checksum",
      "The checksum is {}.|Image pinned to digest sha256:{}."),
  /** A tag of a resource's version. */
  ETAG(
      dice -> dice.of("W/", "") + "'" + dice.hex(dice.of(16, 32)) + "'",
      "etag|if_none_match",
      "ETag|Entity tag",
      "The server sent ETag {} twice."),
  /** A commit. */
  GIT_HASH(
      dice -> dice.hex(dice.of(7, 12, 40)),
      "commit|git_sha|revision",
      "Commit|Revision",
      "Commit {} broke the build.|Reverted to {} this morning."),
  /** A trace of RFC trace context. */
  TRACE_CONTEXT(
      dice -> "00-" + dice.hex(32) + "-" + dice.hex(16) + "-01",
      "traceparent|trace_context",
      "Traceparent|Trace",
      "Look for trace {} in the viewer."),
  /** An order. */
  ORDER_NUMBER(
      dice ->
          dice.pattern(
              dice.of(
                  "11P-#######-#######",
                  "P#########",
                  "P###############",
                  "SO-P#####-##",
                  "ORD-####-#####",
                  "#PP-##-##P##-#")),
      "order_id|order_number|order_no|purchase_order",
      "Order|Order number|Order no.",
      "Order {} has not arrived.|Where is my order {}?|I bought it with order number {}."),
  /** An invoice. */
  INVOICE_NUMBER(
      dice ->
          dice.pattern(dice.of("I\\NV-202#-######", "P#########", "RE202######", "2024/P#####")),
      "invoice_id|invoice_number|invoice_no|credit_note",
      "Invoice|Invoice no.",
      "Invoice {} is overdue.|There is a mistake in invoice {}."),
  /** A parcel of UPS. */
  TRACKING_UPS(
      dice -> "1Z" + dice.base62(6).toUpperCase(Locale.ROOT) + dice.digits(10),
      "tracking_number|ups_tracking|shipment_tracking",
      "UPS tracking|Tracking no.",
      "The parcel has UPS tracking {}.|Tracking {} says delivered."),
  /** A parcel of FedEx, in 12 or 15 digits. */
  TRACKING_FEDEX(
      dice ->
          dice.of(dice.pattern("P###########"), dice.pattern("P### #### ####"), dice.digits(15)),
      "tracking_number|fedex_tracking|waybill",
      "FedEx tracking|Tracking no.",
      "FedEx tracking number {} is stuck.|The FedEx parcel, tracking {}, was lost."),
  /** A parcel of USPS, in 22 digits. */
  TRACKING_USPS(
      dice ->
          dice.oneIn(2)
              ? dice.pattern("94####################")
              : dice.pattern("94## #### #### #### #### ##"),
      "tracking_number|usps_tracking|label_number",
      "USPS tracking|Tracking no.",
      "USPS tracking {} has no scan.|The USPS label number is {}."),
  /** An article's number, 12 to 14 digits. */
  GTIN(
      dice ->
          dice.pattern(
              dice.of("40###########", "P###########", "1##############", "5############")),
      "gtin|ean|ean13|upc|barcode",
      "GTIN|EAN|UPC|Barcode",
      "The barcode is EAN {}.|GTIN {} is out of stock."),
  /** A book. */
  ISBN(
      dice ->
          dice.pattern(
              dice.of("978-3-##-######-#", "9780#########", "0-###-#####-#", "979-8-####-####-#")),
      "isbn|isbn13",
      "ISBN|Book (ISBN)",
      "The book is ISBN {}.|Two copies of ISBN {}, please."),
  /** Many digits after the point. */
  DECIMAL_FRACTION(
      dice -> "0." + dice.digits(dice.between(9, 17)),
      "score|ratio|probability|confidence",
      "Score|Ratio",
      "The model gave {} for that.|It fell by a ratio of {}."),
  /** A long American postcode. */
  ZIP_PLUS_4(
      dice -> dice.pattern("9####-####"),
      "zip|postal_code|zip_code",
      "ZIP|Postal code",
      "We deliver to ZIP {} on Tuesdays.|Is {} a valid zip code?"),
  /** A version. */
  VERSION(
      dice ->
          dice.pattern(
              dice.of(
                  "v#.1#.#", "1#.0.P###.1##", "2.#.##-rc.#", "#.##.0+build.####", "202#.1#.##.P")),
      "version|app_version|firmware|schema_version",
      "Version|Firmware",
      "It happens since version {}.|Please upgrade to {} first."),
  /** Dots between numbers. */
  DOTTED_NUMBER(
      dice -> dice.pattern(dice.of("1.3.6.1.4.1.#####", "1.2.840.113549.1.1.1P", "#.1#.2.#")),
      "oid|section|clause",
      "OID|Section",
      "See clause {} of the manual.|The algorithm is OID {}."),
  /** A repository over SSH. */
  GIT_URL(
      dice ->
          dice.of("git@github.com:", "git@gitlab.example.com:", "git@bitbucket.org:")
              + dice.of("acme/crm.git", "tools/report-builder", "ops/charts.git"),
      "repository|git_remote|source_repo",
      "Repository|Remote",
      "Clone {} first.|The remote is {} now."),
  /** A package's version. */
  PACKAGE_AT_VERSION(
      dice ->
          dice.of("lodash@", "@types/node@", "react@^", "left-pad@", "org.acme.crm@")
              + dice.pattern("1#.#.#"),
      "dependency|package|module",
      "Package|Dependency",
      "We pinned {} last week.|Since {} the build is slow."),
  /** An image for fine screens. */
  IMAGE_AT_SCALE(
      dice ->
          dice.of("logo", "icon-cart", "hero_banner") + dice.of("@2x.png", "@3x.png", "@2x.webp"),
      "image|avatar_file|asset",
      "Image|File",
      "The picture {} is blurred.|Please replace {} in the header."),
  /** An annotation or a handle. */
  ANNOTATION(
      dice ->
          dice.of(
              "@Transactional",
              "@Override",
              "@acme_support",
              "https://medium.com/@acme/launch-2024",
              "@NotNull",
              "@here",
              "@media"),
      "annotation|handle|mention",
      "Annotation|Handle",
      "The method lacks {} since the refactoring.|Somebody wrote {} in the channel."),
  /** Money. */
  PRICE(
      dice ->
          dice.pattern(
              dice.of("$P,###.##", "€ P##.##", "P#,###,###.## USD", "P######.##", "P.###,##")),
      "price|amount|total|balance|unit_price",
      "Total|Amount|Price",
      "It costs {} with tax.|The total of {} was refunded."),
  /** A place on the globe. */
  COORDINATES(
      dice ->
          dice.pattern(dice.of("5#.######", "-12#.########")) + ", " + dice.pattern("1#.#######"),
      "location|coordinates|lat_lon|geo",
      "Coordinates|Geo",
      "The depot is at {} on the map.|The sensor reported coordinates {}."),
  /** A number under a key in which a telling word is hidden. */
  TELLING_WORD_INSIDE(
      dice -> dice.pattern(dice.of("P########", "P#########", "P###-####", "####")),
      "session|session_number|discard_count|discarded_bytes|zip_size|spinach_lot|unzip_job"
          + "|assignment|classname_hash|cellar_lot|dashboard_seq|lesson|hotel_rooms|scarcity",
      "Session|Discarded|Lesson|Cellar lot",
      "The session {} ran over.|They discard lot {} today.|Lesson {} was short."),
  /** A harmless value under a key that has a telling word. */
  INNOCENT_UNDER_TELLING_KEY(
      dice -> dice.of("true", "false", "verified", "visa", "home", "30", "4096", "required", "3"),
      "email_verified|phone_type|card_brand|token_count|ssn_status|password_rotation_days"
          + "|email_count|max_tokens|card_holder_verified|phone_count|secret_version",
      "Phone verified|Card type|E-mail status",
      "The phone check says: {}.|E-mail status is {} since then."),
  /** A port. */
  PORT(
      dice -> dice.of("8080", "5432", "localhost:9092", "10443", "db-1:27017"),
      "port|listen|endpoint",
      "Port|Listens on",
      "It listens on port {}.|Nothing answers at {} any more."),
  /** How much was sent. */
  BYTE_COUNT(
      dice -> dice.pattern(dice.of("P########", "P##########", "P,###,###,###", "P#####")),
      "bytes|content_length|bytes_sent|size_bytes",
      "Bytes|Size (bytes)",
      "The dump has {} bytes.|It wrote {} bytes and stopped."),
  /** Digits like a phone's or an SSN's in a longer name. */
  PHONE_IN_LONGER_ID(
      dice ->
          dice.pattern(
              dice.of(
                  "REQ-415-555-0132-##",
                  "X###-###-####Z",
                  "NNN-NNN-#####",
                  "AA###-##-####-AA",
                  "P##-NNN-NNN-####-#",
                  "####-##-####-###",
                  "NNN-NNN-####_v#")),
      "reference|ticket|sku|part_number",
      "Reference|Part no.|SKU",
      "The part {} is missing.|Ticket {} is still open.|It is under reference {}."),
  /** Arithmetic. */
  MATH(
      dice ->
          dice.pattern(
              dice.of(
                  "N## - ## = N##", "(P## + ###) * ####", "N##-### items", "2^P#-1", "P###/####")),
      "formula|expression",
      "Formula|Expression",
      "The sum {} looks wrong.|By the formula {} it is fine."),
  /** A browser, with versions like addresses. */
  USER_AGENT(
      dice ->
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/1"
              + dice.pattern("##.0.P###.1## Safari/537.36"),
      "user_agent|browser",
      "Browser|User agent",
      "The browser is {} there."),
  /** What is masked already. */
  MASKED(
      dice ->
          dice.of("***@***.com", "***-**-", "****-****-****-", "(***) ***-")
              .transform(mask -> mask.endsWith("-") ? mask + dice.digits(4) : mask),
      "masked_value|display_value|shown_as",
      "Shown as|Masked",
      "The screen shows {} only.|It was printed as {} on the slip."),
  /** Bytes of a picture, in base64. */
  BASE64_BLOB(
      dice -> "iVBORw0KGgo" + dice.base62(dice.of(41, 85, 121)),
      "thumbnail|payload|cursor",
      "Thumbnail|Payload",
      "The thumbnail begins with {} and is cut.");

  private final Function<Dice, String> maker;
  private final Wording wording;

  Trap(Function<Dice, String> maker, String keys, String labels, String sentences) {
    this.maker = maker;
    this.wording = Wording.of(keys, labels, sentences);
  }

  Wording wording() {
    return wording;
  }

  /** A new one. */
  Marked make(Dice dice) {
    return Marked.trap(this, maker.apply(dice));
  }

  private static String date(Dice dice, String separator) {
    return String.format(
        Locale.ROOT,
        "%d%s%02d%s%02d",
        dice.between(2019, 2026),
        separator,
        dice.between(1, 12),
        separator,
        dice.between(1, 28));
  }
}
