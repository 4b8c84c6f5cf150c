package io.mcpgovernor.cli.demo;

import static io.mcpgovernor.cli.demo.Act.administer;
import static io.mcpgovernor.cli.demo.Act.call;
import static io.mcpgovernor.cli.demo.Act.compareWithLog;
import static io.mcpgovernor.cli.demo.Act.list;
import static io.mcpgovernor.cli.demo.Act.readLog;
import static io.mcpgovernor.cli.demo.Act.repeat;
import static io.mcpgovernor.cli.demo.Act.replayWithCallsPerHour;
import static io.mcpgovernor.cli.demo.Act.search;
import static io.mcpgovernor.cli.demo.Act.searchForPersonalData;
import static io.mcpgovernor.cli.demo.Act.verifyChangedCopy;
import static io.mcpgovernor.cli.demo.Act.verifyLog;
import static io.mcpgovernor.cli.demo.Caller.ALICE;
import static io.mcpgovernor.cli.demo.Caller.BOB;
import static io.mcpgovernor.cli.demo.Caller.CAROL;
import static io.mcpgovernor.cli.demo.Caller.DAVE;
import static io.mcpgovernor.cli.demo.Caller.ERIN;
import static io.mcpgovernor.cli.demo.Caller.NOBODY;
import static io.mcpgovernor.cli.demo.Expectation.allAllowed;
import static io.mcpgovernor.cli.demo.Expectation.allDenied;
import static io.mcpgovernor.cli.demo.Expectation.allowed;
import static io.mcpgovernor.cli.demo.Expectation.changeFound;
import static io.mcpgovernor.cli.demo.Expectation.denied;
import static io.mcpgovernor.cli.demo.Expectation.fields;
import static io.mcpgovernor.cli.demo.Expectation.forTenant;
import static io.mcpgovernor.cli.demo.Expectation.foundNowhere;
import static io.mcpgovernor.cli.demo.Expectation.holdsNone;
import static io.mcpgovernor.cli.demo.Expectation.logTellsTheSame;
import static io.mcpgovernor.cli.demo.Expectation.records;
import static io.mcpgovernor.cli.demo.Expectation.retryWithin;
import static io.mcpgovernor.cli.demo.Expectation.sameInText;
import static io.mcpgovernor.cli.demo.Expectation.sees;
import static io.mcpgovernor.cli.demo.Expectation.suggests;
import static io.mcpgovernor.cli.demo.Expectation.whole;
import static io.mcpgovernor.cli.demo.Expectation.withheld;
import static io.mcpgovernor.cli.demo.Expectation.wouldDeny;
import static io.mcpgovernor.cli.demo.Step.scene;
import static io.mcpgovernor.cli.demo.Step.step;
import static java.util.Map.entry;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The story, from top to bottom. */
final class Scenario {
  private static final Map<String, Object> JOHN_DOE =
      with(entry("tenant_id", "acme"), entry("customer_id", "C-1001"));

  private Scenario() {}

