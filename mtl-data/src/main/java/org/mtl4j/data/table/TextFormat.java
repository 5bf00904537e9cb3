package org.mtl4j.data.table;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * How the lines of a file are written.
 *
 * @param delimiter what stands between two fields
 * @param quoted whether a field may stand in quotes (and then hold the delimiter)
 * @param charset of the whole file
 */
public record TextFormat(String delimiter, boolean quoted, Charset charset) {
  private static final List<String> KNOWN = List.of(",", "\t", ";");

  /** Fields in UTF-8 that are never quoted. */
  public static TextFormat plain(String delimiter) {
    return new TextFormat(delimiter, false, StandardCharsets.UTF_8);
  }

  /** Fields in UTF-8 that may be quoted. */
  public static TextFormat quoted(String delimiter) {
    return new TextFormat(delimiter, true, StandardCharsets.UTF_8);
  }

  /**
   * Fields in UTF-8 that may be quoted, between commas, tabs or semicolons: whichever the first
   * line has the most of.
   *
   * @throws org.mtl4j.core.error.MtlException if the file cannot be read
   */
  public static TextFormat ofHeader(Path file) {
    try (Lines lines = new Lines(file, StandardCharsets.UTF_8)) {
      String header = lines.next();
      String line = header == null ? "" : header;
      return quoted(
          KNOWN.stream()
              .max(Comparator.comparingInt(one -> Fields.plain(line, one).size()))
              .orElseThrow());
    }
  }

  /** The same in ISO-8859-1, in which all bytes are characters. */
  public TextFormat latin1() {
    return new TextFormat(delimiter, quoted, StandardCharsets.ISO_8859_1);
  }

  /** The fields of a line; null if a quote is never closed. */
  List<String> split(String line) {
    return quoted ? Fields.quoted(line, delimiter) : Fields.plain(line, delimiter);
  }
}
