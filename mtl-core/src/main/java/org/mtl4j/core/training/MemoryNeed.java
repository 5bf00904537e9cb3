package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.optimizer.UpdateContext;

/**
 * What a training graph's variables will take in memory, known before any of it is there. Beside
 * them a session needs little: tables are written and read in slices of a few megabytes.
 *
 * @param bytes of tables, dense variables and their slots
 * @param arithmetic how that comes about, a part per width of tables
 * @param largest the table that takes most; empty if there is none
 */
record MemoryNeed(long bytes, List<String> arithmetic, Optional<EmbeddingTable> largest) {
  /** The need of a graph. */
  static MemoryNeed of(TrainingGraph graph) {
    Variables variables = graph.variables();
    int element = Tensors.width(variables.type());
    List<String> parts = new ArrayList<>();
    long bytes = 0;
    for (TrainingInputs.Store store : graph.inputs().stores()) {
      List<RowTable> slots =
          variables.tables().stream()
              .filter(table -> slot(table, store.table()).isPresent())
              .toList();
      long width = store.table().width() + slots.stream().mapToLong(RowTable::width).sum();
      long size = store.table().rows() * width * element;
      bytes += size;
      parts.add(
          String.format(
              Locale.ROOT,
              "%,d rows x (%d%s) x %d bytes = %s",
              store.table().rows(),
              store.table().width(),
              slots.stream().map(s -> spell(s, store.table())).collect(Collectors.joining()),
              element,
              gigabytes(size)));
    }
    long dense = variables.dense().stream().mapToLong(v -> v.size() * element).sum();
    parts.add("dense variables with their slots " + gigabytes(dense));
    return new MemoryNeed(bytes + dense, parts, largest(graph));
  }

  private static Optional<String> slot(RowTable table, RowTable store) {
    return UpdateContext.slotOf(store.name(), table.name());
  }

  /** {@code + 16 adagrad} of {@code optimizer/adagrad/embedding_store/dim_16}. */
  private static String spell(RowTable slot, RowTable store) {
    return " + " + slot.width() + " " + slot(slot, store).orElseThrow();
  }

  private static Optional<EmbeddingTable> largest(TrainingGraph graph) {
    return graph.inputs().stores().stream()
        .flatMap(store -> store.tables().stream())
        .max(Comparator.comparingLong(table -> table.rows() * table.store().width()));
  }

  /**
   * Refuses what cannot fit.
   *
   * @param resident what the process uses already
   * @param limit what it may use
   * @throws MtlException MEMORY with the arithmetic
   */
  void check(long resident, long limit) {
    if (bytes <= limit - resident) {
      return;
    }
    throw new MtlException(
        new Problem(
            ErrorCode.MEMORY,
            largest.map(EmbeddingTable::variableName).orElse("model"),
            "Expected tables, optimiser slots and variables that fit into memory, %s less %s in use; found %s: %s."
                .formatted(
                    gigabytes(limit),
                    gigabytes(resident),
                    gigabytes(bytes),
                    String.join("; ", arithmetic)),
            largest.map(MemoryNeed::remedy).orElse("Make the model's layers smaller.")));
  }

  private static String remedy(EmbeddingTable table) {
    return String.format(
        Locale.ROOT,
        "The largest table, %s, has %,d rows of %d: lower its features' dim or hash_buckets or raise"
            + " their min_count, take training.embedding_optimizer: {type: rowwise_adagrad} with its"
            + " one slot value a row, or a machine (or container) with more memory.",
        table.variableName(),
        table.rows(),
        table.store().width());
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.2f GB", bytes / 1e9);
  }
}
