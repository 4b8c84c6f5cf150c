package io.mcpgovernor.pii;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that MCP carries as base64 is masked as text, and what is none is counted. */
final class BlobMaskingTest {
  private static final String MAIL = "Write to john@example.com";
  private static final String MASKED = "Write to ***@***.com";

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Scan scan(Map<String, ?> content) {
    return Masker.standard().scan(Json.of(Map.of("content", List.of(content))));
  }

  private static Scan resource(String mimeType, String blob) {
    return scan(
        Map.of(
            "type",
            "resource",
            "resource",
            Map.of("uri", "note://7", "blob", blob, "mimeType", mimeType)));
  }

  private static Scan media(String type, String mimeType, byte[] data) {
    return scan(Map.of("type", type, "mimeType", mimeType, "data", base64(data)));
  }

  private static String blob(Scan scan) {
    List<?> content = (List<?>) scan.masked(Sensitivity.STANDARD).object().get("content");
    Map<?, ?> block = (Map<?, ?>) content.get(0);
    return block.get("resource") instanceof Map<?, ?> resource
        ? (String) resource.get("blob")
        : (String) block.get("data");
  }

  private static String text(Scan scan, Charset charset) {
    return new String(Base64.getMimeDecoder().decode(blob(scan)), charset);
  }

  private static String text(Scan scan) {
    return text(scan, StandardCharsets.UTF_8);
  }

