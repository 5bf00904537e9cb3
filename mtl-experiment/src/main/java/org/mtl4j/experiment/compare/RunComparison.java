package org.mtl4j.experiment.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.EvaluationRows;
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

  /**
   * One side of a comparison: a run, or several that predict some outputs each and are looked at as
   * one system.
   *
   * @param name what it is called
   * @param runs at least one; of an output that several have the first counts
   */
  public record Rival(String name, List<Run> runs) {
    /**
     * Copies and checks the list.
     *
     * @throws IllegalArgumentException if there is no run
     */
    public Rival {
      if (runs.isEmpty()) {
        throw new IllegalArgumentException("expected runs of " + name + ", found none");
      }
      runs = List.copyOf(runs);
    }

    /** A run by its folder. */
    public static Rival of(Run run) {
      return new Rival(run.files().folder().toString(), List.of(run));
    }

    /** What one of its runs is called. */
    private String name(Run run) {
      return runs.size() == 1 ? name : name + ": " + run.files().folder().getFileName();
    }
  }

  /** A rival with the rows that its runs kept. */
  private record Kept(Rival rival, List<KeptRun> runs) {
    static Kept of(Rival rival) {
      return new Kept(rival, rival.runs().stream().map(KeptRun::of).toList());
    }

    String name() {
      return rival.name();
    }

    Set<String> outputs() {
      Set<String> outputs = new TreeSet<>();
      runs.forEach(kept -> outputs.addAll(kept.rows().digests().keySet()));
      return outputs;
    }

    /** The run whose predictions of an output count. */
    KeptRun of(String output) {
      return runs.stream()
          .filter(kept -> kept.rows().digests().containsKey(output))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A run with its kept rows. */
  private record KeptRun(Run run, KeptRows rows) {
    static KeptRun of(Run run) {
      run.metrics(); // Finished: what is kept is of its export.
      return new KeptRun(run, KeptRows.open(run.files().testPredictions()));
    }

    /**
     * What the predictions of an output mean, in words: its type and its classes in their order.
     */
    String kind(String output) {
      ModelManifest.Output found =
          ManifestFile.read(run.served()).outputs().stream()
              .filter(o -> o.name().equals(output))
              .findFirst()
              .orElseThrow();
      return found.classes().isEmpty() ? found.type() : found.type() + " of " + found.classes();
    }
  }

  /**
   * Compares runs, by their folders' names.
   *
   * @param baseline what the others are compared with
   * @param others at least one
   * @throws MtlException RUNS_DIFFER if they have no output in common, one is of another type or of
   *     other classes, or their test rows differ; FILE_MISSING if one is not finished or keeps no
   *     predictions
   * @throws IllegalArgumentException if there are no others
   */
  public Comparison compare(Run baseline, List<Run> others) {
    return compare(Rival.of(baseline), others.stream().map(Rival::of).toList());
  }

  /**
   * Compares systems of one run or several.
   *
   * @param baseline as {@link #compare(Run, List)}; its metrics are those of its first run
   * @param others as {@link #compare(Run, List)}
   * @throws MtlException as {@link #compare(Run, List)}
   * @throws IllegalArgumentException if there are no others
   */
  public Comparison compare(Rival baseline, List<Rival> others) {
    if (others.isEmpty()) {
      throw new IllegalArgumentException("expected runs to compare with the baseline, found none");
    }
    Kept first = Kept.of(baseline);
    List<Kept> rest = others.stream().map(Kept::of).toList();
    RunOutputs by = RunOutputs.of(baseline.runs().get(0), service);
    List<OutputSpec> common =
        first.runs().stream()
            .flatMap(kept -> own(kept, first, RunOutputs.of(kept.run(), service).outputs()))
            .filter(o -> rest.stream().allMatch(kept -> kept.outputs().contains(o.name())))
            .toList();
    rest.forEach(kept -> checkSame(first, kept, common));
    List<Comparison.Figure> figures =
        new PairedFigures(common, by)
            .of(
                predicted(first, common, by),
                rest.stream().map(kept -> predicted(kept, common, by)).toList());
    List<Comparison.Cost> costs =
        Stream.concat(Stream.of(baseline), others.stream())
            .flatMap(
                rival ->
                    rival.runs().stream().map(run -> RunCosts.of(rival.name(run), run, service)))
            .toList();
    return new Comparison(first.name(), figures, costs);
  }

  /** Those of the outputs that a run of a rival speaks for. */
  private static Stream<OutputSpec> own(KeptRun run, Kept of, List<OutputSpec> outputs) {
    return outputs.stream().filter(output -> of.of(output.name()).equals(run));
  }

  private static void checkSame(Kept baseline, Kept other, List<OutputSpec> common) {
    if (common.isEmpty()) {
      throw differ(
          other,
          "Expected an output that %s has too, found %s and %s."
              .formatted(baseline.name(), other.outputs(), baseline.outputs()));
    }
    for (OutputSpec output : common) {
      String name = output.name();
      KeptRun expected = baseline.of(name);
      KeptRun found = other.of(name);
      if (!expected.kind(name).equals(found.kind(name))) {
        throw differ(
            other,
            "Expected the output %s to be %s, as %s has it, found %s."
                .formatted(name, expected.kind(name), baseline.name(), found.kind(name)));
      }
      if (!expected.rows().digests().get(name).equals(found.rows().digests().get(name))) {
        throw differ(
            other,
            "Expected the test rows of %s, found others: rows, labels, example weights or groups of %s differ (%d rows and %d)."
                .formatted(baseline.name(), name, expected.rows().rows(), found.rows().rows()));
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
    Map<String, EvaluationRows> rows = new LinkedHashMap<>();
    for (KeptRun run : kept.runs()) {
      PredictionCollector collector = by.evaluator().collector(own(run, kept, common).toList());
      run.rows()
          .forEach(block -> collector.add(block.predictions(), block.labels(), block.groups()));
      rows.putAll(collector.rows());
    }
    return new PairedFigures.Predicted(kept.name(), rows);
  }
}
