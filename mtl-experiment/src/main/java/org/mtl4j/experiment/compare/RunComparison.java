package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.experiment.apply.RunOutputs;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/**
 * Compares runs by what they predicted for their test rows, which have to be the same: by the
 * baseline's metrics, on the outputs that all of them have.
 */
public final class RunComparison {
  private final ExperimentService service;

  /** Over the parts that the runs' experiments name. */
  public RunComparison(ExperimentService service) {
    this.service = service;
  }

  /** A run with its kept rows. */
  private record Kept(Run run, KeptRows rows) {
    static Kept of(Run run) {
      run.metrics(); // Finished: what is kept is of its export.
      return new Kept(run, KeptRows.open(run.files().testPredictions()));
    }

    /** Per output what its predictions mean, in words: its type and its classes in their order. */
    Map<String, String> kinds() {
      return ManifestFile.read(run.export()).outputs().stream()
          .collect(
              Collectors.toMap(
                  ModelManifest.Output::name,
                  output ->
                      output.classes().isEmpty()
                          ? output.type()
                          : output.type() + " of " + output.classes()));
    }

    String name() {
      return run.files().folder().toString();
    }
  }

  /**
   * Compares.
   *
   * @param baseline what the others are compared with
   * @param others at least one
   * @throws MtlException RUNS_DIFFER if they have no output in common, one is of another type or of
   *     other classes, or their test rows differ; FILE_MISSING if one is not finished or keeps no
   *     predictions
   * @throws IllegalArgumentException if there are no others
   */
  public Comparison compare(Run baseline, List<Run> others) {
    if (others.isEmpty()) {
      throw new IllegalArgumentException("expected runs to compare with the baseline, found none");
    }
    Kept first = Kept.of(baseline);
    List<Kept> rest = others.stream().map(Kept::of).toList();
    RunOutputs by = RunOutputs.of(baseline, service);
    List<OutputSpec> common =
        by.outputs().stream()
            .filter(
                o -> rest.stream().allMatch(kept -> kept.rows().digests().containsKey(o.name())))
            .toList();
    rest.forEach(kept -> checkSame(first, kept, common));
    List<Comparison.Figure> figures =
        new PairedFigures(common, by)
            .of(
                predicted(first, common, by),
                rest.stream().map(kept -> predicted(kept, common, by)).toList());
    List<Comparison.Cost> costs = new ArrayList<>(List.of(RunCosts.of(baseline)));
    others.forEach(run -> costs.add(RunCosts.of(run)));
    return new Comparison(first.name(), figures, costs);
  }

  private static void checkSame(Kept baseline, Kept other, List<OutputSpec> common) {
    if (common.isEmpty()) {
      throw differ(
          other,
          "Expected an output that %s has too, found %s and %s."
              .formatted(
                  baseline.name(),
                  other.rows().digests().keySet().stream().sorted().toList(),
                  baseline.rows().digests().keySet().stream().sorted().toList()));
    }
    Map<String, String> expected = baseline.kinds();
    Map<String, String> found = other.kinds();
    for (OutputSpec output : common) {
      String name = output.name();
      if (!expected.get(name).equals(found.get(name))) {
        throw differ(
            other,
            "Expected the output %s to be %s, as %s has it, found %s."
                .formatted(name, expected.get(name), baseline.name(), found.get(name)));
      }
      if (!baseline.rows().digests().get(name).equals(other.rows().digests().get(name))) {
        throw differ(
            other,
            "Expected the test rows of %s, found others: rows, labels, example weights or groups of %s differ (%d rows and %d)."
                .formatted(baseline.name(), name, baseline.rows().rows(), other.rows().rows()));
      }
    }
  }

  private static MtlException differ(Kept run, String what) {
    return new MtlException(
        new Problem(
            ErrorCode.RUNS_DIFFER,
            run.name(),
            what,
            "Compare runs of the same data, data.split, seed, tasks and evaluation.group_by, or"
                + " measure both on one file by mtl evaluate."));
  }

  private static PairedFigures.Predicted predicted(
      Kept kept, List<OutputSpec> common, RunOutputs by) {
    PredictionCollector collector = by.evaluator().collector(common);
    kept.rows()
        .forEach(block -> collector.add(block.predictions(), block.labels(), block.groups()));
    return new PairedFigures.Predicted(kept.name(), collector.rows());
  }
}
