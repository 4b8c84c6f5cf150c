package io.mcpgovernor.cli.leaktest;

import static io.mcpgovernor.cli.leaktest.Carrier.object;

import io.mcpgovernor.pii.Kind;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskRules;
import io.mcpgovernor.pii.Masker;
import io.mcpgovernor.pii.Sensitivity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The fixture with something between it and the client, all in this process. */
record EnginePeer(UnaryOperator<String> between) implements Peer {
  /** Every result goes through the masker as it goes over the wire, all kinds switched on. */
  static EnginePeer masking() {
    Masker masker = new Masker(MaskRules.builder().with(Kinds.all().toArray(new Kind[0])).build());
    return new EnginePeer(
        message ->
            new String(
                masker.mask(message.getBytes(StandardCharsets.UTF_8), Sensitivity.STANDARD),
                StandardCharsets.UTF_8));
  }

  /** Masks what stands in text blocks and lets all else pass, as products do. */
  static EnginePeer maskingTextOnly() {
    return new EnginePeer(
        message -> {
          var response =
              new LinkedHashMap<String, @Nullable Object>(WireJson.object(WireJson.read(message)));
          var result =
              new LinkedHashMap<String, @Nullable Object>(WireJson.object(response.get("result")));
          if (result.get("content") instanceof List<?> blocks) {
            result.put("content", blocks.stream().map(EnginePeer::maskedBlock).toList());
            response.put("result", result);
          }
          return WireJson.write(response);
        });
  }

  private static Object maskedBlock(Object block) {
    return WireJson.object(block).get("text") instanceof String text
        ? object("type", "text", "text", Masker.standard().mask(text, Sensitivity.STANDARD))
        : block;
  }

  @Override
  public Received ask(long id, String request, Duration timeout) {
    return new Received(Fixture.answer(request).stream().map(between).toList(), true);
  }

  @Override
  public void tell(String notification) {}

  @Override
  public void close() {}
}
