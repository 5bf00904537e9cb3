package org.mtl4j.core.metric;

/**
 * What each row of an output has.
 *
 * @param width predictions
 * @param labelWidth labels: 1, or of a multilabel output as many as predictions
 * @param doubles whether its numbers may be doubles; otherwise they are floats
 */
public record RowShape(int width, int labelWidth, boolean doubles) {
  /** Bytes of a number. */
  int numberBytes() {
    return doubles ? Double.BYTES : Float.BYTES;
  }
}
