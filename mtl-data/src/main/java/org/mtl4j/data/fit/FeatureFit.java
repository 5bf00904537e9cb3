package org.mtl4j.data.fit;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.FittedFeature;

/** One feature on its way to being learnt. */
sealed interface FeatureFit
    permits NumericFit,
        QuantileFit,
        DatetimeFit,
        CrossFit,
        LearntFit,
        HashedFit,
        ListFit,
        PretrainedFit {
  /** Looks at a block of training rows. */
  void observe(RawBatch rows);

  /** What was learnt; whatever is odd about it is added to the warnings. */
  FittedFeature fit(List<String> warnings);
}
