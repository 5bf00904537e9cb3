package org.mtl4j.experiment.lint;

/** What a finding does to a training. */
public enum Severity {
  /** It stops it: what it would measure is not what it would do later. */
  ERROR,
  /** It is said, and the training goes on. */
  WARNING
}
