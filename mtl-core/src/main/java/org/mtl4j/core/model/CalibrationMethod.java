package org.mtl4j.core.model;

import java.util.Locale;

/** How an output's log odds are brought to what really happens. */
public enum CalibrationMethod {
  /**
   * A line, slope and intercept: Platt, "Probabilistic outputs for support vector machines", 1999.
   */
  PLATT,
  /**
   * A curve that only rises: Zadrozny and Elkan, "Transforming classifier scores into accurate
   * multiclass probability estimates", KDD 2002.
   */
  ISOTONIC,
  /**
   * One slope, the inverse of the temperature: Guo and others, "On calibration of modern neural
   * networks", ICML 2017.
   */
  TEMPERATURE;

  /** As experiment files and manifests spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
