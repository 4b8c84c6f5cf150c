package io.mcpgovernor.examples.customers;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The five tools of the customer service. Each answers with the same JSON object as text and as
 * structured content. They answer whoever calls, in clear, and let exceptions through: it is the
 * server's owner who puts governance around them.
 *
 * <p>Safe for use by many threads, as the database is.
 */
public final class CustomerTools {

  private final CustomerDatabase database;
  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();

  private CustomerTools(CustomerDatabase database) {
    this.database = database;
  }

  /** The tools, which read and change this database. The list is immutable. */
  public static List<SyncToolSpecification> over(CustomerDatabase database) {
    CustomerTools tools = new CustomerTools(database);
    return List.of(
        tools.tool(ToolDefinitions.GET_CUSTOMER_PROFILE, tools::getCustomerProfile),
        tools.tool(ToolDefinitions.SEARCH_ORDERS, tools::searchOrders),
        tools.tool(ToolDefinitions.RUN_REPORT, tools::runReport),
        tools.tool(ToolDefinitions.EXPORT_CUSTOMERS, tools::exportCustomers),
        tools.tool(ToolDefinitions.UPDATE_CUSTOMER, tools::updateCustomer));
  }

  private CallToolResult getCustomerProfile(Arguments arguments) {
    return customer(database.customer(arguments.text("tenant_id"), arguments.text("customer_id")));
  }

  private CallToolResult searchOrders(Arguments arguments) {
    List<Order> orders =
        database.orders(
            arguments.text("tenant_id"),
            arguments.optionalText("status"),
            arguments.optionalText("text"),
            arguments.limit("limit", 20, 100));
    return success(Map.of("orders", orders.stream().map(Order::json).toList()));
  }

  private CallToolResult runReport(Arguments arguments) {
    try {
      return success(database.report(arguments.text("tenant_id"), arguments.text("sql")).json());
    } catch (SQLException e) {
      // Careless on purpose, as most servers are: this message can quote a customer's data.
      throw new IllegalArgumentException("The report failed: " + e.getMessage(), e);
    }
  }

  private CallToolResult exportCustomers(Arguments arguments) {
    List<Customer> customers =
        database.customers(arguments.text("tenant_id"), arguments.limit("limit", 100, 5_000));
    return success(Map.of("customers", customers.stream().map(Customer::json).toList()));
  }

  /** {@code user_id} is for whoever watches the calls: nothing is stored of it. */
  private CallToolResult updateCustomer(Arguments arguments) {
    return customer(
        database.update(
            arguments.text("tenant_id"),
            arguments.text("customer_id"),
            arguments.optionalText("email"),
            arguments.optionalText("phone"),
            arguments.optionalText("notes")));
  }

  private SyncToolSpecification tool(
      String definition, Function<Arguments, CallToolResult> handler) {
    return SyncToolSpecification.builder()
        .tool(ToolDefinitions.parse(mapper, definition))
        .callHandler((exchange, request) -> handler.apply(Arguments.of(request)))
        .build();
  }

  private CallToolResult customer(Optional<Customer> customer) {
    return customer
        .map(found -> success(Map.of("customer", found.json())))
        .orElseGet(
            () ->
                CallToolResult.builder().addTextContent("No such customer.").isError(true).build());
  }

  private CallToolResult success(Map<String, Object> json) {
    try {
      return CallToolResult.builder()
          .addTextContent(mapper.writeValueAsString(json))
          .structuredContent(json)
          .isError(false)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
