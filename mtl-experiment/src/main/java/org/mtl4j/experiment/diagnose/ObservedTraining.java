package org.mtl4j.experiment.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.MetricReport.OutputMetrics;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.experiment.diagnose.Evidence.TaskCurve;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.RunMaterial;

/** Trains a model on a run's rows, by the run's rules, and takes down what it looked like. */
final class ObservedTraining {
  private final RunMaterial material;
  private final EncodedData judged;
  private final Path folder;
  private final ExperimentListener listener;

  /**
   * A way to train.
   *
   * @param judged the rows to be predicted at the end
   * @param folder takes the checkpoints of one training at a time, and is gone after each
   */
  ObservedTraining(
      RunMaterial material, EncodedData judged, Path folder, ExperimentListener listener) {
    this.material = material;
    this.judged = judged;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * What came of a training.
   *
   * @param curves per task its epochs
   * @param rows per task what its best state predicts for the judged rows
   */
  record Outcome(Map<String, TaskCurve> curves, Map<String, EvaluationRows> rows) {}

  /**
   * Trains to the end and predicts with the best state.
   *
   * @param atEpochEnd takes the number of each epoch when it was trained
   * @throws StoppedException if the listener asked to stop
   */
  Outcome train(TrainingSession session, Optional<EarlyStopping> stopping, IntConsumer atEpochEnd) {
    List<TrainingListener.Epoch> epochs = new ArrayList<>();
    TrainingListener taking =
        new TrainingListener() {
          @Override
          public void onEpoch(Epoch epoch) {
            epochs.add(epoch);
            atEpochEnd.accept(epoch.epoch());
          }
        };
    clear();
    try {
      CheckpointStore checkpoints = new CheckpointStore(folder);
      Trainer trainer =
          new Trainer(
              session,
              material.training(session, stopping),
              checkpoints,
              TrainingListener.all(List.of(taking, listener)),
              Progress.start());
      if (trainer.run() == Trainer.Ending.INTERRUPTED) {
        throw new StoppedException();
      }
      long best = checkpoints.latest().orElseThrow().progress().best().step();
      session.restore(checkpoints.open(best));
    } catch (IOException e) {
      throw failure(e);
    } finally {
      clear();
    }
    Map<String, TaskCurve> curves = new LinkedHashMap<>();
    for (FittedTask task : session.spec().tasks()) {
      curves.put(task.name(), curve(task.name(), epochs));
    }
    return new Outcome(curves, predicted(session));
  }

  /** What a session predicts for the judged rows, task by task. */
  Map<String, EvaluationRows> predicted(TrainingSession session) {
    List<String> tasks = session.spec().tasks().stream().map(FittedTask::name).toList();
    List<OutputSpec> outputs =
        session.spec().outputs().stream().filter(o -> tasks.contains(o.name())).toList();
    PredictionCollector collector = material.plan().judge().evaluator().collector(outputs);
    session.predict(
        judged,
        (from, predictions) -> {
          EncodedRows block = judged.block(from, predictions.rowCount());
          collector.add(predictions, block.labels(), block.groups());
        });
    return collector.rows();
  }

  private static TaskCurve curve(String task, List<TrainingListener.Epoch> epochs) {
    List<Double> training = epochs.stream().map(epoch -> epoch.losses().tasks().get(task)).toList();
    Optional<String> metric =
        Headlines.LOSSES.stream()
            .filter(key -> epochs.stream().allMatch(e -> value(e, task, key).isPresent()))
            .findFirst();
    List<Double> validation =
        metric
            .map(key -> epochs.stream().map(e -> value(e, task, key).getAsDouble()).toList())
            .orElse(List.of());
    int kept =
        epochs.stream()
            .filter(TrainingListener.Epoch::best)
            .mapToInt(TrainingListener.Epoch::epoch)
            .max()
            .orElse(epochs.size());
    return new TaskCurve(training, metric, validation, kept);
  }

  private static OptionalDouble value(TrainingListener.Epoch epoch, String task, String key) {
    OutputMetrics metrics =
        epoch.validation().map(report -> report.outputs().get(task)).orElse(null);
    return metrics == null
        ? OptionalDouble.empty()
        : metrics.values().getOrDefault(key, OptionalDouble.empty());
  }

  private void clear() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            folder.toString(),
            "The checkpoints of a diagnosis cannot be kept there: " + e + ".",
            "Check that there is room and that you may write to it."),
        e);
  }
}
