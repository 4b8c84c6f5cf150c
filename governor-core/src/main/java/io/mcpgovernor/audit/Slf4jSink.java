package io.mcpgovernor.audit;

import io.mcpgovernor.audit.AuditLog.Receipt;
import io.mcpgovernor.audit.AuditRecord.Status;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every record as one line of JSON, for hosts whose logs are collected anyway: at WARN what
 * was refused or failed, at INFO everything else. Thread-safe.
 *
 * <p>A line is what the audit log keeps, {@code seq} included where it is known. No value can break
 * it: line breaks of any alphabet and control characters are escaped.
 */
public final class Slf4jSink implements AuditSink {
  /** The logger unless said otherwise. */
  public static final String LOGGER = "io.mcpgovernor.audit";

  private final Logger logger;

  /** Logs to {@value #LOGGER}. */
  public Slf4jSink() {
    this(LOGGER);
  }

  /**
   * Logs to a logger of one's choice.
   *
   * @param logger its name
   */
  public Slf4jSink(String logger) {
    this.logger = LoggerFactory.getLogger(logger);
  }

  @Override
  public void accept(AuditRecord record, Receipt receipt) {
    // As an argument, not as the format, so that braces in a record are left alone.
    if (record.status() == Status.ERROR) {
      logger.warn("{}", line(record, receipt));
    } else {
      logger.info("{}", line(record, receipt));
    }
  }

  private static String line(AuditRecord record, Receipt receipt) {
    String json = new String(record.toJson().utf8(), StandardCharsets.UTF_8);
    StringBuilder line = new StringBuilder(json.length() + 32);
    json.codePoints().forEach(point -> append(line, point));
    if (receipt.seq() > 0) {
      line.setLength(line.length() - 1);
      line.append(",\"seq\":").append(receipt.seq()).append('}');
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    if (point < ' ') {
      line.append(' '); // only between tokens: within a JSON string it would be escaped already
    } else if (isControl(point)) {
      line.append("\\u%04x".formatted(point));
    } else {
      line.appendCodePoint(point);
    }
  }

  /** Next line (U+0085) and what else controls a terminal; line and paragraph separator. */
  private static boolean isControl(int point) {
    return (point >= 0x7f && point <= 0x9f) || point == 0x2028 || point == 0x2029;
  }
}
