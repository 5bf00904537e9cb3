package org.mtl4j.core.feature;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.Vocabulary;

/**
 * A number's way to the id of its bucket: 0 for a missing one, else 1 and the number of cuts that
 * are not above it, so that a bucket begins at its cut. Numbers nearer to 0 than 1.2e-38 count as
 * 0.
 *
 * @param spec what the user declared
 * @param cuts where the buckets but the first begin, rising
 */
public record FittedBuckets(BucketFeature spec, List<Double> cuts) implements FittedIds {
  /**
   * Checks that the cuts rise.
   *
   * @throws IllegalArgumentException if one is not above the one before it
   */
  public FittedBuckets {
    cuts = Rising.copy(spec.name(), cuts);
  }

  @Override
  public List<RawInput> inputs() {
    return List.of(new RawInput(spec.name(), spec.column(), new RawType.Numbers()));
  }

  @Override
  public List<TableSpec> tables() {
    return List.of(new TableSpec(spec.name(), cuts.size() + 2, spec.dim()));
  }

  /** The id of a number; NaN is missing. */
  public int id(float raw) {
    if (Float.isNaN(raw)) {
      return Vocabulary.MISSING;
    }
    float x = FittedNumeric.flush(raw);
    int below = 0;
    int end = cuts.size();
    while (below < end) {
      int middle = (below + end) / 2;
      if (cuts.get(middle) <= x) {
        below = middle + 1;
      } else {
        end = middle;
      }
    }
    return 1 + below;
  }

  @Override
  public List<int[]> encode(RawBatch rows) {
    int column = rows.columns().indexOf(spec.column());
    int[] ids = new int[rows.rowCount()];
    for (int r = 0; r < ids.length; r++) {
      ids[r] = id(rows.finite(column, r));
    }
    return List.of(ids);
  }
}
