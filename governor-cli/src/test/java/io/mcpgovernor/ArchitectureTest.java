package io.mcpgovernor;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Who may know whom. Vocabulary ({@code call}) stands at one end, the doors at the other, and
 * nothing imports backwards.
 */
@AnalyzeClasses(packages = "io.mcpgovernor", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ENGINE = "io.mcpgovernor";
  private static final String CALL = "io.mcpgovernor.call";
  private static final String POLICY = "io.mcpgovernor.policy";
  private static final String PII = "io.mcpgovernor.pii";
  private static final String PII_CHECK = "io.mcpgovernor.pii.check";
  private static final String TOKEN = "io.mcpgovernor.pii.token";
  private static final String AUDIT = "io.mcpgovernor.audit";
  private static final String CONFIG = "io.mcpgovernor.config";
  private static final String CONFIG_FILE = "io.mcpgovernor.config.file";
  private static final String RULE = "io.mcpgovernor.config.rule";
  private static final String CONFIG_GRANTS = "io.mcpgovernor.config.grants";
  private static final String CONFIG_CHECK = "io.mcpgovernor.config.check";
  private static final String WEIGH = "io.mcpgovernor.config.weigh";
  private static final String METHOD = "io.mcpgovernor.method";
  private static final String MCP = "io.mcpgovernor.mcp";
  private static final String TEST = "io.mcpgovernor.test";
  private static final String SINK = "io.mcpgovernor.sink";
  private static final String GATEWAY = "io.mcpgovernor.gateway..";
  private static final String MESSAGE = "io.mcpgovernor.gateway.message";
  private static final String CATALOGUE = "io.mcpgovernor.gateway.catalogue";
  private static final String RELAY = "io.mcpgovernor.gateway.relay";
  private static final String HTTP = "io.mcpgovernor.gateway.http";
  private static final String IDENTITY = "io.mcpgovernor.gateway.identity";
  private static final String DISK = "io.mcpgovernor.gateway.disk";
  private static final String ADMIN = "io.mcpgovernor.gateway.admin";
  private static final String TRACE = "io.mcpgovernor.gateway.trace";
  private static final String STDIO = "io.mcpgovernor.gateway.stdio";
  private static final String VERIFY = "io.mcpgovernor.verify..";

  @ArchTest static final ArchRule callKnowsNothingOfOurs = only(CALL, CALL);

  @ArchTest static final ArchRule policiesKnowCallsOnly = only(POLICY, POLICY, CALL);

  @ArchTest
  static final ArchRule piiKnowsCallsAndChecksOnly = only(PII, PII, PII_CHECK, CALL, TOKEN);

  @ArchTest static final ArchRule tokensKnowNothingOfOurs = only(TOKEN, TOKEN);

  @ArchTest static final ArchRule checksKnowNothingOfOurs = only(PII_CHECK, PII_CHECK);

  @ArchTest static final ArchRule auditKnowsCallsOnly = only(AUDIT, AUDIT, CALL);

  @ArchTest
  static final ArchRule theEngineKnowsNoDoor = only(ENGINE, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest
  static final ArchRule configurationKnowsTheEngine =
      only(CONFIG, CONFIG, RULE, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest static final ArchRule rulesKnowPoliciesAndCallsOnly = only(RULE, RULE, POLICY, CALL);

  /** So that whoever has no rule loads none of it. */
  @ArchTest
  static final ArchRule onlyRulesKnowTheirLanguage =
      noClasses()
          .that()
          .resideOutsideOfPackage(RULE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.cel..", "com.google.common..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule theConfigurationFileKnowsTheEngine =
      only(CONFIG_FILE, CONFIG_FILE, RULE, WEIGH, CONFIG_GRANTS, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest
  static final ArchRule askingAConfigurationKnowsTheFile =
      only(
          CONFIG_CHECK,
          CONFIG_CHECK,
          CONFIG_FILE,
          CONFIG_GRANTS,
          CONFIG,
          ENGINE,
          CALL,
          POLICY,
          PII,
          AUDIT);

  @ArchTest
  static final ArchRule theStoreOfGrantsKnowsPoliciesOnly =
      only(CONFIG_GRANTS, CONFIG_GRANTS, POLICY, CALL);

  @ArchTest
  static final ArchRule weighersKnowPoliciesAndCallsOnly = only(WEIGH, WEIGH, POLICY, CALL);

  @ArchTest
  static final ArchRule theLibraryDoorKnowsNoOtherDoor =
      only(MCP, MCP, METHOD, CONFIG, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest
  static final ArchRule methodsKnowNoProtocol =
      only(METHOD, METHOD, CONFIG, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest
  static final ArchRule methodsDoWithoutTheSdk =
      noClasses()
          .that()
          .resideInAPackage(METHOD)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.modelcontextprotocol..");

  @ArchTest
  static final ArchRule theTestKitKnowsTheLibraryDoor =
      only(
          TEST,
          TEST,
          MCP,
          METHOD,
          CONFIG,
          CONFIG_CHECK,
          CONFIG_FILE,
          ENGINE,
          CALL,
          POLICY,
          PII,
          AUDIT);

  @ArchTest
  static final ArchRule nothingElseKnowsTheTestKit =
      noClasses()
          .that()
          .resideOutsideOfPackage(TEST)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(TEST);

  @ArchTest
  static final ArchRule theGatewayKnowsNoOtherDoor =
      only(GATEWAY, GATEWAY, CONFIG, CONFIG_FILE, ENGINE, CALL, POLICY, PII, AUDIT);

  @ArchTest static final ArchRule messagesKnowJsonOnly = only(MESSAGE, MESSAGE, CALL);

  @ArchTest
  static final ArchRule theCatalogueKnowsNoMessagesAndNoTransports =
      only(CATALOGUE, CATALOGUE, DISK, CONFIG, CONFIG_FILE, ENGINE, CALL, POLICY, PII);

  @ArchTest
  static final ArchRule theRelayKnowsNoTransports =
      only(RELAY, RELAY, CATALOGUE, MESSAGE, CONFIG, CONFIG_FILE, ENGINE, CALL, POLICY, PII);

  @ArchTest
  static final ArchRule httpKnowsTheRelaysWordsOnly = only(HTTP, HTTP, RELAY, MESSAGE, CALL);

  @ArchTest
  static final ArchRule stdioKnowsTheRelaysWordsOnly = only(STDIO, STDIO, RELAY, MESSAGE, CALL);

  @ArchTest
  static final ArchRule whoCallsIsKnownFromWhatHttpShows =
      only(IDENTITY, IDENTITY, HTTP, DISK, CONFIG_FILE, ENGINE, CALL);

  /** So that whoever takes no tokens loads none of it. */
  @ArchTest
  static final ArchRule onlyIdentityKnowsHowTokensAreSigned =
      noClasses()
          .that()
          .resideOutsideOfPackage(IDENTITY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.nimbusds..");

  @ArchTest static final ArchRule filesKnowNothingOfOurs = only(DISK, DISK);

  @ArchTest
  static final ArchRule administrationKnowsNoTransports =
      only(ADMIN, ADMIN, RELAY, CATALOGUE, CONFIG_FILE, ENGINE, CALL, POLICY, AUDIT);

  @ArchTest
  static final ArchRule tracesKnowTheRelaysWordsOnly = only(TRACE, TRACE, RELAY, MESSAGE, CALL);

  @ArchTest
  static final ArchRule onlyTracesKnowTelemetry =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRACE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  /** So that whoever runs one server for a desktop client loads none of it. */
  @ArchTest
  static final ArchRule onlyAdministrationKnowsMetrics =
      noClasses()
          .that()
          .resideOutsideOfPackage(ADMIN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.micrometer..");

  /** So that a library of networking can be replaced, and none is loaded for standard input. */
  @ArchTest
  static final ArchRule onlyHttpKnowsNetty =
      noClasses()
          .that()
          .resideOutsideOfPackage(HTTP)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest static final ArchRule sinksKnowTheLogOnly = only(SINK, SINK, AUDIT, CALL);

  @ArchTest
  static final ArchRule sinksBringNoLibrary =
      classes()
          .that()
          .resideInAPackage(SINK)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.mcpgovernor..", "java..", "org.jspecify..", "org.slf4j"));

  @ArchTest
  static final ArchRule theVerifierDependsOnNothing =
      classes()
          .that()
          .resideInAPackage(VERIFY)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage(VERIFY, "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule coreBringsNoFramework =
      classes()
          .that()
          .resideInAnyPackage(ENGINE, CALL, POLICY, PII, TOKEN, PII_CHECK, AUDIT)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.mcpgovernor..",
                  "java..",
                  "javax.crypto..",
                  "org.jspecify..",
                  "org.slf4j",
                  "tools.jackson.core..",
                  "com.github.benmanes.caffeine.cache.."));

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.mcpgovernor.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule librariesDoNotPrint =
      noClasses()
          .that(
              not(
                  resideInAnyPackage(
                      "io.mcpgovernor.cli..",
                      "io.mcpgovernor.bench..",
                      // A program, which says where it listens.
                      "io.mcpgovernor.examples.conformance..")))
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Service)(\\$.*)?")
          .orShould()
          .haveSimpleNameStartingWith("Abstract")
          .orShould()
          .haveSimpleNameStartingWith("Base")
          .orShould()
          .resideInAnyPackage("..util..", "..common..", "..impl..", "..internal..", "..helper..");

  /** Classes of a package may know the packages named, and whatever is not ours. */
  private static ArchRule only(String of, String... allowed) {
    DescribedPredicate<JavaClass> ours = resideInAPackage("io.mcpgovernor..");
    return classes()
        .that()
        .resideInAPackage(of)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(ours)));
  }
}
