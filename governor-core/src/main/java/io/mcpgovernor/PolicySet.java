package io.mcpgovernor;

import io.mcpgovernor.audit.AuditLog;
import io.mcpgovernor.call.TimeSource;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.pii.ColumnRules;
import io.mcpgovernor.policy.ArgumentSize;
import io.mcpgovernor.policy.Complexity;
import io.mcpgovernor.policy.Concurrency;
import io.mcpgovernor.policy.DecisionCache;
import io.mcpgovernor.policy.Grants;
import io.mcpgovernor.policy.Identity;
import io.mcpgovernor.policy.PiiAccess;
import io.mcpgovernor.policy.Probing;
import io.mcpgovernor.policy.Quota;
import io.mcpgovernor.policy.RateLimit;
import io.mcpgovernor.policy.RuleBook;
import io.mcpgovernor.policy.TenantAccess;
import io.mcpgovernor.policy.WriteBack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of the settings, made into all that decides about calls and masks their results. A
 * call goes through one of them from beginning to end, so that no two versions ever decide about
 * the same call. Immutable but for what its limits count.
 */
final class PolicySet {
  /**
   * What stays when settings change.
   *
   * @param valueKey makes the hashes of values and results; null for none
   */
  record Engine(
      ToolCatalogue catalogue,
      Grants grants,
      AuditLog log,
      @Nullable ValueKey valueKey,
      ToolRunner runner,
      CallIds ids,
      TimeSource time) {}

  private final GovernorBuilder settings;
  private final Engine engine;
  private final String version;
  private final Checks checks;
  private final Maskers maskers;
  private final ToolPlans plans;
  private final GovernanceInterceptor interceptor;

  private PolicySet(
      GovernorBuilder settings,
      Engine engine,
      Checks checks,
      Maskers maskers,
      ToolPlans plans,
      List<? extends Quota> alsoCharged) {
    this.settings = settings;
    this.engine = engine;
    this.version = settings.policyVersion();
    this.checks = checks;
    this.maskers = maskers;
    this.plans = plans;
    this.interceptor =
        new GovernanceInterceptor(
            plans,
            checks,
            new Recorder(
                engine.log,
                maskers.usual(),
                engine.grants,
                settings.argumentBytesMax,
                version,
                engine.valueKey,
                engine.time),
            engine.runner,
            maskers,
            settings,
            alsoCharged,
            engine.ids,
            engine.time);
  }

  /**
   * Makes a version.
   *
   * @param before the version it follows, whose limits go on as far as they count the same; null at
   *     the start
   * @throws IllegalArgumentException if the settings cannot be
   */
  static PolicySet of(GovernorBuilder settings, Engine engine, @Nullable PolicySet before) {
    Maskers maskers = new Maskers(settings.maskRules());
    Checks checks =
        checks(
            settings, engine.grants, engine.time, maskers, before == null ? null : before.checks);
    ToolPlans plans =
        new ToolPlans(
            engine.catalogue,
            settings.tools,
            ColumnRules.of(settings.columns),
            settings.strictPlaces(),
            checks.ruleBook());
    return new PolicySet(settings, engine, checks, maskers, plans, List.of());
  }

  /**
   * What decides.
   *
   * @param before whose limits go on; null for none
   */
  static Checks checks(
      GovernorBuilder settings,
      Grants grants,
      TimeSource time,
      Maskers maskers,
      @Nullable Checks before) {
    RateLimit limit =
        new RateLimit(settings.callsMax, settings.callsWindow, settings.callsBy, time);
    return new Checks(
        grants,
        new Identity(settings.trust, settings.tenantParameters),
        before == null
            ? new Probing(settings.denialsPerMinute, time)
            : before.probing().with(settings.denialsPerMinute),
        new ArgumentSize(settings.argumentBytesMax, settings.argumentDepthMax),
        before != null && before.rateLimit().countsLike(limit)
            ? before.rateLimit().with(settings.callsMax)
            : limit,
        before == null
            ? new Concurrency(settings.concurrency)
            : before.concurrency().with(settings.concurrency),
        new TenantAccess(grants, settings.tenantParameters),
        new PiiAccess(grants),
        new Complexity(tool -> below(tool, settings), settings.queryWeigher),
        new WriteBack(maskers.usual()::holdsMask),
        RuleBook.of(
            settings.operatorRules, before == null ? RuleBook.EMPTY : before.ruleBook(), time),
        new DecisionCache(grants, time),
        List.copyOf(settings.rules),
        settings.ruleTimeout,
        settings.modes(),
        Map.copyOf(settings.origins));
  }

  private static int below(Tool tool, GovernorBuilder settings) {
    Integer own = tool.complexityBelow();
    return own != null ? own : settings.complexityBelow;
  }

  /** The same, and each call it allows is counted by further limits, which deny nothing. */
  PolicySet alsoCharging(List<RateLimit> limits) {
    return new PolicySet(
        settings, engine, checks, maskers, plans, limits.stream().map(Quota::lenient).toList());
  }

  /** Its limits of calls, those of rules included. */
  List<RateLimit> limits() {
    List<RateLimit> limits = new ArrayList<>(checks.ruleBook().limits());
    limits.add(checks.rateLimit());
    return limits;
  }

  /** Those of its limits that count nothing that an earlier version has counted. */
  List<RateLimit> limitsUnlike(PolicySet before) {
    List<RateLimit> known = before.limits();
    return limits().stream().filter(limit -> known.stream().noneMatch(limit::countsLike)).toList();
  }

  /** Its name in records. */
  String version() {
    return version;
  }

  Checks checks() {
    return checks;
  }

  Maskers maskers() {
    return maskers;
  }

  ToolPlans plans() {
    return plans;
  }

  GovernanceInterceptor interceptor() {
    return interceptor;
  }
}
