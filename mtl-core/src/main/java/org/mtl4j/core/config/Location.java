package org.mtl4j.core.config;

/**
 * Where something was typed.
 *
 * @param source the file's name, or a description such as {@code --set seed}
 * @param line counted from 1; 0 if the source has no lines to speak of
 * @param column counted from 1; 0 if the source has no lines to speak of
 */
public record Location(String source, int line, int column) {
  /** A source without lines. */
  public static Location of(String source) {
    return new Location(source, 0, 0);
  }

  /** {@code file:line:column}. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