  private static byte[] noise(String start, int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    byte[] first = start.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(first, 0, bytes, 0, first.length);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "TEXT/HTML; charset=utf-8",
        "application/ld+json",
        "image/svg+xml",
        "image/png",
        "application/octet-stream",
        "no type at all"
      })
  void textIsMaskedWhateverItClaimsToBe(String type) {
    for (String text : List.of(MAIL, "\u00dcber \ufeff\u4f60\u597d: " + MAIL, "a@b.io")) {
      Scan scan = resource(type, base64(utf8(text)));

      assertThat(text(scan))
          .isEqualTo(text.replaceAll("[a-z]+@[a-z.]+", "***@***.com"))
          .contains("***@***.com");
      assertThat(scan.unscanned().all()).isEmpty();
    }
    assertThat(text(media("image", "image/png", utf8(MAIL)))).isEqualTo(MASKED);
  }

  @Test
  void jsonInABlobIsReadAsJson() {
    String json =
        "{\"ssn\":123456789,\"order\":123456789,\"mails\":[\"a@example.com\",\"b@example.com\"]}";

    Scan scan = resource("application/json", base64(utf8(json)));

    assertThat(text(scan))
        .isEqualTo(
            "{\"ssn\":\"***-**-6789\",\"order\":123456789,\"mails\":[\"***@***.com\",\"***@***.com\"]}");
    assertThat(scan.counts()).isEqualTo(Map.of("email", 2, "ssn", 1));
    assertThat(scan.pointers()).containsExactly("/content/0/resource/blob");
    assertThat(text(resource("application/x-ndjson", base64(utf8("{\"ssn\":123456789}\n{}\n")))))
        .isEqualTo("{\"ssn\":\"***-**-6789\"}\n{}\n");
  }

  @Test
  void columnRulesCountInBlobs() {
    Columns columns =
        ColumnRules.of(Map.of("salary", Sensitivity.STRICT)).forTool("s", "t", List.of());
    Json value = Json.of(Map.of("uri", "x://1", "blob", base64(utf8("{\"salary\":70000}"))));

    Json masked = Masker.standard().scan(value, columns).masked(Sensitivity.STANDARD);

    assertThat(
            new String(
                Base64.getDecoder().decode((String) masked.object().get("blob")),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"salary\":\"***\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
  void textOfTwoBytesACharacterIsMaskedAndStaysSo(String name) {
    Charset charset = Charset.forName(name);

    Scan scan = resource("text/plain", base64(MAIL.getBytes(charset)));

    assertThat(text(scan, charset)).isEqualTo(MASKED);
  }

  @Test
  void bytesOfOtherCharsetsStayAsTheyAre() {
    byte[] latin = "M\u00fcller: john@example.com".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(text(resource("text/plain", base64(latin)), StandardCharsets.ISO_8859_1))
        .isEqualTo("M\u00fcller: ***@***.com");
    assertThat(
            text(
                resource("text/plain;charset=ISO-8859-1", base64(latin)),
                StandardCharsets.ISO_8859_1))
        .isEqualTo("M\u00fcller: ***@***.com");
  }

  @Test
  void alphabetPaddingAndLinesAreKept() {
    String lines =
        Base64.getMimeEncoder(76, utf8("\r\n")).encodeToString(utf8((MAIL + "\n").repeat(20)));
    String url =
        Base64.getUrlEncoder().withoutPadding().encodeToString(utf8(MAIL + " \u00ff\u00fe??>!"));

    assertThat(List.of(blob(resource("text/plain", lines)).split("\r\n")))
        .hasSizeGreaterThan(3)
        .first()
        .asString()
        .hasSize(76);
    assertThat(text(resource("text/plain", lines))).isEqualTo((MASKED + "\n").repeat(20));
    assertThat(blob(resource("text/plain", url))).doesNotContain("=", "+", "/");
  }

  @Test
  void whatLenientReadersDecodeIsMasked() {
    assertThat(text(resource("text/plain", "!" + base64(utf8(MAIL)) + "#"))).isEqualTo(MASKED);
    assertThat(blob(resource("text/plain", MAIL))).isEqualTo(MASKED);
  }

  @Test
  void picturesAndSoundsPassAsTheyAreAndAreCounted() throws Exception {
    // Three bytes that base64 writes as digits, over and over: no card number.
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(noise("\u0089PNG\r\n\u001a\n\0", 9));
    png.write(Base64.getDecoder().decode("4111111111111111"));

    Scan picture = media("image", "image/png", png.toByteArray());

    assertThat(picture.isClean()).isTrue();
    assertThat(picture.unscanned().media()).isEqualTo(Map.of("image/png", 1));
    assertThat(picture.unscanned().binaries()).isEmpty();
    assertThat(media("audio", "audio/x-odd", noise("\0\1\2", 60)).unscanned().media())
        .isEqualTo(Map.of("audio/x-odd", 1));
  }

  @Test
  void otherBinariesAreCountedApartAndArchivesAreNoPictures() {
    assertThat(resource("application/pdf", base64(noise("%PDF-1.7\n", 90))).unscanned().binaries())
        .isEqualTo(Map.of("application/pdf", 1));
    assertThat(media("image", "image/png", noise("PK\3\4", 90)).unscanned().binaries())
        .isEqualTo(Map.of("image/png", 1));
    assertThat(resource("text/plain", base64(noise("\u001f\u008b", 90))).unscanned().binaries())
        .isEqualTo(Map.of("text/plain", 1));
  }

  @Test
  void typesOnRecordAreFewAndHoldNoNumbers() {
    List<Map<String, ?>> blocks =
        new Random(3)
            .ints(100, 100, 999)
            .<Map<String, ?>>mapToObj(
                i ->
                    Map.of(
                        "type",
                        "image",
                        "mimeType",
                        "image/" + (char) ('a' + i % 26) + (char) ('a' + i / 26 % 26),
                        "data",
                        base64(noise("\u00ff\u00d8\u00ff", 9))))
            .toList();
    Unscanned many = Masker.standard().scan(Json.of(Map.of("content", blocks))).unscanned();

    assertThat(many.all()).hasSize(Unscanned.TYPES_MAX + 1).containsKey("other");
    assertThat(many.all().values().stream().mapToInt(count -> count).sum()).isEqualTo(100);
    assertThat(media("image", "image/123-45-6789", noise("\0", 9)).unscanned().all())
        .isEqualTo(Map.of("other", 1));
  }

  @Test
  void fieldsOfAToolsOwnAreNoBlobs() {
    Scan scan =
        Masker.standard()
            .scan(
                Json.of(
                    Map.of(
                        "structuredContent",
                        Map.of(
                            "uri",
                            "git://x",
                            "blob",
                            "da39a3ee5e6b4b0d3255bfef95601890afd80709"))));

    assertThat(scan.unscanned().all()).isEmpty();
  }

  @Test
  void maskingABlobTwiceChangesNothing() {
    Scan once = resource("text/csv", base64(utf8("id,mail\n1,john@example.com\n2,123-45-6789\n")));

    assertThat(Masker.standard().scan(once.masked(Sensitivity.STANDARD)).isClean()).isTrue();
  }
}
