package org.mtl4j.experiment.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Writes a run's scalars into event files that TensorBoard reads, while it reads them. A run that
 * goes on from a checkpoint takes the events behind it away, and begins a file with word to a
 * TensorBoard that has read them already: no step is there twice.
 */
public final class EventLog {
  private final EventFolder folder;
  private final long from;
  private final InstantSource clock;
  private boolean begun;

  private EventLog(EventFolder folder, long from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  /**
   * Goes on behind a step. Nothing new is written before the first scalars are.
   *
   * @param step that of the checkpoint that a run goes on from; 0 if it begins
   * @param path the folder of the event files
   * @param clock tells when an event happens
   * @throws MtlException IO if the folder cannot be read or written
   */
  public static EventLog after(long step, Path path, InstantSource clock) {
    EventFolder folder = new EventFolder(path);
    try {
      folder.cutBehind(step);
    } catch (IOException e) {
      throw failure(path, e);
    }
    return new EventLog(folder, step, clock);
  }

  /**
   * Adds scalars of a step, not before those of an earlier one.
   *
   * @param values by tag, {@code loss/click} say; TensorBoard groups them by what is before the
   *     slash
   * @throws MtlException IO if they cannot be written
   */
  public void add(long step, Map<String, Double> values) {
    Path file = folder.file(from);
    try {
      if (!begun) {
        begin(file);
      }
      append(file, new EventRecord(now(), step).scalars(values));
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private void begin(Path file) throws IOException {
    Files.createDirectories(folder.path());
    Files.write(file, new EventRecord(now(), from).version());
    if (from > 0) {
      append(file, new EventRecord(now(), from + 1).sessionStart());
    }
    begun = true;
  }

  /** Opened anew each time: nothing is left to close, and TensorBoard sees it at once. */
  private static void append(Path file, byte[] record) throws IOException {
    Files.write(file, record, StandardOpenOption.APPEND);
  }

  private double now() {
    return clock.millis() / 1e3;
  }

  private static MtlException failure(Path path, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path.toString(),
            "The event files for TensorBoard cannot be read or written: " + e + ".",
            "Check that there is room and that you may write there, or set training.tensorboard: {enabled: false}."),
        e);
  }
}
