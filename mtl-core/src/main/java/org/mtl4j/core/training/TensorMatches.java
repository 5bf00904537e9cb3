package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.feature.RowMapping;
import org.mtl4j.core.optimizer.UpdateContext;

/** Finds for a state's tensors those of another state that they can be taken from. */
final class TensorMatches {
  private static final String BALANCING = "balancing/";

  /**
   * A table that takes rows.
   *
   * @param tensor its own
   * @param source the other state's
   * @param mapping which rows become which
   */
  record Rows(StateTensor tensor, StateTensor source, RowMapping mapping) {}

  private final StateTransfer rules;
  private final Map<String, StateTensor> sources = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final Map<StateTensor, StateTensor> dense = new LinkedHashMap<>();
  private final List<Rows> rows = new ArrayList<>();
  private final List<TransferReport.Left> fresh = new ArrayList<>();

  /** Nothing matched yet, of the tensors that there are. */
  TensorMatches(StateTransfer rules, List<StateTensor> sources) {
    this.rules = rules;
    sources.forEach(tensor -> this.sources.put(tensor.name(), tensor));
  }

  /** Looks for a dense variable, or a slot of one. */
  void addDense(StateTensor tensor) {
    asked.add(tensor.name());
    Optional<String> why = denseLack(tensor);
    if (why.isPresent()) {
      fresh.add(new TransferReport.Left(tensor.name(), why.get()));
    } else {
      dense.put(tensor, sources.get(tensor.name()));
    }
  }

  private Optional<String> denseLack(StateTensor tensor) {
    StateTensor source = sources.get(tensor.name());
    if (source == null) {
      return Optional.of("the source has none");
    }
    if (!source.equals(tensor)) {
      return Optional.of("its shape is %s, the source's %s".formatted(form(tensor), form(source)));
    }
    return unlike(tensor);
  }

  private Optional<String> unlike(StateTensor tensor) {
    StateTensor owner =
        new StateTensor(owner(tensor.name()), tensor.shape(), tensor.type(), tensor.byRows());
    return rules.unlike().stream()
        .filter(unlike -> unlike.which().test(owner))
        .map(StateTransfer.Unlike::why)
        .findFirst();
  }

  /** Looks for a table's rows, or a slot of them. */
  void addRows(StateTensor tensor, String table) {
    asked.add(tensor.name());
    StateTensor source = sources.get(tensor.name());
    RowMapping mapping = rules.tables().get(table);
    Optional<String> unlike = unlike(tensor);
    if (source == null) {
      fresh.add(new TransferReport.Left(tensor.name(), "the source has none"));
    } else if (!sameWidth(tensor, source)) {
      String why = "its shape is %s, the source's %s".formatted(form(tensor), form(source));
      fresh.add(new TransferReport.Left(tensor.name(), why));
    } else if (unlike.isPresent()) {
      fresh.add(new TransferReport.Left(tensor.name(), unlike.get()));
    } else if (mapping == null) {
      fresh.add(new TransferReport.Left(tensor.name(), "none of its ids is one of the source's"));
    } else if (mapping.sourceRows() != source.shape().get(0)
        || mapping.targetRows() != tensor.shape().get(0)) {
      throw new IllegalArgumentException(
          "%s: expected a mapping from %d to %d rows, found one from %d to %d"
              .formatted(
                  tensor.name(),
                  source.shape().get(0),
                  tensor.shape().get(0),
                  mapping.sourceRows(),
                  mapping.targetRows()));
    } else {
      rows.add(new Rows(tensor, source, mapping));
    }
  }

  private static boolean sameWidth(StateTensor tensor, StateTensor source) {
    return source.byRows()
        && source.type() == tensor.type()
        && source.shape().get(1).equals(tensor.shape().get(1));
  }

  private static String form(StateTensor tensor) {
    return tensor.shape() + " of " + tensor.type();
  }

  /** The variable that a slot belongs to, {@code optimizer/SLOT/VARIABLE}; others are their own. */
  private static String owner(String name) {
    if (!name.startsWith(UpdateContext.SLOTS)) {
      return name;
    }
    return name.substring(name.indexOf('/', UpdateContext.SLOTS.length()) + 1);
  }

  /** Per dense variable what it is taken from. */
  Map<StateTensor, StateTensor> dense() {
    return dense;
  }

  /** The tables that take rows. */
  List<Rows> rows() {
    return rows;
  }

  /**
   * What was found, and what was not.
   *
   * @param similar what was made of it
   */
  TransferReport report(List<TransferReport.Means> similar) {
    return new TransferReport(
        dense.keySet().stream().map(StateTensor::name).toList(),
        rows.stream()
            .map(
                match ->
                    new TransferReport.Rows(
                        match.tensor().name(),
                        match.mapping().copied(),
                        match.mapping().targetRows(),
                        match.mapping().sourceRows()))
            .toList(),
        fresh,
        sources.keySet().stream()
            .filter(name -> !asked.contains(name) && isPart(name))
            .map(name -> new TransferReport.Left(name, "this model has none"))
            .toList(),
        similar);
  }

  private boolean isPart(String name) {
    return rules.extent() == StateTransfer.Extent.TRAINING
        || !(name.startsWith(UpdateContext.SLOTS) || name.startsWith(BALANCING));
  }
}
