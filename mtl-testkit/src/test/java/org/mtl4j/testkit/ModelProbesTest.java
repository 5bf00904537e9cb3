package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.head.TaskHead;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.core.training.TaskGradients;
import org.mtl4j.core.training.TaskGradients.Layer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/** Gradients of two tasks over one linear trunk, against the chain rule written out in loops. */
class ModelProbesTest {
  private static final int ROWS = 12;
  private static final int USERS = 5;
  private static final int DIM = 2;
  private static final int UNITS = 3;
  private static final List<String> TASKS = List.of("yes", "no");

  /** y_t = v_t (W x + c) + b_t: a linear layer that both tasks share, and a linear head each. */
  private record Trunk() implements MultiTaskModel {
    @Override
    public ModelOutputs build(ModelInputs inputs, ModelContext context) {
      var shared =
          new Dense(UNITS, Activation.LINEAR)
              .apply(context.graph().scope("trunk"), inputs.features().all());
      List<OutputTensor> logits =
          context.tasks().stream()
              .<OutputTensor>map(task -> TaskHead.logit(context.graph(), task, shared))
              .toList();
      return ModelOutputs.of(logits, Set.of("trunk"));
    }
  }

  private static TrainingSession session(boolean otherWeights) {
    List<FittedTask> tasks = TASKS.stream().map(name -> task(name, otherWeights ? 9 : 1)).toList();
    return new TrainingSession(
        new TrainerSpec(
            new FeaturePipeline(List.of(categorical("user"), categorical("friend"))),
            tasks,
            new Trunk(),
            SmallProblem.updates(new StaticWeights()),
            new TrainerSpec.Execution(
                new Seed(TestSeed.value()), FloatType.FLOAT64, 1, MatrixProducts.SEPARATE)));
  }

  private static FittedFeature categorical(String name) {
    return new FittedCategorical(
        new CategoricalFeature(
            name, name, Optional.empty(), name, DIM, new CategoricalFeature.Hashed(USERS - 1)),
        Optional.empty());
  }

  private static FittedTask task(String name, double lossWeight) {
    return new FittedTask(
        new Task(
            name,
            new TaskType.Binary(List.of()),
            Expression.parse(name),
            SampleSpace.everywhere(),
            Optional.empty(),
            lossWeight),
        new LabelEncoding.Indicator());
  }

  /** The second task is the first one's negation; it has no say in every third row. */
  private static EncodedRows rows(Random random) {
    int[] user = random.ints(ROWS, 0, USERS).toArray();
    int[] friend = random.ints(ROWS, 0, USERS).toArray();
    float[] yes = new float[ROWS];
    float[] no = new float[ROWS];
    float[] weights = new float[ROWS];
    boolean[] all = new boolean[ROWS];
    boolean[] some = new boolean[ROWS];
    for (int r = 0; r < ROWS; r++) {
      yes[r] = random.nextInt(2);
      no[r] = 1 - yes[r];
      weights[r] = 0.5f + random.nextInt(3);
      all[r] = true;
      some[r] = r % 3 != 0;
    }
    return new EncodedRows(
        ROWS,
        List.of(user, friend),
        List.of(),
        Map.of("yes", new LabelColumn(yes, all, weights), "no", new LabelColumn(no, some, weights)),
        Optional.empty());
  }

  private static void train(TrainingSession session, EncodedRows rows, int steps) {
    Batch batch = new Batch(session.batchLayout(ROWS));
    batch.fill(rows, IntStream.range(0, ROWS).toArray(), 0, ROWS);
    for (int step = 1; step <= steps; step++) {
      session.step(batch, step);
    }
  }

