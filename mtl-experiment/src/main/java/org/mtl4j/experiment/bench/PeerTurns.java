package org.mtl4j.experiment.bench;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Something measured by turns with another program.
 *
 * @param turns in their order, at least one; a peer is in all of them or in none
 */
public record PeerTurns(List<Turn> turns) {
  /** A side whose slowest turn took more than this times its fastest was disturbed. */
  private static final double STEADY = 1.3;

  /** Copies the list. */
  public PeerTurns {
    turns = List.copyOf(turns);
  }

  /**
   * One turn.
   *
   * @param seconds that it took
   * @param peerSeconds that the other program took before; empty if there is none
   */
  public record Turn(double seconds, OptionalDouble peerSeconds) {
    /** How many times as fast as the other program; empty if there is none. */
    public OptionalDouble ratio() {
      return peerSeconds.isPresent()
          ? OptionalDouble.of(peerSeconds.getAsDouble() / seconds)
          : OptionalDouble.empty();
    }
  }

  /** The median of the turns' ratios; empty if there is no other program. */
  public OptionalDouble medianRatio() {
    double[] ratios =
        turns.stream().flatMapToDouble(turn -> turn.ratio().stream()).sorted().toArray();
    if (ratios.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = ratios.length / 2;
    return OptionalDouble.of(
        ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2);
  }

  /** Whether no side's slowest turn took more than {@value #STEADY} times its fastest. */
  public boolean isSteady() {
    return isSteady(Turn::seconds) && isSteady(turn -> turn.peerSeconds().orElse(1));
  }

  private boolean isSteady(ToDoubleFunction<Turn> side) {
    double slowest = turns.stream().mapToDouble(side).max().orElseThrow();
    return slowest <= STEADY * turns.stream().mapToDouble(side).min().orElseThrow();
  }
}
