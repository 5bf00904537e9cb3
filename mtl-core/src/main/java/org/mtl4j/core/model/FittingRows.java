package org.mtl4j.core.model;

import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.provenance.Seed;

/**
 * What a baseline is fitted to.
 *
 * @param pipeline what the rows were encoded by
 * @param data the training rows, with a label for each task
 * @param seed of whatever is drawn
 * @param threads that may compute at a time, at least 1
 */
public record FittingRows(FeaturePipeline pipeline, EncodedData data, Seed seed, int threads) {
  /**
   * Checks the threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  public FittingRows {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
  }
}
