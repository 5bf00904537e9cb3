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

/**
 * What the driver of a database says, by the classes of SQLSTATE that the standard has. Nothing of
 * it ever holds the password.
 */
record JdbcFaults(JdbcConfig config) implements SqlFaults {
  private static final String HIDDEN = "***";
  private static final Pattern POSITION = Pattern.compile("\\s*\\bPosition: (\\d{1,9})\\s*");

  /** A failure to connect. */
  MtlException connecting(SQLException e) {
    boolean refused = state(e).startsWith("28");
    return failure(
        new Problem(
            ErrorCode.IO,
            "data.source.url",
            "Expected a database at %s, found: %s."
                .formatted(config.url().replaceFirst("[?;].*", ""), text(e)),
            refused
                ? "Check data.source.user, and the variable that data.source.password refers to."
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
            ? "Mend data.source.query."
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
