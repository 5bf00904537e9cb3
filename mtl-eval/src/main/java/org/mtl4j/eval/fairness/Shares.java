package org.mtl4j.eval.fairness;

import java.util.Arrays;

/**
 * What the units that a bootstrap draws bring to the protected groups: an amount and a reference
 * for each pair of a unit and a group that it has. Amounts of 0 over references of 0 are no pair.
 */
final class Shares {
  private static final int FIRST_CAPACITY = 1024;

  private final int groups;
  private final int[] counts;
  private int[] units = new int[FIRST_CAPACITY];
  private int[] groupOf = new int[FIRST_CAPACITY];
  private double[] amounts = new double[FIRST_CAPACITY];
  private double[] references = new double[FIRST_CAPACITY];
  private int size;

  /** None yet, of so many protected groups. */
  Shares(int groups) {
    this.groups = groups;
    this.counts = new int[groups];
  }

  /** Takes what a unit brings to a group. */
  void add(int unit, int group, double amount, double reference) {
    if (size == units.length) {
      int capacity = Math.addExact(size, size / 2);
      units = Arrays.copyOf(units, capacity);
      groupOf = Arrays.copyOf(groupOf, capacity);
      amounts = Arrays.copyOf(amounts, capacity);
      references = Arrays.copyOf(references, capacity);
    }
    units[size] = unit;
    groupOf[size] = group;
    amounts[size] = amount;
    references[size++] = reference;
  }

  /** Counts something that a group's figure rests on. */
  void count(int group) {
    counts[group]++;
  }

  /** How much each group's figure rests on: [groups]. */
  int[] counts() {
    return counts;
  }

  /**
   * What the groups have together.
   *
   * @param amounts [groups]
   * @param references [groups]
   */
  record Totals(double[] amounts, double[] references) {
    /** [groups]; NaN where the reference is 0. */
    double[] ratios() {
      double[] ratios = new double[amounts.length];
      Arrays.setAll(ratios, g -> references[g] > 0 ? amounts[g] / references[g] : Double.NaN);
      return ratios;
    }
  }

  /** Of all units, each once. */
  Totals totals() {
    return totals(null);
  }

  /**
   * Of drawn units.
   *
   * @param drawn [units] how often each; null: once
   */
  private Totals totals(int[] drawn) {
    double[] amount = new double[groups];
    double[] reference = new double[groups];
    for (int i = 0; i < size; i++) {
      int times = drawn == null ? 1 : drawn[units[i]];
      amount[groupOf[i]] += times * amounts[i];
      reference[groupOf[i]] += times * references[i];
    }
    return new Totals(amount, reference);
  }

  /** The ratios [groups] over drawn units, each so often as {@code drawn} [units] says. */
  double[] ratios(int[] drawn) {
    return totals(drawn).ratios();
  }
}
