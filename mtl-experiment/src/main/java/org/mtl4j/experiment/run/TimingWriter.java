package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.training.TrainingListener;

/**
 * Writes a line of {@code timing.jsonl} a stretch of steps, anew each time and before the stretch's
 * checkpoint. Lines behind the checkpoint that a run goes on from are dropped: their steps are
 * taken again, and counted then.
 */
final class TimingWriter implements TrainingListener {
  private final RunFiles files;
  private final List<Timing.Line> lines;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final boolean gpu = Sessions.haveGpu();

  private TimingWriter(RunFiles files, List<Timing.Line> lines) {
    this.files = files;
    this.lines = lines;
  }

  /**
   * Goes on behind the steps that are done already. A file with something else in it is kept under
   * another name.
   *
   * @param step the step of the checkpoint that the run goes on from; 0 if it begins
   * @param listener is warned of a file that cannot be read
   */
  static TimingWriter after(long step, RunFiles files, ExperimentListener listener) {
    List<Timing.Line> there = read(files, listener);
    List<Timing.Line> kept = there.stream().filter(line -> line.to() <= step).toList();
    if (kept.size() < there.size()) {
      files.changeJsonLines(files.timing(), kept);
    }
    return new TimingWriter(files, new ArrayList<>(kept));
  }

  private static List<Timing.Line> read(RunFiles files, ExperimentListener listener) {
    try {
      return Timing.read(files).lines();
    } catch (MtlException e) {
      if (e.code() != ErrorCode.DATA_FORMAT) {
        throw e;
      }
      listener.onWarning(
          "%s: %s The file is kept as %s; the run's speed will be that of the steps to come."
              .formatted(
                  files.timing(),
                  e.problems().get(0).what(),
                  HistoryWriter.keepAside(files.timing())));
      return List.of();
    }
  }

  @Override
  public void onStretch(Stretch stretch) {
    lines.add(
        new Timing.Line(
            stretch.from(),
            stretch.to(),
            stretch.rows(),
            stretch.time().toNanos() / 1e9,
            processors,
            gpu));
    files.changeJsonLines(files.timing(), lines);
  }
}
