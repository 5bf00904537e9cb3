package org.mtl4j.server.watch;

import java.util.OptionalDouble;

/**
 * What was seen of an input or an output.
 *
 * @param name the input's or output's
 * @param side which of the two
 * @param total since the version was loaded
 * @param recent within the window
 */
public record Watched(String name, Side side, Total total, Recent recent) {
  /** What is watched. */
  public enum Side {
    /** What requests carry. */
    INPUT,
    /** What the model answers. */
    OUTPUT
  }

  /**
   * Counts that only grow.
   *
   * @param values how many values were looked at
   * @param missing those that were missing; of lists the empty ones
   * @param unknown those of no vocabulary
   * @param outOfRange numbers that training has not seen the like of, infinite ones too
   */
  public record Total(long values, long missing, long unknown, long outOfRange) {}

  /**
   * Figures that come and go.
   *
   * @param values how many values were looked at
   * @param unknownShare the share of those of no vocabulary; empty where there are no values
   * @param stabilityIndex the population stability index between the training rows and these, half
   *     a row added to each bin; empty where there are no values. By chance alone it is about the
   *     number of bins, less one, divided by the number of values
   */
  public record Recent(long values, OptionalDouble unknownShare, OptionalDouble stabilityIndex) {}
}
