package org.mtl4j.experiment.curve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;

/**
 * Trains an experiment on growing shares of its training rows, each of which holds the smaller
 * ones, and measures all on the same rows. Each is a run of its own, {@code share-5} say, that
 * learns its vocabularies and scales from its own rows; that of 100 percent is the experiment's
 * own. The largest is trained first: what is wrong with the data is found there.
 */
public final class LearningCurveStudy {
  private static final String TEST = "test";
  private static final String VALIDATION = "validation";

  private final ExperimentService service;
  private final CurveListener listener;

  /** A study with the parts of a service. */
  public LearningCurveStudy(ExperimentService service, CurveListener listener) {
    this.service = service;
    this.listener = listener;
  }

  /**
   * Where a curve goes.
   *
   * @param folder its runs are in, each in one of its own
   * @param resume whether to go on with runs that are there: a finished one is not trained again
   * @param lint whether the linter looks at the data of the largest share
   */
  public record Options(Path folder, boolean resume, boolean lint) {}

  /**
   * Trains.
   *
   * @param experiment its file; its own {@code data.training_share} is replaced
   * @return empty if the listener asked to stop; resuming does the rest
   * @throws MtlException for whatever is wrong with experiment, data or folder; of a share below
   *     100 percent that is too small to train on, its point says so
   */
  public Optional<LearningCurve> run(ConfigFile experiment, Shares shares, Options options) {
    List<LearningCurve.Point> points = new ArrayList<>();
    List<Double> percents = new ArrayList<>(shares.percents());
    Collections.reverse(percents);
    String split = VALIDATION;
    String name = service.read(experiment).config().name();
    for (double percent : percents) {
      Path folder = options.folder().resolve("share-" + Shares.spelt(percent));
      ExperimentPlan plan =
          service.read(experiment.withOverride("data.training_share", Shares.share(percent)));
      boolean largest = percent == percents.get(0);
      TrainOptions training = new TrainOptions(folder, options.resume(), options.lint() && largest);
      RowCount rows = new RowCount(listener.begin(percent));
      try {
        Run run = service.train(plan, training, rows);
        if (run.status() == Run.Status.INTERRUPTED) {
          return Optional.empty();
        }
        split = run.metrics().containsKey(TEST) ? TEST : VALIDATION;
        points.add(point(percent, run, rows.train(), split));
      } catch (MtlException e) {
        if (largest || !isTooSmall(e)) {
          throw e;
        }
        points.add(
            new LearningCurve.Point(
                percent, folder.toString(), Optional.empty(), Optional.of(e.getMessage())));
      } finally {
        listener.end();
      }
    }
    Collections.reverse(points);
    return Optional.of(new LearningCurve(name, split, points));
  }

  private static LearningCurve.Point point(double percent, Run run, int rows, String split) {
    return new LearningCurve.Point(
        percent,
        run.files().folder().toString(),
        Optional.of(
            new LearningCurve.Result(
                rows,
                run.metrics().getOrDefault(split, Map.of()),
                run.intervals().getOrDefault(split, Map.of()))),
        Optional.empty());
  }

  private static boolean isTooSmall(MtlException failure) {
    return failure.code() == ErrorCode.NO_ROWS || failure.code() == ErrorCode.ONE_CLASS;
  }
}
