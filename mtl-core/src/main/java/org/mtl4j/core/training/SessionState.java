package org.mtl4j.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.optimizer.UpdateContext;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Session;

/**
 * Puts numbers into a session's variables and takes them out: first values, checkpoints. Tables go
 * in slices of rows.
 */
final class SessionState implements TrainedState {
  /** A logical table, or an optimiser's slot of it, among the rows of its store. */
  private record Rows(StoreRows store, EmbeddingTable table) {}

  private final Set<String> model = new HashSet<>();
  private final DenseValues dense;
  private final List<StoreRows> stores = new ArrayList<>();
  private final Map<StateTensor, Rows> tables = new LinkedHashMap<>();

  /** Adds what it needs to the graph; the session must not have run before. */
  SessionState(TrainingGraph graph, Session session) {
    GraphContext context = GraphContext.inference(graph.graph(), graph.variables(), "state");
    this.dense = new DenseValues(context, session);
    graph.modelVariables().forEach(variable -> model.add(variable.name()));
    for (RowTable table : graph.variables().tables()) {
      StoreRows rows = new StoreRows(context.scope("rows_" + stores.size()), session, table);
      stores.add(rows);
      graph.inputs().stores().forEach(store -> addTables(rows, store));
    }
  }

  /** The logical tables in the rows of a store, or in those of a slot of it. */
  private void addTables(StoreRows rows, TrainingInputs.Store store) {
    RowTable home = rows.home();
    Optional<String> slot = UpdateContext.slotOf(store.table().name(), home.name());
    if (slot.isEmpty() && !home.name().equals(store.table().name())) {
      return;
    }
    for (EmbeddingTable table : store.tables()) {
      String name = table.variableName();
      model.add(name);
      List<Long> shape = List.of(table.rows(), (long) home.width());
      tables.put(
          new StateTensor(
              slot.map(s -> UpdateContext.slotName(s, name)).orElse(name),
              shape,
              home.type(),
              true),
          new Rows(rows, table));
    }
  }

  /** Gives every variable its first values. */
  void initialize(Seed seed) {
    dense.initialize(seed);
    stores.forEach(StoreRows::allocate);
    tables.values().forEach(rows -> rows.store().initialize(rows.table(), seed));
  }

  @Override
  public List<StateTensor> tensors() {
    List<StateTensor> tensors = new ArrayList<>(dense.tensors());
    tensors.addAll(tables.keySet());
    return tensors;
  }

  @Override
  public void read(StateTensor tensor, Pieces pieces) throws IOException {
    if (dense.has(tensor)) {
      dense.read(tensor, pieces);
    } else {
      Rows rows = tables.get(tensor);
      rows.store().read(rows.table(), pieces);
    }
  }

  @Override
  public void readAll(TensorPieces pieces) throws IOException {
    dense.readAll(pieces);
    for (StateTensor tensor : tables.keySet()) {
      read(tensor, piece -> pieces.accept(tensor, piece));
    }
  }

  /**
   * Takes over another state's numbers, into the room that {@link #initialize} made.
   *
   * @throws IOException if they cannot be read
   * @throws IllegalStateException if its tensors are not these
   */
  void restore(TrainedState other) throws IOException {
    if (!List.copyOf(other.tensors()).equals(tensors())) {
      throw new IllegalStateException(
          "expected the tensors " + tensors() + ", found " + other.tensors());
    }
    dense.restore(other);
    for (Map.Entry<StateTensor, Rows> entry : tables.entrySet()) {
      entry.getValue().store().restore(entry.getValue().table(), entry.getKey(), other);
    }
  }

  /**
   * Takes over what matches of another state, as {@link TrainingSession#transfer} says.
   *
   * @throws IOException if it cannot be read
   */
  TransferReport transfer(TrainedState other, StateTransfer rules) throws IOException {
    TensorMatches matches = new TensorMatches(rules, other.tensors());
    dense.tensors().stream().filter(tensor -> isPart(tensor, rules)).forEach(matches::addDense);
    tables.forEach(
        (tensor, rows) -> {
          if (isPart(tensor, rules)) {
            matches.addRows(tensor, rows.table().name());
          }
        });
    dense.take(matches.dense(), other);
    List<TransferReport.Means> means = new ArrayList<>();
    for (TensorMatches.Rows match : matches.rows()) {
      Rows rows = tables.get(match.tensor());
      rows.store().take(rows.table(), match.source(), other, match.mapping());
      SimilarRows similar = rules.similar().get(rows.table().name());
      if (similar != null && match.tensor().name().equals(rows.table().variableName())) {
        List<Integer> filled =
            new SimilarMeans(rows.store(), rows.table(), similar, match.mapping().taken()).fill();
        means.add(new TransferReport.Means(match.tensor().name(), filled));
      }
    }
    return matches.report(means);
  }

  private boolean isPart(StateTensor tensor, StateTransfer rules) {
    return rules.extent() == StateTransfer.Extent.TRAINING || model.contains(tensor.name());
  }
}
