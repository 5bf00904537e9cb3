package org.mtl4j.data.split;

/** What a row is for. */
public enum Split {
  /** Weights, vocabularies and scales are learnt from it. */
  TRAIN,
  /** The best checkpoint is chosen on it. */
  VALIDATION,
  /** Nothing is chosen on it. */
  TEST
}
