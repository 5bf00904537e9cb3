package org.mtl4j.experiment.run;

import java.util.Map;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.Optimizer;

/**
 * Everything that an experiment file can name, as Guice collected it.
 *
 * @param sources by {@code data.source.type}
 * @param lookups by {@code data.lookups.NAME.type}
 * @param models by {@code model.type} and {@code model.bottom.type}
 * @param updating what turns losses into updates
 * @param metrics all of them
 */
public record Parts(
    Registry<BatchSource> sources,
    Registry<LookupTable> lookups,
    Architectures models,
    Updating updating,
    Map<String, MetricFactory> metrics) {
  /**
   * What turns losses into updates.
   *
   * @param optimizers by {@code training.optimizer.type}
   * @param schedules by {@code training.schedule.type}
   * @param balancings by {@code training.balancing.type}
   */
  public record Updating(
      Registry<Optimizer> optimizers,
      Registry<LearningRateSchedule> schedules,
      Registry<LossBalancing> balancings) {}
}
