package org.mtl4j.data.fit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.WeightRule;

/** A feature that is a list of values, whose length and vocabulary are being learnt. */
final class ListFit implements FeatureFit {
  private final ListFeature spec;
  private final int column;
  private final Optional<TokenCounts> table;
  private final Set<String> missingValues;
  private final Set<String> missingTexts;
  private int longest;

  /**
   * Nothing seen yet.
   *
   * @param table counts the values of all features of the table; empty for a hashed feature
   * @param missing texts that the source takes for a missing value, and this for none of a list's,
   *     but of a text as a whole
   */
  ListFit(ListFeature spec, int column, Optional<TokenCounts> table, Set<String> missing) {
    this.spec = spec;
    this.column = column;
    this.table = table;
    // A word that alone would be missing may stand in a sentence.
    boolean text = spec instanceof TextFeature;
    this.missingValues = text ? Set.of() : missing;
    this.missingTexts = text ? missing : Set.of();
  }

  @Override
  public void observe(RawBatch rows) {
    for (int row = 0; row < rows.rowCount(); row++) {
      List<String> values = spec.list().values(rows.text(column, row));
      longest = Math.max(longest, values.size());
      for (String value : values) {
        String token = unweighted(value, rows, row);
        if (table.isPresent() && !token.isEmpty() && !missingValues.contains(token)) {
          table.get().add(token);
        }
      }
    }
  }

  /** A value without its weight, which must be one. */
  private String unweighted(String value, RawBatch rows, int row) {
    if (spec.weight().isEmpty()) {
      return value;
    }
    WeightRule rule = spec.weight().get();
    if (Float.isNaN(rule.weight(value))) {
      throw rule.refusal(rows.place(row), spec.column(), value);
    }
    return rule.value(value);
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    if (longest == 0) {
      warnings.add(
          "features.%s: the column \"%s\" has no value in any training row; it tells a model nothing."
              .formatted(spec.name(), spec.column()));
    }
    return new FittedList(
        spec,
        new FittedCategorical(spec.value(), table.map(TokenCounts::vocabulary), missingValues),
        Math.max(1, longest),
        missingTexts);
  }
}
