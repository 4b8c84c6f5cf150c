package io.mcpgovernor.verify;

import io.mcpgovernor.verify.LogReport.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a proof holds.
 *
 * @param file where it is
 * @param reason why it does not; null if it does
 * @param proof what it proves; null if it does not hold
 */
record ProofReport(
    Path file, Outcome outcome, @Nullable String reason, @Nullable InclusionProof proof) {
  static ProofReport of(Path file, List<VerifierKey> keys) throws IOException {
    byte[] text = KeyFiles.bytes(file);
    try {
      InclusionProof proof = InclusionProof.parse(text);
      proof.verify(keys);
      return new ProofReport(file, Outcome.OK, null, proof);
    } catch (IllegalArgumentException e) {
      return new ProofReport(file, Outcome.FAILED, e.getMessage(), null);
    }
  }
}
