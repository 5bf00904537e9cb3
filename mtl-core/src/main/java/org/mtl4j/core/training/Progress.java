package org.mtl4j.core.training;

/**
 * How far a run has come: all that is needed, beside the state, to go on as if nothing had
 * happened.
 *
 * @param step steps taken
 * @param epoch epochs finished
 * @param batchInEpoch batches of the epoch after that which were taken
 * @param bestStep the step of the checkpoint to keep, 0 when there is none yet
 * @param bestValue the monitored metric there, NaN when nothing is monitored
 * @param epochsWithoutGain epochs since then
 */
public record Progress(
    long step,
    int epoch,
    int batchInEpoch,
    long bestStep,
    double bestValue,
    int epochsWithoutGain) {
  /** Nothing done yet. */
  public static Progress start() {
    return new Progress(0, 0, 0, 0, Double.NaN, 0);
  }

  /** One batch further. */
  Progress afterStep() {
    return new Progress(step + 1, epoch, batchInEpoch + 1, bestStep, bestValue, epochsWithoutGain);
  }

  /** One epoch further, with the state of now the one to keep. */
  Progress afterBestEpoch(double value) {
    return new Progress(step, epoch + 1, 0, step, value, 0);
  }

  /** One epoch further, with an earlier state still the one to keep. */
  Progress afterEpoch() {
    return new Progress(step, epoch + 1, 0, bestStep, bestValue, epochsWithoutGain + 1);
  }
}
