package org.mtl4j.experiment.config;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.task.Expression;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.Negatives;
import org.mtl4j.data.dataset.PseudonymSource;
import org.mtl4j.data.dataset.RowRules;
import org.mtl4j.data.dataset.RowTimes;
import org.mtl4j.data.split.SplitRule;

/**
 * Rows and splits.
 *
 * @param source where rows come from
 * @param hashIds columns whose ids are replaced by pseudonyms; empty: none
 * @param where rows kept at all; empty: all
 * @param dropDuplicates whether only the first of equal rows is kept
 * @param lookups columns that rows get by an id, by the lookup's name; see {@link LookupChoice}
 * @param columns derived columns by name
 * @param time when rows happened, for the {@code label_window} of tasks
 * @param downSampling which negatives are left out of training; empty: none
 * @param negatives rows drawn as negatives, for a log of positives alone; empty: none
 * @param queryGroup column whose values say which rows were shown together, for tasks that rank;
 *     empty: rows stand by themselves
 * @param split which rows train, validate and test
 * @param trainingShare which share of the training rows is used, above 0, at most 1
 * @param cache where they are kept once they are encoded
 */
public record DataConfig(
    Choice source,
    Optional<HashIds> hashIds,
    Optional<Expression> where,
    @Default("false") boolean dropDuplicates,
    @Default("{}") Map<String, Choice> lookups,
    @Default("{}") Map<String, Expression> columns,
    Optional<RowTimes> time,
    Optional<DownSampling> downSampling,
    Optional<Negatives> negatives,
    Optional<String> queryGroup,
    @Default("{by: random, validation: 0.1, test: 0.2}") SplitRule split,
    @Default("1") double trainingShare,
    @Default("{}") CacheConfig cache) {
  /**
   * Checks the share, and that negatives are not both left out and drawn.
   *
   * @throws IllegalArgumentException if one of them is wrong
   */
  public DataConfig {
    if (!(trainingShare > 0 && trainingShare <= 1)) {
      throw new IllegalArgumentException(
          "training_share: expected a share above 0, at most 1, found " + trainingShare);
    }
    if (negatives.isPresent() && downSampling.isPresent()) {
      throw new IllegalArgumentException(
          "down_sampling: expected none beside negatives, which are as many as per_positive says,"
              + " found one of keep "
              + downSampling.get().keep());
    }
  }

  /** The same with the cache that is there by default: results do not depend on it. */
  DataConfig withDefaultCache() {
    return new DataConfig(
        source,
        hashIds,
        where,
        dropDuplicates,
        lookups,
        columns,
        time,
        downSampling,
        negatives,
        queryGroup,
        split,
        trainingShare,
        CacheConfig.DEFAULT);
  }

  /** Rows as everything after sees them: with pseudonyms in place of ids. */
  public BatchSource pseudonymized(BatchSource rows) {
    return hashIds
        .<BatchSource>map(ids -> new PseudonymSource(rows, ids.pseudonyms()))
        .orElse(rows);
  }

  /** The rules for single rows. */
  public RowRules rules() {
    return new RowRules(where, dropDuplicates, columns);
  }
}
