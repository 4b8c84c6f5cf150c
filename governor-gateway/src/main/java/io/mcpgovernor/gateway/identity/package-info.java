/**
 * Who calls the gateway over HTTP: tokens of an issuer, API keys, client certificates. Nothing of
 * it is loaded where a configuration asks for none.
 */
@NullMarked
package io.mcpgovernor.gateway.identity;

import org.jspecify.annotations.NullMarked;
