package io.mcpgovernor.gateway.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgovernor.call.Json;
import io.mcpgovernor.call.MalformedJsonException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A message is what another reader of JSON finds in the same bytes, or it is none. */
class AsTheTreeHasItTest {
  private static final MessageBounds BOUNDS = new MessageBounds(1 << 20, 256);

  @Test
  void aMessageMeansWhatItsTreeMeansOrIsRefused() {
    RandomMessages messages = new RandomMessages(20260728);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] whole = messages.next();
      byte[] text = i % 3 == 0 ? whole : messages.broken(whole);
      if (isLikeItsTree(text)) {
        accepted++;
      } else {
        refused++;
      }
    }
    assertThat(accepted).isGreaterThan(5_000);
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void whatIsChangedIsWhatItsTreeWouldBe() throws Exception {
    RandomMessages messages = new RandomMessages(20251125);
    int changed = 0;
    for (int i = 0; i < 10_000; i++) {
      Message message;
      try {
        message = Message.ofClient(messages.next(), BOUNDS);
      } catch (MalformedMessageException e) {
        continue;
      }
      changed++;
      Json value = Json.text(" [\"é\" ] ");
      Message other = message.withMember("name", value).withMember("uri", value);
      if (message.id() != null) {
        other = other.withId(MessageId.of("id"));
      }
      other = other.withMember("name", Json.NULL);
      Message read = Message.ofClient(other.utf8(), BOUNDS);
      assertThat(read.kind()).isEqualTo(message.kind());
      assertThat(read.id()).isEqualTo(other.id());
      assertThat(Objects.requireNonNull(read.body()).tree())
          .isEqualTo(Objects.requireNonNull(other.body()).tree());
      Map<String, @Nullable Object> members = Objects.requireNonNull(read.body()).object();
      assertThat(members.get("name")).isNull();
      assertThat(members.get("uri")).isEqualTo(value.tree());
      Message back = other.withBody(Objects.requireNonNull(message.body()));
      if (message.id() == null) {
        assertThat(back.utf8()).isEqualTo(message.utf8());
      }
      assertThat(new String(read.line(), UTF_8)).doesNotContain("\n", "\r");
      assertThat(Json.utf8(read.line()).tree()).isEqualTo(Json.utf8(read.utf8()).tree());
    }
    assertThat(changed).isGreaterThan(2_000);
  }

  /** Whether it is a message; if so, or if it is no JSON, the tree has to say so too. */
  static boolean isLikeItsTree(byte[] text) {
    byte[] before = text.clone();
    Message message;
    try {
      message = Message.ofClient(text, BOUNDS);
    } catch (MalformedMessageException e) {
      if (e.code() == MalformedMessageException.PARSE_ERROR) {
        assertThatThrownBy(() -> Json.utf8(text).tree()).isInstanceOf(MalformedJsonException.class);
      }
      return false;
    }
    assertThat(text).isEqualTo(before);
    Map<String, @Nullable Object> tree;
    try {
      tree = Json.utf8(text).object();
    } catch (MalformedJsonException e) {
      // A number too large for a tree is JSON all the same: for those to refuse who read it.
      assertThat(e).hasMessageContaining("has a number");
      return false;
    }
    assertThat(tree.get("jsonrpc")).isEqualTo("2.0");
    assertThat(message.method()).isEqualTo(tree.getOrDefault("method", ""));
    MessageId id = message.id();
    assertThat(id == null ? null : Json.text(id.json()).tree()).isEqualTo(tree.get("id"));
    Object body = null;
    for (String name : new String[] {"params", "result", "error"}) {
      body = tree.containsKey(name) ? tree.get(name) : body;
    }
    Json read = message.body();
    assertThat(read == null ? null : read.tree()).isEqualTo(body);
    if (body instanceof Map<?, ?> members) {
      members.forEach(
          (name, value) -> {
            assertThat(Objects.requireNonNull(message.member((String) name)).tree())
                .isEqualTo(value);
            assertThat(message.text((String) name))
                .isEqualTo(value instanceof String said ? said : null);
          });
    }
    assertThat(JsonSlices.members(Json.utf8(text)).keySet()).isEqualTo(tree.keySet());
    // A server may do all that a client may.
    try {
      assertThat(Message.ofServer(text, BOUNDS).kind()).isEqualTo(message.kind());
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
    return true;
  }
}
