package io.mcpgovernor;

import io.mcpgovernor.policy.DenialCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names the settings that decide, where nobody has given them a version: equal settings have equal
 * names, in any process. What a rule of the host's own does is not in it, only what it is called.
 */
final class PolicyVersion {
  private static final int BYTES = 6;

  private PolicyVersion() {}

  /** Twelve hexadecimal digits of SHA-256. */
  static String of(GovernorBuilder builder) {
    List<Object> settings = new ArrayList<>();
    settings.add(builder.callsMax);
    settings.add(builder.callsWindow);
    settings.add(new TreeSet<>(builder.callsBy));
    settings.add(builder.denialsPerMinute);
    settings.add(builder.concurrency);
    settings.add(builder.complexityBelow);
    settings.add(builder.queryWeigher.settings());
    settings.add(builder.argumentBytesMax);
    settings.add(builder.argumentDepthMax);
    settings.add(builder.resultBytesMax);
    settings.add(builder.timeout);
    settings.add(builder.trust);
    settings.add(builder.tenantParameters);
    settings.add(builder.maskRules());
    settings.add(new TreeMap<>(builder.columns));
    settings.add(builder.strictPointers());
    settings.add(builder.unscannedBinary);
    settings.add(new TreeSet<>(builder.shadow.stream().map(DenialCode::name).toList()));
    builder.operatorRules.forEach(
        rule -> settings.add(List.of(rule.name(), rule.moment(), rule.mode())));
    settings.add(builder.claimPermissions);
    settings.add(builder.rules.stream().map(Checks.Rule::name).toList());
    Map<String, String> off = new TreeMap<>();
    builder.off.forEach((code, reason) -> off.put(code.name(), ""));
    settings.add(off);
    return HexFormat.of().formatHex(sha256(settings.toString()), 0, BYTES);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
