package org.mtl4j.core.training;

import com.google.common.math.LongMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.optimizer.UpdateContext;

/**
 * What a training graph's variables will take in memory, known before any of it is there. Beside
 * them a session needs little: tables are written and read in slices of a few megabytes.
 *
 * @param bytes of tables, dense variables and their slots; 2^63 - 1 if they are more
 * @param arithmetic how that comes about, a part per width of tables
 * @param blame what takes most
 */
record MemoryNeed(long bytes, List<String> arithmetic, Blame blame) {
  /**
   * What takes most of it.
   *
   * @param where its name
   * @param remedy how large it is, and what to do about it
   */
  record Blame(String where, String remedy) {}

  /** The need of a graph. */
  static MemoryNeed of(TrainingGraph graph) {
    Variables variables = graph.variables();
    int element = Tensors.width(variables.type());
    List<String> parts = new ArrayList<>();
    long tables = 0;
    for (TrainingInputs.Store store : graph.inputs().stores()) {
      List<RowTable> slots =
          variables.tables().stream()
              .filter(table -> slot(table, store.table()).isPresent())
              .toList();
      long width = store.table().width() + slots.stream().mapToLong(RowTable::width).sum();
      long size = product(store.table().rows(), width, element);
      tables = LongMath.saturatedAdd(tables, size);
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
    long dense = 0;
    for (Variable variable : variables.dense()) {
      dense = LongMath.saturatedAdd(dense, bytes(variable, element));
    }
    parts.add("dense variables with their slots " + gigabytes(dense));
    Blame blame = dense > tables ? blameVariable(graph) : blameTable(graph);
    return new MemoryNeed(LongMath.saturatedAdd(tables, dense), parts, blame);
  }

  private static long bytes(Variable variable, int element) {
    long[] sizes =
        LongStream.concat(LongStream.of(element), LongStream.of(variable.shape().asArray()))
            .toArray();
    return product(sizes);
  }

  private static long product(long... factors) {
    return LongStream.of(factors).reduce(1, LongMath::saturatedMultiply);
  }

  private static Optional<String> slot(RowTable table, RowTable store) {
    return UpdateContext.slotOf(store.name(), table.name());
  }

  /** {@code + 16 adagrad} of {@code optimizer/adagrad/embedding_store/dim_16}. */
  private static String spell(RowTable slot, RowTable store) {
    return " + " + slot.width() + " " + slot(slot, store).orElseThrow();
  }

  private static Blame blameTable(TrainingGraph graph) {
    return graph.inputs().stores().stream()
        .flatMap(store -> store.tables().stream())
        .max(Comparator.comparingLong(table -> product(table.rows(), table.store().width())))
        .map(table -> new Blame(table.variableName(), remedy(table, form(graph, table))))
        .orElseGet(() -> blameVariable(graph));
  }

  private static Blame blameVariable(TrainingGraph graph) {
    return graph.modelVariables().stream()
        .max(Comparator.comparingLong(variable -> bytes(variable, 1)))
        .map(largest -> new Blame(largest.name(), remedy(largest)))
        .orElse(new Blame("model", "Take a machine (or container) with more memory."));
  }

  private static String remedy(Variable variable) {
    return "The largest variable, %s, has the shape %s: make the layers of the model narrower, take fewer experts, lower the features' dim, or take a machine (or container) with more memory."
        .formatted(variable.name(), shape(variable));
  }

  private static String shape(Variable variable) {
    return Arrays.toString(variable.shape().asArray());
  }

  /**
   * Refuses dense variables larger than a buffer: they are read and written whole.
   *
   * @throws MtlException MEMORY with name and shape
   */
  static void checkVariables(TrainingGraph graph) {
    int element = Tensors.width(graph.variables().type());
    for (Variable variable : graph.modelVariables()) {
      long size = bytes(variable, element);
      if (size > Integer.MAX_VALUE) {
        throw new MtlException(
            new Problem(
                ErrorCode.MEMORY,
                variable.name(),
                String.format(
                    Locale.ROOT,
                    "Expected variables of at most %,d bytes; found %s of the shape %s, %s.",
                    Integer.MAX_VALUE,
                    variable.name(),
                    shape(variable),
                    gigabytes(size)),
                "Make the layers of the model narrower, take fewer experts, or lower the features' dim."));
      }
    }
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
            blame.where(),
            "Expected tables, optimiser slots and variables that fit into memory, %s less %s in use; found %s: %s."
                .formatted(
                    gigabytes(limit),
                    gigabytes(resident),
                    gigabytes(bytes),
                    String.join("; ", arithmetic)),
            blame.remedy()));
  }

  /** {@code 1,000 rows of 32}, and how many embeddings that is if the model has several. */
  private static String form(TrainingGraph graph, EmbeddingTable table) {
    int count = graph.inputs().embeddings().count();
    boolean trained =
        graph.inputs().trainedStores().stream().anyMatch(store -> store.tables().contains(table));
    int width = table.store().width();
    String rows = String.format(Locale.ROOT, "%,d rows of %d", table.rows(), width);
    return trained && count > 1
        ? "%s, %d embeddings of %d".formatted(rows, count, width / count)
        : rows;
  }

  private static String remedy(EmbeddingTable table, String form) {
    if (table.first().isPresent()) {
      return ("The largest table, %s, has %s from a file: name one with fewer or narrower vectors"
              + " under features.%s.path, or take a machine (or container) with more memory.")
          .formatted(table.variableName(), form, table.name());
    }
    return ("The largest table, %s, has %s: lower its features' dim or hash_buckets or raise"
            + " their min_count, take training.embedding_optimizer: {type: rowwise_adagrad} with its"
            + " one slot value a row, or a machine (or container) with more memory.")
        .formatted(table.variableName(), form);
  }

  /** Bytes in units of 10^9, as all refusals for want of memory spell them. */
  static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.2f GB", bytes / 1e9);
  }
}
