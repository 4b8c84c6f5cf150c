package io.mcpgovernor.examples.spring;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.mcp.GovernedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpTransportContextExtractor;
import java.util.Map;
import org.springframework.ai.mcp.server.common.autoconfigure.properties.McpServerStreamableHttpProperties;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStatelessServerTransport;
import org.springframework.ai.mcp.server.webmvc.transport.WebMvcStreamableServerTransportProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.databind.json.JsonMapper;

/** Says who calls: Spring AI's transports, with a context extractor. */
@Configuration(proxyBeanMethods = false)
class CallerConfiguration {
  /** Stands for a verified token in this example. */
  static final String USER = "X-Verified-User";

  // docs: identity
  @Bean
  McpTransportContextExtractor<ServerRequest> caller() {
    return request -> {
      // Anybody can send this header: it stands for a token that was verified. Behind Spring
      // Security, ask request.principal() instead.
      String user = request.headers().firstHeader(USER);
      return user == null
          ? McpTransportContext.EMPTY
          : McpTransportContext.create(Map.of(GovernedTools.PRINCIPAL, Principal.verified(user)));
    };
  }

  // Spring AI makes this bean itself if it finds none, but without an extractor.
  @Bean
  @ConditionalOnProperty(name = "spring.ai.mcp.server.protocol", havingValue = "STREAMABLE")
  WebMvcStreamableServerTransportProvider transport(
      @Qualifier("mcpServerJsonMapper") JsonMapper mapper,
      McpServerStreamableHttpProperties properties,
      McpTransportContextExtractor<ServerRequest> caller) {
    return WebMvcStreamableServerTransportProvider.builder()
        .jsonMapper(new JacksonMcpJsonMapper(mapper))
        .mcpEndpoint(properties.getMcpEndpoint())
        .keepAliveInterval(properties.getKeepAliveInterval())
        .disallowDelete(properties.isDisallowDelete())
        .contextExtractor(caller)
        .build();
  }

  // docs: end

  // The same for stateless servers.
  @Bean
  @ConditionalOnProperty(name = "spring.ai.mcp.server.protocol", havingValue = "STATELESS")
  WebMvcStatelessServerTransport statelessTransport(
      @Qualifier("mcpServerJsonMapper") JsonMapper mapper,
      McpServerStreamableHttpProperties properties,
      McpTransportContextExtractor<ServerRequest> caller) {
    return WebMvcStatelessServerTransport.builder()
        .jsonMapper(new JacksonMcpJsonMapper(mapper))
        .messageEndpoint(properties.getMcpEndpoint())
        .contextExtractor(caller)
        .build();
  }
}
