package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.DynamicTaskPrioritization;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.MetaBalance;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.testkit.SmallProblem;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;

/**
 * Fifty tasks train, and a step grows with their number no faster than the number: operations, what
 * they wait for, and the elements of all that they compute are counted in the graph, as clocks
 * would say nothing here.
 */
@Tag("slow")
class ManyTasksTest {
  private static final int BATCH = 64;
  private static final int IDS = 40;
  private static final Mmoe MODEL = new Mmoe(2, List.of(32), List.of(8), 0);

  private static List<LossBalancing> methods() {
    return List.of(
        new DynamicTaskPrioritization(1, 0.1),
        new PcGrad(),
        new GradNorm(1.5, 0.025),
        new MetaBalance("task_0", 0.7, 0.9, MetaBalance.Adjust.BOTH));
  }

  private static TrainerSpec spec(LossBalancing method, int tasks) {
    CategoricalFeature item =
        new CategoricalFeature(
            "item", "item", Optional.empty(), "item", 16, new CategoricalFeature.Hashed(IDS - 1));
    return new TrainerSpec(
        new FeaturePipeline(List.of(new FittedCategorical(item, Optional.empty()))),
        IntStream.range(0, tasks).mapToObj(ManyTasksTest::task).toList(),
        MODEL,
        SmallProblem.updates(method),
        new TrainerSpec.Execution(
            new Seed(TestSeed.value()), FloatType.FLOAT32, 1, MatrixProducts.SEPARATE));
  }

  private static FittedTask task(int number) {
    return new FittedTask(
        new Task(
            "task_" + number,
            new TaskType.Binary(List.of()),
            Expression.parse("label"),
            SampleSpace.everywhere(),
            Optional.empty(),
            1),
        new LabelEncoding.Indicator());
  }

  private static EncodedRows rows(int tasks, Random random) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (int t = 0; t < tasks; t++) {
      float[] label = new float[BATCH];
      float[] weight = new float[BATCH];
      boolean[] mask = new boolean[BATCH];
      for (int r = 0; r < BATCH; r++) {
        label[r] = random.nextInt(2);
        weight[r] = 1;
        mask[r] = true;
      }
      labels.put("task_" + t, new LabelColumn(label, mask, weight));
    }
    int[] ids = random.ints(BATCH, 0, IDS).toArray();
    return new EncodedRows(BATCH, List.of(ids), List.of(), labels, Optional.empty());
  }

  /**
   * What a training graph holds.
   *
   * @param operations their number
   * @param edges what operations take in or wait for, in sum
   * @param elements of all that they compute
   */
  private record Size(long operations, long edges, long elements) {
    static Size of(LossBalancing method, int tasks) {
      try (TrainingGraph graph = TrainingGraph.of(spec(method, tasks))) {
        long operations = 0;
        long edges = 0;
        long elements = 0;
        for (Iterator<GraphOperation> all = graph.graph().operations(); all.hasNext(); ) {
          GraphOperation operation = all.next();
          operations++;
          edges += operation.numInputs() + operation.numControlInputs();
          for (int i = 0; i < operation.numOutputs(); i++) {
            elements += elements(operation.output(i).shape());
          }
        }
        return new Size(operations, edges, elements);
      }
    }

    /** Of an unknown dimension those of a batch: more than what a store looks up. */
    private static long elements(Shape shape) {
      if (shape.isUnknown()) {
        return BATCH;
      }
      long elements = 1;
      for (int d = 0; d < shape.numDimensions(); d++) {
        elements *= shape.get(d) < 0 ? BATCH : shape.get(d);
      }
      return elements;
    }
  }

  /** Of tasks^2 nothing but the numbers of their inner products. */
  @Test
  void operationsAndMemoryOfAStepGrowWithTheTasksAndNoFaster() {
    for (LossBalancing method : methods()) {
      List<Size> sizes = IntStream.of(5, 10, 20).mapToObj(tasks -> Size.of(method, tasks)).toList();
      // Ten tasks more take twice of what five more took; four times, if they were quadratic.
      assertThat(growth(sizes, Size::operations))
          .as("operations, %s: %s", method, sizes)
          .isBetween(1.98, 2.02);
      assertThat(growth(sizes, Size::edges))
          .as("edges, %s: %s", method, sizes)
          .isBetween(1.98, 2.02);
      assertThat(growth(sizes, Size::elements))
          .as("elements, %s: %s", method, sizes)
          .isBetween(1.9, 2.3);
    }
  }

  private static double growth(List<Size> sizes, ToLongFunction<Size> figure) {
    long[] found = sizes.stream().mapToLong(figure).toArray();
    return (double) (found[2] - found[1]) / (found[1] - found[0]);
  }

  @Test
  void fiftyTasksTrain() {
    Random random = TestSeed.random();
    for (LossBalancing method : List.of(methods().get(0), methods().get(1))) {
      EncodedRows rows = rows(50, random);
      try (TrainingSession session = new TrainingSession(spec(method, 50))) {
        Batch batch = new Batch(session.batchLayout(BATCH));
        batch.fill(rows, IntStream.range(0, BATCH).toArray(), 0, BATCH);
        List<Double> totals = new ArrayList<>();
        for (int step = 1; step <= 10; step++) {
          StepLosses losses = session.step(batch, step);
          assertThat(losses.tasks()).hasSize(50);
          totals.add(losses.tasks().values().stream().mapToDouble(Double::doubleValue).sum());
        }
        assertThat(totals.get(9)).as("%s: %s", method, totals).isLessThan(totals.get(0));
      }
    }
  }
}
