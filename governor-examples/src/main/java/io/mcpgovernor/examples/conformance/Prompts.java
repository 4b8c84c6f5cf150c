package io.mcpgovernor.examples.conformance;

import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A prompt for each kind of message, and completion of one's arguments. */
final class Prompts {
  private static final String WITH_ARGUMENTS = "test_prompt_with_arguments";

  private Prompts() {}

  static List<SyncPromptSpecification> all() {
    return List.of(
        prompt(
            "test_simple_prompt",
            "Text",
            List.of(),
            request -> messages(text("This is a simple prompt for testing."))),
        prompt(
            WITH_ARGUMENTS,
            "Text made of two arguments",
            List.of("arg1", "arg2"),
            request ->
                messages(
                    text(
                        "Prompt with arguments: arg1='%s', arg2='%s'"
                            .formatted(
                                request.arguments().get("arg1"),
                                request.arguments().get("arg2"))))),
        prompt(
            "test_prompt_with_embedded_resource",
            "A resource",
            List.of("resourceUri"),
            request ->
                messages(
                    resource(String.valueOf(request.arguments().get("resourceUri"))),
                    text("Please process the embedded resource above."))),
        prompt(
            "test_prompt_with_image",
            "An image",
            List.of(),
            request ->
                messages(
                    ImageContent.builder(Media.PNG, "image/png").build(),
                    text("Please analyze the image above."))));
  }

  static List<SyncCompletionSpecification> completions() {
    return List.of(
        new SyncCompletionSpecification(
            PromptReference.builder(WITH_ARGUMENTS).build(),
            (exchange, request) -> {
              String typed = request.argument().value();
              List<String> values =
                  Stream.of("test1", "test2", "paris", "park")
                      .filter(value -> value.startsWith(typed))
                      .toList();
              return new CompleteResult(new CompleteCompletion(values, values.size(), false));
            }));
  }

  private static SyncPromptSpecification prompt(
      String name,
      String description,
      List<String> arguments,
      Function<GetPromptRequest, GetPromptResult> answer) {
    return new SyncPromptSpecification(
        Prompt.builder(name)
            .description(description)
            .arguments(
                arguments.stream()
                    .map(argument -> PromptArgument.builder(argument).required(true).build())
                    .toList())
            .build(),
        (exchange, request) -> answer.apply(request));
  }

  private static GetPromptResult messages(Content... content) {
    return GetPromptResult.builder(
            Arrays.stream(content)
                .map(item -> PromptMessage.builder(Role.USER, item).build())
                .toList())
        .build();
  }

  private static Content text(String text) {
    return TextContent.builder(text).build();
  }

  private static Content resource(String uri) {
    return EmbeddedResource.builder(
            TextResourceContents.builder(uri, "Embedded resource content for testing.")
                .mimeType("text/plain")
                .build())
        .build();
  }
}
