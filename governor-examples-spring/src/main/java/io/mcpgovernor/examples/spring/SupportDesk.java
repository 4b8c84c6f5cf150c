package io.mcpgovernor.examples.spring;

import java.util.List;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;

/** A tool that becomes one of Spring AI's tool callbacks. Thread-safe. */
final class SupportDesk {

  @Tool(name = "list_tickets", description = "The open support tickets of a tenant.")
  List<String> listTickets(@ToolParam(description = "The tenant.") String tenantId) {
    return tenantId.equals("acme")
        ? List.of("Call John back: (555) 123-4567, before noon.")
        : List.of();
  }
}
