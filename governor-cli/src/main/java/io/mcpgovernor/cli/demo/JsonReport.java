package io.mcpgovernor.cli.demo;

import io.mcpgovernor.call.JsonWriter;
import io.mcpgovernor.cli.demo.Answer.Refusal;
import io.mcpgovernor.cli.demo.Happening.Broken;
import io.mcpgovernor.cli.demo.Happening.Called;
import io.mcpgovernor.cli.demo.Happening.Changed;
import io.mcpgovernor.cli.demo.Happening.Compared;
import io.mcpgovernor.cli.demo.Happening.Listed;
import io.mcpgovernor.cli.demo.Happening.Read;
import io.mcpgovernor.cli.demo.Happening.Repeated;
import io.mcpgovernor.cli.demo.Happening.Searched;
import io.mcpgovernor.cli.demo.Happening.Tried;
import io.mcpgovernor.cli.demo.Happening.Verified;
import io.mcpgovernor.cli.demo.Step.Played;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The story for programs: one JSON object, when it is over. */
final class JsonReport implements Report {
  private final PrintWriter out;
  private final JsonWriter json = new JsonWriter(1 << 16);

  JsonReport(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void opening(Transport transport) {
    json.beginObject()
        .field("transport", transport.name().toLowerCase(Locale.ROOT))
        .name("steps")
        .beginArray();
  }

  @Override
  public void step(int number, Step step, List<Played> played) {
    json.beginObject()
        .field("step", number)
        .field("title", step.title())
        .field("ok", played.stream().allMatch(Played::isGood))
        .name("scenes")
        .beginArray();
    for (Played scene : played) {
      json.beginObject();
      happening(scene.happening());
      json.field("ok", scene.isGood()).name("expected").beginArray();
      for (Expectation expectation : scene.expectations()) {
        json.beginObject()
            .field("what", expectation.says())
            .field("met", expectation.isMetBy(scene.happening()))
            .endObject();
      }
      json.endArray().endObject();
    }
    json.endArray().endObject();
  }

  @Override
  public void closing(int steps, List<String> failures, Duration took) {
    json.endArray()
        .field("ok", failures.isEmpty())
        .name("failures")
        .value((Object) failures)
        .field("took_ms", took.toMillis())
        .endObject();
    out.println(new String(json.toByteArray(), StandardCharsets.UTF_8));
    out.flush();
  }

  private void happening(Happening happening) {
    switch (happening) {
      case Listed listed ->
          json.field("act", "list")
              .field("user", listed.caller().user())
              .name("tools")
              .value((Object) listed.tools());
      case Called called -> {
        asked("call", called.caller(), called.tool(), called.arguments());
        answer(called.answer());
        times(called.roundTripMicros(), called.overheadMicros());
      }
      case Repeated repeated -> {
        asked("repeat", repeated.caller(), repeated.tool(), repeated.arguments());
        json.field("times", repeated.answers().size())
            .field("allowed", repeated.answers().stream().filter(Answer::isAllowed).count())
            .name("last")
            .beginObject();
        answer(repeated.answers().getLast());
        json.endObject();
        times(repeated.roundTripMicros(), repeated.overheadMicros());
      }
      case Changed changed -> json.field("act", "administer").field("what", changed.what());
      case Searched searched ->
          json.field("act", "search")
              .field("what", searched.what())
              .field("answers", searched.answers())
              .field("log_bytes", searched.logBytes())
              .name("found")
              .value((Object) searched.places());
      case Compared compared ->
          json.field("act", "compare")
              .name("records")
              .value((Object) compared.counts())
              .name("differences")
              .value((Object) compared.differences());
      case Verified verified ->
          json.field("act", "verify")
              .field("what", verified.what())
              .field("whole", verified.isWhole())
              .field("records", verified.records())
              .field("checkpoints", verified.checkpoints())
              .field("place", verified.place())
              .field("reason", verified.reason());
      case Tried tried ->
          json.field("act", "replay")
              .field("what", tried.what())
              .field("calls", tried.calls())
              .field("allowed_to_denied", tried.toDenied())
              .field("denied_to_allowed", tried.toAllowed())
              .field("cannot_be_replayed", tried.unknown())
              .field("example", tried.example());
      case Read read -> json.field("act", "read").name("records").value((Object) read.records());
      case Broken broken -> json.field("act", "broken").field("problem", broken.problem());
    }
  }

  private void asked(String act, Caller caller, String tool, Map<String, Object> arguments) {
    json.field("act", act)
        .field("user", caller.user())
        .field("tool", tool)
        .name("arguments")
        .value((Object) arguments);
  }

  private void answer(Answer answer) {
    Refusal refusal = answer.refusal();
    if (refusal == null) {
      json.field("verdict", answer.isError() ? "error" : "allowed")
          .name("result")
          .value((Object) answer.structured());
      return;
    }
    json.field("verdict", "denied")
        .field("code", refusal.code())
        .field("reason", refusal.reason())
        .name("suggestions")
        .value((Object) refusal.suggestions())
        .name("retry_after_ms")
        .value((Object) refusal.retryAfterMillis())
        .field("executed", refusal.executed())
        .field("decision_id", refusal.decisionId());
  }

  private void times(long roundTripMicros, long overheadMicros) {
    json.field("round_trip_us", roundTripMicros).field("overhead_us", overheadMicros);
  }
}
