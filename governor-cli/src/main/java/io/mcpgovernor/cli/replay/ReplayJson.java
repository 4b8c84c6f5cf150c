package io.mcpgovernor.cli.replay;

import io.mcpgovernor.Replay.Replayed;
import io.mcpgovernor.call.JsonWritable;
import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.config.file.ConfigFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a replay came to, for programs: one object. */
final class ReplayJson implements JsonWritable {
  private final ReplayTally tally;
  private final ConfigFile candidate;

  ReplayJson(ReplayTally tally, ConfigFile candidate) {
    this.tally = tally;
    this.candidate = candidate;
  }

  @Override
  public void writeTo(JsonWriter json) {
    json.beginObject()
        .field("policy", candidate.path().toString())
        .field("policy_version", candidate.policyVersion());
    Instant first = tally.first();
    Instant last = tally.last();
    if (first != null && last != null) {
      json.name("from").value(first);
      json.name("to").value(last);
    }
    json.field("calls", tally.calls())
        .field("results", tally.results())
        .field("replayed", tally.calls() + tally.results() - tally.unreplayable())
        .field("allowed_to_denied", tally.toDenied())
        .field("denied_to_allowed", tally.toAllowed())
        .field("cannot_be_replayed", tally.unreplayable());
    json.name("reasons").beginObject();
    tally.reasons().forEach(entry -> json.field(entry.getKey(), entry.getValue()));
    json.endObject();
    flips("by_code", tally.byCode(), json);
    flips("by_tool", tally.byTool(), json);
    flips("by_user", tally.byUser(), json);
    json.name("examples").beginArray();
    tally.denied().forEach(flip -> example(flip, json));
    tally.allowed().forEach(flip -> example(flip, json));
    json.endArray().endObject();
  }

  private static void flips(
      String name, List<Map.Entry<String, ReplayTally.Flips>> flips, JsonWriter json) {
    json.name(name).beginArray();
    for (Map.Entry<String, ReplayTally.Flips> entry : flips) {
      json.beginObject()
          .field("name", entry.getKey())
          .field("allowed_to_denied", entry.getValue().toDenied())
          .field("denied_to_allowed", entry.getValue().toAllowed())
          .endObject();
    }
    json.endArray();
  }

  private static void example(Replayed flip, JsonWriter json) {
    json.beginObject();
    json.name("time").value(flip.at());
    if (flip.seq() >= 0) {
      json.field("seq", flip.seq());
    }
    json.field("user", flip.user())
        .field("server", flip.server())
        .field("tool", flip.tool())
        .field("before", flip.codeBefore().isEmpty() ? "allowed" : flip.codeBefore())
        .field("now", flip.codeNow().isEmpty() ? "allowed" : flip.codeNow())
        .field("reason", flip.why())
        .endObject();
  }
}
