package io.mcpgovernor.config.file;

import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.ToolOverrides;
import io.mcpgovernor.config.grants.SqlGrantStore;
import io.mcpgovernor.config.weigh.StructureWeigher;
import io.mcpgovernor.policy.DenialCode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Rules, grants and what is said of single tools, handed to the engine. */
final class PolicySettings {
  /** Which keys say what the policies do. */
  private static final Map<DenialCode, Object[]> KEYS =
      Map.of(
          DenialCode.RATE_LIMIT, new Object[] {"limits", "rate"},
          DenialCode.CONCURRENCY, new Object[] {"limits", "concurrency"},
          DenialCode.COMPLEXITY, new Object[] {"limits", "complexity"},
          DenialCode.TOO_LARGE, new Object[] {"limits", "arguments"},
          DenialCode.IDENTITY, new Object[] {"identity"},
          DenialCode.RLS, new Object[] {"grants"},
          DenialCode.PII_ACCESS, new Object[] {"grants"});

  private PolicySettings() {}

  static void apply(ConfigFile file, GovernorBuilder builder) {
    GovernorConfig config = file.config();
    builder
        .rules(file.rules())
        .grants(FileGrants.of(file))
        .claimPermissions(FileGrants.permissions(config.identity()))
        .queryWeigher(StructureWeigher.defaults());
    Path store = config.grants().store();
    if (store != null) {
      builder.grantStore(() -> SqlGrantStore.open(file.resolve(store)));
    }
    config.shadow().forEach(code -> builder.shadow(new DenialCode(code)));
    ToolChoices choices = new ToolChoices(config);
    builder.tools((server, tool) -> overrides(choices.of(server, tool)));
    KEYS.forEach(
        (code, key) -> {
          if (file.isWritten(key[0])) {
            builder.origin(code.name(), file.origin(key));
          }
        });
  }

  private static ToolOverrides overrides(ToolConfig said) {
    return new ToolOverrides(
        said.requiresPii(),
        said.tenantScoped(),
        said.userArgument(),
        said.timeout(),
        said.complexity(),
        said.masking(),
        said.tags() == null ? Set.of() : said.tags(),
        said.tables() == null ? Set.of() : said.tables());
  }
}
