package org.mtl4j.core.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A combination's way to an id: that of its joined text, and 0 if one of its values is missing. It
 * has no raw input of its own: a graph reads those of the features that it combines.
 *
 * @param spec what the user declared
 * @param joined how the joined text becomes an id
 * @param missing per feature that is combined the texts that are missing besides the empty one
 */
public record FittedCross(CrossFeature spec, FittedCategorical joined, List<Set<String>> missing)
    implements FittedIds {
  /**
   * Checks the number of sets.
   *
   * @throws IllegalArgumentException if there is not one for each feature
   */
  public FittedCross {
    missing =
        missing.stream()
            .<Set<String>>map(texts -> Collections.unmodifiableSet(new TreeSet<>(texts)))
            .toList();
    if (missing.size() != spec.of().size()) {
      throw new IllegalArgumentException(
          "%s: expected %d sets of missing texts, found %d"
              .formatted(spec.name(), spec.of().size(), missing.size()));
    }
  }

  @Override
  public List<RawInput> inputs() {
    return List.of();
  }

  @Override
  public List<TableSpec> tables() {
    return joined.tables();
  }

  /** The id of values, one for each feature; null, the empty text and those missing are missing. */
  public int id(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value == null || value.isEmpty() || missing.get(i).contains(value)) {
        return Vocabulary.MISSING;
      }
    }
    return joined.id(CrossFeature.join(values));
  }

  @Override
  public List<int[]> encode(RawBatch rows) {
    int[] columns = spec.columns().stream().mapToInt(rows.columns()::indexOf).toArray();
    int[] ids = new int[rows.rowCount()];
    List<String> values = new ArrayList<>(Collections.nCopies(columns.length, null));
    for (int r = 0; r < ids.length; r++) {
      for (int c = 0; c < columns.length; c++) {
        values.set(c, rows.text(columns[c], r));
      }
      ids[r] = id(values);
    }
    return List.of(ids);
  }
}
