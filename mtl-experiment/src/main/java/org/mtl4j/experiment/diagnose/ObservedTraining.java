package org.mtl4j.experiment.diagnose;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.Checkpoint;
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
  private static final String LOG = "epochs.jsonl";

  private final RunMaterial material;
  private final EncodedData judged;
  private final Path folder;
  private final ExperimentListener listener;

  /**
   * A way to train.
   *
   * @param judged the rows to be predicted at the end
   * @param folder takes a folder a training, in which it goes on where it was
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
   * @param gradients how they went together; of no layer where nobody looked
   * @param rows per task what its best state predicts for the judged rows
   */
  record Outcome(
      Map<String, TaskCurve> curves,
      List<GradientTrace.Epoch> gradients,
      Map<String, EvaluationRows> rows) {
    /** Of epochs that were taken down. */
    static Outcome of(
        List<FittedTask> tasks, List<ObservedEpoch> epochs, Map<String, EvaluationRows> rows) {
      Map<String, TaskCurve> curves = new LinkedHashMap<>();
      tasks.forEach(task -> curves.put(task.name(), curve(task.name(), epochs)));
      return new Outcome(curves, epochs.stream().map(ObservedEpoch::gradients).toList(), rows);
    }
  }

  /**
   * Trains to the end, from where an earlier process came, and predicts with the best state.
   *
   * @param name of the training, its folder's
   * @param gradients looks at those of an epoch, by its number
   * @throws StoppedException if the listener asked to stop: a checkpoint is saved then
   */
  Outcome train(
      String name,
      TrainingSession session,
      Optional<EarlyStopping> stopping,
      IntFunction<GradientTrace.Epoch> gradients) {
    Path own = folder.resolve(name);
    CheckpointStore checkpoints = new CheckpointStore(own, material.origin());
    Optional<Checkpoint> begun = begun(own, checkpoints);
    begun.ifPresent(checkpoint -> restore(session, checkpoint));
    Progress progress = begun.map(Checkpoint::progress).orElseGet(Progress::start);
    EpochLog log = EpochLog.after(progress.epoch(), own.resolve(LOG), gradients);
    Trainer trainer =
        new Trainer(
            session,
            material.training(session, stopping),
            checkpoints,
            TrainingListener.all(List.of(log, listener)),
            progress);
    if (trainer.run() == Trainer.Ending.INTERRUPTED) {
      throw new StoppedException();
    }
    long best = checkpoints.latest().orElseThrow().progress().best().step();
    restore(session, checkpoints.open(best));
    return Outcome.of(session.spec().tasks(), log.epochs(), predicted(session));
  }

  /** Where an earlier process came; nowhere if what it took down of its epochs is not there. */
  private Optional<Checkpoint> begun(Path own, CheckpointStore checkpoints) {
    CheckpointStore.Resumption resumption = checkpoints.resume();
    resumption.refused().forEach(problem -> listener.onWarning(problem.toString()));
    Optional<Checkpoint> latest = resumption.checkpoint();
    if (latest.isPresent() && !EpochLog.has(latest.get().progress().epoch(), own.resolve(LOG))) {
      try {
        Folders.delete(own);
      } catch (IOException e) {
        throw failure(e);
      }
      return Optional.empty();
    }
    return latest;
  }

  private void restore(TrainingSession session, Checkpoint checkpoint) {
    try {
      session.restore(checkpoint);
    } catch (IOException e) {
      throw failure(e);
    }
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

  private static TaskCurve curve(String task, List<ObservedEpoch> epochs) {
    List<Double> training = epochs.stream().map(epoch -> epoch.losses().get(task)).toList();
    List<Map<String, Double>> figures =
        epochs.stream().map(e -> e.validation().getOrDefault(task, Map.of())).toList();
    Optional<String> metric =
        Headlines.LOSSES.stream()
            .filter(key -> figures.stream().allMatch(of -> of.containsKey(key)))
            .findFirst();
    List<Double> validation =
        metric.map(key -> figures.stream().map(of -> of.get(key)).toList()).orElse(List.of());
    int kept =
        epochs.stream()
            .filter(ObservedEpoch::best)
            .mapToInt(ObservedEpoch::epoch)
            .max()
            .orElse(epochs.size());
    return new TaskCurve(training, metric, validation, kept);
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
