package io.mcpgovernor.gateway.admin;

/**
 * Something the admin listener does.
 *
 * @param method of HTTP
 * @param path as it is written
 * @param isOpen whether this machine needs no token for it
 * @param action does it
 */
record AdminRoute(String method, String path, boolean isOpen, Action action) {
  /** Does what is asked. */
  @FunctionalInterface
  interface Action {
    Reply handle(AdminRequest request) throws ProblemException;
  }

  static AdminRoute open(String path, Action action) {
    return new AdminRoute("GET", path, true, action);
  }

  static AdminRoute of(String method, String path, Action action) {
    return new AdminRoute(method, path, false, action);
  }
}