  /** Per layer and task the gradient, in plain loops. */
  private record Plain(Map<String, double[]> trunk, Map<String, double[]> user) {
    static Plain of(Map<String, double[]> state, EncodedRows rows, int[] which) {
      Map<String, double[]> trunk = new HashMap<>();
      Map<String, double[]> user = new HashMap<>();
      for (String task : TASKS) {
        double[] ofTrunk = new double[(2 * DIM + 1) * UNITS];
        double[] ofUser = new double[USERS * DIM];
        double[] kernel = state.get("trunk/kernel");
        double[] head = state.get("head_" + task + "/logit/kernel");
        LabelColumn labels = rows.labels().get(task);
        double total = 0;
        for (int r : which) {
          total += labels.mask()[r] ? labels.weights()[r] : 0;
        }
        for (int r : which) {
          if (!labels.mask()[r]) {
            continue;
          }
          double[] x = input(state, rows, r);
          double logit = state.get("head_" + task + "/logit/bias")[0];
          for (int u = 0; u < UNITS; u++) {
            double h = state.get("trunk/bias")[u];
            for (int i = 0; i < x.length; i++) {
              h += x[i] * kernel[i * UNITS + u];
            }
            logit += h * head[u];
          }
          double delta =
              (1 / (1 + Math.exp(-logit)) - labels.labels()[r]) * labels.weights()[r] / total;
          for (int u = 0; u < UNITS; u++) {
            double back = delta * head[u];
            ofTrunk[x.length * UNITS + u] += back;
            for (int i = 0; i < x.length; i++) {
              ofTrunk[i * UNITS + u] += back * x[i];
            }
            for (int i = 0; i < DIM; i++) {
              ofUser[rows.ids().get(0)[r] * DIM + i] += back * kernel[i * UNITS + u];
            }
          }
        }
        trunk.put(task, ofTrunk);
        user.put(task, ofUser);
      }
      return new Plain(trunk, user);
    }

    private static double[] input(Map<String, double[]> state, EncodedRows rows, int row) {
      double[] x = new double[2 * DIM];
      for (int i = 0; i < DIM; i++) {
        x[i] = state.get("embedding/user")[rows.ids().get(0)[row] * DIM + i];
        x[DIM + i] = state.get("embedding/friend")[rows.ids().get(1)[row] * DIM + i];
      }
      return x;
    }
  }

  private static double product(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static Layer layer(TaskGradients gradients, String name) {
    return gradients.layers().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void productsAreThoseOfTheChainRule() {
    EncodedRows rows = rows(TestSeed.random());
    int[] which = {7, 1, 4, 9, 0};
    try (TrainingSession session = session(true)) {
      train(session, rows, 20);
      Plain plain = Plain.of(StateValues.of(session.state()), rows, which);
      TaskGradients found = session.probes().gradients(rows, which, 1);
      assertThat(found.tasks()).isEqualTo(TASKS);
      assertThat(found.layers())
          .extracting(Layer::name)
          .containsExactlyInAnyOrder(
              "trunk", "head_yes/logit", "head_no/logit", "embedding/user", "embedding/friend");
      assertThat(found.shared())
          .extracting(Layer::name)
          .containsExactlyInAnyOrder("trunk", "embedding/user", "embedding/friend");
      assertProducts(layer(found, "trunk"), plain.trunk());
      assertProducts(layer(found, "embedding/user"), plain.user());
      assertThat(layer(found, "head_no/logit").cosine(0, 1)).isEmpty();
    }
  }

  private static void assertProducts(Layer layer, Map<String, double[]> gradients) {
    double[] yes = gradients.get("yes");
    double[] no = gradients.get("no");
    double scale = product(yes, yes) + product(no, no);
    assertThat(layer.products()[0][0]).isCloseTo(product(yes, yes), within(1e-6 * scale));
    assertThat(layer.products()[1][1]).isCloseTo(product(no, no), within(1e-6 * scale));
    assertThat(layer.products()[0][1]).isCloseTo(product(yes, no), within(1e-6 * scale));
    assertThat(layer.products()[1][0]).isEqualTo(layer.products()[0][1]);
    double cosine = product(yes, no) / Math.sqrt(product(yes, yes) * product(no, no));
    assertThat(layer.cosine(0, 1).orElseThrow()).isCloseTo(cosine, within(1e-5));
  }

  /** What was looked at in between leaves no trace in what is trained. */
  @Test
  void lookingChangesNoNumber() {
    EncodedRows rows = rows(TestSeed.random());
    try (TrainingSession looked = session(false);
        TrainingSession alone = session(false)) {
      for (TrainingSession session : List.of(looked, alone)) {
        train(session, rows, 3);
      }
      assertThat(looked.probes()).as("a backward pass is added once").isSameAs(looked.probes());
      for (int step = 1; step <= 3; step++) {
        looked.probes().gradients(rows, new int[] {1, 2, 3}, step);
      }
      for (TrainingSession session : List.of(looked, alone)) {
        train(session, rows, 3);
      }
      Map<String, ByteBuffer> expected = StateValues.bytes(alone.state());
      assertThat(StateValues.bytes(looked.state())).isEqualTo(expected);
    }
  }

  @Test
  void aModelThatDeclaresNothingHasNothingToShow() {
    try (TrainingSession session = session(false)) {
      assertThat(session.probes().declared()).isEmpty();
      assertThat(session.probes().values(rows(TestSeed.random()), new int[] {0})).isEmpty();
    }
  }
}
