package io.mcpgovernor.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs of single records, which need the public key and nothing else. */
final class InclusionProofTest {
  private final SigningKey key = new SigningKey(WrittenLog.ORIGIN);

  @TempDir private Path directory;

  private InclusionProof prove(long seq) throws IOException {
    return InclusionProver.prove(directory.resolve("audit"), seq, LogVerifier.builder().build());
  }

  @Test
  void everyRecordOfALogOfAnySizeIsProved() throws IOException {
    for (int size = 1; size <= 20; size++) {
      WrittenLog log = new WrittenLog(key);
      for (int i = 0; i < size; i++) {
        log.denied();
      }
      log.checkpoint().write(directory.resolve("audit"));
      for (int seq = 1; seq <= size; seq++) {
        InclusionProof proof =
            InclusionProof.parse(prove(seq).toText().getBytes(StandardCharsets.UTF_8));
        proof.verify(List.of(key.verifier()));
        assertThat(proof.line()).isEqualTo(log.lines().get(seq - 1));
        assertThat(proof.seq()).isEqualTo(seq);
        assertThat(proof.checkpoint().size()).isEqualTo(size);
      }
    }
  }

  @Test
  void whatIsLeftAfterRetentionIsProvedOverSeveralFiles() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.admin("audit.retention", "{\"deleted\":[\"audit-000001.jsonl\"],\"last_seq\":5}");
    log.checkpoint().calls(5).checkpoint().write(directory.resolve("audit"));
    Files.delete(directory.resolve("audit/audit-000001.jsonl"));
    WrittenLog.compress(directory.resolve("audit"), 2);

    for (int seq = 6; seq < log.size(); seq++) {
      prove(seq).verify(List.of(key.verifier()));
    }
    assertThatThrownBy(() -> prove(5)).hasMessageContaining("there is no record 5");
    assertThatThrownBy(() -> prove(log.size())).hasMessageContaining("no checkpoint covers record");
    assertThatThrownBy(() -> prove(log.size() + 1)).hasMessageContaining("there is no record");
  }

  @Test
  void nothingIsProvedOfALogThatIsNotWhole() throws IOException {
    WrittenLog.small(key).write(directory.resolve("audit"));
    Files.delete(directory.resolve("audit/audit-000002.jsonl"));

    assertThatThrownBy(() -> prove(1)).hasMessageContaining("not whole");
  }

  @Test
  void aProofThatIsChangedAnywhereProvesNothingElse() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.write(directory.resolve("audit"));
    byte[] proof = prove(7).toText().getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int at = 0; at < proof.length; at++) {
      byte[] changed = proof.clone();
      changed[at] ^= (byte) (1 << at % 8);
      try {
        InclusionProof parsed = InclusionProof.parse(changed);
        parsed.verify(List.of(key.verifier()));
        // Such as a bit of base64 that stands for nothing.
        assertThat(parsed.line()).as("byte %d", at).isEqualTo(log.lines().get(6));
        assertThat(parsed.seq()).isEqualTo(7);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(proof.length - 10);
  }

  @Test
  void proofsOfOtherRecordsLogsAndKeysAreRefused() throws IOException {
    WrittenLog log = WrittenLog.small(key);
    log.write(directory.resolve("audit"));
    String proof = prove(7).toText();
    SigningKey other = new SigningKey(WrittenLog.ORIGIN);

    assertRefused(proof, other.verifier(), "none of the keys has signed");
    String otherLine =
        Base64.getEncoder().encodeToString(log.lines().get(2).getBytes(StandardCharsets.UTF_8));
    assertRefused(
        proof.replaceFirst("extra \\S+", "extra " + otherLine), key.verifier(), "is for seq 7");
    String forged =
        log.lines().get(6).replace("alice", "bobby").replaceFirst(",\"hash\":\"[0-9a-f]{64}", "");
    String hashed = forged.substring(0, forged.length() - 2);
    forged =
        hashed
            + ",\"hash\":\""
            + Hex.text(PlainTree.sha256(hashed.getBytes(StandardCharsets.UTF_8)))
            + "\"}";
    assertRefused(
        proof.replaceFirst(
            "extra \\S+",
            "extra " + Base64.getEncoder().encodeToString(forged.getBytes(StandardCharsets.UTF_8))),
        key.verifier(),
        "is not in the log");
    assertRefused(proof.replace("index 6\n", "index 5\n"), key.verifier(), "is for seq 6");
    assertRefused(
        proof.replaceFirst("index 6\n[^\n]+\n", "index 6\n"), key.verifier(), "too short");
    String hash = Base64.getEncoder().encodeToString(new byte[32]);
    assertRefused(proof.replace("\n\nmcp", "\n" + hash + "\n\nmcp"), key.verifier(), "too long");
    assertRefused("", key.verifier(), "is no proof");
    assertRefused("c2sp.org/tlog-proof@v1\n\n", key.verifier(), "is no proof");
  }

  private static void assertRefused(String proof, VerifierKey key, String why) {
    assertThatThrownBy(
            () -> InclusionProof.parse(proof.getBytes(StandardCharsets.UTF_8)).verify(List.of(key)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
