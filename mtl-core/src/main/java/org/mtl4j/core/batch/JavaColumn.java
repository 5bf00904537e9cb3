package org.mtl4j.core.batch;

import com.google.common.hash.Hasher;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * A column of a Java program's rows, read as the column of a file that spells the same values:
 * whoever trained on files and predicts from Java must meet the same ids and numbers.
 *
 * @param column its name and type
 * @param values {@code double[]} for numbers, otherwise {@code String[]}
 */
record JavaColumn(Columns.Column column, Object values) {
  /** Whole numbers of so many bits, those below 2^53, are doubles without loss. */
  private static final int DOUBLE_BITS = 53;

  /**
   * Reads a column.
   *
   * @throws IllegalArgumentException if it mixes numbers and text, or holds anything else
   */
  static JavaColumn of(String name, List<? extends Map<String, ?>> rows) {
    return of(new Columns.Column(name, type(name, rows)), rows, 0);
  }

  /**
   * Reads a column of a known type. One of type UNTYPED takes both, as text: with columns that are
   * given, or of rows of which only the first are known, texts may come later.
   *
   * @param firstRow the number of the first of the rows, for messages
   * @throws IllegalArgumentException if a value is not of the type, or it is NUMBER and a double
   *     would not keep the value's digits
   */
  static JavaColumn of(Columns.Column column, List<? extends Map<String, ?>> rows, long firstRow) {
    String name = column.name();
    ColumnType type = column.type();
    double[] numbers = new double[type == ColumnType.NUMBER ? rows.size() : 0];
    String[] texts = new String[type == ColumnType.NUMBER ? 0 : rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      Object value = rows.get(r).get(name);
      check(name, firstRow + r, type, value);
      switch (type) {
        case NUMBER -> numbers[r] = number(value);
        case UNTYPED -> texts[r] = untyped(value);
        case TEXT -> texts[r] = text(value);
      }
    }
    Object values = type == ColumnType.NUMBER ? numbers : texts;
    return new JavaColumn(column, values);
  }

  private static String untyped(Object value) {
    return value instanceof CharSequence
        ? text(value)
        : id(value).map(BigInteger::toString).orElseGet(() -> spell(value));
  }

  /** What rows make of a column: TEXT with any text in it, UNTYPED with ids of many digits. */
  static ColumnType type(String name, List<? extends Map<String, ?>> rows) {
    boolean ids = false;
    for (Map<String, ?> row : rows) {
      if (row.get(name) instanceof CharSequence) {
        return ColumnType.TEXT;
      }
      ids |= id(row.get(name)).isPresent();
    }
    return ids ? ColumnType.UNTYPED : ColumnType.NUMBER;
  }

  /** A whole number of more bits than a double keeps: nobody counts so far, it is an id. */
  private static Optional<BigInteger> id(Object value) {
    BigInteger whole = null;
    if (value instanceof Long number) {
      whole = BigInteger.valueOf(number);
    } else if (value instanceof BigInteger number) {
      whole = number;
    } else if (value instanceof BigDecimal number && number.scale() == 0) {
      whole = number.unscaledValue();
    }
    return Optional.ofNullable(whole).filter(number -> number.bitLength() > DOUBLE_BITS);
  }

  private static double number(Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    // A float by its digits: as a double, .1f is .10000000149011612.
    return value instanceof Float
        ? Double.parseDouble(value.toString())
        : ((Number) value).doubleValue();
  }

  private static String spell(Object number) {
    return RawBatch.spell(number(number));
  }

  private static String text(Object value) {
    boolean blank = value == null || value.toString().trim().isEmpty();
    return blank ? null : UnicodeText.wellFormed(value.toString());
  }

  /** Adds a text to a fingerprint, by its length: what stands in it never ends it. */
  static void hash(String text, Hasher hasher) {
    hasher.putInt(text == null ? -1 : text.length());
    if (text != null) {
      hasher.putUnencodedChars(text);
    }
  }

  private static void check(String name, long row, ColumnType type, Object value) {
    boolean text = type == ColumnType.TEXT;
    boolean spelt = value instanceof CharSequence;
    boolean number = value instanceof Number || value instanceof Boolean;
    boolean fits =
        switch (type) {
          case TEXT -> spelt;
          case NUMBER -> number;
          case UNTYPED -> spelt || number;
        };
    if (type == ColumnType.NUMBER && id(value).isPresent()) {
      throw new IllegalArgumentException(
          "column \"%s\", row %d: expected at most 53 bits, as a column of numbers holds doubles, found %s; one of type UNTYPED keeps all digits"
              .formatted(name, row, value));
    }
    if (value != null && !fits) {
      throw new IllegalArgumentException(
          "column \"%s\", row %d: expected %s as in other rows, found %s"
              .formatted(name, row, text ? "text" : "a number", value.getClass().getSimpleName()));
    }
  }
}
