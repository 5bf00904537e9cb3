package org.mtl4j.experiment.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.model.Predictor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.importance.Importance;
import org.mtl4j.eval.importance.LabelledRows;
import org.mtl4j.eval.importance.PermutationImportance;
import org.mtl4j.experiment.apply.RunRows;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainedData;

/** Finds what a run's figures rest on, by its export alone. */
public final class ImportanceStudy {
  /** By which one number an output is judged: the first that it has. */
  private static final List<String> PRIMARY = List.of("auc", "rmse", "log_loss");

  private final ExperimentService service;

  /** Over the parts that the run's experiment names. */
  public ImportanceStudy(ExperimentService service) {
    this.service = service;
  }

  /**
   * Permutes each column of the rows that a run's export reads.
   *
   * @param begun hears of each column before it is permuted
   * @throws MtlException FILE_MISSING if the run is not finished, NO_ROWS if there are no rows,
   *     UNKNOWN_NAME for a metric that there is not, USAGE if no output has one of them, and for
   *     whatever is wrong with the data
   */
  public RunImportance of(Run run, ImportanceRequest request, Consumer<String> begun) {
    RunRows source =
        request.files().isEmpty()
            ? RunRows.test(run, service)
            : RunRows.of(run, request.files(), service);
    ExperimentPlan plan = service.read(ConfigFile.readLeniently(run.files().experiment()));
    Map<OutputSpec, List<Metric>> measured = measured(plan, source.outputs(), request.metrics());
    Seed seed = new Seed(request.seed());
    RowSample sample = RowSample.of(source.source(), request.rows(), seed.child("rows"));
    RawBatch rows = sample.rows().orElseThrow(() -> noRows(request));
    LabelledRows labelled = new LabelledRows(rows, source.labels(rows), source.groups(rows));
    ImportanceSets sets = new ImportanceSets(source.served().manifest(), plan.features());
    try (Predictor model = source.served().load()) {
      List<Importance> found =
          new PermutationImportance(model, request.repeats(), seed)
              .of(labelled, measured, sets.sets(), set -> begun.accept(set.name()));
      List<String> warnings = new ArrayList<>(source.source().warnings());
      warnings.addAll(lacking(measured, labelled.labels(), found));
      if (request.files().isEmpty()) {
        TrainedData.of(run, service).change().ifPresent(warnings::add);
      }
      return new RunImportance(
          run.files().folder().toString(),
          rows.rowCount(),
          sample.total(),
          sets.features(),
          sorted(found, source.outputs()),
          warnings);
    }
  }

  private static MtlException noRows(ImportanceRequest request) {
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            request.files().isEmpty() ? "data.split" : "--data",
            request.files().isEmpty()
                ? "Expected test rows to permute, found none: the run's split leaves none."
                : "Expected rows to permute, found none that the experiment's rules keep.",
            "Give files with rows by --data."));
  }

  private Map<OutputSpec, List<Metric>> measured(
      ExperimentPlan plan, List<OutputSpec> outputs, List<String> names) {
    EvaluationSettings settings = plan.config().evaluation().settings();
    boolean grouped = plan.config().evaluation().groupBy().isPresent();
    Set<RowPart> parts = grouped ? Set.of(RowPart.GROUPS) : Set.of();
    Evaluator evaluator = evaluator(names.isEmpty() ? PRIMARY : names, settings);
    Map<OutputSpec, List<Metric>> measured = new LinkedHashMap<>();
    for (OutputSpec output : outputs) {
      Stream<Metric> metrics = evaluator.metricsOf(output, parts).stream().filter(Metric::judges);
      List<Metric> taken = (names.isEmpty() ? metrics.limit(1) : metrics).toList();
      if (!taken.isEmpty()) {
        measured.put(output, taken);
      }
    }
    if (measured.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              "--metrics",
              "Expected metrics that judge an output of %s, found %s."
                  .formatted(outputs.stream().map(OutputSpec::name).toList(), names),
              "Take for instance auc for binary outputs, rmse for regressions."));
    }
    return measured;
  }

  private Evaluator evaluator(List<String> names, EvaluationSettings settings) {
    try {
      return Evaluator.of(service.parts().metrics(), Optional.of(names), settings);
    } catch (MtlException e) {
      throw e.at("--metrics");
    }
  }

  /** Figures that the rows do not define. */
  private static List<String> lacking(
      Map<OutputSpec, List<Metric>> measured,
      Map<String, LabelColumn> labels,
      List<Importance> found) {
    List<String> lacking = new ArrayList<>();
    measured.forEach(
        (output, metrics) ->
            metrics.stream()
                .filter(
                    metric ->
                        found.stream()
                            .noneMatch(
                                i ->
                                    i.of().output().equals(output.name())
                                        && i.of().metric().equals(metric.key())))
                .forEach(
                    metric ->
                        lacking.add(
                            "%s/%s is not defined on these rows, %d of which have a say"
                                .formatted(
                                    output.name(),
                                    metric.key(),
                                    says(labels.get(output.name()))))));
    return lacking;
  }

  private static int says(LabelColumn labels) {
    int says = 0;
    for (boolean say : labels.mask()) {
      says += say ? 1 : 0;
    }
    return says;
  }

  private static List<Importance> sorted(List<Importance> found, List<OutputSpec> outputs) {
    List<String> order = outputs.stream().map(OutputSpec::name).toList();
    List<String> metrics = found.stream().map(i -> i.of().metric()).distinct().toList();
    return found.stream()
        .sorted(
            Comparator.comparingInt((Importance i) -> order.indexOf(i.of().output()))
                .thenComparingInt(i -> metrics.indexOf(i.of().metric()))
                .thenComparing(Comparator.comparingDouble(Importance::mean).reversed()))
        .toList();
  }
}
