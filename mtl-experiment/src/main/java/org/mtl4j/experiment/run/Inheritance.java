package org.mtl4j.experiment.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.training.SimilarRows;
import org.mtl4j.core.training.StateTensor;
import org.mtl4j.core.training.StateTransfer;
import org.mtl4j.core.training.TrainedState;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.core.training.TransferReport;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.experiment.config.InitFromConfig;
import org.mtl4j.experiment.config.InitFromConfig.Transforms;

/**
 * What an experiment takes over from the run that it begins from. Once it has begun, all that is
 * needed of that run is in its own folder: the other may be gone.
 */
final class Inheritance {
  private static final int NAMED = 8;

  private final InitFromConfig config;
  private final SourceRun.Identity identity;
  private final Optional<KeptTransforms> kept;
  private final Optional<SourceRun> source;

  private Inheritance(
      InitFromConfig config,
      SourceRun.Identity identity,
      RunTransforms transforms,
      Optional<SourceRun> source) {
    this.config = config;
    this.identity = identity;
    this.kept =
        config.transforms() == Transforms.KEEP
            ? Optional.of(new KeptTransforms(transforms, identity.transforms()))
            : Optional.empty();
    this.source = source;
  }

  /**
   * That of an experiment, if it begins from a run.
   *
   * @param begun whether it has begun in its folder already
   * @throws MtlException if the other run, or what the folder keeps of it, cannot be used
   */
  static Optional<Inheritance> of(ExperimentPlan plan, RunFiles files, boolean begun) {
    return plan.config().training().initFrom().map(config -> of(config, plan, files, begun));
  }

  private static Inheritance of(
      InitFromConfig config, ExperimentPlan plan, RunFiles files, boolean begun) {
    Inheritance inheritance;
    if (begun) {
      inheritance =
          new Inheritance(
              config,
              Transferred.read(files).source(),
              RunTransforms.read(files),
              Optional.empty());
    } else {
      SourceRun source = SourceRun.open(config.run());
      inheritance =
          new Inheritance(config, source.identity(), source.transforms(), Optional.of(source));
    }
    inheritance.kept.ifPresent(transforms -> transforms.check(plan.features()));
    return inheritance;
  }

  /**
   * Looks for the columns that it reads.
   *
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  void check(Columns columns) {
    List<Problem> problems = new ArrayList<>();
    config
        .similar()
        .forEach(
            (feature, names) ->
                names.stream()
                    .filter(name -> !columns.contains(name))
                    .map(columns::missing)
                    .map(
                        lack ->
                            new Problem(
                                lack.code(),
                                "training.init_from.similar." + feature,
                                lack.what(),
                                lack.remedy()))
                    .forEach(problems::add));
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  /** The transforms that are not learnt, if such are kept. */
  Optional<KeptTransforms> kept() {
    return kept;
  }

  /** Which state of which run; steps follow from it as they do from experiment and data. */
  SourceRun.Identity identity() {
    return identity;
  }

  /**
   * Takes over what matches, before the first step.
   *
   * @throws MtlException CONFIG_VALUE if nothing does, with what both have; CHECKPOINT_INVALID if
   *     the run is another by now
   */
  Transferred begin(TrainingSession session, ExperimentPlan plan, SplitDataset dataset) {
    SourceRun from = source.orElseGet(this::again);
    StateTransfer.Learnt here =
        new StateTransfer.Learnt(session.spec().pipeline(), session.spec().tasks());
    Map<String, SimilarRows> similar =
        SimilarContent.of(config.similar(), session.spec().pipeline(), dataset);
    StateTransfer rules =
        StateTransfer.between(from.transforms().learnt(), here, StateTransfer.Extent.MODEL)
            .withSimilar(similar);
    try {
      TransferReport report = session.transfer(from.best(), rules);
      if (report.isEmpty()) {
        throw nothing(from.best(), session.state());
      }
      return new Transferred(
          identity, kept.map(k -> k.names(plan.features())).orElse(List.of()), report);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.CHECKPOINT_INVALID,
              config.run(),
              "The run's best checkpoint cannot be read: " + e + ".",
              "Give another run."),
          e);
    }
  }

  private SourceRun again() {
    SourceRun from = SourceRun.open(config.run());
    if (!from.identity().equals(identity)) {
      throw new MtlException(
          new Problem(
              ErrorCode.CHECKPOINT_INVALID,
              config.run(),
              "This run began from step %d of it, and its best state is another one by now."
                  .formatted(identity.step()),
              "Start a new run with --output."));
    }
    return from;
  }

  private MtlException nothing(TrainedState there, TrainedState here) {
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            "training.init_from.run",
            "Expected a run that this model has something in common with, found none: %s has %s; this model has %s."
                .formatted(config.run(), names(there), names(here)),
            "Give the features, tasks and layers of both the same names and sizes, or leave"
                + " init_from out."));
  }

  private static String names(TrainedState state) {
    List<String> names = new ArrayList<>();
    Map<Boolean, Integer> counts = new HashMap<>();
    for (StateTensor tensor : state.tensors()) {
      if (!tensor.name().startsWith("optimizer/") && !tensor.name().startsWith("balancing/")) {
        boolean named = counts.merge(tensor.byRows(), 1, Integer::sum) <= NAMED;
        if (named) {
          names.add(tensor.name() + " " + tensor.shape());
        }
      }
    }
    int more = counts.values().stream().mapToInt(Integer::intValue).sum() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }
}
