package io.mcpgovernor.config.file;

/**
 * What reading the values of one file takes.
 *
 * @param problems where problems go
 * @param secrets where secrets come from
 */
record Binding(Problems problems, SecretSource secrets) {
  /** Reports that a value is of another type than it should be. */
  void wrongType(YamlNode node, String path, String expected, String example) {
    String hint =
        node instanceof YamlNode.Scalar scalar && scalar.type() == ScalarType.NULL
            ? "; leave the key out if it shall have no value"
            : "";
    wrong(node, path, "this must be " + expected + ", not " + node.what() + hint, example);
  }

  /** Reports a wrong value, with a right one. */
  void wrong(YamlNode node, String path, String message, String example) {
    problems.add(
        node.at(), path, example.isEmpty() ? message : message + "; for example: " + example);
  }
}
