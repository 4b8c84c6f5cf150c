/**
 * The leak test: made-up personal data in every place of an MCP answer, sent through a governed
 * server or a gateway, and what of it comes out at the other end.
 *
 * <p>{@link io.mcpgovernor.cli.leaktest.Fixture} is the ungoverned server behind, {@link
 * io.mcpgovernor.cli.leaktest.LeakTest} the client in front. They share {@link
 * io.mcpgovernor.cli.leaktest.LeakCase}, so that both know every answer. Both speak JSON-RPC by
 * themselves: an SDK would hide what its types do not know, and escapes.
 */
@NullMarked
package io.mcpgovernor.cli.leaktest;

import org.jspecify.annotations.NullMarked;
