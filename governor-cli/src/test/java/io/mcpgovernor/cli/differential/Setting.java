package io.mcpgovernor.cli.differential;

import java.util.Locale;

/**
 * Configurations under which the doors are compared. Of each there is one file, and both doors read
 * it. All are far from the limits that depend on how fast calls come.
 */
enum Setting {
  /** All is granted, masked as it is unless somebody chooses. */
  GRANTED(
      """
      grants: {users: {alice: {tenants: [acme], permissions: [PII_READ]}}}
      """),
  /** No permission to read PII, and several tenants. */
  NO_PERMISSION(
      """
      grants: {users: {alice: {tenants: [acme, umbrella]}}}
      """),
  /** Everything of every kind is masked strictly. */
  STRICT(
      """
      masking: {level: strict, kinds: [all], unscanned_binary: allow}
      grants: {users: {alice: {tenants: [acme], permissions: [PII_READ]}}}
      """),
  /** Little may be asked, and not often. */
  TIGHT(
      """
      limits:
        rate: 4/1h
        by: [user, tool]
        complexity: 45
        arguments: {bytes: 1KiB, depth: 4}
        result_bytes: 16KiB
        denials_minute: 1000000
      grants: {any: {tenants: [acme], permissions: [PII_READ]}}
      """),
  /** Policies that only look, and one that is off. */
  SHADOWED(
      """
      shadow: [complexity, pii_access, masked_value]
      disable: {rls: "One tenant only."}
      masking: {mode: redact, kinds: [default, person, ip_address]}
      """),
  /** Kinds, columns and places of one's own. */
  COLUMNS(
      """
      masking:
        mode: hash
        hash_key: "${file:hash.key}"
        except: [phone]
        strict_kinds: [ssn]
        modes: {email: mask}
        columns: {fixture.customers.name: strict, note: standard}
        strict: {get_customer: ["/structuredContent/card"]}
      tools:
        sleeps: {timeout: 100ms}
        get_*: {requires_pii: false, tables: [customers]}
        search: {complexity: 1000, requires_pii: true}
      grants: {roles: {support: {tenants: [acme, initech], permissions: [PII_READ]}}}
      """),
  /** No grant at all. */
  NOTHING_GRANTED("{}"),
  /** One call at a time. */
  CROWDED(
      """
      limits: {rate: 1000000/1h, concurrency: 1, denials_minute: 1000000}
      grants: {users: {alice: {permissions: [PII_READ]}}}
      """),
  /** Nothing is found out; the file says it all. */
  SAID(
      """
      masking: {tools: {"fixture.search": strict, "f*": strict}}
      tools:
        "*": {requires_pii: false, tenant_scoped: false}
        sleeps: {timeout: 100ms}
        own_*: {user_argument: user_id, tags: [own]}
        contents: {requires_pii: true}
      grants: {users: {alice: {permissions: [PII_READ]}}}
      """);

  private static final String COMMON =
      """
      listen: 127.0.0.1:0
      servers: {fixture: {url: "%s"}}
      identity: {everyone: {user: alice, tenants: [%s], roles: [support]}}
      audit: {durability: flush, denials_minute: 1000000}
      rules:
        - {name: hide-secret, tools: [secret_tool], hide: {}}
        - {name: scarce, tools: [scarce], limit: {rate: 4/1h}}
        - name: no-bulk-export
          when: 'tool.name == "export_rows" && has(args.limit) && args.limit > 1000'
          deny:
            reason: "Exports are limited to 1,000 rows, and {args.limit} were asked for."
            suggestions: ["Ask for at most 1,000 rows.", "Filter by date."]
        - {name: no-csv, when: 'has(args.format) && args.format == "csv"', tools: [export_rows], mode: shadow, deny: {reason: "No.", suggestions: [Ask.]}}
        - {name: long-answers, on: result, tools: [judged], when: 'result.bytes > 190', deny: {reason: "{result.bytes} bytes.", suggestions: [Ask.]}}
        - {name: people, on: result, tools: [judged], mask: {level: strict, kinds: [person, ip_address]}}
        - {name: failures, on: result, when: 'result.is_error', mask: {level: strict}}
        - {name: fails-itself, tools: [ping], when: 'args.none.more == 1', mode: shadow, deny: {reason: "No.", suggestions: [Ask.]}}
      """;
  private static final String LIMITS =
      """
      limits:
        rate: 1000000/1h
        result_bytes: 64KiB
        denials_minute: 1000000
      """;
  private static final String TOOLS =
      """
      tools:
        get_customer: {requires_pii: true, tenant_scoped: true}
        export_rows: {requires_pii: true, masking: strict, tenant_scoped: false}
        own_data: {user_argument: user_id, tenant_scoped: false}
        sleeps: {timeout: 100ms}
      """;

  private final String own;

  Setting(String own) {
    this.own = own;
  }

  /** The configuration file. */
  String yaml(String upstream) {
    String tenants = this == SAID || this == NO_PERMISSION ? "" : "acme";
    StringBuilder yaml = new StringBuilder(String.format(Locale.ROOT, COMMON, upstream, tenants));
    if (!own.contains("limits:")) {
      yaml.append(LIMITS);
    }
    if (!own.contains("tools:\n")) {
      yaml.append(TOOLS);
    }
    return own.equals("{}") ? yaml.toString() : yaml.append(own).toString();
  }
}
