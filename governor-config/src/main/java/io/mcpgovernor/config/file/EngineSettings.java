package io.mcpgovernor.config.file;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.audit.AuditOptions;
import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.policy.DenialCode;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What each key comes to in the engine's own terms. */
final class EngineSettings {
  private EngineSettings() {}

  /** All but where records are kept. */
  static GovernorBuilder builder(ConfigFile file) {
    GovernorConfig config = file.config();
    GovernorBuilder builder = Governor.builder().policyVersion(file.policyVersion());
    limits(config.limits(), builder);
    builder.trust(config.identity().trust()).tenantParameters(config.identity().tenantParameters());
    masking(config.masking(), builder);
    config.disable().forEach((code, reason) -> builder.disable(new DenialCode(code), reason));
    return builder;
  }

  private static void limits(LimitsConfig limits, GovernorBuilder builder) {
    builder
        .calls(limits.rate().calls(), limits.rate().window(), limits.by())
        .denialsPerMinute(limits.denialsMinute())
        .concurrency(limits.concurrency())
        .complexityBelow(limits.complexity())
        .arguments(limits.arguments().bytes().asInt(), limits.arguments().depth())
        .resultBytes(limits.resultBytes().asInt())
        .timeout(limits.timeout())
        .runningTools(limits.tools().running(), limits.tools().waiting());
  }

  private static void masking(MaskingConfig masking, GovernorBuilder builder) {
    MaskRules.Builder rules =
        MaskRules.builder()
            .kinds(kinds(masking))
            .mode(masking.mode())
            .strict(kinds(masking.strictKinds()).toArray(new Kind[0]));
    masking.modes().forEach((kind, mode) -> rules.mode(kind(kind), mode));
    if (masking.hashKey() != null) {
      rules.hashKey(masking.hashKey().value().getBytes(StandardCharsets.UTF_8));
    }
    builder.masking(rules.build()).unscannedBinary(masking.unscannedBinary());
    masking.columns().forEach(builder::column);
    masking
        .strict()
        .forEach((tool, pointers) -> pointers.forEach(pointer -> builder.strict(tool, pointer)));
  }

  private static Set<Kind> kinds(MaskingConfig masking) {
    Set<Kind> kinds = new LinkedHashSet<>();
    for (String name : masking.kinds()) {
      switch (name) {
        case "default" -> kinds.addAll(Kinds.defaults());
        case "all" -> kinds.addAll(Kinds.all());
        default -> kinds.add(kind(name));
      }
    }
    kinds.removeAll(kinds(masking.except()));
    return kinds;
  }

  private static Set<Kind> kinds(Collection<String> names) {
    Set<Kind> kinds = new LinkedHashSet<>();
    names.forEach(name -> kinds.add(kind(name)));
    return kinds;
  }

  private static Kind kind(String name) {
    return Kinds.named(name).orElseThrow(); // the file's reader knows the same names
  }

  /** Keeps records where the file says. */
  static GovernorBuilder recorded(ConfigFile file, GovernorBuilder builder) {
    AuditConfig audit = file.config().audit();
    return builder.auditTo(file.resolve(audit.dir())).audit(audit(audit, file));
  }

  private static AuditOptions audit(AuditConfig audit, ConfigFile file) {
    AuditOptions.Builder options =
        AuditOptions.builder()
            .durability(audit.durability())
            .segmentBytes(audit.segments().bytes().bytes())
            .segmentAge(audit.segments().age())
            .compress(audit.segments().compress())
            .checkpoints(audit.checkpoints().records(), audit.checkpoints().interval())
            .denialsPerMinute(audit.denialsMinute())
            .queueBytes(audit.queueBytes().bytes());
    if (audit.keep() != null) {
      options.keepFor(audit.keep());
    }
    if (audit.keepBytes() != null) {
      options.keepBytes(audit.keepBytes().bytes());
    }
    if (audit.keys() != null) {
      options.keys(file.resolve(audit.keys()));
    }
    return options.build();
  }
}
