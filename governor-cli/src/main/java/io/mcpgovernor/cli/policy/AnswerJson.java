package io.mcpgovernor.cli.policy;

import io.mcpgovernor.Explanation;
import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.config.check.CallAnswer;
import io.mcpgovernor.config.file.ConfigFile;

/** An answer for programs. */
final class AnswerJson {
  private AnswerJson() {}

  static Json of(CallAnswer answer, ConfigFile file) {
    Explanation explanation = answer.explanation();
    return Json.utf8(
        JsonWriter.bytes(
            json -> {
              json.beginObject()
                  .field("user", explanation.user())
                  .field("tenant", explanation.tenant())
                  .field("server", explanation.server())
                  .field("tool", explanation.tool())
                  .field("arguments", explanation.arguments())
                  .field("policy_version", file.policyVersion())
                  .field("is_allowed", answer.isAllowed())
                  .field("code", answer.code())
                  .field("reason", answer.reason())
                  .name("suggestions")
                  .value((Object) answer.suggestions())
                  .name("notes")
                  .value((Object) answer.notes())
                  .name("checks")
                  .beginArray();
              for (Explanation.Check check : explanation.checks()) {
                json.beginObject()
                    .field("check", check.name())
                    .field("verdict", check.verdict().text())
                    .field("reason", check.reason())
                    .field("facts", check.facts())
                    .field("origin", check.origin())
                    .field("micros", check.micros())
                    .endObject();
              }
              json.endArray().endObject();
            }));
  }
}
