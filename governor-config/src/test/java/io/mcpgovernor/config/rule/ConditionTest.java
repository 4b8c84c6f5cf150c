package io.mcpgovernor.config.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What rules can ask about. */
final class ConditionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tool.name == 'export'",
        "tool.server == 'crm'",
        "tool.title == 'Export rows'",
        "tool.annotations.destructiveHint",
        "has(tool.annotations.destructiveHint) && !has(tool.annotations.readOnlyHint)",
        "'bulk' in tool.tags && size(tool.tags) == 2 && tool.tags[0] == 'bulk'",
        "tool.pii",
        "args.limit == 5",
        "args.filter.unit == 'day'",
        "args['limit'] == 5 && args[\"filter\"][\"unit\"] == 'day'",
        "has(args.limit) && !has(args.offset)",
        "'limit' in args && !('offset' in args)",
        "args.none == null && has(args.none)",
        "size(args) == 7 && size(args.ids) == 3",
        "args.ids[1] == 'b' && 'c' in args.ids && !('d' in args.ids)",
        "args.ids.exists(id, id.startsWith('b')) && args.ids.all(id, size(id) == 1)",
        "args.ids.filter(id, id != 'a') == ['b', 'c']",
        "args.ids.map(id, id + '!') == ['a!', 'b!', 'c!']",
        "args.exists(key, key == 'deep')",
        "args.filter == {'unit': 'day'}",
        "args.deep == [{'a': [1, 2.5, true, null]}] && [{'a': [1, 2.5, true, null]}] == args.deep",
        "args.deep[0].a[1] == 2.5",
        "type(args) == map && type(args.ids) == list",
        "args_pii.email == 2 && args_pii.card == 0",
        "'email' in args_pii && !('card' in args_pii)",
        "has(args_pii.email) && !has(args_pii.card)",
        "args_pii['email'] > 1 && size(args_pii) == 1",
        "args_pii.exists(kind, args_pii[kind] > 1)",
        "user.id == 'alice'",
        "user.issuer == 'https://login.example'",
        "'admin' in user.roles && !('root' in user.roles)",
        "user.roles == ['admin', 'auditor']",
        "'globex' in user.tenants",
        "'PII_READ' in user.permissions",
        "user.permissions.exists(p, p.endsWith('_READ'))",
        "size(user.claims) == 0",
        "user.source == 'verified'",
        "tenant == 'acme'",
        "call.time > timestamp('2026-11-30T00:00:00Z')",
        "call.time.getHours('Europe/Vienna') == 17 && call.time.getHours() == 16",
        "call.time.getDayOfWeek() == 2",
        "call.time + duration('1h') > call.time && call.time - duration('1h') < call.time",
        "args.package == 1 && args.`content-type` == 'a/b' && args.package + args.package == 2",
        "call.source == 'verified'",
        "call.protocol == '2026-07-28'",
        "usage.calls_hour == 7",
        "usage.denials_minute == 3",
        "score > 42 && score < 42.6",
        "'A,B'.lowerAscii().split(',') == ['a', 'b'] && ' x '.trim() == 'x'",
        "'export'.matches('^ex') && 'export'.contains('por') && 'abc'.substring(1) == 'bc'",
      })
  void aConditionHolds(String when) {
    String arguments =
        """
        {"limit": 5, "filter": {"unit": "day"}, "ids": ["a", "b", "c"], "none": null,
         "deep": [{"a": [1, 2.5, true, null]}], "package": 1, "content-type": "a/b"}
        """;

    assertThat(Rules.holds(when, arguments)).isTrue();
    assertThat(Rules.holds("!(" + when + ")", arguments)).isFalse();
  }
}
