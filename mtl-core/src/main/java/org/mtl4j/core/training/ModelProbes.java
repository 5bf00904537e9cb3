package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TFloating;

/**
 * Looks into a model in training: at what it declares as {@link Probe}, and at each task's own
 * gradients, for which it adds a backward pass a task to the graph when it is first asked. Neither
 * changes a number of the session.
 */
public final class ModelProbes {
  private final TrainingSession session;
  private final TrainingGraph graph;
  private final Supplier<BatchFeeds> feeds;
  private final List<String> tasks;
  private List<Fetch> gradients = List.of();

  ModelProbes(TrainingSession session, TrainingGraph graph, Supplier<BatchFeeds> feeds) {
    this.session = session;
    this.graph = graph;
    this.feeds = feeds;
    this.tasks = session.spec().tasks().stream().map(FittedTask::name).toList();
  }

  /** The gradient of a task's loss with respect to one of the trained tensors. */
  private record Fetch(int task, int tensor, Operand<TFloating> gradient) {}

  /** What the model declares, by name. */
  public Map<String, Probe> declared() {
    return graph.probes();
  }

  /**
   * What the probes are for n rows, by the pass without dropout.
   *
   * @param which the rows' numbers, n of them
   * @return per probe its tensor, row-major
   */
  public Map<String, float[]> values(EncodedData rows, int[] which) {
    Map<String, float[]> values = new LinkedHashMap<>();
    if (declared().isEmpty()) {
      return values;
    }
    try (BatchFeeds fed = feeds.get()) {
      fed.inputs(batch(session.inputLayout(which.length), rows, which));
      Session.Runner runner = fed.runner();
      declared().values().forEach(probe -> runner.fetch(probe.tensor()));
      try (Result result = runner.run()) {
        int next = 0;
        for (String name : declared().keySet()) {
          values.put(name, numbers(result.get(next++)));
        }
      }
    }
    return values;
  }

  /**
   * How the tasks' gradients go together over n rows, by the training pass: of each task's mean
   * loss before its {@code loss_weight}, regularisers left out.
   *
   * @param which the rows' numbers, n of them
   * @param step the number of the step, which dropout depends on
   */
  public TaskGradients gradients(EncodedData rows, int[] which, long step) {
    if (gradients.isEmpty()) {
      gradients = fetches();
    }
    Batch batch = batch(session.batchLayout(which.length), rows, which);
    try (BatchFeeds fed = feeds.get()) {
      fed.step(batch, new Pace(step, Integer.MAX_VALUE, 1));
      Session.Runner runner = fed.runner();
      gradients.forEach(fetch -> runner.fetch(fetch.gradient()));
      try (Result result = runner.run()) {
        return products(result, batch);
      }
    }
  }

  private List<Fetch> fetches() {
    List<Fetch> fetches = new ArrayList<>();
    for (int t = 0; t < tasks.size(); t++) {
      String task = tasks.get(t);
      for (TaskLoss loss : graph.losses().tasks()) {
        if (loss.task().equals(task)) {
          List<Optional<Operand<TFloating>>> found = graph.gradients(loss.mean());
          for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isPresent()) {
              fetches.add(new Fetch(t, i, found.get(i).get()));
            }
          }
        }
      }
    }
    return fetches;
  }

  private static Batch batch(BatchLayout layout, EncodedData rows, int[] which) {
    Batch batch = new Batch(layout);
    batch.fill(rows, which, 0, which.length);
    return batch;
  }

  private TaskGradients products(Result result, Batch batch) {
    int tensors = graph.trainedValues().size();
    float[][][] values = new float[tensors][tasks.size()][];
    for (int i = 0; i < gradients.size(); i++) {
      Fetch fetch = gradients.get(i);
      float[][] of = values[fetch.tensor()];
      float[] found = numbers(result.get(i));
      of[fetch.task()] = of[fetch.task()] == null ? found : sum(of[fetch.task()], found);
    }
    GradientProducts products = new GradientProducts(tasks.size());
    int dense = graph.trained().size();
    for (int i = 0; i < dense; i++) {
      products.addVariable(graph.trained().get(i).name(), values[i]);
    }
    for (int i = dense; i < tensors; i++) {
      TrainingInputs.Store store = graph.inputs().trainedStores().get(i - dense);
      products.addRows(store, batch.ids().get(i - dense).unique(), values[i]);
    }
    return new TaskGradients(tasks, products.layers());
  }

  private static float[] sum(float[] one, float[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] += other[i];
    }
    return one;
  }

  private static float[] numbers(Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.shape().size())];
    Tensors.copy(tensor, numbers, 0);
    return numbers;
  }
}
