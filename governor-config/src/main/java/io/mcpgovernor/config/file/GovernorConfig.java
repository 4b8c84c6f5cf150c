package io.mcpgovernor.config.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration: what one file says, and what holds where it says nothing. Both doors use the
 * same; the library has no use for what speaks of the gateway: {@code listen}, {@code front},
 * {@code admin}, {@code servers}, {@code unknown_methods}, {@code pins}, {@code new_tools}.
 * Immutable.
 *
 * @param listen where the gateway listens
 * @param front which requests its listener takes
 * @param admin the listener for health, metrics and administration; null for none
 * @param servers the MCP servers behind the gateway, by name
 * @param unknownMethods what becomes of requests whose methods the gateway does not know
 * @param pins the file of the definitions of tools that were seen first or approved
 * @param newTools what becomes of a tool that was never seen before
 * @param identity who calls
 * @param limits how much anybody may do
 * @param masking what is masked in results, and how
 * @param tools what is said of single tools, by names with wildcards
 * @param rules rules of one's own, in their order
 * @param shadow policies that decide and record, and deny nothing
 * @param disable policies that are off, with the reasons
 * @param grants who may reach which tenants and has which permissions
 * @param audit how the audit log is kept
 */
public record GovernorConfig(
    @Key(
            value =
                "Where the gateway listens: host:port. Port 0 is any free one. Only this machine"
                    + " can reach 127.0.0.1.",
            unless = "127.0.0.1:8090",
            example = "0.0.0.0:8090")
        Address listen,
    @Key(value = "Which requests the gateway's listener takes.", unless = "{}") FrontConfig front,
    @Key("The listener for health, metrics and administration; none if left out.")
        @Nullable AdminConfig admin,
    @Key(
            value =
                "The MCP servers behind the gateway, each at /{name}/mcp. Names have lower-case"
                    + " letters, digits and dashes.",
            keys = WordForm.SERVER,
            most = 256,
            unless = "{}",
            example = "{crm: {command: [java, -jar, crm.jar]}}")
        Map<String, ServerConfig> servers,
    @Key(
            value =
                "Requests of methods that the gateway does not know. govern: they are calls like"
                    + " those of tools, of a tool named method:NAME. deny: they are refused.",
            unless = "govern",
            example = "deny")
        UnknownMethods unknownMethods,
    @Key(
            value =
                "The file of tool definitions as they were seen first or approved. A tool whose"
                    + " definition changes is in quarantine until 'governor tools approve'.",
            unless = "pins.json",
            example = "/var/lib/governor/pins.json")
        Path pins,
    @Key(
            value =
                "A tool that was never seen before. pin: its definition counts as approved."
                    + " quarantine: it waits for 'governor tools approve'.",
            unless = "pin",
            example = "quarantine")
        NewTools newTools,
    @Key(value = "Who calls, and how that is known.", unless = "{}") IdentityConfig identity,
    @Key(value = "How much anybody may do.", unless = "{}") LimitsConfig limits,
    @Key(value = "What is masked in results, and how.", unless = "{}") MaskingConfig masking,
    @Key(
            value =
                "What is said of single tools, by a tool's name on any server or by server.tool; *"
                    + " stands for any characters, ? for one. Of several that fit, the one with"
                    + " the most other characters counts, key by key.",
            keys = WordForm.TOOLS,
            unless = "{}",
            example = "{\"crm.export_*\": {timeout: 5m}}")
        Map<String, ToolConfig> tools,
    @Key(
            value =
                "Rules of one's own, asked after the policies, in this order; the first that denies"
                    + " decides.",
            most = 10_000,
            unless = "[]")
        List<RuleConfig> rules,
    @Key(
            value =
                "Policies that decide and put it on record, but deny nothing: rate_limit, rls,"
                    + " pii_access, complexity, masked_value.",
            form = WordForm.POLICY,
            unless = "[]",
            example = "[complexity]")
        Set<String> shadow,
    @Key(
            value =
                "Policies that are off, each with the reason, which goes on record: rate_limit,"
                    + " rls, pii_access, complexity, masked_value.",
            keys = WordForm.POLICY,
            form = WordForm.SENTENCE,
            unless = "{}",
            example = "{rls: \"One tenant only.\"}")
        Map<String, String> disable,
    @Key(
            value = "Who may reach which tenants, and has which permissions.",
            unless = "{}",
            example = "{users: {alice: {tenants: [acme], permissions: [PII_READ]}}}")
        GrantsConfig grants,
    @Key(value = "How the audit log is kept.", unless = "{}") AuditConfig audit)
    implements Checked {

  @Override
  public void check(Report report) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      if (!names.add(rules.get(i).name())) {
        report.at("another rule has this name; each needs one of its own", "rules", i, "name");
      }
    }
    for (String policy : disable.keySet()) {
      if (shadow.contains(policy)) {
        report.at("a policy that runs in shadow is not off; say one of both", "disable", policy);
      }
    }
    if (admin != null && admin.listen().port() != 0 && admin.listen().equals(listen)) {
      report.at("the gateway listens there already; give it a port of its own", "admin", "listen");
    }
    if (identity.certificates() != null
        && (front.tls() == null || front.tls().clientCa() == null)) {
      report.at(
          "nobody vouches for these certificates; say front.tls.client_ca",
          "identity",
          "certificates");
    }
    if (admin != null && !admin.listen().isLoopback() && admin.tls() == null) {
      report.at(
          "others than this machine could ask there, and there is no TLS; say admin.tls, or listen"
              + " at 127.0.0.1",
          "admin",
          "listen");
    }
    EveryoneConfig everyone = identity.everyone();
    if (everyone != null && !everyone.trustNetwork() && !listen.isLoopback()) {
      report.at(
          "with the listen of this file, others than this machine could be this user; listen at"
              + " 127.0.0.1, or say trust_network: true if they may",
          "identity",
          "everyone");
    }
  }

  /** What becomes of requests whose methods the gateway does not know. */
  public enum UnknownMethods {
    /** They are calls of a tool named after the method. */
    GOVERN,
    /** They are refused. */
    DENY
  }

  /** What becomes of a tool that was never seen before. */
  public enum NewTools {
    /** Its definition is pinned, and it can be called. */
    PIN,
    /** It cannot be called until somebody approves it. */
    QUARANTINE
  }
}
