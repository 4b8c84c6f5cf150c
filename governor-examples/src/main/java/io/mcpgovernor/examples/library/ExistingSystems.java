package io.mcpgovernor.examples.library;

import io.mcpgovernor.Governor;
import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.audit.AuditRecord;
import io.mcpgovernor.audit.Slf4jSink;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.PiiDetector;
import io.mcpgovernor.pii.Sensitivity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a host already has: a logger of its own, and a masker of its own. */
final class ExistingSystems {
  private ExistingSystems() {}

  /** A host's audit logger, as it was before the governor came. */
  interface CompanyLogger {
    void log(String line) throws IOException;

    List<String> newest(int limit) throws IOException;
  }

  /** Ours keeps the records; theirs gets a copy. */
  static Governor beside(Path auditDirectory, CompanyLogger logger) {
    // docs: sink
    Governor governor =
        Governor.builder()
            .auditTo(auditDirectory)
            .auditSink(new Slf4jSink())
            .auditSink(
                (record, receipt) -> {
                  try {
                    logger.log(text(record.toJson()));
                  } catch (IOException e) {
                    throw new IllegalStateException(e); // costs this sink this record, no more
                  }
                })
            .build();
    // docs: end
    return governor;
  }

  /** Theirs keeps the records; what it promises is theirs to keep. */
  // docs: log
  record CompanyLog(CompanyLogger logger) implements AuditLog {
    @Override
    public CompletionStage<Receipt> append(AuditRecord record) {
      try {
        logger.log(text(record.toJson()));
        return CompletableFuture.completedFuture(new Receipt(0));
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e); // the call does not run
      }
    }

    @Override
    public List<Json> readLogs(int limit) throws IOException {
      return logger.newest(limit).stream().map(Json::text).toList();
    }

    @Override
    public void close() {}
  }

  // docs: end

  static Governor instead(CompanyLogger logger) {
    // docs: instead
    Governor governor = Governor.builder().auditLog(new CompanyLog(logger)).build();
    // docs: end
    return governor;
  }

  /** Fields that hold what no pattern knows, and a kind of value only this company has. */
  static Governor masker(Path auditDirectory) {
    // docs: columns
    Governor governor =
        Governor.builder()
            .column("crm.customers.nickname", Sensitivity.STRICT)
            .column("get_customer.birthday", Sensitivity.STRICT)
            .detector(badges())
            .auditTo(auditDirectory)
            .build();
    // docs: end
    return governor;
  }

  /** Some kinds and places are more confidential than others. */
  static Governor levels(Path auditDirectory) {
    // docs: levels
    MaskRules rules =
        MaskRules.builder()
            .with(Kinds.PERSON)
            .strict(Kinds.CARD)
            .mode(Kinds.SSN, MaskMode.REDACT)
            .build();
    Governor governor =
        Governor.builder()
            .masking(rules)
            .strict("find_customers", "/structuredContent/customers/*/phone")
            .auditTo(auditDirectory)
            .build();
    // docs: end
    return governor;
  }

  // docs: detector
  static PiiDetector badges() {
    Pattern badge = Pattern.compile("\\bB-\\d{6}\\b");
    Kind kind = Kind.custom("badge", (original, level) -> "B-******");
    return (text, findings) -> {
      String value = text.value();
      Matcher matcher = badge.matcher(value);
      while (matcher.find()) {
        // Findings are places in UTF-8.
        int start = text.from() + bytes(value.substring(0, matcher.start()));
        findings.add(start, start + bytes(matcher.group()), kind);
      }
    };
  }

  // docs: end

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String text(Json json) {
    return new String(json.utf8(), StandardCharsets.UTF_8);
  }
}
