package io.mcpgovernor.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.mcpgovernor.call.Principal;
import io.mcpgovernor.call.Tool;
import io.mcpgovernor.call.ToolCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A tool that reads PII needs the permission {@value Grants#PII_READ} ({@code pii_access}).
 *
 * <p>What the operator declares about a tool is binding. Where nothing is declared, the words of
 * its name, title and description decide; its arguments never do, since passing a {@code user_id}
 * makes no call a PII call. Thread-safe.
 */
public final class PiiAccess implements InstantPolicy {
  /** Words and phrases that say a tool reads PII. */
  static final List<String> WORDS =
      List.of(
          "pii",
          "email",
          "emails",
          "e mail",
          "phone",
          "phones",
          "telephone",
          "ssn",
          "ssns",
          "social security",
          "credit card",
          "credit cards",
          "card number",
          "card numbers",
          "iban",
          "passport",
          "passports",
          "date of birth",
          "birthdate",
          "birthday",
          "personal data",
          "personal information",
          "personally identifiable",
          "contact details",
          "contact data",
          "home address",
          "medical record",
          "medical records",
          "patient",
          "patients",
          "tax id");

  private final Grants grants;
  // Weak keys compare by identity: a tool that is registered anew is looked at anew.
  private final LoadingCache<Tool, Boolean> byWords =
      Caffeine.newBuilder().weakKeys().build(PiiAccess::soundsLikePii);

  /** The rule. */
  public PiiAccess(Grants grants) {
    this.grants = grants;
  }

  @Override
  public Decision decideNow(ToolCall call) {
    if (mayUse(call.principal(), call.tool())) {
      return Decision.allow();
    }
    if (grants.isUnavailable()) {
      return TenantAccess.unavailable();
    }
    return new Decision.Deny(
        DenialCode.PII_ACCESS,
        "This tool reads personal data, and you do not have the permission PII_READ.",
        List.of(
            "Ask an administrator for the permission PII_READ.",
            "Use a tool that does not read personal data."),
        null,
        Map.of("requires_pii", true));
  }

  /** Whether a principal may use a tool, as far as PII is concerned. */
  public boolean mayUse(Principal principal, Tool tool) {
    return !readsPii(tool) || grants.hasPermission(principal, Grants.PII_READ);
  }

  /** Whether a tool reads PII, as far as anyone has said. */
  public boolean readsPii(Tool tool) {
    Boolean declared = tool.requiresPii();
    return declared != null ? declared : byWords.get(tool);
  }

  private static boolean soundsLikePii(Tool tool) {
    String words = words(tool.name() + ' ' + tool.prose());
    return WORDS.stream().anyMatch(word -> words.contains(' ' + word + ' '));
  }

  /** {@code getCustomer_emailAndSSN2} to {@code " get customer email and ssn 2 "}. */
  static String words(String text) {
    StringBuilder words = new StringBuilder(" ");
    char previous = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c)) {
        c = ' ';
      } else if (startsWord(previous, c, text, i + 1)) {
        words.append(' ');
      }
      if (c != ' ' || previous != ' ') {
        words.append(c);
      }
      previous = c;
    }
    return words.append(' ').toString().toLowerCase(Locale.ROOT);
  }

  private static boolean startsWord(char previous, char c, String text, int next) {
    if (Character.isDigit(c) != Character.isDigit(previous)) {
      return previous != ' ';
    }
    if (!Character.isUpperCase(c) || !Character.isUpperCase(previous)) {
      return Character.isUpperCase(c) && Character.isLowerCase(previous);
    }
    // The last capital of a row starts the next word (SSNBy), unless an s makes a plural (SSNs).
    return isLowerCase(text, next) && (text.charAt(next) != 's' || isLowerCase(text, next + 1));
  }

  private static boolean isLowerCase(String text, int at) {
    return at < text.length() && Character.isLowerCase(text.charAt(at));
  }
}
