package io.mcpgovernor.gateway.stdio;

/** Who talks to one process. */
enum Sharing {
  /** One client: ids stay as they are, and the server may ask it something. */
  NOBODY,
  /** Several clients of one principal, none of which the server may ask. */
  PRINCIPAL,
  /** Clients of several principals: nobody hears what is not surely meant for it. */
  EVERYBODY
}
