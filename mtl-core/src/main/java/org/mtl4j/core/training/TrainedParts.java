package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.TrainingInputs.Store;
import org.mtl4j.core.graph.EmbeddingTable;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.training.VariableGroup.Treatment;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What of a model is trained, and how: the dense variables that are not frozen for good, then the
 * stores of tables. Tables of one store may be treated differently; what is frozen of a store's
 * rows has gradients of 0, which neither balancing nor a norm then sees.
 */
final class TrainedParts {
  private final FloatType type;
  private final List<Variable> dense;
  private final List<Store> stores;
  private final Map<String, Treatment> treatments = new LinkedHashMap<>();
  private final TreeMap<Integer, Placeholder<TFloating>> thaws = new TreeMap<>();

  /**
   * The parts of a model.
   *
   * @param context where to make the switches of what is thawed
   * @param groups of the variables
   * @param variables all dense ones of the model
   * @param stores those whose rows may be trained
   * @throws MtlException UNKNOWN_NAME if a pattern matches nothing
   */
  TrainedParts(
      GraphContext context,
      List<VariableGroup> groups,
      List<Variable> variables,
      List<Store> stores) {
    this.type = context.variables().type();
    this.stores = stores;
    List<String> names = new ArrayList<>();
    variables.forEach(variable -> names.add(variable.name()));
    stores.forEach(store -> store.tables().forEach(table -> names.add(table.variableName())));
    check(groups, names);
    for (String name : names) {
      Treatment treatment =
          groups.stream()
              .filter(group -> group.matches(name))
              .findFirst()
              .map(VariableGroup::treatment)
              .orElse(Treatment.USUAL);
      treatments.put(name, treatment);
      if (treatment.from() > 0 && !treatment.isFrozen()) {
        thaws.computeIfAbsent(treatment.from(), epoch -> thaw(context));
      }
    }
    this.dense = variables.stream().filter(variable -> !treatment(variable).isFrozen()).toList();
  }

  private Placeholder<TFloating> thaw(GraphContext context) {
    return context.tf().placeholder(type.tensorClass(), Placeholder.shape(Shape.scalar()));
  }

  private static void check(List<VariableGroup> groups, List<String> names) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (String pattern : groups.get(i).match()) {
        if (names.stream().noneMatch(name -> VariableGroup.matches(pattern, name))) {
          problems.add(
              new Problem(
                  ErrorCode.UNKNOWN_NAME,
                  "training.groups.%d.match".formatted(i),
                  "Expected a pattern that matches a variable or table that is trained, found \"%s\"."
                      .formatted(pattern),
                  "There are: " + String.join(", ", names) + "."));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  /** The dense variables that are trained, now or later, in order. */
  List<Variable> dense() {
    return dense;
  }

  /** The stores of tables, in order, those that are frozen as a whole among them. */
  List<Store> stores() {
    return stores;
  }

  Treatment treatment(Variable variable) {
    return treatments.get(variable.name());
  }

  private Treatment treatment(EmbeddingTable table) {
    return treatments.get(table.variableName());
  }

  /** By epochs that must be finished, what is 1 from then on and 0 before. */
  Map<Integer, Placeholder<TFloating>> thaws() {
    return thaws;
  }

  /** The tensors that gradients are taken with respect to: variables, then gathered rows. */
  List<Operand<TFloating>> values() {
    List<Operand<TFloating>> values = new ArrayList<>();
    dense.forEach(variable -> values.add(variable.value()));
    stores.forEach(store -> values.add(store.rows()));
    return values;
  }

  /** Their names. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    dense.forEach(variable -> names.add(variable.name()));
    stores.forEach(store -> names.add(store.table().name()));
    return names;
  }

  /** The gradients without those of what is frozen in a step. */
  List<Optional<Operand<TFloating>>> masked(Ops tf, List<Optional<Operand<TFloating>>> gradients) {
    List<Optional<Operand<TFloating>>> masked = new ArrayList<>();
    for (int i = 0; i < dense.size(); i++) {
      Treatment treatment = treatment(dense.get(i));
      masked.add(gradients.get(i).map(g -> switched(tf, treatment, g)));
    }
    for (int i = 0; i < stores.size(); i++) {
      int store = i;
      masked.add(gradients.get(dense.size() + i).flatMap(g -> maskedRows(tf, store, g)));
    }
    return masked;
  }

  private Operand<TFloating> switched(Ops tf, Treatment treatment, Operand<TFloating> value) {
    return treatment.from() == 0 ? value : tf.math.mul(value, thaws.get(treatment.from()));
  }

  private Optional<Operand<TFloating>> maskedRows(Ops tf, int store, Operand<TFloating> gradient) {
    List<EmbeddingTable> tables = stores.get(store).tables();
    if (tables.stream().allMatch(table -> treatment(table).isFrozen())) {
      return Optional.empty();
    }
    if (tables.stream().allMatch(table -> treatment(table).from() == 0)) {
      return Optional.of(gradient);
    }
    List<Operand<TFloating>> rows = rowsOfTables(tf, store);
    List<Operand<TFloating>> trained = new ArrayList<>();
    for (int t = 0; t < tables.size(); t++) {
      Treatment treatment = treatment(tables.get(t));
      if (!treatment.isFrozen()) {
        trained.add(switched(tf, treatment, rows.get(t)));
      }
    }
    Operand<TFloating> factors = tf.expandDims(tf.math.addN(trained), tf.constant(1));
    return Optional.of(tf.math.mul(gradient, factors));
  }

  /** For each table of a store [U]: 1 where a gathered row is one of its own, otherwise 0. */
  List<Operand<TFloating>> rowsOfTables(Ops tf, int store) {
    List<Operand<TFloating>> rows = new ArrayList<>();
    Store of = stores.get(store);
    of.tables().forEach(t -> rows.add(tf.dtypes.cast(isOf(tf, of, t), type.tensorClass())));
    return rows;
  }

  private static Operand<TBool> isOf(Ops tf, Store store, EmbeddingTable table) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(store.unique(), tf.constant(table.offset())),
        tf.math.less(store.unique(), tf.constant(table.offset() + table.rows())));
  }

  /**
   * Rows of a store that are treated alike.
   *
   * @param treatment theirs
   * @param ids [n]
   * @param gradient [n, width]
   */
  record Rows(Treatment treatment, Operand<TInt64> ids, Operand<TFloating> gradient) {}

  /** A store's rows and their gradient [U, width] by how they are treated; frozen ones left out. */
  List<Rows> split(Ops tf, int store, Operand<TFloating> gradient) {
    Store of = stores.get(store);
    Map<Treatment, Operand<TBool>> alike = new LinkedHashMap<>();
    for (EmbeddingTable table : of.tables()) {
      alike.merge(treatment(table), isOf(tf, of, table), tf.math::logicalOr);
    }
    List<Rows> split = new ArrayList<>();
    alike.forEach(
        (treatment, rows) -> {
          if (alike.size() == 1) {
            split.add(new Rows(treatment, of.unique(), gradient));
          } else if (!treatment.isFrozen()) {
            Operand<TInt64> places = tf.reshape(tf.where(rows), tf.constant(new int[] {-1}));
            split.add(
                new Rows(
                    treatment,
                    tf.gather(of.unique(), places, tf.constant(0)),
                    tf.gather(gradient, places, tf.constant(0))));
          }
        });
    return split;
  }

  /** A scalar of the graph's floating type. */
  Operand<TFloating> constant(Ops tf, double value) {
    return tf.constant(type.tensorClass(), value);
  }
}
