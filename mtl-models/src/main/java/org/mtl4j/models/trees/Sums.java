package org.mtl4j.models.trees;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * From the sums over a row's leaves to its predictions. Of classes they are logits or shares, of
 * numbers the number of deviations from the mean.
 *
 * @param logits whether a softmax makes them probabilities
 * @param target what labels are
 * @param floors per class the probability of one that no training row had, else 0
 */
record Sums(boolean logits, Target target, float[] floors) {
  /** Logits of the classes that training rows have; the others share what one row of them would. */
  static Sums ofLogits(Target target, TaskRows rows) {
    double[] counts = target.counts(rows);
    float[] floors = new float[counts.length];
    for (int c = 0; c < floors.length; c++) {
      floors[c] = counts[c] > 0 ? 0 : 1f / (rows.size() + counts.length);
    }
    return new Sums(true, target, floors);
  }

  /** Shares of the classes, or numbers. */
  static Sums asTheyAre(Target target) {
    return new Sums(false, target, new float[target.classes()]);
  }

  /** Number of sums. */
  int count() {
    return Math.max(1, target.classes());
  }

  /** Predictions a row. */
  int width() {
    return target.binary() ? 1 : count();
  }

  void predict(double[] sums, float[] predictions, int at) {
    if (target.classes() == 0) {
      predictions[at] = (float) (target.mean() + target.deviation() * sums[0]);
      return;
    }
    double[] shares = logits ? softmax(sums) : sums;
    if (target.binary()) {
      // As the down-sampled rows taught it, and so of all rows.
      double yes = shares[1];
      predictions[at] = (float) (yes / (yes + (1 - yes) / target.negativesKept()));
      return;
    }
    for (int c = 0; c < shares.length; c++) {
      predictions[at + c] = (float) shares[c];
    }
  }

  private double[] softmax(double... sums) {
    double largest = Double.NEGATIVE_INFINITY;
    double left = 1;
    for (int c = 0; c < sums.length; c++) {
      largest = floors[c] == 0 ? Math.max(largest, sums[c]) : largest;
      left -= floors[c];
    }
    double all = 0;
    double[] shares = new double[sums.length];
    for (int c = 0; c < sums.length; c++) {
      shares[c] = floors[c] == 0 ? Math.exp(sums[c] - largest) : 0;
      all += shares[c];
    }
    for (int c = 0; c < sums.length; c++) {
      shares[c] = floors[c] == 0 ? left * shares[c] / all : floors[c];
    }
    return shares;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(logits);
    target.write(out);
    Floats.write(floors, out);
  }

  static Sums read(DataInput in) throws IOException {
    return new Sums(in.readBoolean(), Target.read(in), Floats.read(in));
  }
}
