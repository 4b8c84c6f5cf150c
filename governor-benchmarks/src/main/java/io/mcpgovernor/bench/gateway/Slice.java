package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.Samples;

/**
 * What was measured in one short time.
 *
 * @param micros each call that was answered as expected, microseconds
 * @param calls how many there were
 * @param seconds from the first call's beginning to the last one's end
 * @param cpuMicros what the target's process used, microseconds a call
 * @param ownCpuMicros what the clients used, microseconds a call
 */
record Slice(Samples micros, int calls, double seconds, double cpuMicros, double ownCpuMicros) {
  double p50() {
    return micros.median();
  }

  double p99() {
    return micros.p99();
  }

  double callsPerSecond() {
    return calls / seconds;
  }
}
