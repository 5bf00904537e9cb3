package org.mtl4j.experiment.curve;

import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.run.ExperimentListener;

/** Notes how many training rows there are, and tells another listener everything. */
final class RowCount implements ExperimentListener {
  private final ExperimentListener told;
  private int train;

  RowCount(ExperimentListener told) {
    this.told = told;
  }

  /** Number of training rows; 0 before the data are read. */
  int train() {
    return train;
  }

  @Override
  public void onData(Map<String, Integer> rows, List<String> warnings) {
    train = rows.getOrDefault("train", 0);
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
}
