package io.mcpgovernor.pii;

import static io.mcpgovernor.pii.Sensitivity.STANDARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the built-in detector takes for PII, and what not, in text and under field names. */
class ShapeDetectorTest {
  private static String mask(String text) {
    return Masker.standard().mask(text, STANDARD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(555) 123-4567 | (***) ***-4567",
        "(555)123-4567 | (***) ***-4567",
        "555-123-4567. | (***) ***-4567.",
        "call (555) 123-4567, or 555-987-6543 | call (***) ***-4567, or (***) ***-6543",
        "**555-123-4567** | **(***) ***-4567**",
        "_555-123-4567_ | _(***) ***-4567_",
        "Tel555-123-4567 | Tel(***) ***-4567",
        "log\\n555-123-4567\\n | log\\n(***) ***-4567\\n",
        "电话555-123-4567。 | 电话(***) ***-4567。",
        "1-555-123-4567 | *-***-***-4567",
        "+1 (555) 123-4567 | +* (***) ***-4567",
        "555-123-4567x89 | (***) ***-4567x**",
        "123-45-6789 | ***-**-6789",
        "(123-45-6789) | (***-**-6789)",
        "1234-5678-9012-3456 | ****-****-****-3456",
        "1234 5678 9012 3456 | ****-****-****-3456",
        "4111 1111 1111 1111 12/27 123 | ****-****-****-1111 12/27 123",
        "4111 1111 1111 1111 4242 4242 4242 4242 | ****-****-****-1111 ****-****-****-4242",
        "- 1234-5678-9012-3456 4242 4242 4242 4242 | - ****-****-****-3456 ****-****-****-4242",
        "<bob@example.com> | <***@***.com>",
        "**bob@example.com** | *****@***.com**",
        "mailto:x.y+z@sub.example.co.uk?subject=1 | mailto:***@***.com?subject=1",
        "o'brien@example.com, x | ***@***.com, x",
        "mail bob@example.com. | mail ***@***.com.",
        "юзер@пример.рф | ***@***.com",
        "bob@xn--e1afmkfd.xn--p1ai | ***@***.com",
        "邮箱：bob@example.com是我的 | 邮箱：***@***.com是我的",
        "a@b@example.com | a@***@***.com",
        "https://user:pass@example.com/x | https://***:***@example.com/x",
        "bob@example.com.png | ***@***.com.png",
        "bob@163.com | ***@***.com",
      })
  void masksWhatHasTheShapeWhateverItsValue(String text, String masked) {
    assertThat(mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "paid with 4111111111111111 | paid with ****-****-****-1111",
        "378282246310005 | ****-****-****-0005",
        "3782 822463 10005 | ****-****-****-0005",
        "2221000000000009 | ****-****-****-0009",
        "+442079460958 | +********0958",
        "+44 20 7946 0958 | +** ** **** 0958",
        "+33 1 23 45 67 89 | +** * ** ** 67 89",
        "212.555.2368 | ***.***.2368",
        "(212) 555.2368 | (***) ***.2368",
        "212 555 2368 | *** *** 2368",
      })
  void masksWeakShapesThatAreValid(String text, String masked) {
    assertThat(mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tel:5551234567 | tel:******4567",
        "call me at 5551234567 | call me at ******4567",
        "call me on 9472 7916 please | call me on **** 7916 please",
        "**Phone:** 5551234567 | **Phone:** ******4567",
        "Phone: 020 7946 0958 | Phone: *** **** 0958",
        "phone_number=5551234567 | phone_number=******4567",
        "my phone number is 1700000000 | my phone number is ******0000",
        "phones: 5551234567, 5559876543 | phones: ******4567, ******6543",
        "fax 555.123.4567 | fax ***.***.4567",
        "SSN 123456789 | SSN ***-**-6789",
        "social security number: 123 45 6789 | social security number: ***-**-6789",
        "SSNs 123456789, 987654321 | SSNs ***-**-6789, ***-**-4321",
        "card 1234567890123456 | card ****-****-****-3456",
        "Visa 4111 111111 11111 | Visa ****-****-****-1111",
      })
  void masksBareDigitsThatWordsBeforeThemName(String text, String masked) {
    assertThat(mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1700000000 1700000000123 1700000000123456 1700000000123456789",
        "20241122103000 20241122 2024-11-22 22.11.2024 11/22/2024",
        "2024-11-22T10:30:00.123456Z 2024-11-22 10:30:00+01:00 10:00:00 GMT+1300",
        "550e8400-e29b-41d4-a716-446655440000",
        "12345678-1234-1234-1234-123456789012",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "\"33a64df551425fcc55e4d42a148795d9f25f89d4\" W/\"5551234567\"",
        "order 4111111111111111, invoice no. 5551234567, tracking number is 4111111111111111",
        "112-1234567-1234567 1Z999AA10123456784 9400 1000 0000 0000 0000 00",
        "trace_id=4539578763621486 span 5551234567",
        "0.5551234567 3.14159265358979 4111111111111111.5",
        "90210-1234",
        "192.168.100.200 10.0.19041.5551 v555.123.4567",
        "40.712812, -74.006015",
        "$5551234567 €4111111111111111 $1,234,567.89",
        "git@github.com:org/repo.git ssh://git@github.com/org/repo deploy@host.example.com:srv/app",
        "pkg@1.2.3 lodash@4.17.21-beta.rc actions/checkout@v4.1.2 python@3.11-slim",
        "image@2x.png icon@1.5x.webp a@2x.min.js",
        "@Annotation @scope/name @example.com user@localhost a@b @@@",
        "x555-123-4567 5555-123-4567 555-123-45678 1123-45-6789 123-45-6789a",
        "session 123456789 discard 4111111111111112 mobile session started at 1700000000",
        "call took 1700000000 ns, call on 2024-11-22 at 10:30",
        "the cell holds 123 and the card has 4 chips",
      })
  void leavesWhatOnlyLooksLikePii(String text) {
    assertThat(mask(text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource({
    "phone, 5551234567",
    "phoneNumber, 5551234567",
    "PHONE_NUMBER, 5551234567",
    "customer-phone-2, 5551234567",
    "contact.mobile, 5551234567",
    "homePhone, 5551234",
    "tel, 442079460958",
    "fax no, 5551234567",
    "order_phone, 5551234567",
    "ssn, 123456789",
    "ssn, 12345678",
    "customerSSN, 123456789",
    "socialSecurityNumber, 123456789",
    "social_security_no, 123456789",
    "card, 1234567890123456",
    "credit_card, 1234567890123456",
    "CCNumber, 1234567890123456",
    "pan, 1234567890123456",
    "phone, 5551234567.0",
    "phone, 5.551234567E9",
    "anything, 4111111111111111",
    "anything, 4.111111111111111e15",
  })
  void masksNumbersThatTheFieldsNameOrACheckDigitSpeaksFor(String key, String number) {
    String json = "{\"" + key + "\": " + number + "}";
    assertThat(maskJson(json)).matches("\\{\"\\Q" + key + "\\E\": \"[*-]+[0-9]{4}\"}");
    String text = "{\"" + key + "\": \"" + number.replaceAll("[.eE].*", "") + "\"}";
    if (number.length() > 8 && number.indexOf('.') < 0) {
      assertThat(maskJson(text)).matches("\\{\"\\Q" + key + "\\E\": \"[*-]+[0-9]{4}\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "session, 123456789",
    "discard, 1234567890123456",
    "telemetry, 5551234567",
    "phone_id, 5551234567",
    "phoneOrder, 5551234567",
    "mobile_updated, 1700000000",
    "ssn_hash, 123456789",
    "zip, 123456789",
    "company, 1234567890123456",
    "number, 5551234567",
    "id, 4111111111111111",
    "invoiceNumber, 4111111111111111",
    "timestamp, 4111111111111111",
    "amount, 4111111111111111",
    "latitude, 40.7128555123",
    "phone, 123456",
    "ssn, 6789",
    "price, 5551234567.50",
  })
  void leavesNumbersOfOtherFieldsAlone(String key, String number) {
    String json = "{\"" + key + "\": " + number + "}";
    assertThat(maskJson(json)).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'phones':[5551234567]} | {'phones':['******4567']}",
        "{'phones':[{'number':5551234567}]} | {'phones':[{'number':'******4567'}]}",
        "{'phone':{'home':5551234567,'plan':5551234567}} |"
            + " {'phone':{'home':'******4567','plan':5551234567}}",
        "{'id':'555-123-4567'} | {'id':'(***) ***-4567'}",
        "{'user_id':'+14155552671'} | {'user_id':'+*******2671'}",
        "{'\\u0070hone':5551234567} | {'\\u0070hone':'******4567'}",
        "{'notes':'phone 5551234567'} | {'notes':'phone ******4567'}",
        "{'phone':'order 5551234567'} | {'phone':'order 5551234567'}",
        "{'ticket':'4111111111111111'} | {'ticket':'4111111111111111'}",
        "{'ticket':'he gave 4111111111111111'} | {'ticket':'he gave ****-****-****-1111'}",
        "{'message':'4111111111111111'} | {'message':'****-****-****-1111'}",
      })
  void theNearestEvidenceDecides(String json, String masked) {
    assertThat(maskJson(json.replace('\'', '"'))).isEqualTo(masked.replace('\'', '"'));
  }

  private static String maskJson(String json) {
    Json masked = Masker.standard().scan(Json.text(json)).masked(STANDARD);
    return new String(masked.utf8(), UTF_8);
  }
}
