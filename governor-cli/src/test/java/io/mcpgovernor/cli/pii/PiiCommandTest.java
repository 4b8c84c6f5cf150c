package io.mcpgovernor.cli.pii;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PiiCommandTest {
  private static final Masker MASKER =
      new Masker(MaskRules.builder().kinds(List.of(Kinds.EMAIL, Kinds.SSN)).build());

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  private int answered(String input) throws IOException {
    return FindCommand.answer(
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        Output.to(out),
        MASKER,
        new PrintWriter(err, true));
  }

  @Test
  void placesCountCodePointsOfTheTextWhateverItsEscapesAndSurrogates() throws IOException {
    int status =
        answered(
            """
            {"id":7,"text":"mail a@b.com"}
            {"text":"\\ud83d\\ude00 \\ud800 \\u00e9 a@b.com, 123-45-6789","id":{"k":[null,"x"]}}
            {"id":null,"text":""}""");

    assertThat(status).isZero();
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"id":7,"spans":[[5,12,"EMAIL_ADDRESS"]]}
            {"id":{"k":[null,"x"]},"spans":[[6,13,"EMAIL_ADDRESS"],[15,26,"US_SSN"]]}
            {"id":null,"spans":[]}
            """);
  }

  @Test
  void aBadLineIsNamedAndTheOthersAreAnswered() throws IOException {
    int status =
        answered("{\"id\":1,\"text\":\"\"}\noops a@b.com\n{\"id\":2}\n{\"id\":3,\"text\":\"\"}\n");

    assertThat(status).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEqualTo("{\"id\":1,\"spans\":[]}\n{\"id\":3,\"spans\":[]}\n");
    assertThat(err.toString()).contains("line 2 ", "line 3 ").doesNotContain("a@b.com");
  }

  @Test
  void aTextsFindingsAreListedByLineAndColumnAndMasked() throws IOException {
    byte[] text = "one\n\u00e9\u00e9 a@b.com\nSSN 123-45-6789 or c@d.org\n".getBytes(UTF_8);

    FindCommand.list(new ByteArrayInputStream(text), Output.to(out), MASKER);

    assertThat(out.toString(UTF_8))
        .isEqualTo("2:4  email  ***@***.com\n3:5  ssn  ***-**-6789\n3:20  email  ***@***.com\n");
  }

  @Test
  void everyKindIsListedWithMasksThatMaskingMade() {
    StringWriter table = new StringWriter();
    StringWriter json = new StringWriter();

    assertThat(command(table).execute("kinds")).isZero();
    assertThat(command(json).execute("kinds", "--json")).isZero();

    assertThat(table.toString().lines()).hasSize(Kinds.all().size() + 1);
    assertThat(table.toString()).contains("123-45-6789 -> ***-**-6789, ***-**-****");
    assertThat((List<?>) Json.text(json.toString()).tree()).hasSize(Kinds.all().size());
    assertThat(json.toString())
        .contains(
            "\"name\":\"email\",\"type\":\"EMAIL_ADDRESS\",\"default\":true",
            "\"standard\":\"***-**-6789\",\"strict\":\"***-**-****\"");
  }

  private static CommandLine command(StringWriter out) {
    return new CommandLine(new PiiCommand()).setOut(new PrintWriter(out));
  }

  @Test
  void aChoiceOfKindsAddsAndLeavesOut() throws Exception {
    KindChoice choice = new KindChoice();

    assertThat(choice.convert("ssn,EMAIL_ADDRESS").kinds()).containsExactly(Kinds.SSN, Kinds.EMAIL);
    assertThat(choice.convert("-phone").kinds())
        .hasSize(Kinds.defaults().size() - 1)
        .doesNotContain(Kinds.PHONE);
    assertThat(choice.convert("default,person").kinds()).contains(Kinds.PERSON, Kinds.EMAIL);
    assertThat(choice.convert("all").kinds()).containsAll(Kinds.all());
  }
}
