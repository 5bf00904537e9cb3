package org.mtl4j.testkit;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.provenance.Seed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a model's losses depend on, as arrays by name: its dense variables, then its stores of
 * embedding rows.
 *
 * @param dense the variables
 * @param stores of the tables
 */
record HarnessParameters(List<Variable> dense, List<TrainingInputs.Store> stores) {
  /** The tensors that gradients are taken with respect to. */
  List<Operand<TFloating>> tensors() {
    List<Operand<TFloating>> tensors = new ArrayList<>();
    dense.forEach(variable -> tensors.add(variable.value()));
    stores.forEach(store -> tensors.add(store.rows()));
    return tensors;
  }

  /** Their names. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    dense.forEach(variable -> names.add(variable.name()));
    stores.forEach(store -> names.add(store.table().name()));
    return names;
  }

  /** The first values, moved by noise so that no bias is 0 and no two weights are equal. */
  Map<String, double[]> random(Random random) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Variable variable : dense) {
      values.put(variable.name(), variable.initialValues(new Seed(random.nextLong())));
    }
    for (TrainingInputs.Store store : stores) {
      values.put(store.table().name(), new double[size(store)]);
    }
    for (double[] array : values.values()) {
      for (int i = 0; i < array.length; i++) {
        array[i] += random.nextDouble() - 0.5;
      }
    }
    return values;
  }

  /** A loss with a gradient for every parameter: 0 where there is none, or for rows of no id. */
  ModelHarness.Slope slope(Backward.Values values, Batch batch) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (int i = 0; i < dense.size(); i++) {
      int size = Math.toIntExact(dense.get(i).size());
      gradients.put(
          dense.get(i).name(), values.gradients().get(i).orElseGet(() -> new double[size]));
    }
    for (int s = 0; s < stores.size(); s++) {
      double[] table = new double[size(stores.get(s))];
      LongBuffer ids = batch.ids().get(s).unique();
      values
          .gradients()
          .get(dense.size() + s)
          .ifPresent(rows -> TableRows.scatter(rows, ids, table));
      gradients.put(stores.get(s).table().name(), table);
    }
    return new ModelHarness.Slope(values.loss(), gradients);
  }

  /** By name, which elements a batch computes with: of tables the rows of its ids. */
  Map<String, boolean[]> touched(Batch batch) {
    Map<String, boolean[]> touched = new LinkedHashMap<>();
    for (Variable variable : dense) {
      boolean[] all = new boolean[Math.toIntExact(variable.size())];
      Arrays.fill(all, true);
      touched.put(variable.name(), all);
    }
    for (int s = 0; s < stores.size(); s++) {
      int width = stores.get(s).table().width();
      boolean[] rows = new boolean[size(stores.get(s))];
      LongBuffer ids = batch.ids().get(s).unique();
      for (int u = 0; u < ids.remaining(); u++) {
        int first = (int) ids.get(u) * width;
        Arrays.fill(rows, first, first + width, true);
      }
      touched.put(stores.get(s).table().name(), rows);
    }
    return touched;
  }

  private static int size(TrainingInputs.Store store) {
    return Math.toIntExact(store.table().rows() * store.table().width());
  }
}
