package org.mtl4j.core.training;

import java.util.function.Supplier;
import org.mtl4j.core.batch.Batch;
import org.tensorflow.Result;

/**
 * A step whose batch is computed at once.
 *
 * @param graph what is trained
 * @param feeds makes what runs are fed
 */
record WholeStep(TrainingGraph graph, Supplier<BatchFeeds> feeds) {
  /** Takes the step. */
  StepLosses take(Batch batch, Pace pace) {
    try (BatchFeeds fed = feeds.get()) {
      fed.step(batch, pace);
      StepFetches fetches = new StepFetches(graph);
      StepLosses taken;
      try (Result result = fetches.of(fed.runner().addTarget(graph.update(pace.epoch()))).run()) {
        taken = fetches.read(result);
      }
      graph.ends().step().ifPresent(action -> fed.runner().addTarget(action).run().close());
      return taken;
    }
  }
}
