package org.mtl4j.core.training;

/**
 * How far a run has come: all that is needed, beside the state, to go on as if nothing had
 * happened.
 *
 * @param step steps taken
 * @param epoch epochs finished
 * @param current what was taken of the epoch after those
 * @param best the checkpoint to keep
 */
public record Progress(long step, int epoch, EpochLosses current, Best best) {
  /**
   * The state to keep so far.
   *
   * @param step the step of its checkpoint, 0 when there is none yet
   * @param value the monitored metric there, NaN when nothing is monitored
   * @param epochsWithoutGain epochs since then
   */
  public record Best(long step, double value, int epochsWithoutGain) {}

  /** Nothing done yet. */
  public static Progress start() {
    return new Progress(0, 0, EpochLosses.none(), new Best(0, Double.NaN, 0));
  }

  /** Whether it stands between two steps of an epoch, and not at an epoch's end. */
  boolean withinEpoch() {
    return current.batches() > 0;
  }

  /** One batch further. */
  Progress afterStep(StepLosses losses) {
    return new Progress(step + 1, epoch, current.plus(losses), best);
  }

  /** One epoch further, with the state of now the one to keep. */
  Progress afterBestEpoch(double value) {
    return new Progress(step, epoch + 1, EpochLosses.none(), new Best(step, value, 0));
  }

  /** One epoch further, with an earlier state still the one to keep. */
  Progress afterEpoch() {
    Best still = new Best(best.step(), best.value(), best.epochsWithoutGain() + 1);
    return new Progress(step, epoch + 1, EpochLosses.none(), still);
  }
}
