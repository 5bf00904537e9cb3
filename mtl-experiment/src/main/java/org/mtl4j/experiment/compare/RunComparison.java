package org.mtl4j.experiment.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Holm;
import org.mtl4j.eval.interval.Uncertainty;
import org.mtl4j.experiment.apply.RunOutputs;
import org.mtl4j.experiment.kept.KeptRows;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;

/**
 * Compares runs by what they predicted for their test rows, which have to be the same: by the
 * baseline's metrics, on the outputs that all of them have.
 */
public final class RunComparison {
  /** What is below is not put down to chance. */
  private static final double SIGNIFICANCE = 0.05;

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

  /** The figures of one run, of outputs by name. */
  private record Measured(
      String run, Map<String, EvaluationRows> rows, Map<String, Uncertainty> uncertainties) {}

  /** A figure of one run before p-values are corrected. */
  private record Raw(Measured of, boolean base, Optional<Difference> difference) {}

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
    Measured base = measured(first, common, by);
    Map<String, List<Raw>> raws = new LinkedHashMap<>();
    for (Kept kept : rest) {
      Measured other = measured(kept, common, by);
      forEach(
          common,
          by,
          base,
          (output, metric) ->
              raws.computeIfAbsent(key(output, metric), k -> new ArrayList<>())
                  .add(new Raw(other, false, difference(output.name(), metric, other, base))));
    }
    List<Comparison.Cost> costs = new ArrayList<>(List.of(RunCosts.of(baseline)));
    others.forEach(run -> costs.add(RunCosts.of(run)));
    return new Comparison(first.name(), figures(common, by, base, raws), costs);
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

  private static Measured measured(Kept kept, List<OutputSpec> common, RunOutputs by) {
    PredictionCollector collector = by.evaluator().collector(common);
    kept.rows()
        .forEach(block -> collector.add(block.predictions(), block.labels(), block.groups()));
    Map<String, EvaluationRows> rows = collector.rows();
    Map<String, Uncertainty> uncertainties = new LinkedHashMap<>();
    for (OutputSpec output : common) {
      EvaluationRows ofOutput = rows.get(output.name());
      uncertainties.put(
          output.name(), Uncertainty.of(metrics(output, ofOutput, by), ofOutput, by.bootstrap()));
    }
    return new Measured(kept.name(), rows, uncertainties);
  }

  private static List<Metric> metrics(OutputSpec output, EvaluationRows rows, RunOutputs by) {
    return by.evaluator().metricsOf(output, rows.parts()).stream().filter(Metric::judges).toList();
  }

  /** Sees each output with each of its metrics. */
  private interface Visitor {
    void visit(OutputSpec output, Metric metric);
  }

  private static void forEach(
      List<OutputSpec> outputs, RunOutputs by, Measured base, Visitor visitor) {
    for (OutputSpec output : outputs) {
      for (Metric metric : metrics(output, base.rows().get(output.name()), by)) {
        visitor.visit(output, metric);
      }
    }
  }

  private static String key(OutputSpec output, Metric metric) {
    return output.name() + "/" + metric.key();
  }

  private static Optional<Difference> difference(
      String output, Metric metric, Measured run, Measured base) {
    return run.uncertainties().get(output).difference(metric, base.uncertainties().get(output));
  }

  private static List<Comparison.Figure> figures(
      List<OutputSpec> common, RunOutputs by, Measured base, Map<String, List<Raw>> raws) {
    double[] corrected =
        Holm.corrected(
            raws.values().stream()
                .flatMap(List::stream)
                .flatMap(raw -> raw.difference().stream())
                .mapToDouble(Difference::pValue)
                .toArray());
    int[] next = {0};
    List<Comparison.Figure> figures = new ArrayList<>();
    forEach(
        common,
        by,
        base,
        (output, metric) -> {
          List<Comparison.Entry> entries = new ArrayList<>();
          Raw own = new Raw(base, true, Optional.empty());
          entries.add(entry(own, output, metric, OptionalDouble.empty()));
          for (Raw raw : raws.get(key(output, metric))) {
            OptionalDouble p =
                raw.difference().isPresent()
                    ? OptionalDouble.of(corrected[next[0]++])
                    : OptionalDouble.empty();
            entries.add(entry(raw, output, metric, p));
          }
          figures.add(
              new Comparison.Figure(
                  output.name(),
                  metric.key(),
                  metric.higherIsBetter(),
                  base.rows().get(output.name()).size(),
                  entries));
        });
    return figures;
  }

  private static Comparison.Entry entry(
      Raw raw, OutputSpec output, Metric metric, OptionalDouble corrected) {
    Measured run = raw.of();
    Optional<Difference> difference = raw.difference();
    return new Comparison.Entry(
        run.run(),
        metric.compute(run.rows().get(output.name())),
        run.uncertainties().get(output.name()).intervals().get(metric.key()),
        difference,
        corrected,
        raw.base()
            ? Comparison.Verdict.BASELINE
            : verdict(metric.higherIsBetter(), difference, corrected));
  }

  private static Comparison.Verdict verdict(
      boolean higherIsBetter, Optional<Difference> difference, OptionalDouble corrected) {
    if (corrected.isEmpty() || corrected.getAsDouble() >= SIGNIFICANCE) {
      return Comparison.Verdict.NO_DIFFERENCE_SHOWN;
    }
    boolean more = difference.orElseThrow().value() > 0;
    return more == higherIsBetter ? Comparison.Verdict.BETTER : Comparison.Verdict.WORSE;
  }
}
