package org.mtl4j.experiment.run;

import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * What to do once a file could be neither read nor written, where work goes on by another command
 * than the parts that it is made of know of.
 *
 * @param by the end of a sentence
 */
public record GoingOn(String by) {
  /**
   * The same failure with what to do. In the work's own folder that is to make room; elsewhere, of
   * a file of data say, it is what the failure says, and then the command.
   *
   * @param files of the folder that the work writes into
   */
  public MtlException of(MtlException failure, RunFiles files) {
    return failure.code() == ErrorCode.IO
        ? new MtlException(
            failure.problems().stream().map(problem -> with(problem, files)).toList(), failure)
        : failure;
  }

  private Problem with(Problem problem, RunFiles files) {
    boolean own =
        problem.where().startsWith(files.folder().toString())
            || problem.where().startsWith(files.folder().toAbsolutePath().toString());
    String first =
        own || problem.remedy().isEmpty()
            ? "Make room there or get the right to write there, then "
            : problem.remedy() + " Then ";
    return new Problem(problem.code(), problem.where(), problem.what(), first + by);
  }
}
