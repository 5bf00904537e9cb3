package org.mtl4j.experiment.lint;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Columns;

/**
 * Which feature is the id of a group: of its categorical features the one with the most different
 * values in a block of rows, of equal ones the first in the experiment's order.
 *
 * @param features of the experiment
 * @param columns of the rows
 */
record GroupIds(List<? extends FeatureSpec> features, Columns columns) {
  /** The id of a group, if it has a categorical feature. */
  Optional<CategoricalFeature> of(FeatureGroup group, RawBatch rows) {
    return features.stream()
        .filter(CategoricalFeature.class::isInstance)
        .map(CategoricalFeature.class::cast)
        .filter(feature -> feature.group().equals(Optional.of(group)))
        .map(feature -> Map.entry(feature, distinct(feature, rows)))
        // The first of equal ones stays: max would take the last.
        .sorted(Comparator.comparing(entry -> -entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private int distinct(CategoricalFeature feature, RawBatch rows) {
    int column = columns.indexOf(feature.column());
    Set<Long> values = new HashSet<>();
    for (int row = 0; row < rows.rowCount(); row++) {
      values.add(ValueHash.of(rows, column, row));
    }
    return values.size();
  }
}
