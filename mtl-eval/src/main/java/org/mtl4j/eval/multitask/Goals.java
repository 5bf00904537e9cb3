package org.mtl4j.eval.multitask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.mtl4j.core.metric.Dominance;

/**
 * Models by their figures, one a task: which of them no other one beats, and how they rank.
 *
 * @param figures per model a figure a goal, none NaN: [models][goals]
 * @param higherIsBetter per goal its direction: [goals]
 */
public record Goals(double[][] figures, boolean... higherIsBetter) {
  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if a model has another number of figures, or one of them is
   *     NaN
   */
  public Goals {
    for (double[] model : figures) {
      if (model.length != higherIsBetter.length) {
        throw new IllegalArgumentException(
            "expected %d figures a model, found %d".formatted(higherIsBetter.length, model.length));
      }
      for (double figure : model) {
        if (Double.isNaN(figure)) {
          throw new IllegalArgumentException("expected figures that are numbers, found NaN");
        }
      }
    }
  }

  /**
   * The Pareto front: the models that no other one dominates, that is equals or betters in every
   * goal and betters in one (Sener and Koltun, NeurIPS 2018). Models of equal figures are all in
   * it, or none.
   *
   * @return their indices, ascending
   */
  public List<Integer> paretoFront() {
    BitSet dominated = new BitSet();
    Dominance dominance = new Dominance(higherIsBetter);
    for (int model = 0; model < figures.length; model++) {
      for (double[] other : figures) {
        if (dominance.dominates(other, figures[model])) {
          dominated.set(model);
        }
      }
    }
    List<Integer> front = new ArrayList<>();
    for (int model = 0; model < figures.length; model++) {
      if (!dominated.get(model)) {
        front.add(model);
      }
    }
    return front;
  }

  /**
   * The mean rank of each model over the goals, {@code mean_rank} (Demsar, JMLR 7, 2006): 1 for one
   * that is best at all of them. Models of equal figures share the mean of their ranks.
   *
   * @return [models]; NaN where there are no goals
   */
  public double[] meanRanks() {
    double[] means = new double[figures.length];
    for (int model = 0; model < means.length; model++) {
      double ranks = 0;
      for (int goal = 0; goal < higherIsBetter.length; goal++) {
        ranks += rank(model, goal);
      }
      means[model] = ranks / higherIsBetter.length;
    }
    return means;
  }

  private double rank(int model, int goal) {
    double own = figures[model][goal];
    int better = 0;
    int equal = 0;
    for (double[] other : figures) {
      if (other[goal] == own) {
        equal++;
      } else if (other[goal] > own == higherIsBetter[goal]) {
        better++;
      }
    }
    return better + (equal + 1) / 2.0;
  }

  /**
   * The hypervolume: how much of the space between a reference and the goals the models dominate
   * together (Zitzler and Thiele, PPSN V, 1998). In the product of the figures' units, from 0;
   * larger is better. Figures that are not better than the reference dominate nothing.
   *
   * <p>Slice by slice along the last goal: exact, in a time that grows with models to the power of
   * goals, so for a few of both.
   *
   * @param reference a figure a goal that every good model betters: [goals]
   * @throws IllegalArgumentException if it has another number of figures
   */
  public double hypervolume(double... reference) {
    if (reference.length != higherIsBetter.length) {
      throw new IllegalArgumentException(
          "expected %d figures of reference, found %d"
              .formatted(higherIsBetter.length, reference.length));
    }
    List<double[]> leads = new ArrayList<>();
    for (double[] model : figures) {
      double[] lead = new double[reference.length];
      boolean betters = true;
      for (int goal = 0; goal < lead.length; goal++) {
        double difference = model[goal] - reference[goal];
        lead[goal] = higherIsBetter[goal] ? difference : -difference;
        betters &= lead[goal] > 0;
      }
      if (betters) {
        leads.add(lead);
      }
    }
    return volume(leads, reference.length);
  }

  /** The volume of the union of boxes from 0 to each lead, in the first so many dimensions. */
  private static double volume(List<double[]> leads, int dimensions) {
    if (dimensions == 0 || leads.isEmpty()) {
      return leads.isEmpty() ? 0 : 1;
    }
    int last = dimensions - 1;
    List<double[]> rising = new ArrayList<>(leads);
    rising.sort((a, b) -> Double.compare(a[last], b[last]));
    double volume = 0;
    double below = 0;
    for (int i = 0; i < rising.size(); i++) {
      double height = rising.get(i)[last];
      if (height > below) {
        volume += (height - below) * volume(rising.subList(i, rising.size()), last);
        below = height;
      }
    }
    return volume;
  }
}
