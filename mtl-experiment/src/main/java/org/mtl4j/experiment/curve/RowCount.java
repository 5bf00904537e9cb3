package org.mtl4j.experiment.curve;

import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ForwardingListener;

/** Notes how many training rows there are, and tells another listener everything. */
final class RowCount extends ForwardingListener {
  private int train;

  RowCount(ExperimentListener told) {
    super(told);
  }

  /** Number of training rows; 0 before the data are read. */
  int train() {
    return train;
  }

  @Override
  public void onData(Map<String, Integer> rows, List<String> warnings) {
    train = rows.getOrDefault("train", 0);
    super.onData(rows, warnings);
  }
}
