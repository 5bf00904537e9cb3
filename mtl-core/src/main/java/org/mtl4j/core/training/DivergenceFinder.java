package org.mtl4j.core.training;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.head.TaskLoss;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.family.TFloating;

/**
 * Finds out what was not finite in a step that the {@link FiniteCheck} refused. It computes the
 * step again, update left out, and then each task's gradients alone, whose operations it adds to
 * the graph: that takes seconds, and happens once in a run's life.
 */
final class DivergenceFinder {
  private final TrainingGraph graph;
  private final FloatType type;
  private final Batch batch;

  DivergenceFinder(TrainingGraph graph, Batch batch) {
    this.graph = graph;
    this.type = graph.variables().type();
    this.batch = batch;
  }

  /**
   * Looks for the culprits.
   *
   * @param feeds makes what runs are fed
   */
  Divergence find(Pace pace, Supplier<BatchFeeds> feeds) {
    List<BatchFeeds> open = new ArrayList<>();
    try {
      return find(
          pace.step(),
          () -> {
            BatchFeeds fed = feeds.get();
            open.add(fed);
            fed.step(batch, pace);
            return fed.runner();
          });
    } finally {
      open.forEach(BatchFeeds::close);
    }
  }

  private Divergence find(long step, Supplier<Session.Runner> fed) {
    List<TaskLoss> losses = graph.losses().tasks();
    List<Operand<TFloating>> means = new ArrayList<>(List.of(graph.loss()));
    losses.forEach(loss -> means.add(loss.mean()));
    Map<String, Double> badLosses = new LinkedHashMap<>();
    try (Result result = run(fed, means)) {
      for (int i = 0; i < means.size(); i++) {
        double loss = Tensors.scalar(result.get(i));
        if (!Double.isFinite(loss)) {
          badLosses.put(i == 0 ? Divergence.TOTAL : losses.get(i - 1).task(), loss);
        }
      }
    }
    Set<Divergence.Place> values =
        bad(fed, graph.trainedValues().stream().map(Optional::of).toList());
    Map<Divergence.Place, Set<String>> gradients = new LinkedHashMap<>();
    bad(fed, graph.appliedGradients()).forEach(p -> gradients.put(p, new LinkedHashSet<>()));
    if (!gradients.isEmpty()) {
      for (TaskLoss loss : losses) {
        bad(fed, graph.gradients(loss.mean())).stream()
            .filter(gradients::containsKey)
            .forEach(place -> gradients.get(place).add(loss.task()));
      }
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    graph.tasks().forEach(task -> weights.put(task.name(), task.lossWeight()));
    return new Divergence(step, badLosses, List.copyOf(values), gradients, weights);
  }

  /** Where tensors, in the order of {@link TrainingGraph#trainedValues}, are not finite. */
  private Set<Divergence.Place> bad(
      Supplier<Session.Runner> fed, List<Optional<Operand<TFloating>>> tensors) {
    Set<Divergence.Place> places = new LinkedHashSet<>();
    List<Operand<TFloating>> there = tensors.stream().flatMap(Optional::stream).toList();
    if (there.isEmpty()) {
      return places;
    }
    try (Result result = run(fed, there)) {
      int next = 0;
      for (int i = 0; i < tensors.size(); i++) {
        if (tensors.get(i).isPresent()) {
          addBad(i, result.get(next++), places);
        }
      }
    }
    return places;
  }

  private static Result run(Supplier<Session.Runner> fed, List<Operand<TFloating>> fetches) {
    Session.Runner runner = fed.get();
    fetches.forEach(runner::fetch);
    return runner.run();
  }

  private void addBad(int index, Tensor tensor, Set<Divergence.Place> places) {
    ByteBuffer bytes = Tensors.bytes(tensor);
    int element = Tensors.firstNotFinite(type, bytes);
    if (element < 0) {
      return;
    }
    int dense = graph.trained().size();
    if (index < dense) {
      places.add(new Divergence.Place(graph.trained().get(index).name(), Optional.empty()));
      return;
    }
    int width = (int) tensor.shape().get(1);
    int store = index - dense;
    while (element >= 0) {
      int row = element / width;
      places.add(place(store, row));
      bytes.position((row + 1) * width * Tensors.width(type));
      int next = Tensors.firstNotFinite(type, bytes);
      element = next < 0 ? next : (row + 1) * width + next;
    }
  }

  /** The table and id of a gathered row. */
  private Divergence.Place place(int index, int row) {
    TrainingInputs.Store store = graph.inputs().stores().get(index);
    LongBuffer unique = batch.ids().get(index).unique();
    long id = unique.get(unique.position() + row);
    EmbeddingTable table =
        store.tables().stream()
            .filter(t -> id >= t.offset() && id < t.offset() + t.rows())
            .findFirst()
            .orElseThrow();
    return new Divergence.Place(table.variableName(), Optional.of(id - table.offset()));
  }
}
