package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.training.TrainingListener;

/**
 * Writes a line of {@code history.jsonl} an epoch. The file is written anew each time, so that no
 * line is ever half there; and before the epoch's checkpoint, so that none is missing after a kill
 * between the two.
 */
final class HistoryWriter {
  private final RunFiles files;
  private final List<Object> lines;

  private HistoryWriter(RunFiles files, List<Object> lines) {
    this.files = files;
    this.lines = lines;
  }

  /**
   * Goes on behind the epochs that are done already. A file with something else in it than lines of
   * epochs is kept under another name.
   *
   * @param listener is warned of lines that are missing or cannot be read
   */
  static HistoryWriter after(History done, RunFiles files, ExperimentListener listener) {
    boolean there = Files.exists(files.history());
    if (!done.missing().isEmpty()) {
      listener.onWarning(
          "%s: expected a line for each of %d epochs, found none for %s; the report will not know them"
              .formatted(files.history(), done.epochs(), done.lack()));
    }
    if (!done.unreadable().isEmpty()) {
      files.unfinish();
      listener.onWarning(
          "%s: expected lines of JSON, one an epoch, found something else in line %s; the file is kept as %s"
              .formatted(
                  files.history(), History.ranges(done.unreadable()), keepAside(files.history())));
    }
    List<Object> lines = new ArrayList<>(done.lines().values());
    if (there || !done.missing().isEmpty()) {
      files.changeJsonLines(files.history(), lines);
    }
    return new HistoryWriter(files, lines);
  }

  /** Gives a file that cannot be read a name that is free, so that nothing of it is lost. */
  static Path keepAside(Path file) {
    try {
      Path aside = file.resolveSibling("refused-" + file.getFileName());
      for (int i = 2; Files.exists(aside); i++) {
        aside = file.resolveSibling("refused-" + i + "-" + file.getFileName());
      }
      Unfinished.rename(file, aside);
      return aside;
    } catch (IOException e) {
      throw RunFiles.failure(file, e);
    }
  }

  /**
   * Adds an epoch, before its checkpoint is saved.
   *
   * @param gradients how the tasks' went together, if anybody looked
   */
  void add(TrainingListener.Epoch epoch, Optional<EpochGradients> gradients) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", epoch.epoch());
    line.put("step", epoch.step());
    line.put("train", MetricMaps.of(epoch.losses()));
    gradients.ifPresent(found -> line.put("gradients", found));
    epoch.validation().ifPresent(report -> line.put("validation", MetricMaps.of(report)));
    line.put("best", epoch.best());
    lines.add(line);
    files.changeJsonLines(files.history(), lines);
  }
}
