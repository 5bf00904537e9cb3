package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** What becomes of a pass's bad rows: the first ends it, or so many are left out. */
final class BadRows {
  private final OnBadRow what;
  private final int max;
  private final String check;
  private SkippedRows skipped = SkippedRows.NONE;

  /**
   * None so far.
   *
   * @param max how many are left out at most
   * @param check what to check where they are more, a sentence without its end
   */
  BadRows(OnBadRow what, int max, String check) {
    this.what = what;
    this.max = max;
    this.check = check;
  }

  /**
   * Leaves a row out.
   *
   * @param bad why, and where the row stands
   * @throws MtlException if rows are not to be left out, or too many are
   */
  void add(MtlException bad) {
    if (what != OnBadRow.SKIP) {
      throw bad;
    }
    Problem problem = bad.problems().get(0);
    if (skipped.count() >= max) {
      throw new MtlException(tooMany(problem), bad);
    }
    skipped = skipped.and(problem.where());
  }

  private Problem tooMany(Problem last) {
    return new Problem(
        last.code(),
        last.where(),
        String.format(
            Locale.ROOT,
            "Expected at most %,d bad row%s, found one more: %s",
            max,
            max == 1 ? "" : "s",
            last.what()),
        check + "; if so many rows are bad indeed, raise data.source.max_bad_rows.");
  }

  /** The rows left out so far. */
  SkippedRows skipped() {
    return skipped;
  }

  /**
   * That there is no row in any of the files.
   *
   * @param row what a row is, for the message
   */
  MtlException noRows(List<Path> files, String row) {
    String bad = skipped.count() == 0 ? "" : "; bad rows left out: " + skipped.count();
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            files.size() == 1
                ? files.get(0).toString()
                : files.get(0) + " and " + (files.size() - 1) + " more",
            "Expected at least one row, " + row + ", found none" + bad + ".",
            "Check the file and the path to it."));
  }
}
