package org.mtl4j.experiment.diagnose;

import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.experiment.config.SliceRule;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.slice.SliceReader;

/** By what rows are parted to look at gates slice by slice. */
final class GateRules {
  private static final String KEY = "evaluation.slices";
  private static final String OPTION = "--slice";

  private final List<SliceRule> own;
  private final List<SliceRule.Value> more;

  /**
   * The experiment's slices, and the values of columns that are not among them.
   *
   * @param columns by whose values rows are parted besides
   */
  GateRules(ExperimentPlan plan, List<String> columns) {
    own = plan.config().evaluation().slices();
    more =
        columns.stream()
            .distinct()
            .map(SliceRule.Value::of)
            .filter(rule -> own.stream().noneMatch(o -> o.words().equals(rule.words())))
            .toList();
  }

  boolean isEmpty() {
    return own.isEmpty() && more.isEmpty();
  }

  /**
   * What parts rows of these columns.
   *
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  SliceReader reader(Columns columns) {
    return SliceReader.of(KEY, own, columns).and(OPTION, more);
  }

  /**
   * Refuses columns that were asked for where there is nothing to look at.
   *
   * @throws MtlException USAGE if there are some
   */
  void checkNoneIsAskedFor(String model) {
    if (!more.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              OPTION,
              "Expected a model with gates to look at slice by slice, found %s, which declares none."
                  .formatted(model),
              "Leave " + OPTION + " out, or diagnose a model with gates, mmoe say."));
    }
  }
}
