package io.mcpgovernor.examples.spring;

import io.mcpgovernor.Governor;
import io.mcpgovernor.mcp.GovernedTools;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import java.nio.file.Path;
import org.springframework.ai.mcp.customizer.McpAsyncServerCustomizer;
import org.springframework.ai.mcp.customizer.McpSyncServerCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.i18n.LocaleContextThreadLocalAccessor;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;
import tools.jackson.databind.json.JsonMapper;

/** What governs the server's tools. */
@Configuration(proxyBeanMethods = false)
class GovernanceConfiguration {
  // docs: carried
  // Tools run on the governor's threads. These values of the request's thread go with them: what
  // libraries announce (Micrometer's observation, Spring Security's context) and Spring's own.
  private static final ContextSnapshotFactory REQUEST =
      ContextSnapshotFactory.builder()
          .contextRegistry(
              new ContextRegistry()
                  .loadThreadLocalAccessors()
                  .registerThreadLocalAccessor(new RequestAttributesThreadLocalAccessor())
                  .registerThreadLocalAccessor(new LocaleContextThreadLocalAccessor()))
          .build();

  // docs: end

  // docs: governor
  @Bean(destroyMethod = "close")
  Governor governor(@Value("${governor.audit}") Path auditDirectory) {
    Governor governor = Governor.builder().auditTo(auditDirectory).build();
    governor.grants().grantTenantAccess("alice", "acme");
    governor.grants().grantPiiPermission("alice");
    governor.grants().grantTenantAccess("bob", "acme");
    return governor;
  }

  @Bean
  GovernedTools governedTools(
      Governor governor, @Qualifier("mcpServerJsonMapper") JsonMapper mapper) {
    return GovernedTools.of(governor)
        .server("customers")
        .mapper(new JacksonMcpJsonMapper(mapper))
        .declare(CustomerTools.class)
        .carrying(task -> REQUEST.captureAll().wrap(task));
  }

  @Bean
  static GovernedToolBeans governedToolBeans(ObjectProvider<GovernedTools> governed) {
    return new GovernedToolBeans(governed);
  }

  // Spring AI asks one customizer only. This one stands in for its own, which keeps calls on the
  // request's thread until the governor takes over, and does the same.
  @Bean
  @Primary
  McpSyncServerCustomizer governedServer(GovernedTools governed) {
    return server -> governed.configure(server.immediateExecution(true));
  }

  // For spring.ai.mcp.server.type=ASYNC.
  @Bean
  McpAsyncServerCustomizer governedAsyncServer(GovernedTools governed) {
    return governed::configure;
  }

  // docs: end
}
