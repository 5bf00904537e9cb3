package org.mtl4j.models.escm2;

/** How the loss of a later stage is estimated over all rows. */
public enum Estimator {
  /** Inverse propensity scores. */
  IPS,
  /** Doubly robust: with an imputation of the loss where it cannot be seen. */
  DR
}
