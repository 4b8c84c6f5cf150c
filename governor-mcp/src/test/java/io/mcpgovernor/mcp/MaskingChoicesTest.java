package io.mcpgovernor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgovernor.Governor;
import io.mcpgovernor.GovernorBuilder;
import io.mcpgovernor.pii.Kinds;
import io.mcpgovernor.pii.MaskMode;
import io.mcpgovernor.pii.MaskRules;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host chose about masking, as a real client sees it. */
final class MaskingChoicesTest {
  private static final Map<String, Object> CUSTOMER =
      Map.of(
          "full_name", "Jane Doe",
          "email", "john@example.com",
          "phone", "(555) 123-4567",
          "ssn", "123-45-6789",
          "card", "1234-5678-9012-3456");
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 1, 2};

  @TempDir Path directory;

  private interface Use {
    void of(McpSyncClient alice, Governor governor);
  }

  private void with(Consumer<GovernorBuilder> choices, CallToolResult answer, Use use)
      throws Exception {
    GovernorBuilder builder = Governor.builder().auditTo(directory);
    choices.accept(builder);
    try (Governor governor = builder.build()) {
      governor.grants().grantPiiPermission("alice");
      GovernedTools governed =
          GovernedTools.of(governor)
              .server("crm")
              .tool("get_customer", tool -> tool.requiresPii(true).tenantScoped(false));
      McpSchema.Tool definition =
          McpSchema.Tool.builder("get_customer", Map.of("type", "object")).build();
      WireServer server =
          WireServer.sync(governed, List.of(new WireTool(definition, request -> answer).sync()));
      try (McpSyncClient alice = server.client("alice")) {
        use.of(alice, governor);
      } finally {
        server.close();
      }
    }
  }

  private static CallToolResult customer() {
    return CallToolResult.builder()
        .addTextContent("Jane's address is john@example.com")
        .structuredContent(CUSTOMER)
        .build();
  }

  private static CallToolResult content(Content... blocks) {
    return CallToolResult.builder().content(List.of(blocks)).build();
  }

  private static CallToolResult call(McpSyncClient client) {
    return client.callTool(CallToolRequest.builder("get_customer").arguments(Map.of()).build());
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> structured(CallToolResult result) {
    return (Map<String, Object>) result.structuredContent();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static EmbeddedResource blob(String mimeType, byte[] bytes) {
    return EmbeddedResource.builder(
            BlobResourceContents.builder("file:///7", base64(bytes)).mimeType(mimeType).build())
        .build();
  }

  @Test
  void namesAreMaskedAndValuesRedactedWhereTheHostChoseSo() throws Exception {
    MaskRules rules =
        MaskRules.builder()
            .with(Kinds.PERSON)
            .mode(MaskMode.REDACT)
            .mode(Kinds.PHONE, MaskMode.MASK)
            .build();
    with(
        builder -> builder.masking(rules),
        customer(),
        (alice, governor) ->
            assertThat(structured(call(alice)))
                .containsEntry("full_name", "[PERSON]")
                .containsEntry("email", "[EMAIL]")
                .containsEntry("phone", "(***) ***-4567")
                .containsEntry("ssn", "[SSN]")
                .containsEntry("card", "[CARD]"));
  }

  @Test
  void theHashOfAValueIsTheSameWhereverItStandsAndInEveryCall() throws Exception {
    MaskRules rules =
        MaskRules.builder()
            .mode(Kinds.EMAIL, MaskMode.HASH)
            .hashKey("a key of sixteen bytes".getBytes(StandardCharsets.US_ASCII))
            .build();
    with(
        builder -> builder.masking(rules),
        customer(),
        (alice, governor) -> {
          CallToolResult result = call(alice);
          String hash = (String) structured(result).get("email");

          assertThat(hash).matches("\\[email:[a-p]{16}]");
          assertThat(((TextContent) result.content().get(0)).text())
              .isEqualTo("Jane's address is " + hash);
          assertThat(structured(call(alice)))
              .containsEntry("email", hash)
              .containsEntry("full_name", "Jane Doe")
              .containsEntry("ssn", "***-**-6789");
        });
  }

  @Test
  void kindsAndPlacesAreStrictWhereTheHostChoseSo() throws Exception {
    with(
        builder ->
            builder
                .masking(MaskRules.builder().strict(Kinds.CARD).build())
                .strict("get_customer", "/structuredContent/ssn"),
        customer(),
        (alice, governor) ->
            assertThat(structured(call(alice)))
                .containsEntry("phone", "(***) ***-4567")
                .containsEntry("ssn", "***-**-****")
                .containsEntry("card", "****-****-****-****"));
  }

  @Test
  void blobsAreMaskedWithinAndPicturesPassOnRecord() throws Exception {
    with(
        builder -> {},
        content(
            blob("text/csv", "id,mail\n1,john@example.com\n".getBytes(StandardCharsets.UTF_8)),
            ImageContent.builder(base64(PNG), "image/png").build()),
        (alice, governor) -> {
          List<Content> content = call(alice).content();

          EmbeddedResource resource = (EmbeddedResource) content.get(0);
          String blob = ((BlobResourceContents) resource.resource()).blob();
          assertThat(new String(Base64.getDecoder().decode(blob), StandardCharsets.UTF_8))
              .isEqualTo("id,mail\n1,***@***.com\n");
          assertThat(((ImageContent) content.get(1)).data()).isEqualTo(base64(PNG));
          Map<String, Object> record = governor.readLogs(1).get(0).object();
          assertThat(record.get("unscanned")).isEqualTo(Map.of("image/png", 1));
          assertThat(String.valueOf(record.get("masked"))).contains("email=1");
        });
  }

  @Test
  void aBinaryOfAToolThatReadsPiiIsWithheld() throws Exception {
    with(
        builder -> {},
        content(blob("application/zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0})),
        (alice, governor) -> {
          CallToolResult result = call(alice);

          assertThat(result.isError()).isTrue();
          assertThat(((TextContent) result.content().get(0)).text())
              .contains("masking_failed", "application/zip", "as text, JSON or CSV");
          assertThat(governor.readLogs(1).get(0).object())
              .containsEntry("code", "masking_failed")
              .containsEntry("executed", "yes");
        });
  }
}
