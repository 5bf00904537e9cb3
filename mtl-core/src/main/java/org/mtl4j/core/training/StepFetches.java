package org.mtl4j.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.head.TaskLoss;
import org.tensorflow.Result;
import org.tensorflow.Session;

/** What a step tells of itself: its losses and the weights of the tasks. */
final class StepFetches {
  private final TrainingGraph graph;
  private final List<TaskLoss> losses;

  StepFetches(TrainingGraph graph) {
    this.graph = graph;
    this.losses = graph.losses().tasks();
  }

  /** Asks a run for them, before all else that it is asked for. */
  Session.Runner of(Session.Runner runner) {
    runner.fetch(graph.loss());
    losses.forEach(loss -> runner.fetch(loss.mean()));
    graph.taskWeights().ifPresent(weights -> runner.fetch(weights.tensor()));
    return runner;
  }

  /** Reads what the run gave. */
  StepLosses read(Result result) {
    Map<String, Double> tasks = new LinkedHashMap<>();
    for (int i = 0; i < losses.size(); i++) {
      tasks.merge(losses.get(i).task(), Tensors.scalar(result.get(i + 1)), Double::sum);
    }
    Map<String, Double> weights =
        graph
            .taskWeights()
            .map(of -> of.read(Tensors.doubles(result.get(losses.size() + 1))))
            .orElse(Map.of());
    return new StepLosses(Tensors.scalar(result.get(0)), tasks, weights);
  }
}
