package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.training.TrainingListener;

/** Writes a line of {@code history.jsonl} an epoch. */
final class HistoryWriter implements TrainingListener {
  private final RunFiles files;

  /** Keeps the lines of the epochs that are done already. */
  HistoryWriter(RunFiles files, int epochsDone) {
    this.files = files;
    files.keepLines(files.history(), epochsDone);
  }

  @Override
  public void onEpoch(Epoch epoch) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", epoch.epoch());
    line.put("step", epoch.step());
    line.put("train", MetricMaps.of(epoch.losses()));
    epoch.validation().ifPresent(report -> line.put("validation", MetricMaps.of(report)));
    line.put("best", epoch.best());
    files.appendJson(files.history(), line);
  }
}
