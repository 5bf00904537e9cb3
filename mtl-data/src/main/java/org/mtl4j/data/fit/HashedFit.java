package org.mtl4j.data.fit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.schema.CategoricalFeature;

/**
 * A hashed feature: there is nothing to learn.
 *
 * @param spec what the user declared
 * @param missing texts that the source takes for a missing value
 */
record HashedFit(CategoricalFeature spec, Set<String> missing) implements FeatureFit {
  @Override
  public void observe(RawBatch rows) {}

  @Override
  public FittedFeature fit(List<String> warnings) {
    return new FittedCategorical(spec, Optional.empty(), missing);
  }
}
