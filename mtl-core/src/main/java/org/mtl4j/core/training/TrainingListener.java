package org.mtl4j.core.training;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.metric.MetricReport;

/** Hears of a training run as it goes. Called on the thread that trains; be quick. */
public interface TrainingListener {
  /**
   * What lies ahead.
   *
   * @param epochs number of epochs at most
   * @param stepsPerEpoch batches an epoch
   * @param firstStep number of steps taken before, by the run that is resumed
   */
  record Plan(int epochs, int stepsPerEpoch, long firstStep) {}

  /**
   * One step.
   *
   * @param step its number, from 1
   * @param epoch its epoch, from 1
   * @param rows rows of the batch
   * @param losses the losses before the update
   * @param rate by what its schedule multiplied the learning rates; 1 without one
   */
  record Step(long step, int epoch, int rows, StepLosses losses, double rate) {}

  /**
   * The end of an epoch.
   *
   * @param epoch its number, from 1
   * @param step steps taken so far
   * @param losses means over the epoch's steps
   * @param validation metrics of the validation split; empty when there is none
   * @param best whether its state is the one to keep so far
   */
  record Epoch(
      int epoch, long step, StepLosses losses, Optional<MetricReport> validation, boolean best) {}

  /**
   * Steps that were taken one after the other, with nothing between them.
   *
   * @param from the first step
   * @param to the last step
   * @param rows rows of their batches
   * @param time what they took, waiting for batches included; what is done at an epoch's end is not
   */
  record Stretch(long from, long to, long rows, Duration time) {}

  /** Training starts. */
  default void onStart(Plan plan) {}

  /** A step was taken. */
  default void onStep(Step step) {}

  /**
   * An epoch was trained and evaluated, and is about to be saved. What must be there whenever its
   * checkpoint is belongs here; after a kill it may come twice for one epoch.
   */
  default void beforeSave(Epoch epoch) {}

  /**
   * Steps were taken and their state is about to be saved, at the end of an epoch or of a training
   * that is interrupted. Their last step is that of the checkpoint; after a kill they may come
   * again, cut in another way.
   */
  default void onStretch(Stretch stretch) {}

  /** An epoch was trained, evaluated and saved. */
  default void onEpoch(Epoch epoch) {}

  /** Asked after every step: true saves a checkpoint and stops. */
  default boolean stopRequested() {
    return false;
  }

  /**
   * Asked between two epochs, the state of the first being saved: true stops there, and the run can
   * be resumed. A run that is resumed between two epochs asks before its first step.
   *
   * @param epochs finished so far
   */
  default boolean pauseRequested(int epochs) {
    return false;
  }

  /** One listener that tells several, in order. */
  static TrainingListener all(List<TrainingListener> listeners) {
    return new TrainingListener() {
      @Override
      public void onStart(Plan plan) {
        listeners.forEach(l -> l.onStart(plan));
      }

      @Override
      public void onStep(Step step) {
        listeners.forEach(l -> l.onStep(step));
      }

      @Override
      public void beforeSave(Epoch epoch) {
        listeners.forEach(l -> l.beforeSave(epoch));
      }

      @Override
      public void onStretch(Stretch stretch) {
        listeners.forEach(l -> l.onStretch(stretch));
      }

      @Override
      public void onEpoch(Epoch epoch) {
        listeners.forEach(l -> l.onEpoch(epoch));
      }

      @Override
      public boolean stopRequested() {
        return listeners.stream().anyMatch(TrainingListener::stopRequested);
      }

      @Override
      public boolean pauseRequested(int epochs) {
        return listeners.stream().anyMatch(l -> l.pauseRequested(epochs));
      }
    };
  }
}
