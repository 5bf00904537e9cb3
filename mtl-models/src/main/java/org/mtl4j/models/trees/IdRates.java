package org.mtl4j.models.trees;

/**
 * Ids as numbers: the mean label of an id's rows, drawn towards that of all rows,
 *
 * <pre>
 * rate(id) = (sum of w y over the id's rows + m * prior) / (sum of w + m),     m = 10
 * </pre>
 *
 * <p>Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes in
 * classification and prediction problems", SIGKDD Explorations 3(1), 2001. In the order of these
 * rates the best split of a category's values in two is one threshold, for two classes and for
 * squared error (Breiman and others, "Classification and regression trees", 1984, section 4.2), and
 * a table of a million ids is one column.
 *
 * <p>A row's own label must not be what its id says of it. So a training row has the rate of its id
 * in the other folds, unless the id has so many rows that one of them is nothing: the folds' means
 * would then be five values of one id, told apart by the noise of their labels, and trees learn
 * that.
 */
final class IdRates {
  /** Among so many folds rows are drawn. */
  static final int FOLDS = 5;

  /** An id has one rate for all of its rows where none is more than so small a part of it. */
  private static final int MANY = 1000;

  private static final int NO_FOLD = -1;
  private static final double PRIOR_WEIGHT = 10;

  private final int ids;
  private final double[][] sums;
  private final double[][] weights;
  private final double[] heaviest;
  private double prior;

  /** Nothing seen yet of so many ids. */
  IdRates(int ids) {
    this.ids = ids;
    this.sums = new double[FOLDS][ids];
    this.weights = new double[FOLDS][ids];
    this.heaviest = new double[ids];
  }

  /** A row with an id, once however often the row has it. */
  void observe(int id, int fold, double value, double weight) {
    sums[fold][id] += weight * value;
    weights[fold][id] += weight;
    heaviest[id] = Math.max(heaviest[id], weight);
  }

  /** All that there is was seen. */
  void end(double mean) {
    prior = mean;
  }

  /** What trees see of an id of a new row. */
  float rate(int id) {
    return without(id, NO_FOLD);
  }

  /** What trees see of an id of a training row of a fold. */
  float rate(int id, int without) {
    return heaviest[id] * MANY <= weight(id) ? rate(id) : without(id, without);
  }

  private double weight(int id) {
    double weight = 0;
    for (double[] ofFold : weights) {
      weight += ofFold[id];
    }
    return weight;
  }

  private float without(int id, int without) {
    double sum = 0;
    double weight = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      if (fold != without) {
        sum += sums[fold][id];
        weight += weights[fold][id];
      }
    }
    return rate(sum, weight);
  }

  private float rate(double sum, double weight) {
    return (float) ((sum + PRIOR_WEIGHT * prior) / (weight + PRIOR_WEIGHT));
  }

  /** The rates of all ids, for new rows. */
  float[] all() {
    float[] rates = new float[ids];
    for (int id = 0; id < ids; id++) {
      rates[id] = rate(id);
    }
    return rates;
  }
}
