package org.mtl4j.data.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.task.Columns;

/** A cross whose combinations are being learnt, or hashed. */
final class CrossFit implements FeatureFit {
  private final CrossFeature spec;
  private final int[] columns;
  private final List<Set<String>> missing;
  private final Optional<TokenCounts> table;
  private List<String> first = List.of();
  private boolean varies;

  /**
   * Nothing seen yet.
   *
   * @param missing per column the texts that the source takes for a missing value
   * @param table counts the combinations; empty for a hashed feature
   */
  CrossFit(
      CrossFeature spec,
      Columns columns,
      Function<String, Set<String>> missing,
      Optional<TokenCounts> table) {
    this.spec = spec;
    this.columns = spec.columns().stream().mapToInt(columns::indexOf).toArray();
    this.missing = spec.columns().stream().map(missing).toList();
    this.table = table;
  }

  @Override
  public void observe(RawBatch rows) {
    String[] values = new String[columns.length];
    for (int row = 0; row < rows.rowCount(); row++) {
      boolean there = true;
      for (int c = 0; c < columns.length; c++) {
        values[c] = rows.text(columns[c], row);
        there &= values[c] != null && !values[c].isEmpty();
      }
      if (there) {
        List<String> combination = Arrays.asList(values);
        if (first.isEmpty()) {
          first = List.of(values);
        }
        varies |= !combination.equals(first);
        table.ifPresent(counts -> counts.add(CrossFeature.join(combination)));
      }
    }
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    if (!varies) {
      String found =
          first.isEmpty()
              ? "no training row has a value of each feature"
              : first.stream()
                  .map(value -> '"' + Excerpt.of(value) + '"')
                  .collect(Collectors.joining(" with ", "there is but ", ""));
      warnings.add("features.%s: %s; it tells a model nothing.".formatted(spec.name(), found));
    }
    return new FittedCross(
        spec, new FittedCategorical(spec.value(), table.map(TokenCounts::vocabulary)), missing);
  }
}
