package io.mcpgovernor.test;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpLoggableSession;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import reactor.core.publisher.Mono;

/**
 * The other end of a session that has none: what tools tell it is lost, what they ask it fails.
 * Stateless.
 */
final class AbsentClient implements McpLoggableSession {
  @Override
  public <T> Mono<T> sendRequest(String method, Object parameters, TypeRef<T> type) {
    return Mono.error(new IllegalStateException("there is no client to answer " + method));
  }

  @Override
  public Mono<Void> sendNotification(String method, Object parameters) {
    return Mono.empty();
  }

  @Override
  public void setMinLoggingLevel(LoggingLevel level) {
    // Nobody listens.
  }

  @Override
  public boolean isNotificationForLevelAllowed(LoggingLevel level) {
    return false;
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
