package io.mcpgovernor.bench.gateway;

import io.mcpgovernor.bench.upstream.AnswerForm;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param governor the words that start {@code governor} as a process, to which {@code serve -f
 *     FILE} is added; empty to measure only what it would be compared with
 * @param clients numbers of clients that call at once
 * @param sizes lengths of results' texts, bytes from 512 to 8 MiB
 * @param protocol the revision of MCP that clients speak: 2025-11-25 or 2026-07-28
 * @param form in which the upstream answers
 * @param peers other gateways that run already, in front of {@code upstreamPort}
 * @param upstreamPort where the upstream listens; 0 for any free port
 * @param withTokens whether a governor is measured besides whose clients show tokens
 * @param scale how much
 */
public record GatewayOptions(
    List<String> governor,
    List<Integer> clients,
    List<Integer> sizes,
    String protocol,
    AnswerForm form,
    Map<String, URI> peers,
    int upstreamPort,
    boolean withTokens,
    GatewayScale scale) {
  /** Copies the collections, keeping their order. */
  public GatewayOptions {
    governor = List.copyOf(governor);
    clients = List.copyOf(clients);
    sizes = List.copyOf(sizes);
    peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
  }

  /** What the goals are about: 1, 8 and 64 clients; 1 KiB, 64 KiB and 1 MiB; 2025-11-25. */
  public static GatewayOptions standard(List<String> governor, GatewayScale scale) {
    return new GatewayOptions(
        governor,
        List.of(1, 8, 64),
        List.of(1 << 10, 64 << 10, 1 << 20),
        "2025-11-25",
        AnswerForm.FIXED,
        Map.of(),
        0,
        false,
        scale);
  }
}
