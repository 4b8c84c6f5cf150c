package io.mcpgovernor.examples.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text, an image, a resource to subscribe to, and a template. */
final class Resources {
  private static final Pattern TEMPLATE_URI = Pattern.compile("test://template/([^/]+)/data");

  private Resources() {}

  static List<SyncResourceSpecification> all() {
    return List.of(
        resource(
            "static-text",
            "A text",
            "text/plain",
            text("test://static-text", "This is the content of the static text resource.")),
        resource(
            "static-binary",
            "An image",
            "image/png",
            BlobResourceContents.builder("test://static-binary", Media.PNG)
                .mimeType("image/png")
                .build()),
        resource(
            "watched-resource",
            "A text to subscribe to",
            "text/plain",
            text("test://watched-resource", "Watched resource content.")));
  }

  static List<SyncResourceTemplateSpecification> templates() {
    return List.of(
        new SyncResourceTemplateSpecification(
            ResourceTemplate.builder("test://template/{id}/data", "template-data")
                .description("Data by number")
                .mimeType("application/json")
                .build(),
            (exchange, request) -> contents(data(request.uri()))));
  }

  private static SyncResourceSpecification resource(
      String name, String description, String mimeType, ResourceContents contents) {
    return new SyncResourceSpecification(
        Resource.builder("test://" + name, name)
            .description(description)
            .mimeType(mimeType)
            .build(),
        (exchange, request) -> contents(contents));
  }

  private static ResourceContents text(String uri, String text) {
    return TextResourceContents.builder(uri, text).mimeType("text/plain").build();
  }

  private static ResourceContents data(String uri) {
    Matcher matcher = TEMPLATE_URI.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("The template does not make this URI");
    }
    return TextResourceContents.builder(
            uri,
            "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                .formatted(matcher.group(1)))
        .mimeType("application/json")
        .build();
  }

  private static ReadResourceResult contents(ResourceContents contents) {
    return ReadResourceResult.builder(List.of(contents)).build();
  }
}
