package io.mcpgovernor.examples.customers;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a client is told about each tool: the entries of {@code tools/list}, as they go out. */
final class ToolDefinitions {

  private static final String ONE_CUSTOMER =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
          "customer": {
            "type": "object",
            "properties": {
              "id": {"type": "string"},
              "tenant": {"type": "string"},
              "name": {"type": "string"},
              "email": {"type": "string"},
              "phone": {"type": "string"},
              "ssn": {"type": "string"},
              "card_number": {"type": "string"},
              "city": {"type": "string"},
              "since": {"type": "string", "description": "Date, YYYY-MM-DD"},
              "notes": {"type": "string"}
            },
            "required": [
              "id", "tenant", "name", "email", "phone", "ssn", "card_number", "city", "since",
              "notes"
            ],
            "additionalProperties": false
          }
        },
        "required": ["customer"],
        "additionalProperties": false
      }
      """;

  static final String GET_CUSTOMER_PROFILE =
      """
      {
        "name": "get_customer_profile",
        "title": "Customer profile",
        "description": "Reads one customer's profile: name, contact and payment details, notes.",
        "inputSchema": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "customer_id": {
              "type": "string",
              "description": "Customer number, such as C-1001",
              "pattern": "^C-[0-9]{4,6}$"
            },
            "tenant_id": {
              "type": "string",
              "description": "Tenant that the customer belongs to",
              "minLength": 1,
              "maxLength": 64
            }
          },
          "required": ["customer_id", "tenant_id"],
          "additionalProperties": false
        },
        "outputSchema": %s,
        "annotations": {
          "title": "Customer profile",
          "readOnlyHint": true,
          "idempotentHint": true,
          "openWorldHint": false
        }
      }
      """
          .formatted(ONE_CUSTOMER);

  static final String SEARCH_ORDERS =
      """
      {
        "name": "search_orders",
        "title": "Search orders",
        "description": "Finds a tenant's orders, newest first, by status and by text in numbers.",
        "inputSchema": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "tenant_id": {
              "type": "string",
              "description": "Tenant whose orders are searched; a server that knows the caller's \
      only tenant fills it in",
              "minLength": 1,
              "maxLength": 64
            },
            "status": {
              "type": "string",
              "description": "Only orders with this status",
              "enum": ["pending", "shipped", "delivered", "returned", "cancelled"]
            },
            "text": {
              "type": "string",
              "description": "Only orders whose order, account or tracking number contains this",
              "minLength": 1,
              "maxLength": 100
            },
            "limit": {
              "type": "integer",
              "description": "The most orders to return",
              "minimum": 1,
              "maximum": 100,
              "default": 20
            }
          },
          "additionalProperties": false
        },
        "annotations": {
          "title": "Search orders",
          "readOnlyHint": true,
          "idempotentHint": true,
          "openWorldHint": false
        }
      }
      """;

  static final String RUN_REPORT =
      """
      {
        "name": "run_report",
        "title": "Run a report",
        "description": "Runs one SQL query over a tenant's views \
      customers(id, tenant, name, email, phone, ssn, card_number, city, since, notes), \
      orders(id, tenant, customer_id, status, placed, total, tracking_number) and \
      tickets(id, tenant, customer_id, subject, body, opened). At most 1,000 rows and 2 seconds.",
        "inputSchema": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "tenant_id": {
              "type": "string",
              "description": "Tenant whose rows the query sees",
              "minLength": 1,
              "maxLength": 64
            },
            "sql": {
              "type": "string",
              "description": "One SELECT statement in the dialect of H2",
              "minLength": 1,
              "maxLength": 10000
            }
          },
          "required": ["tenant_id", "sql"],
          "additionalProperties": false
        },
        "annotations": {
          "title": "Run a report",
          "readOnlyHint": true,
          "idempotentHint": true,
          "openWorldHint": false
        }
      }
      """;

  static final String EXPORT_CUSTOMERS =
      """
      {
        "name": "export_customers",
        "title": "Export customers",
        "description": "Exports the full profiles of a tenant's customers, by customer number.",
        "inputSchema": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "tenant_id": {
              "type": "string",
              "description": "Tenant whose customers are exported",
              "minLength": 1,
              "maxLength": 64
            },
            "limit": {
              "type": "integer",
              "description": "The most customers to return",
              "minimum": 1,
              "maximum": 5000,
              "default": 100
            }
          },
          "required": ["tenant_id"],
          "additionalProperties": false
        },
        "annotations": {
          "title": "Export customers",
          "readOnlyHint": true,
          "idempotentHint": true,
          "openWorldHint": false
        }
      }
      """;

  static final String UPDATE_CUSTOMER =
      """
      {
        "name": "update_customer",
        "title": "Update a customer",
        "description": "Overwrites the given fields of one customer and returns the new profile.",
        "inputSchema": {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "tenant_id": {
              "type": "string",
              "description": "Tenant that the customer belongs to",
              "minLength": 1,
              "maxLength": 64
            },
            "customer_id": {
              "type": "string",
              "description": "Customer number, such as C-1001",
              "pattern": "^C-[0-9]{4,6}$"
            },
            "email": {
              "type": "string",
              "description": "New e-mail address",
              "minLength": 3,
              "maxLength": 200
            },
            "phone": {
              "type": "string",
              "description": "New telephone number",
              "minLength": 3,
              "maxLength": 40
            },
            "notes": {
              "type": "string",
              "description": "New notes; the old ones are lost",
              "maxLength": 2000
            },
            "user_id": {
              "type": "string",
              "description": "The agent on whose behalf the change is made",
              "minLength": 1,
              "maxLength": 64
            }
          },
          "required": ["tenant_id", "customer_id"],
          "minProperties": 3,
          "additionalProperties": false
        },
        "outputSchema": %s,
        "annotations": {
          "title": "Update a customer",
          "readOnlyHint": false,
          "destructiveHint": true,
          "idempotentHint": true,
          "openWorldHint": false
        }
      }
      """
          .formatted(ONE_CUSTOMER);

  private ToolDefinitions() {}

  static Tool parse(McpJsonMapper mapper, String definition) {
    try {
      return mapper.readValue(definition, Tool.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
