package org.mtl4j.experiment.diagnose;

/** How much a finding matters. */
public enum Severity {
  /** Something is lost by it: act on it. */
  WARNING,
  /** Worth knowing; no harm is shown. */
  NOTE
}
