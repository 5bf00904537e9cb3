package org.mtl4j.data.source.sql;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * How ids are given to a database: as values of the key's own type, so that its index finds them. A
 * text that spells no such value, or another way than the database does, is nobody's id.
 */
enum IdKind {
  /** Whole numbers of 64 bits at most. */
  WHOLE("-?(0|[1-9][0-9]{0,17})"),
  /** Decimals, and whole numbers of any length. */
  DECIMAL("-?(0|[1-9][0-9]{0,300})(\\.[0-9]{1,300})?"),
  /** Text; no database holds a NUL. */
  TEXT("[^\\u0000]*"),
  /** UUIDs. */
  UUID_VALUE("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Pattern spelling;

  IdKind(String spelling) {
    this.spelling = Pattern.compile(spelling, Pattern.DOTALL);
  }

  /**
   * The kind of a query's key.
   *
   * @throws MtlException of code DATA_FORMAT for a key of any other type
   */
  static IdKind of(Session session, Query query, String key) {
    Session.ColumnKind column = session.kind(query, key);
    return switch (column.type()) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> WHOLE;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR -> TEXT;
      default -> {
        if (!column.typeName().equalsIgnoreCase("UUID")) {
          throw unknown(key, column.typeName());
        }
        yield UUID_VALUE;
      }
    };
  }

  private static MtlException unknown(String key, String type) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            "lookup.key",
            "The key \"%s\" is of type %s: expected whole numbers, decimals, text or UUIDs."
                .formatted(key, type),
            "Cast it in the query: cast(%s as varchar) as %s.".formatted(key, key)));
  }

  /** Whether an id can be in such a column. */
  boolean spells(String id) {
    return spelling.matcher(id).matches();
  }

  /** Sets a parameter, from 1, to an id that {@link #spells} knows. */
  void set(PreparedStatement statement, int parameter, String id) throws SQLException {
    switch (this) {
      case WHOLE -> statement.setLong(parameter, Long.parseLong(id));
      case DECIMAL -> statement.setBigDecimal(parameter, new BigDecimal(id));
      case TEXT -> statement.setString(parameter, id);
      case UUID_VALUE -> statement.setObject(parameter, UUID.fromString(id));
    }
  }
}
