package org.mtl4j.data.source.sql;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.NearestFile;
import org.mtl4j.core.error.Problem;

/**
 * What DuckDB says.
 *
 * @param plain connects without streaming
 * @param streaming whether results are streamed: DuckDB then says "Invalid result set" of a query
 *     that fails before its first row, and nothing else
 */
record DuckDbFaults(Supplier<Session> plain, boolean streaming) implements SqlFaults {
  private static final String MUTE = "Invalid result set";
  private static final Pattern NO_FILES =
      Pattern.compile("No files found that match the pattern \"(.*)\"");

  @Override
  public MtlException of(SQLException e, Query query, long rows) {
    if (streaming && String.valueOf(e.getMessage()).contains(MUTE)) {
      return askAgain(e, query, rows);
    }
    DuckDbError error = DuckDbError.of(e.getMessage());
    Matcher noFiles = NO_FILES.matcher(error.text());
    if (noFiles.find()) {
      return new MtlException(missing(noFiles.group(1), query), e);
    }
    return new MtlException(problem(error, query, rows), e);
  }

  /** Runs the query once more, in the way that has DuckDB say why it fails. */
  private MtlException askAgain(SQLException e, Query query, long rows) {
    try (Session session = plain.get();
        PreparedStatement statement = session.connection().prepareStatement(query.sql());
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        // Until it fails again.
      }
    } catch (SQLException why) {
      return new DuckDbFaults(plain, false).of(why, query, rows);
    }
    return new MtlException(problem(DuckDbError.of(e.getMessage()), query, rows), e);
  }

  private static Problem problem(DuckDbError error, Query query, long rows) {
    String where = rows == 0 ? query.place() : query.place() + ", after row " + rows;
    String caret =
        query.typed() && error.position().isPresent()
            ? Caret.atByte(query.sql(), error.position().getAsInt())
            : "";
    String what = query.typed() ? "DuckDB refuses the query: " : "DuckDB cannot read the file: ";
    return new Problem(code(error, query), where, what + error.text() + "." + caret, remedy(error));
  }

  private static ErrorCode code(DuckDbError error, Query query) {
    if (error.subtype().equals("COLUMN_NOT_FOUND")) {
      return ErrorCode.COLUMN_MISSING;
    }
    return switch (error.type()) {
      case "IO", "Permission", "HTTP" -> ErrorCode.IO;
      case "Out of Memory" -> ErrorCode.MEMORY;
      case "Conversion", "Out of Range" -> ErrorCode.DATA_VALUE;
      case "Invalid Input", "Serialization", "Invalid" -> ErrorCode.DATA_FORMAT;
      default -> query.typed() ? ErrorCode.CONFIG_VALUE : ErrorCode.DATA_FORMAT;
    };
  }

  private static String remedy(DuckDbError error) {
    if (error.text().contains("Parquet") || error.text().contains("magic bytes")) {
      return "The file is cut off or damaged, or no Parquet file: write or fetch it again.";
    }
    return switch (error.type()) {
      case "IO", "Permission", "HTTP" ->
          "Check that the file is there and may be read, and that the disk has room.";
      case "Out of Memory" ->
          "Raise data.source.duckdb.memory_limit, or give data.source.duckdb.temp_directory a disk"
              + " with more room.";
      case "Conversion", "Out of Range" ->
          "Mend the value, or use try_cast, which makes such values missing.";
      case "Invalid Input", "Serialization", "Invalid", "" -> "Check the files that it reads.";
      default -> "Mend data.source.query.";
    };
  }

  private static Problem missing(String name, Query query) {
    String remedy = "Check the path; it is relative to the current directory.";
    try {
      remedy = NearestFile.hint(Path.of(name), remedy);
    } catch (InvalidPathException e) {
      // An address, say: there is no folder to look into.
    }
    return new Problem(
        ErrorCode.FILE_MISSING,
        query.place(),
        "There is no file \"%s\"; the current directory is %s."
            .formatted(name, Path.of("").toAbsolutePath()),
        remedy);
  }
}
