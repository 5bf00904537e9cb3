package org.mtl4j.data.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.simulator.SimulatedSource;

/**
 * Whether features fit a source and each other.
 *
 * @param columns the source's
 */
record FeatureChecks(Columns columns) {
  /**
   * Checks all features.
   *
   * @throws MtlException with the problems of all of them
   */
  void check(List<? extends FeatureSpec> specs) {
    List<Problem> problems = new ArrayList<>();
    Map<String, CategoricalFeature> tables = new LinkedHashMap<>();
    Set<String> own =
        specs.stream()
            .filter(
                f ->
                    f instanceof BucketFeature
                        || f instanceof CrossFeature
                        || f instanceof PretrainedFeature)
            .map(FeatureSpec::name)
            .collect(Collectors.toSet());
    for (FeatureSpec spec : specs) {
      spec.columns().forEach(c -> columnProblem(spec, c).ifPresent(problems::add));
      embedded(spec)
          .flatMap(
              feature -> {
                if (own.contains(feature.table())) {
                  return Optional.of(ownTable(feature));
                }
                CategoricalFeature first = tables.putIfAbsent(feature.table(), feature);
                return tableProblem(first == null ? feature : first, feature);
              })
          .ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private static Problem ownTable(CategoricalFeature feature) {
    return new Problem(
        ErrorCode.CONFIG_VALUE,
        "features." + feature.name() + ".table",
        "Expected a table of categorical features, found \"%s\", which is that feature's own."
            .formatted(feature.table()),
        "Give the table another name.");
  }

  /** How a feature's values are embedded, if they are. */
  private static Optional<CategoricalFeature> embedded(FeatureSpec spec) {
    if (spec instanceof ListFeature list) {
      return Optional.of(list.value());
    }
    return spec instanceof CategoricalFeature feature ? Optional.of(feature) : Optional.empty();
  }

  private Optional<Problem> columnProblem(FeatureSpec spec, String column) {
    String place = "features." + spec.name();
    if (!columns.contains(column)) {
      Problem missing = columns.missing(column);
      return Optional.of(new Problem(missing.code(), place, missing.what(), missing.remedy()));
    }
    if (column.startsWith(SimulatedSource.TRUTH_PREFIX)) {
      return Optional.of(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              place,
              ("Expected a column that is known before the label, found \"%s\": names"
                      + " that begin with %s are kept for the truth of simulated logs.")
                  .formatted(column, SimulatedSource.TRUTH_PREFIX),
              "Take the feature out, or give the column another name under data.columns."));
    }
    return Optional.empty();
  }

  private static Optional<Problem> tableProblem(
      CategoricalFeature first, CategoricalFeature feature) {
    if (first.dim() == feature.dim() && first.ids().equals(feature.ids())) {
      return Optional.empty();
    }
    return Optional.of(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            "features." + feature.name(),
            ("Expected dim %d and ids %s, as feature \"%s\" has of the same table"
                    + " \"%s\", found dim %d and ids %s.")
                .formatted(
                    first.dim(),
                    first.ids().words(),
                    first.name(),
                    feature.table(),
                    feature.dim(),
                    feature.ids().words()),
            "Features that share a table share dim, min_count, max_size and hash_buckets too."));
  }
}
