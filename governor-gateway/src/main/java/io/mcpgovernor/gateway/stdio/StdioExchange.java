package io.mcpgovernor.gateway.stdio;

import io.mcpgovernor.call.Principal;
import io.mcpgovernor.gateway.message.SseEvent;
import io.mcpgovernor.gateway.relay.ClientExchange;
import io.mcpgovernor.gateway.relay.Headers;
import io.mcpgovernor.gateway.relay.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A line of the client's, or its listening. Statuses and headers have no place on a line. */
final class StdioExchange implements ClientExchange {
  private final StdioFront front;
  private final Verb verb;
  private final byte[] body;
  private final List<Runnable> whenGone = new ArrayList<>();

  StdioExchange(StdioFront front, Verb verb, byte[] body) {
    this.front = front;
    this.verb = verb;
    this.body = body;
  }

  @Override
  public Verb verb() {
    return verb;
  }

  @Override
  public Headers headers() {
    return Headers.NONE;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Principal principal() {
    return front.principal();
  }

  @Override
  public void answer(int status, Headers headers, byte[] body) throws IOException {
    // Nobody asked to listen: a refusal to let one would answer no line.
    if (verb == Verb.POST && body.length > 0) {
      front.write(body);
    }
  }

  @Override
  public void stream(int status, Headers headers) {
    // The stream is standard output, and open.
  }

  @Override
  public void send(SseEvent event) throws IOException {
    byte[] data = event.data();
    if (data.length > 0) { // comments and priming events are for connections that break
      front.write(data);
    }
  }

  @Override
  public void end() {
    // Nothing on standard output says that no more belongs to a request.
  }

  @Override
  public void onGone(Runnable task) {
    synchronized (whenGone) {
      if (!front.isGone()) {
        whenGone.add(task);
        return;
      }
    }
    task.run();
  }

  /** Says once what is to be done now that the client is gone. */
  void gone() {
    List<Runnable> tasks;
    synchronized (whenGone) {
      tasks = List.copyOf(whenGone);
      whenGone.clear();
    }
    tasks.forEach(Runnable::run);
  }
}
