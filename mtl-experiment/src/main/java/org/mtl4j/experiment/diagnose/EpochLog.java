package org.mtl4j.experiment.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.experiment.run.RunFiles;

/**
 * Takes down a training epoch by epoch, each before its checkpoint is saved: whenever that is
 * there, so is the line. The file is written anew each time, so that no line is ever half there.
 */
final class EpochLog implements TrainingListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final IntFunction<GradientTrace.Epoch> gradients;
  private final List<ObservedEpoch> epochs;

  private EpochLog(
      Path file, IntFunction<GradientTrace.Epoch> gradients, List<ObservedEpoch> epochs) {
    this.file = file;
    this.gradients = gradients;
    this.epochs = epochs;
  }

  /**
   * Goes on behind epochs that are taken down.
   *
   * @param gradients looks at those of an epoch, by its number
   * @param done number of epochs that are trained
   */
  static EpochLog after(int done, Path file, IntFunction<GradientTrace.Epoch> gradients) {
    return new EpochLog(file, gradients, new ArrayList<>(first(done, read(file))));
  }

  private static List<ObservedEpoch> first(int done, List<ObservedEpoch> epochs) {
    return epochs.subList(0, Math.min(done, epochs.size()));
  }

  /** Whether a file has so many epochs at least, each in its place. */
  static boolean has(int done, Path file) {
    List<ObservedEpoch> epochs = read(file);
    for (int e = 0; e < done; e++) {
      if (e >= epochs.size() || epochs.get(e).epoch() != e + 1) {
        return false;
      }
    }
    return true;
  }

  /** The epochs in a file; none if it is not there or is no such file. */
  static List<ObservedEpoch> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<ObservedEpoch> epochs = new ArrayList<>();
    try {
      for (String line : new RunFiles(file.getParent()).readLines(file)) {
        epochs.add(JSON.readValue(line, ObservedEpoch.class));
      }
    } catch (JsonProcessingException e) {
      return List.of(); // What it told is found out anew.
    }
    return epochs;
  }

  @Override
  public void beforeSave(Epoch epoch) {
    epochs.add(ObservedEpoch.of(epoch, gradients.apply(epoch.epoch())));
    StringBuilder text = new StringBuilder();
    for (ObservedEpoch each : epochs) {
      text.append(json(each)).append('\n');
    }
    new RunFiles(file.getParent()).write(file, text.toString());
  }

  private static String json(ObservedEpoch epoch) {
    try {
      return JSON.writeValueAsString(epoch);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value of our own does not become JSON", e);
    }
  }

  /** All epochs so far. */
  List<ObservedEpoch> epochs() {
    return List.copyOf(epochs);
  }
}
