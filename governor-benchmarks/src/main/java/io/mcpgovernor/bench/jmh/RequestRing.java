package io.mcpgovernor.bench.jmh;

import io.mcpgovernor.bench.Calls;
import io.mcpgovernor.call.CallRequest;

/**
 * Requests made beforehand and handed out in turn, so that making them is no part of what is
 * measured. Not thread-safe.
 */
final class RequestRing {
  private final CallRequest[] requests;
  private int next;

  RequestRing(Calls calls, int count) {
    requests = new CallRequest[count];
    for (int i = 0; i < count; i++) {
      requests[i] = calls.next(i);
    }
  }

  /** The next request, as if it had just arrived; costs 80 bytes. */
  CallRequest next() {
    next = next + 1 < requests.length ? next + 1 : 0;
    return Calls.arrived(requests[next]);
  }
}
