package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.slice.RecordSum;
import org.mtl4j.experiment.slice.SliceReader;

/**
 * What a finished run was made of, to be looked into: its rules, its rows, encoded as they were for
 * it, and its best state. Other models can be trained on the very same rows by the same rules.
 */
public final class RunMaterial {
  private static final int BLOCK = 4096;

  private final TrainingSetup setup;
  private final SplitDataset dataset;
  private final String origin;
  private final CheckpointStore checkpoints;
  private final Progress progress;

  private RunMaterial(TrainingSetup setup, SplitDataset dataset, RunFiles files, String origin) {
    this.setup = setup;
    this.dataset = dataset;
    this.origin = origin;
    this.checkpoints = new CheckpointStore(files.checkpoints(), origin);
    this.progress =
        checkpoints
            .latest()
            .orElseThrow(
                () ->
                    new MtlException(
                        new Problem(
                            ErrorCode.CHECKPOINT_INVALID,
                            files.checkpoints().toString(),
                            "Expected the run's best checkpoint, found none.",
                            "Train the run again.")))
            .progress();
  }

  /** Takes the run's folder and makes its data ready while {@code work} lasts. */
  static <T> T of(
      Run run,
      ExperimentService service,
      ExperimentListener listener,
      ExperimentPlan plan,
      Function<RunMaterial, T> work) {
    plan.learner().graph("Looking into a run, or at one of its steps,");
    Sessions.checkGpu(); // Before data are read, which may take hours.
    RunFiles files = run.files();
    Optional<Inheritance> inherited = Inheritance.of(plan, files, true);
    Optional<KeptTransforms> kept = inherited.flatMap(Inheritance::kept);
    SplitDataset dataset = service.datasets().splits(plan);
    try (OutputFolder folder =
            OutputFolder.take(files.folder(), OutputFolder.Use.DIAGNOSIS, listener::onWarning);
        RowCache cache = RowCache.in(folder.path().resolve(files.cache().getFileName()), w -> {});
        PreparedData prepared =
            prepared(new Opened(plan, dataset, service, kept), listener, cache)) {
      listener.onData(ExperimentRunner.sizes(prepared.data()), List.of());
      String source = inherited.map(from -> from.identity().checkpoint()).orElse("");
      String origin = Provenance.origin(plan.config(), prepared.fingerprint(), source, files);
      return work.apply(
          new RunMaterial(new TrainingSetup(plan, prepared.data()), dataset, files, origin));
    }
  }

  /** What rows are read by. */
  private record Opened(
      ExperimentPlan plan,
      SplitDataset dataset,
      ExperimentService service,
      Optional<KeptTransforms> kept) {
    PreparedData prepare(RowCache own, ExperimentListener listener, boolean lint) {
      return new DataPreparation(plan, dataset, lint, kept, listener)
          .prepare(own, service.cache().of(plan.config().data().cache()));
    }
  }

  /** With the linter, as a run keeps its rows; without it where it finds errors. */
  private static PreparedData prepared(Opened opened, ExperimentListener listener, RowCache own) {
    ExperimentListener silent =
        new ExperimentListener() {
          @Override
          public void onRows(Reading reading) {
            listener.onRows(reading);
          }
        };
    try {
      return opened.prepare(own, silent, true);
    } catch (MtlException e) {
      if (e.code() != ErrorCode.LINT) {
        throw e;
      }
      return opened.prepare(own, silent, false);
    }
  }

  /** The experiment. */
  public ExperimentPlan plan() {
    return setup.plan();
  }

  /** The run's architecture. */
  public MultiTaskModel model() {
    return plan().learner().graph("Looking into a run").model();
  }

  /** The tasks, with what was learnt of their labels. */
  public List<FittedTask> tasks() {
    return setup.data().learnt().tasks();
  }

  /** The rows of a split; empty if it has none. */
  public Optional<EncodedData> rows(Split split) {
    return setup.data().split(split);
  }

  /** The columns of the rows, before anything is encoded. */
  public Columns columns() {
    return dataset.columns();
  }

  /**
   * Says of each row of a split in which slice it is, rule by rule. The data are read once more.
   *
   * @param reader has the rules, and has seen no row
   * @throws MtlException MEMORY if there are more different values than the heap's share holds,
   *     DATA_FORMAT if the data are others than those that were encoded
   */
  public List<Slicing> slicings(SliceReader reader, Split split) {
    RecordSum records = new RecordSum();
    EncodedData rows = rows(split).orElseThrow();
    for (int from = 0; from < rows.rowCount(); from += BLOCK) {
      EncodedRows block = rows.block(from, Math.min(BLOCK, rows.rowCount() - from));
      Arrays.stream(RecordMarks.of(block.labels())).forEach(records::add);
    }
    reader.read(dataset, split);
    return reader.slicings(records);
  }

  /** Number of epochs that the run was trained. */
  public int epochs() {
    return progress.epoch();
  }

  /** What the run is made of, as a hash: what its checkpoints carry. */
  public String origin() {
    return origin;
  }

  /** The step of the run's best state. */
  public long bestStep() {
    return progress.best().step();
  }

  /**
   * The run's model in its best state, its predictions not calibrated; the caller closes it.
   *
   * @throws MtlException CHECKPOINT_INVALID if its checkpoint is damaged or not of these data
   */
  public TrainingSession best() {
    return at(bestStep());
  }

  /**
   * The same in the state after a step.
   *
   * @throws MtlException USAGE with the steps that are there if this one is not, CHECKPOINT_INVALID
   *     if its checkpoint is damaged or not of these data
   */
  TrainingSession at(long step) {
    if (!checkpoints.steps().contains(step)) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--step",
              "Expected a step whose checkpoint is kept, one of %s, found %d."
                  .formatted(checkpoints.steps(), step),
              "training.early_stopping: {pareto: ..., keep: N} keeps those that none dominates;"
                  + " front.json lists them."));
    }
    TrainingSession session = fresh(model(), tasks());
    try {
      ExperimentRunner.restore(session, checkpoints.open(step));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** A model before its first step, seeded as the run's; the caller closes it. */
  public TrainingSession fresh(MultiTaskModel model, List<FittedTask> tasks) {
    return setup.session(model, tasks);
  }

  /**
   * Exports a state as a run's best one is, calibrated on the validation rows where a task asks for
   * it.
   *
   * @param session in that state
   * @param files of another folder than the run's
   * @param provenance of the export
   */
  void export(TrainingSession session, RunFiles files, Map<String, String> provenance) {
    ExperimentData data = setup.data();
    Split judged = rows(Split.TEST).isPresent() ? Split.TEST : Split.VALIDATION;
    new Calibrating(plan(), ExperimentListener.SILENT).calibrate(session, data, judged, files);
    TrainingLook look = new TrainingLook(data);
    RunFinish.export(
        plan(),
        data.learnt(),
        session,
        files.export(1),
        new RunFinish.Facts(provenance, look.profile(look.rows(), session, Optional.empty())));
  }

  /** How the experiment trains such a model. */
  public TrainingPlan training(TrainingSession session, Optional<EarlyStopping> stopping) {
    return setup.plan(session, stopping);
  }
}
