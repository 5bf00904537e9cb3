package org.mtl4j.experiment.online;

import java.nio.charset.StandardCharsets;

/**
 * Finds where records end in the bytes of a file that begin with one: at each line break, of CSV at
 * each that no quotes enclose. A quote opens a field only at its beginning, blanks aside.
 */
final class RecordScanner {
  private static final byte QUOTE = '"';

  private final boolean quoted;
  private final byte[] delimiter;
  private int matched;
  private boolean atStart = true;
  private boolean inQuotes;

  private RecordScanner(boolean quoted, byte[] delimiter) {
    this.quoted = quoted;
    this.delimiter = delimiter;
  }

  /** Of lines, whatever is in them. */
  static RecordScanner ofLines() {
    return new RecordScanner(false, new byte[] {0});
  }

  /** Of CSV. */
  static RecordScanner ofCsv(String delimiter) {
    return new RecordScanner(true, delimiter.getBytes(StandardCharsets.UTF_8));
  }

  /** Takes the next byte; whether a record ends with it. */
  boolean ends(byte next) {
    if (inQuotes) {
      inQuotes = next != QUOTE; // A doubled one closes and opens: see below.
      atStart = !inQuotes;
      return false;
    }
    if (next == '\n') {
      atStart = true;
      matched = 0;
      return true;
    }
    if (quoted && next == QUOTE && atStart) {
      inQuotes = true;
      matched = 0;
      return false;
    }
    matched = next == delimiter[matched] ? matched + 1 : next == delimiter[0] ? 1 : 0;
    if (matched == delimiter.length) {
      atStart = true;
      matched = 0;
    } else {
      atStart = atStart && (next == ' ' || next == '\t');
    }
    return false;
  }
}
