package org.mtl4j.eval.fairness;

import java.util.Locale;

/**
 * What is asked to be alike for all protected groups. Each is a ratio of two amounts that a group
 * has.
 */
public enum Criterion {
  /**
   * Exposure by candidates: a group's mean share of a ranking's exposure, over its mean share of
   * the ranked rows. 1 where places are given without regard of the group (Singh and Joachims, KDD
   * 2018, "demographic parity").
   */
  EXPOSURE_PARITY("exposure", "candidates"),
  /**
   * Exposure by relevance: the same over the group's mean share of the positives, over the rankings
   * that have one. 1 where places are given by merit (Singh and Joachims, KDD 2018, "disparate
   * treatment").
   */
  EXPOSURE_BY_RELEVANCE("exposure", "relevance"),
  /**
   * Equal opportunity: the true positive rate, of the group's positives the share that are
   * predicted positive at a threshold (Hardt, Price and Srebro, NIPS 2016).
   */
  EQUAL_OPPORTUNITY("predicted positives", "positives");

  private final String amount;
  private final String reference;

  Criterion(String amount, String reference) {
    this.amount = amount;
    this.reference = reference;
  }

  /** As files have it: {@code exposure_parity}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is divided, in words. */
  public String amount() {
    return amount;
  }

  /** What it is divided by, in words. */
  public String reference() {
    return reference;
  }

  /** Whether it is one of rankings. */
  public boolean ofRankings() {
    return this != EQUAL_OPPORTUNITY;
  }
}
