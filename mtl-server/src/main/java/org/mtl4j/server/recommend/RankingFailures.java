package org.mtl4j.server.recommend;

import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;

/** What a client is told of a request that could not be ranked: names, never values. */
public final class RankingFailures {
  private RankingFailures() {}

  /**
   * The answer for a failure of {@link org.mtl4j.serving.ranking.Ranker#rank}.
   *
   * @param manifest of the model, whose columns may be named
   */
  public static RequestException of(MtlException failure, ModelManifest manifest) {
    Problem problem = failure.problems().get(0);
    String where = problem.where().isEmpty() ? "" : problem.where() + ": ";
    return switch (failure.code()) {
      case REQUEST_INVALID, UNKNOWN_NAME ->
          RequestException.invalid(where + problem.what() + " " + problem.remedy());
      case COLUMN_MISSING ->
          RequestException.invalid("The candidates lack a column that where, at_most or id names.");
      case EXPRESSION_TYPE, EXPRESSION_SYNTAX ->
          RequestException.invalid(
              "where: a condition compares text with a number, or is text itself.");
      case DATA_VALUE -> RequestException.invalid(unfit(problem, manifest));
      default -> unexpected(failure.code());
    };
  }

  /**
   * The place of the problem is a row's, and its text has the value; only the column may be told.
   */
  private static String unfit(Problem problem, ModelManifest manifest) {
    List<String> columns =
        manifest.inputs().stream()
            .map(ModelManifest.Input::column)
            .distinct()
            .filter(column -> problem.what().contains("\"" + column + "\""))
            .toList();
    return columns.isEmpty()
        ? "A value of the user or a candidate is of another kind than its column is read as."
        : "Column \"%s\": a value of the user or a candidate is of another kind than it is read as."
            .formatted(columns.get(0));
  }

  private static RequestException unexpected(ErrorCode code) {
    return new RequestException(StatusCode.INTERNAL, "The ranking failed: " + code + ".");
  }
}
