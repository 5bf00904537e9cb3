package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;

/** Tells another listener everything; who extends it listens besides. */
public class ForwardingListener implements ExperimentListener {
  private final ExperimentListener told;

  /** Tells this one. */
  protected ForwardingListener(ExperimentListener told) {
    this.told = told;
  }

  @Override
  public void onData(Map<String, Integer> rows, List<String> warnings) {
    told.onData(rows, warnings);
  }

  @Override
  public void onRows(Reading reading) {
    told.onRows(reading);
  }

  @Override
  public void onSampling(String epochRows) {
    told.onSampling(epochRows);
  }

  @Override
  public void onWarning(String warning) {
    told.onWarning(warning);
  }

  @Override
  public void onNote(String note) {
    told.onNote(note);
  }

  @Override
  public void onStage(String stage) {
    told.onStage(stage);
  }

  @Override
  public void onStart(Plan plan) {
    told.onStart(plan);
  }

  @Override
  public void onStep(Step step) {
    told.onStep(step);
  }

  @Override
  public void beforeSave(Epoch epoch) {
    told.beforeSave(epoch);
  }

  @Override
  public void onStretch(Stretch stretch) {
    told.onStretch(stretch);
  }

  @Override
  public void onEpoch(Epoch epoch) {
    told.onEpoch(epoch);
  }

  @Override
  public boolean stopRequested() {
    return told.stopRequested();
  }

  @Override
  public boolean pauseRequested(int epochs) {
    return told.pauseRequested(epochs);
  }
}
