package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.AuditRecord.Event;
import io.mcpgovernor.audit.AuditRecord.Status;
import io.mcpgovernor.audit.Durability;
import io.mcpgovernor.audit.JsonlAuditLog;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.verify.LogReport;
import io.mcpgovernor.verify.LogReport.Outcome;
import io.mcpgovernor.verify.LogVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Segments that the writer compressed in several gzip members, held against the verifier. */
final class CompressedLogTest {
  private static final int SEGMENT_BYTES = 1_500_000;

  @TempDir private Path temporary;
  private Path directory;
  private Path compressed;
  private byte[] whole = new byte[0];
  private List<GzipMembers.Member> members = List.of();
  private String content = "";

  @BeforeEach
  @Timeout(60)
  void aLogWithACompressedSegment() throws IOException {
    directory = temporary.resolve("audit");
    compressed = directory.resolve("audit-000001.jsonl.gz");
    AuditOptions options =
        AuditOptions.builder().durability(Durability.FLUSH).segmentBytes(SEGMENT_BYTES).build();
    try (JsonlAuditLog log = JsonlAuditLog.open(directory, options)) {
      Random random = new Random(7);
      byte[] bytes = new byte[3_000];
      while (Files.exists(directory.resolve("audit-000001.jsonl")) || Files.notExists(compressed)) {
        random.nextBytes(bytes); // so that the compressed file is large as well
        append(log, Base64.getEncoder().encodeToString(bytes));
      }
    }
    whole = Files.readAllBytes(compressed);
    try (GzipMembers in = new GzipMembers(FileChannel.open(compressed), member(0, 0))) {
      content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      members = List.copyOf(in.members());
    }
    assertThat(members).hasSizeGreaterThan(4);
  }

  private static GzipMembers.Member member(long contentAt, long fileAt) {
    return new GzipMembers.Member(contentAt, fileAt);
  }

  private static void append(JsonlAuditLog log, String text) {
    var _ =
        log.append(
                AuditRecord.of(Event.ADMIN, Status.SUCCESS, Instant.now(), "host", "note")
                    .arguments(Json.of(Map.of("text", text)))
                    .build())
            .toCompletableFuture()
            .join();
  }

  private LogReport verify() throws IOException {
    return LogVerifier.builder().build().verify(List.of(directory)).logs().getFirst();
  }

  private long linesBefore(long contentAt) {
    return content.substring(0, (int) contentAt).chars().filter(c -> c == '\n').count();
  }

  @Test
  void itIsVerifiedWhole() throws IOException {
    LogReport report = verify();

    assertThat(report.outcome()).as("%s", report.problems()).isEqualTo(Outcome.OK);
    assertThat(report.records().firstSeq()).isEqualTo(1);
    assertThat(report.records().lastSeq()).isGreaterThan(linesBefore(content.length()));
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void aByteThatIsChangedAnywhereInALaterMemberIsFound() throws IOException {
    GzipMembers.Member third = members.get(2);
    long end = members.get(3).fileAt();
    long amongTheData = third.fileAt() + 5_000;
    long[] places = {
      third.fileAt(), // what says that it is gzip
      third.fileAt() + 2,
      amongTheData,
      end - 8, // the checksum
      end - 1 // the length
    };
    for (long place : places) {
      byte[] changed = whole.clone();
      changed[(int) place] ^= 0x20;
      Files.write(compressed, changed);

      LogReport report = verify();

      assertThat(report.outcome()).as("byte %d", place).isEqualTo(Outcome.FAILED);
      LogReport.Problem problem = report.problems().getFirst();
      assertThat(problem.file()).isEqualTo("audit-000001.jsonl");
      if (place != amongTheData) { // there it may be anything that is wrong with a line as well
        assertThat(problem.reason())
            .as("byte %d", place)
            .containsAnyOf("the compressed file is damaged", "changed after it was written");
      }
      assertThat(problem.line())
          .as("byte %d", place)
          .isBetween(1L, linesBefore(members.get(3).contentAt()) + 2);
      assertThatThrownBy(() -> JsonlAuditLog.readSince(directory, Instant.EPOCH, record -> {}))
          .as("nobody takes the rest for deleted, at byte %d", place)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRecordThatIsChangedAndCompressedAgainIsFoundWithItsPlace() throws IOException {
    int line = (int) linesBefore(members.get(2).contentAt()) + 2;
    int at = content.lines().limit(line - 1).mapToInt(each -> each.length() + 1).sum();
    int changed = content.indexOf("\"user_id\":\"host\"", at);
    String forged =
        content.substring(0, changed) + content.substring(changed).replaceFirst("host", "most");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < members.size(); i++) {
      long to = i + 1 < members.size() ? members.get(i + 1).contentAt() : content.length();
      String part = forged.substring((int) members.get(i).contentAt(), (int) to);
      try (OutputStream member = new GZIPOutputStream(file)) {
        member.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.write(compressed, file.toByteArray());

    LogReport.Problem problem = verify().problems().getFirst();

    assertThat(problem.file()).isEqualTo("audit-000001.jsonl");
    assertThat(problem.line()).isEqualTo(line);
    assertThat(problem.offset()).isEqualTo(at);
    assertThat(problem.seq()).isEqualTo(line);
    assertThat(problem.reason()).contains("changed after it was written");
  }

  @Test
  void aMemberThatIsCutOffOrFollowedBySomethingElseIsFound() throws IOException {
    Files.write(compressed, Arrays.copyOf(whole, (int) members.get(3).fileAt()));
    assertThat(verify().outcome()).isEqualTo(Outcome.FAILED);
    for (int more : List.of(1, 8, 30, 100_000)) {
      Files.write(compressed, Arrays.copyOf(whole, whole.length + more));
      LogReport.Problem problem = verify().problems().getFirst();
      assertThat(problem.reason()).contains("compressed file is damaged");
    }
  }
}
