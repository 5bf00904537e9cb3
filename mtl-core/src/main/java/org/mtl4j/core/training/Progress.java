package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a run has come: all that is needed, beside the state, to go on as if nothing had
 * happened.
 *
 * @param step steps taken
 * @param epoch epochs finished
 * @param current what was taken of the epoch after those
 * @param best the checkpoints to keep
 * @param watched after each epoch what the schedule of the learning rate watches, more being
 *     better; empty where it watches nothing
 */
public record Progress(long step, int epoch, EpochLosses current, Best best, List<Double> watched) {
  /** Copies the list. */
  public Progress {
    watched = watched == null ? List.of() : List.copyOf(watched);
  }

  /** Without anything that a schedule watches. */
  public Progress(long step, int epoch, EpochLosses current, Best best) {
    this(step, epoch, current, best, List.of());
  }

  /**
   * The state to keep so far, and those kept beside it.
   *
   * @param step the step of its checkpoint, 0 when there is none yet
   * @param value what it is compared by, NaN when that is not defined or several figures count
   * @param epochsWithoutGain epochs since the last gain
   * @param front the states that none dominates, where they are chosen by that
   */
  public record Best(long step, double value, int epochsWithoutGain, List<FrontState> front) {
    /** Copies the list. */
    public Best {
      front = front == null ? List.of() : List.copyOf(front);
    }

    /** A state that is chosen by one figure or none. */
    public Best(long step, double value, int epochsWithoutGain) {
      this(step, value, epochsWithoutGain, List.of());
    }

    /**
     * The best one after an epoch: that of now if it gained, or if there is none with a value so
     * far.
     */
    Best orValue(long now, double nowValue, boolean gained) {
      boolean first = step == 0 || (Double.isNaN(value) && !Double.isNaN(nowValue));
      return gained || first
          ? new Best(now, nowValue, 0, front)
          : new Best(step, value, epochsWithoutGain + 1, front);
    }

    /** Whether the checkpoint of a step is kept for it. */
    boolean keeps(long checkpoint) {
      return checkpoint == step
          || front.stream().anyMatch(state -> state.kept() && state.step() == checkpoint);
    }
  }

  /** Nothing done yet. */
  public static Progress start() {
    return new Progress(0, 0, EpochLosses.none(), new Best(0, Double.NaN, 0));
  }

  /**
   * Training that goes on, on other rows: steps count on, as an optimiser's do, and epochs begin
   * anew.
   *
   * @param step the last one taken
   */
  public static Progress after(long step) {
    return new Progress(step, 0, EpochLosses.none(), new Best(0, Double.NaN, 0));
  }

  /** Whether it stands between two steps of an epoch, and not at an epoch's end. */
  boolean withinEpoch() {
    return current.batches() > 0;
  }

  /** One batch further. */
  Progress afterStep(StepLosses losses) {
    return new Progress(step + 1, epoch, current.plus(losses), best, watched);
  }

  /** One epoch further. */
  Progress afterEpoch(Best chosen) {
    return new Progress(step, epoch + 1, EpochLosses.none(), chosen, watched);
  }

  /** With one epoch's value more of what the schedule watches. */
  Progress watching(double value) {
    List<Double> more = new ArrayList<>(watched);
    more.add(value);
    return new Progress(step, epoch, current, best, more);
  }
}
