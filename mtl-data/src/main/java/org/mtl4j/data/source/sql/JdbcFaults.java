package org.mtl4j.data.source.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.lookup.JoinedTable;

/**
 * What the driver of a database says, by the classes of SQLSTATE that the standard has. Nothing of
 * it ever holds the password.
 *
 * @param config that of the database
 * @param place of its keys
 * @param owner what a remedy calls them by, before the name of a key
 */
record JdbcFaults(JdbcConfig config, String place, String owner) implements SqlFaults {
  private static final String HIDDEN = "***";
  private static final Pattern POSITION = Pattern.compile("\\s*\\bPosition: (\\d{1,9})\\s*");

  /** Those of {@code data.source}. */
  static JdbcFaults ofSource(JdbcConfig config) {
    return new JdbcFaults(config, "data.source", "data.source.");
  }

  /** Those of a lookup, whose name is known where it is asked. */
  static JdbcFaults ofLookup(JdbcConfig config) {
    return new JdbcFaults(config, JoinedTable.PLACE, "the lookup's ");
  }

  /** The place of a key. */
  String where(String key) {
    return place + "." + key;
  }

  /** A failure to connect. */
  MtlException connecting(SQLException e) {
    boolean refused = state(e).startsWith("28");
    return failure(
        new Problem(
            ErrorCode.IO,
            where("url"),
            "Expected a database at %s, found: %s."
                .formatted(config.url().replaceFirst("[?;].*", ""), text(e)),
            refused
                ? "Check %suser, and the variable that %spassword refers to."
                    .formatted(owner, owner)
                : "Check the URL, and that the database runs and can be reached from here."),
        e);
  }

  @Override
  public MtlException of(SQLException e, Query query, long rows) {
    return failure(isGone(e) ? gone(e, query, rows) : refused(e, query, rows), e);
  }

  private Problem gone(SQLException e, Query query, long rows) {
    return new Problem(
        ErrorCode.IO,
        query.place(),
        String.format(
            Locale.ROOT, "The database went away after %,d rows of the query: %s.", rows, text(e)),
        "Check that it runs, and start again; a run goes on from its last checkpoint by --resume.");
  }

  private Problem refused(SQLException e, Query query, long rows) {
    String state = state(e);
    Matcher position = POSITION.matcher(String.valueOf(e.getMessage()));
    String caret =
        position.find() ? Caret.atCharacter(query.sql(), Integer.parseInt(position.group(1))) : "";
    return new Problem(
        code(state),
        rows == 0 ? query.place() : query.place() + ", after row " + rows,
        "The database refuses the query: " + text(e) + "." + caret,
        state.startsWith("42")
            ? "Mend %squery.".formatted(owner)
            : "Check the query, and what its user may read.");
  }

  private static ErrorCode code(String state) {
    if (state.equals("42703")) {
      return ErrorCode.COLUMN_MISSING;
    }
    return switch (state.isEmpty() ? "" : state.substring(0, Math.min(2, state.length()))) {
      case "22" -> ErrorCode.DATA_VALUE;
      case "42" -> ErrorCode.CONFIG_VALUE;
      default -> ErrorCode.IO;
    };
  }

  /** Class 08 is a broken connection, 57P0 that of a server which shuts down. */
  private static boolean isGone(SQLException e) {
    return state(e).startsWith("08")
        || state(e).startsWith("57P0")
        || e.getCause() instanceof IOException;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private String text(SQLException e) {
    String text = POSITION.matcher(String.valueOf(e.getMessage())).replaceAll("");
    return hide(text.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("[.\\s]+$", ""));
  }

  private String hide(String text) {
    return config
        .secret()
        .filter(secret -> !secret.isEmpty())
        .map(secret -> text.replace(secret, HIDDEN))
        .orElse(text);
  }

  /** With its cause, unless somebody who prints that would print the password. */
  private MtlException failure(Problem problem, SQLException e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace, true));
    boolean tells = !hide(trace.toString()).equals(trace.toString());
    return tells ? new MtlException(problem) : new MtlException(problem, e);
  }
}
