package org.mtl4j.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.IdColumn;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.StateValues;

/**
 * The layers that papers write down, in plain loops over a session's numbers: what a model's
 * predictions are compared with. Kernels are row-major [in, units].
 */
public final class PlainNetwork {
  private final SmallProblem problem;
  private final Map<String, double[]> values;

  private PlainNetwork(SmallProblem problem, Map<String, double[]> values) {
    this.problem = problem;
    this.values = values;
  }

  /** The numbers that a session holds now. */
  public static PlainNetwork of(TrainingSession session, SmallProblem problem) {
    return new PlainNetwork(problem, StateValues.of(session.state()));
  }

  /** A session after a few steps, so that no bias is 0. */
  public static TrainingSession trained(
      MultiTaskModel model, SmallProblem problem, EncodedRows rows) {
    TrainingSession session = new TrainingSession(problem.trainer(model, 1));
    for (int step = 1; step <= 5; step++) {
      session.step(batch(session, rows), step);
    }
    return session;
  }

  /** A batch of all the rows. */
  public static Batch batch(TrainingSession session, EncodedRows rows) {
    int n = rows.rowCount();
    Batch batch = new Batch(session.batchLayout(n));
    batch.fill(rows, IntStream.range(0, n).toArray(), 0, n);
    return batch;
  }

  /** A variable's elements in row-major order. */
  public double[] variable(String name) {
    double[] found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no variable " + name + " among " + values.keySet());
    }
    return found;
  }

  /**
   * A row's features: embeddings, narrow tables first, lists behind the others; then numbers. Where
   * a model has further embeddings, behind these the same by each of them.
   */
  public double[] input(EncodedRows rows, int row) {
    TableSpec any = problem.pipeline().tables().get(0);
    return IntStream.range(0, rowWidth(any) / any.dim())
        .mapToObj(place -> input(rows, row, place))
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  private int rowWidth(TableSpec table) {
    return variable(table.variableName()).length / table.rows();
  }

  private double[] input(EncodedRows rows, int row, int place) {
    List<IdColumn> columns = problem.pipeline().idColumns();
    List<FittedList> lists = problem.pipeline().lists();
    DoubleStream x = DoubleStream.empty();
    for (int dim :
        problem.pipeline().tables().stream()
            .mapToInt(TableSpec::dim)
            .sorted()
            .distinct()
            .toArray()) {
      for (int c = 0; c < columns.size(); c++) {
        TableSpec table = columns.get(c).table();
        if (table.dim() == dim) {
          x = DoubleStream.concat(x, Arrays.stream(embedded(table, rows.ids().get(c)[row], place)));
        }
      }
      int column = columns.size();
      for (FittedList list : lists) {
        if (list.values().spec().dim() == dim) {
          List<int[]> ids = rows.ids().subList(column, column + list.length());
          x = DoubleStream.concat(x, Arrays.stream(mean(list, ids, row, place)));
        }
        column += list.length();
      }
    }
    DoubleStream numbers = rows.dense().stream().mapToDouble(values -> values[row]);
    return DoubleStream.concat(x, numbers).toArray();
  }

  private double[] embedded(TableSpec table, int id, int place) {
    int first = id * rowWidth(table) + place * table.dim();
    return Arrays.copyOfRange(variable(table.variableName()), first, first + table.dim());
  }

  /** The mean of the embeddings of a list's values; 0 for a list without any. */
  private double[] mean(FittedList list, List<int[]> ids, int row, int place) {
    double[] sum = new double[list.values().spec().dim()];
    int count = 0;
    for (int[] column : ids) {
      if (column[row] >= 0) {
        double[] value = embedded(list.values().tables().get(0), column[row], place);
        Arrays.setAll(sum, i -> sum[i] + value[i]);
        count++;
      }
    }
    int divisor = Math.max(1, count);
    return Arrays.stream(sum).map(component -> component / divisor).toArray();
  }

  /** x kernel + bias, of the variables in a scope. */
  public double[] linear(String scope, double[] x) {
    return PlainLayers.linear(values, scope, x);
  }

  /** ReLU layers {@code dense_1} to {@code dense_LAYERS} of a scope. */
  public double[] mlp(String scope, int layers, double[] x) {
    double[] hidden = x;
    for (int layer = 1; layer <= layers; layer++) {
      hidden = PlainLayers.relu(linear(scope + "/dense_" + layer, hidden));
    }
    return hidden;
  }

  /** The same with the units of layer L scaled by the gate {@code gate_L} over z. */
  public double[] scaledMlp(String scope, int layers, double[] x, double[] z) {
    double[] hidden = x;
    for (int layer = 1; layer <= layers; layer++) {
      double[] active = PlainLayers.relu(linear(scope + "/dense_" + layer, hidden));
      hidden = scaled(active, scale(values, scope + "/gate_" + layer, z));
    }
    return hidden;
  }

  /** 2 sigmoid of a linear layer over one ReLU layer over z. */
  public static double[] scale(Map<String, double[]> variables, String scope, double[] z) {
    double[] hidden = PlainLayers.relu(PlainLayers.linear(variables, scope + "/dense_1", z));
    double[] logits = PlainLayers.linear(variables, scope + "/logit", hidden);
    return Arrays.stream(logits).map(logit -> 2 / (1 + Math.exp(-logit))).toArray();
  }

  /** The same with this network's variables. */
  public double[] scale(String scope, double[] z) {
    return scale(values, scope, z);
  }

  /** Element by element x * by. */
  public static double[] scaled(double[] x, double[] by) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] * by[i]).toArray();
  }

  /** The outputs of experts of ReLU layers: kernels [experts, in, units] of a scope. */
  public List<double[]> experts(String scope, int count, int layers, double[] x) {
    return experts(values, scope, count, layers, x);
  }

  /** The same of variables by name. */
  public static List<double[]> experts(
      Map<String, double[]> variables, String scope, int count, int layers, double[] x) {
    List<double[]> outputs = new ArrayList<>();
    for (int e = 0; e < count; e++) {
      double[] hidden = x;
      for (int layer = 1; layer <= layers; layer++) {
        double[] kernels = variables.get("%s/dense_%d/kernel".formatted(scope, layer));
        double[] biases = variables.get("%s/dense_%d/bias".formatted(scope, layer));
        double[] kernel = slice(kernels, e, count);
        hidden = PlainLayers.relu(PlainLayers.linear(kernel, slice(biases, e, count), hidden));
      }
      outputs.add(hidden);
    }
    return outputs;
  }

  private static double[] slice(double[] stack, int index, int count) {
    int size = stack.length / count;
    return Arrays.copyOfRange(stack, index * size, (index + 1) * size);
  }

  /** sum over i of weights_i * vectors_i. */
  public static double[] mixed(double[] weights, List<double[]> vectors) {
    double[] sum = new double[vectors.get(0).length];
    for (int i = 0; i < weights.length; i++) {
      for (int u = 0; u < sum.length; u++) {
        sum[u] += weights[i] * vectors.get(i)[u];
      }
    }
    return sum;
  }

  /** What users see of a task, from the input of its head. */
  public double[] prediction(FittedTask task, double[] hidden) {
    double[] logit = linear("head_" + task.name() + "/logit", hidden);
    if (task.encoding() instanceof LabelEncoding.Classes) {
      return PlainLayers.softmax(logit);
    }
    return task.encoding() instanceof LabelEncoding.Scale scale
        ? new double[] {scale.mean() + scale.deviation() * logit[0]}
        : new double[] {1 / (1 + Math.exp(-logit[0]))};
  }
}