  static List<Step> steps() {
    return List.of(
        step(
            "Everybody sees the tools they may use",
            "tools/list leaves out what a caller could not call anyway.",
            scene(
                list(ALICE),
                sees(
                    "get_customer_profile",
                    "search_orders",
                    "run_report",
                    "export_customers",
                    "update_customer")),
            scene(list(BOB), sees("search_orders")),
            scene(list(NOBODY), sees())),
        step(
            "Allowed, and masked",
            "Personal data never leaves in clear, in fields as in prose; the rest stays readable.",
            scene(
                call(ALICE, "get_customer_profile", JOHN_DOE),
                allowed(),
                fields("the name stays", Map.of("name", "John Doe")),
                fields(
                    "e-mail, phone, SSN and card are masked",
                    Map.of(
                        "email", "***@***.com",
                        "phone", "(***) ***-4567",
                        "ssn", "***-**-6789",
                        "card_number", "****-****-****-3456")),
                fields(
                    "so they are in prose",
                    Map.of(
                        "notes",
                        "Prefers a call at (***) ***-4567 after 6 pm;"
                            + " invoices go to ***@***.com.")),
                sameInText())),
        step(
            "Masked strictly",
            "The server's owner declared export_customers strict: no digit of a masked value stays.",
            scene(
                call(
                    ALICE, "export_customers", with(entry("tenant_id", "acme"), entry("limit", 3))),
                allowed(),
                fields(
                    "no digit of phone, SSN and card in any of them",
                    Map.of(
                        "email", "***@***.com",
                        "phone", "(***) ***-****",
                        "ssn", "***-**-****",
                        "card_number", "****-****-****-****")),
                sameInText())),
        step(
            "No tenant",
            "Who may reach one tenant works for that one; everybody else has to say for which.",
            scene(
                call(ALICE, "search_orders", with(entry("limit", 2))),
                allowed(),
                forTenant("acme")),
            scene(
                call(CAROL, "search_orders", with(entry("limit", 2))),
                denied("rls"),
                suggests("acme, globex")),
            scene(
                call(DAVE, "search_orders", with(entry("limit", 2))),
                denied("rls"),
                suggests("administrator"))),
        step(
            "Somebody else's tenant",
            "The refusal names the caller's own tenants, and no others.",
            scene(
                call(
                    ALICE,
                    "search_orders",
                    with(entry("tenant_id", "globex"), entry("status", "returned"))),
                denied("rls"),
                suggests("a tenant you have access to: acme."),
                holdsNone("globex is not mentioned", "globex"))),
        step(
            "Personal data takes a permission",
            "A grant counts from the next call on.",
            scene(
                call(BOB, "get_customer_profile", JOHN_DOE),
                denied("pii_access"),
                suggests("PII_READ")),
            scene(administer("grants PII_READ to bob", GrantChange.grantPii(BOB))),
            scene(
                call(BOB, "get_customer_profile", JOHN_DOE),
                allowed(),
                fields("masked all the same", Map.of("ssn", "***-**-6789")))),
        step(
            "And loses it again",
            "So does a revocation; nothing that was decided before is remembered.",
            scene(administer("revokes bob's PII_READ", GrantChange.revokePii(BOB))),
            scene(call(BOB, "get_customer_profile", JOHN_DOE), denied("pii_access")),
            scene(list(BOB), sees("search_orders"))),
        step(
            "Too complex",
            "The refusal says what weighs most, so that an agent can do better.",
            scene(
                call(
                    ALICE, "run_report", with(entry("tenant_id", "acme"), entry("sql", longSql()))),
                denied("complexity"),
                suggests("Shorten the query"))),
        step(
            "Too often",
            "100 calls an hour are exactly 100, however alike they are.",
            scene(repeat(100, ERIN, "search_orders", shipped()), allAllowed(100)),
            scene(
                repeat(50, ERIN, "search_orders", shipped()),
                allDenied(50, "rate_limit"),
                retryWithin(Duration.ofHours(1))),
            scene(call(ALICE, "search_orders", shipped()), allowed())),
        step(
            "In somebody else's name",
            "Who calls is what the transport knows; update_customer's user_id may not say otherwise.",
            scene(
                call(ALICE, "update_customer", note(entry("user_id", "bob"))), denied("identity")),
            scene(
                call(ALICE, "update_customer", note(entry("user_id", "alice"))),
                allowed(),
                fields("the notes are changed", Map.of("notes", "Prefers letters.")))),
        step(
            "A mask written back",
            "An agent that sends back what it was shown would overwrite real data with asterisks.",
            scene(
                call(ALICE, "update_customer", change(entry("email", "***@***.com"))),
                denied("masked_value")),
            scene(
                call(
                    ALICE,
                    "update_customer",
                    change(entry("notes", "SSN ***-**-6789 was confirmed."))),
                denied("masked_value"))),
        step(
            "The tool throws",
            "The exception's message quotes an SSN. The client sees neither message nor stack trace;"
                + " the server's own log names the exception's type and place, not its message.",
            scene(
                call(
                    ALICE,
                    "run_report",
                    with(
                        entry("tenant_id", "acme"),
                        entry("sql", "SELECT CAST(ssn AS INT) FROM customers"))),
                withheld("tool_error"),
                holdsNone("nothing of the exception", "Exception", "report failed", "at org.")),
            scene(search("123-45-6789"), foundNowhere())),
        step(
            "Arguments that do not fit, and nobody at all",
            "Both are refused by the engine, and therefore on record.",
            scene(
                call(
                    ALICE,
                    "search_orders",
                    with(entry("tenant_id", "acme"), entry("status", "lost"), entry("limit", 500))),
                denied("schema")),
            scene(call(NOBODY, "search_orders", shipped()), denied("identity"))),
        step(
            "The audit log",
            "It is read back and held against what the clients saw.",
            scene(compareWithLog(), logTellsTheSame()),
            scene(searchForPersonalData(), foundNowhere()),
            scene(readLog(10), records(10))),
        step(
            "The log proves itself",
            "A verifier that shares no code with the writer follows hashes, tree and signatures"
                + " (\"governor audit verify\").",
            scene(verifyLog(), whole()),
            scene(verifyChangedCopy(), changeFound())),
        step(
            "What a stricter limit would have said",
            "The recorded calls are taken through other settings before anybody is held up by them"
                + " (\"governor replay\").",
            scene(replayWithCallsPerHour(50), wouldDeny(50))));
  }

  private static Map<String, Object> shipped() {
    return with(entry("tenant_id", "acme"), entry("status", "shipped"), entry("limit", 1));
  }

  private static Map<String, Object> note(Map.Entry<String, ?> who) {
    return change(entry("notes", "Prefers letters."), who);
  }

  @SafeVarargs
  private static Map<String, Object> change(Map.Entry<String, ?>... changes) {
    Map<String, Object> arguments = new LinkedHashMap<>(JOHN_DOE);
    arguments.putAll(with(changes));
    return Collections.unmodifiableMap(arguments);
  }

  /** Some 8,000 characters, as a model writes that lists what it should have joined. */
  private static String longSql() {
    return IntStream.range(1_001, 1_800)
        .mapToObj(number -> "'C-" + number + "'")
        .collect(Collectors.joining(", ", "SELECT id, city FROM customers WHERE id IN (", ")"));
  }

  /** Arguments in the order given. */
  @SafeVarargs
  private static Map<String, Object> with(Map.Entry<String, ?>... arguments) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Map.Entry<String, ?> argument : arguments) {
      all.put(argument.getKey(), argument.getValue());
    }
    return Collections.unmodifiableMap(all);
  }
}
