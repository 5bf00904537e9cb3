package org.mtl4j.experiment.apply;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.run.CountedItems;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Items;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainedData;

/**
 * The items of rows that a run is measured on. A run does not keep in how many training rows each
 * stands: where a metric asks for it, they are counted in its training rows, as long as these are
 * there and as they were.
 */
final class RunItems {
  private final Optional<CountedItems> counted;
  private final Items items;
  private final List<String> warnings;

  private RunItems(Optional<CountedItems> counted, Items items, List<String> warnings) {
    this.counted = counted;
    this.items = items;
    this.warnings = List.copyOf(warnings);
  }

  /** The items of rows, by the column that the run's experiment names, if it names one. */
  static RunItems of(Run run, RunRows rows, ExperimentService service) {
    IdScope scope = rows.served().data().scope();
    Items items = Items.of(rows.measure().evaluation(), rows.source().columns(), scope);
    List<String> asking = asking(rows);
    if (asking.isEmpty()) {
      return new RunItems(Optional.empty(), items, List.of());
    }
    try {
      TrainedData trained = TrainedData.of(run, service);
      Optional<String> change = trained.change();
      return change.isPresent()
          ? new RunItems(Optional.empty(), items, leftOut(asking, change.get()))
          : new RunItems(
              Optional.of(CountedItems.of(trained, rows.source().columns(), scope)),
              items,
              List.of());
    } catch (MtlException e) {
      return new RunItems(Optional.empty(), items, leftOut(asking, e.getMessage()));
    }
  }

  /** The metrics that ask in how many training rows items stand. */
  private static List<String> asking(RunRows rows) {
    Measure measure = rows.measure();
    Stream<Metric> metrics =
        rows.outputs().stream()
            .flatMap(o -> measure.evaluator().metricsOf(o, measure.evaluation().parts()).stream());
    return metrics
        .filter(metric -> metric.needs().contains(RowPart.POPULARITY))
        .map(Metric::key)
        .distinct()
        .toList();
  }

  private static List<String> leftOut(List<String> metrics, String why) {
    return List.of(
        "%s is left out, for which items are counted in the run's training rows: %s"
            .formatted(String.join(", ", metrics), why));
  }

  /** The items of a block's rows; empty where the experiment names no column for them. */
  Optional<RowItems> of(RawBatch block) {
    return counted.isPresent() ? counted.get().of(block) : items.of(block);
  }

  /** What is left out, and why. */
  List<String> warnings() {
    return warnings;
  }
}
