package org.mtl4j.data.source.sql;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.task.ColumnType;

/**
 * How the values of a column are read, such that a file which spells them would be read alike. SQL
 * NULL, NaN and blank text are missing.
 */
enum ValueKind {
  /** Numbers that a double holds without loss, and doubles. */
  NUMBER(ColumnType.NUMBER),
  /** Floats go by their digits: as a double, .1f is .10000000149011612. */
  FLOAT(ColumnType.NUMBER),
  /** True is 1, false 0. */
  TRUTH(ColumnType.NUMBER),
  /** Whole numbers of any length and decimals: text, so that an id keeps all its digits. */
  DIGITS(ColumnType.UNTYPED),
  /** Text as it stands. */
  TEXT(ColumnType.TEXT),
  /** {@code 2020-01-31}. */
  DATE(ColumnType.TEXT),
  /** {@code 2020-01-31T23:59:00}, with as many decimals as it needs. */
  TIMESTAMP(ColumnType.TEXT),
  /** The same in UTC, with a Z. */
  INSTANT(ColumnType.TEXT),
  /** {@code 23:59:00}. */
  TIME(ColumnType.TEXT);

  private static final Set<String> WHOLE = Set.of("HUGEINT", "UBIGINT", "UHUGEINT");
  private static final Set<String> SPELT =
      Set.of("UUID", "JSON", "JSONB", "ENUM", "CITEXT", "\"NULL\"");

  private final ColumnType columnType;

  ValueKind(ColumnType columnType) {
    this.columnType = columnType;
  }

  ColumnType columnType() {
    return columnType;
  }

  /**
   * The kind of a column; empty if no row can hold it.
   *
   * @param type of {@link Types}
   * @param typeName the database's own name of it
   * @param className what the driver makes of its values
   */
  static Optional<ValueKind> of(int type, String typeName, String className) {
    String name = typeName.toUpperCase(Locale.ROOT);
    return switch (type) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Optional.of(NUMBER);
      case Types.DOUBLE -> name.equals("MONEY") ? Optional.empty() : Optional.of(NUMBER);
      case Types.REAL, Types.FLOAT -> Optional.of(FLOAT);
      case Types.BOOLEAN -> Optional.of(TRUTH);
      case Types.BIT -> Optional.of(Boolean.class.getName().equals(className) ? TRUTH : TEXT);
      case Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> Optional.of(DIGITS);
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> Optional.of(TEXT);
      case Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR, Types.NCLOB, Types.NULL ->
          Optional.of(TEXT);
      case Types.DATE -> Optional.of(DATE);
      // PostgreSQL's driver gives both kinds of timestamps, and of times, one number.
      case Types.TIMESTAMP -> Optional.of(name.equals("TIMESTAMPTZ") ? INSTANT : TIMESTAMP);
      case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(INSTANT);
      case Types.TIME -> name.equals("TIMETZ") ? Optional.empty() : Optional.of(TIME);
      default -> byName(name);
    };
  }

  private static Optional<ValueKind> byName(String name) {
    if (WHOLE.contains(name)) {
      return Optional.of(DIGITS);
    }
    return SPELT.contains(name) ? Optional.of(TEXT) : Optional.empty();
  }

  /** The value of a column of type NUMBER; NaN if it is missing. */
  double number(ResultSet rows, int column) throws SQLException {
    if (this == FLOAT) {
      Object value = rows.getObject(column);
      return value == null ? Double.NaN : Double.parseDouble(value.toString());
    }
    double number = this == TRUTH ? (rows.getBoolean(column) ? 1 : 0) : rows.getDouble(column);
    return rows.wasNull() ? Double.NaN : number;
  }

  /** The value of any other column; null if it is missing. */
  String text(ResultSet rows, int column) throws SQLException {
    return switch (this) {
      case DIGITS -> digits(rows.getObject(column));
      case DATE -> spell(rows.getObject(column, LocalDate.class));
      case TIMESTAMP -> spell(rows.getObject(column, LocalDateTime.class));
      case INSTANT -> spell(rows.getObject(column, OffsetDateTime.class));
      case TIME -> spell(rows.getObject(column, LocalTime.class));
      case NUMBER, FLOAT, TRUTH -> throw new IllegalStateException(this + " is no text");
      case TEXT -> present(rows.getString(column));
    };
  }

  private static String digits(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    String text = value == null ? null : value.toString();
    return "NaN".equals(text) ? null : text; // PostgreSQL has numeric ones.
  }

  /** A date or time of this kind as text; null for null. */
  String spell(TemporalAccessor time) {
    return switch (this) {
      case DATE -> spell(time, DateTimeFormatter.ISO_LOCAL_DATE);
      case TIMESTAMP -> spell(time, DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      case INSTANT -> spell(inUtc((OffsetDateTime) time), DateTimeFormatter.ISO_OFFSET_DATE_TIME);
      case TIME -> spell(time, DateTimeFormatter.ISO_LOCAL_TIME);
      case NUMBER, FLOAT, TRUTH, DIGITS, TEXT ->
          throw new IllegalStateException(this + " is no time");
    };
  }

  private static OffsetDateTime inUtc(OffsetDateTime time) {
    return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC);
  }

  private static String spell(TemporalAccessor time, DateTimeFormatter format) {
    String text = time == null ? null : format.format(time);
    if (text != null && (text.startsWith("+") || text.startsWith("-"))) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              "",
              "Expected a date of the years 0 to 9999, or none, found " + text + ".",
              "Databases spell 'infinity' so: put null in its place."));
    }
    return text;
  }

  private static String present(String text) {
    return text == null || text.trim().isEmpty() ? null : UnicodeText.wellFormed(text);
  }
}
