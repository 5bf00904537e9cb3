package org.mtl4j.experiment.diagnose;

import java.util.List;

/**
 * What E experts put out for the same rows.
 *
 * @param names the experts
 * @param spreads [E] the standard deviation of an expert's outputs around each unit's mean: 0 for
 *     an expert that says the same of every row
 * @param correlations [E][E] the cosine between two experts' outputs, unit by unit after each
 *     unit's mean is taken off, over all rows: 1 where one is a multiple of the other. NaN where no
 *     gate mixes both or one has no spread
 */
record ExpertEvidence(List<String> names, double[] spreads, double[][] correlations) {
  ExpertEvidence {
    names = List.copyOf(names);
  }
}
