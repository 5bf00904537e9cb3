package org.mtl4j.data.fit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.TextColumn;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.schema.CategoricalFeature;

/** A categorical feature whose vocabulary is being learnt. */
final class LearntFit implements FeatureFit {
  private final CategoricalFeature spec;
  private final int column;
  private final TokenCounts table;
  private final Set<String> missing;
  private String first;
  private boolean varies;

  /**
   * Nothing seen yet.
   *
   * @param table counts the values of all features of the table
   * @param missing texts that the source takes for a missing value
   */
  LearntFit(CategoricalFeature spec, int column, TokenCounts table, Set<String> missing) {
    this.spec = spec;
    this.column = column;
    this.table = table;
    this.missing = missing;
  }

  @Override
  public void observe(RawBatch rows) {
    int n = rows.rowCount();
    int from = 0;
    while (from < n && !varies) {
      observe(rows.text(column, from++));
    }
    if (rows.values(column) instanceof TextColumn texts) {
      table.add(texts, from, n);
    } else if (rows.values(column) instanceof double[] numbers) {
      table.add(numbers, from, n);
    } else {
      table.add(rows.texts(column), from, n);
    }
  }

  private void observe(String value) {
    String token = value == null ? "" : value;
    if (first == null) {
      first = token;
    }
    varies |= !token.equals(first);
    if (!token.isEmpty()) {
      table.add(token);
    }
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    if (!varies) {
      String found = first.isEmpty() ? "is missing" : "is \"" + Excerpt.of(first) + "\"";
      warnings.add(
          "features.%s: the column \"%s\" %s in every training row; it tells a model nothing."
              .formatted(spec.name(), spec.column(), found));
    }
    return new FittedCategorical(spec, Optional.of(table.vocabulary()), missing);
  }
}
