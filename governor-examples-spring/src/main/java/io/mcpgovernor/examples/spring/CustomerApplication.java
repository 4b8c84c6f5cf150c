package io.mcpgovernor.examples.spring;

import org.springframework.ai.tool.ToolCallbackProvider;
import org.springframework.ai.tool.method.MethodToolCallbackProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A customer service over MCP, as Spring AI builds it. Nothing here knows of governance. */
@SpringBootApplication(proxyBeanMethods = false)
public class CustomerApplication {

  /** Starts the server on port 8080, or on {@code --server.port}. */
  public static void main(String[] arguments) {
    SpringApplication.run(CustomerApplication.class, arguments);
  }

  /** Spring AI's other way to make tools: callbacks, here from methods with its {@code @Tool}. */
  @Bean
  ToolCallbackProvider supportDesk() {
    return MethodToolCallbackProvider.builder().toolObjects(new SupportDesk()).build();
  }
}
