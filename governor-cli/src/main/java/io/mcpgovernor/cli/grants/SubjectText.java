package io.mcpgovernor.cli.grants;

import io.mcpgovernor.policy.Subject;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Subjects as records show them. */
final class SubjectText implements ITypeConverter<Subject> {
  /** Made by the command line. */
  SubjectText() {}

  @Override
  public Subject convert(String text) {
    try {
      return Subject.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
