package org.mtl4j.experiment.run;

import java.util.Map;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.optimizer.Optimizer;

/**
 * Everything that an experiment file can name, as Guice collected it.
 *
 * @param sources by {@code data.source.type}
 * @param lookups by {@code data.lookups.NAME.type}
 * @param models by {@code model.type}
 * @param optimizers by {@code training.optimizer.type}
 * @param balancings by {@code training.balancing.type}
 * @param metrics all of them
 */
public record Parts(
    Registry<BatchSource> sources,
    Registry<LookupTable> lookups,
    Registry<MultiTaskModel> models,
    Registry<Optimizer> optimizers,
    Registry<LossBalancing> balancings,
    Map<String, MetricFactory> metrics) {}
