package io.mcpgovernor.config;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.EmailFormat;

/**
 * E-mail addresses, and with them those below {@code .invalid}: RFC 2606 reserves it, so that it
 * can stand in an address that is nobody's. The validator knows only domains that exist.
 */
final class ReservedEmailFormat extends EmailFormat {
  private static final String RESERVED = ".invalid";

  @Override
  public boolean matches(ExecutionContext context, String value) {
    return super.matches(
        context,
        value.endsWith(RESERVED)
            ? value.substring(0, value.length() - RESERVED.length()) + ".example.com"
            : value);
  }
}
