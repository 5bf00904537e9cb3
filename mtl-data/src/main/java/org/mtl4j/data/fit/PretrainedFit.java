package org.mtl4j.data.fit;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.data.memory.HeapShare;

/** A feature whose vectors a file has: how many rows it has none for is being learnt. */
final class PretrainedFit implements FeatureFit {
  private final FittedPretrained fitted;
  private final int column;
  private long rowCount;
  private long unknown;

  /**
   * No row seen yet; the file is read.
   *
   * @param missing texts that the source takes for a missing value
   * @param heap takes the vectors
   */
  PretrainedFit(PretrainedFeature spec, int column, Set<String> missing, HeapShare heap) {
    VectorFile.Read file = VectorFile.read(spec, heap);
    this.fitted = FittedPretrained.of(spec, file.ids(), file.vectors(), missing);
    this.column = column;
  }

  @Override
  public void observe(RawBatch rows) {
    for (int row = 0; row < rows.rowCount(); row++) {
      if (fitted.values().id(rows.text(column, row)) == Vocabulary.OUT_OF_VOCABULARY) {
        unknown++;
      }
    }
    rowCount += rows.rowCount();
  }

  @Override
  public FittedFeature fit(List<String> warnings) {
    if (unknown > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "features.%s: %,d of %,d training rows, %.1f %%, have a \"%s\" that is not in %s;"
                  + " their vector is zeros.",
              fitted.name(),
              unknown,
              rowCount,
              100.0 * unknown / rowCount,
              fitted.spec().column(),
              fitted.spec().path()));
    }
    return fitted;
  }
}
