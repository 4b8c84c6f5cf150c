package io.mcpgovernor.pii.token;

import static io.mcpgovernor.pii.token.Slices.found;
import static io.mcpgovernor.pii.token.Slices.foundAt;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  private static final List<String> AFTER = List.of("", " ", ".", ",", ". Next", "\"", ")", "/24");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "192.168.100.254",
        "255.255.255.255",
        "8.8.8.8",
        "::1",
        "2001:db8::1",
        "fe80::1",
        "fe80::1%eth0",
        "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
        "::ffff:192.0.2.1",
        "64:ff9b::192.0.2.33",
        "2001:db8:1:2:3:4:5:6",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:192.0.2.1",
        "fd12:3456:789a::",
        "2001:db8:a::b:c",
      })
  void ipAddressesAreFoundWhole(String address) {
    for (String after : AFTER) {
      assertThat(found(IpAddress::end, address + after)).as(after).isEqualTo(address);
    }
    for (String before : List.of(" ", "[", "\"", "=", "address: ")) {
      assertThat(foundAt(IpAddress::end, before + "|" + address)).isEqualTo(address);
    }
  }

  @Test
  void portsAndRangesAreNotPartOfAnAddress() {
    assertThat(found(IpAddress::end, "10.0.0.1:8080")).isEqualTo("10.0.0.1");
    assertThat(foundAt(IpAddress::end, "10.0.0.1-|10.0.0.9")).isEqualTo("10.0.0.9");
    assertThat(foundAt(IpAddress::end, "[|2001:db8::1]:443")).isEqualTo("2001:db8::1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|256.1.1.1",
        "|1.2.3",
        "|1.2.3.4.5",
        "|01.2.3.4",
        "|1.2.3.4a",
        "|1.2.3.4.jar",
        "|1.2.3.4_5",
        "version |1.2.3.4",
        "v |1.2.3.4",
        "\"version\":\"|1.2.3.4",
        "assemblyVersion=|1.2.3.4",
        "lib-|1.2.3.4",
        "0.|1.2.3.4",
        "a.|1.2.3.4",
        "v|1.2.3.4",
        "|10:30:00",
        "|10:30",
        "|2024:10:30",
        "|12:30::",
        "std|::vector",
        "|std::vector",
        "|::vector",
        "|a::b",
        "|dead::beef",
        "[|::2]",
        "|::",
        "|12:34:56:78:9a:bc:de:f0",
        "|1:2:3:4:5:6:7:8:9",
        "|1::2::3",
        "|aa:bb:cc:dd:ee:ff",
        "|add::face::b00c",
        "1|:2:3:4:5:6:7:8",
        "|2001:db8:::1",
      })
  void timesVersionsAndNamesAreNoIpAddresses(String marked) {
    assertThat(foundAt(IpAddress::end, marked)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:1A:2b:3c:4D:5e",
        "00-1a-2b-3c-4d-5e",
        "001a.2b3c.4d5e",
        "00:11:22:33:44:55",
        "00:1a:2b:ff:fe:3c:4d:5e",
        "00-1a-2b-ff-fe-3c-4d-5e",
        "001a.2bff.fe3c.4d5e",
      })
  void hardwareAddressesAreFoundWhole(String address) {
    for (String after : AFTER) {
      assertThat(found(MacAddress::end, address + after)).as(after).isEqualTo(address);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|00:1a:2b:3c:4d", "|00:1a:2b:3c:4d:5e:6f", "|00:1a:2b-3c:4d:5e",
            "|00:1a:2b:3c:4d:5e:6f:70:80",
        "00:|1a:2b:3c:4d:5e:6f", "|10-11-12-13-14-15", "|1234.5678.9012", "|00:1a:2b:3c:4d:5eg",
        "|00:1a:2b:3c:4d:5e7", "|001a.2b3c.4d5e.6f70.8090", "|00:1a:2b:3c:4d:5g",
            "|2001:db8:1:2:3:4:5:6",
      })
  void dumpsDatesAndNumbersAreNoHardwareAddresses(String marked) {
    assertThat(foundAt(MacAddress::end, marked)).isNull();
  }

  @Test
  void everyUuidIsFound() {
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
      assertThat(found(Uuid::end, (i % 2 == 0 ? uuid : uuid.toUpperCase(Locale.ROOT)) + "\""))
          .hasSize(36);
    }
  }

  @Test
  void aUuidWithOneOtherByteIsNone() {
    byte[] uuid = "550e8400-e29b-41d4-a716-446655440000".getBytes(US_ASCII);
    for (int at = 0; at < uuid.length; at++) {
      byte was = uuid[at];
      for (int other = 0; other < 256; other++) {
        uuid[at] = (byte) other;
        boolean fits = was == '-' ? other == '-' : Character.digit(other, 16) >= 0 && other < 128;
        assertThat(Uuid.end(uuid, 0, 36)).isEqualTo(fits ? 36 : -1);
      }
      uuid[at] = was;
    }
    assertThat(found(Uuid::end, "550e8400-e29b-41d4-a716-4466554400001")).isNull();
  }

  @Test
  void aRunOfHexEndsWhereItEnds() {
    assertThat(found(Hex::end, "0123456789abcdefABCDEF0g")).isEqualTo("0123456789abcdefABCDEF0");
    assertThat(found(Hex::end, "01234567")).isEqualTo("01234567");
    assertThat(found(Hex::end, "/0")).isEmpty();
  }

  @Test
  void arbitraryBytesAndCutsAreReadWithinTheirSliceOnly() {
    Random random = new Random(13);
    byte[] signs = "0123456789abcdef::::..--%gZ\u00ff".getBytes(ISO_8859_1);
    List<Slices.End> forms = List.of(IpAddress::end, MacAddress::end, Uuid::end, Hex::end);
    for (int round = 0; round < 50_000; round++) {
      byte[] text = new byte[40];
      for (int i = 0; i < text.length; i++) {
        text[i] = signs[random.nextInt(signs.length)];
      }
      int from = random.nextInt(text.length);
      int to = from + random.nextInt(text.length - from + 1);
      byte[] cut = Arrays.copyOf(text, to);
      for (Slices.End form : forms) {
        int end = form.end(text, from, to);
        assertThat(end == -1 || end >= from && end <= to).isTrue();
        // The array ends where the slice does: what reads further throws.
        assertThat(form.end(cut, from, to)).isEqualTo(end);
      }
    }
  }
}
