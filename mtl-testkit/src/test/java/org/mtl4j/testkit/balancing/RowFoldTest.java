package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Objective;
import org.mtl4j.core.balancing.Objectives;
import org.mtl4j.core.balancing.RowFold;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variables;
import org.mtl4j.core.head.ModelLosses;
import org.mtl4j.core.head.TaskLoss;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

class RowFoldTest {
  private static final Task TASK = Tasks.task("a", new TaskType.Binary(List.of()), 2);

  /** Loss and presence of the rows with losses 1, 2, 4, 8, 16 of weights 1, 1, 1, 1, 0. */
  private static List<Double> lossAndPresence(RowFold fold, long step) {
    try (Graph graph = new Graph()) {
      Variables variables = new Variables(graph, FloatType.FLOAT64);
      GraphContext root = GraphContext.inference(graph, variables, "inputs");
      Placeholder<TInt64> steps =
          root.tf().placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      GraphContext context = GraphContext.training(graph, variables, new Seed(1), steps);
      TaskLoss.Rows rows =
          new TaskLoss.Rows(vector(context, 1, 2, 4, 8, 16), vector(context, 1, 1, 1, 1, 0));
      ModelLosses losses = new ModelLosses(List.of(TaskLoss.of(context, "a", rows)), List.of());
      Objective part = Objectives.of(context, losses, List.of(TASK)).get(0).over().apply(fold);
      try (Session session = new Session(graph);
          TInt64 number = TInt64.scalarOf(step);
          Result result =
              session.runner().feed(steps, number).fetch(part.loss()).fetch(part.present()).run()) {
        return List.of(
            ((TFloat64) result.get(0)).getDouble(), ((TFloat64) result.get(1)).getDouble());
      }
    }
  }

  private static Operand<TFloating> vector(GraphContext context, double... values) {
    return context.tf().stack(Arrays.stream(values).mapToObj(context::constant).toList());
  }

  @Test
  void everyThirdRowIsHeldOutAndAnotherOneEachStep() {
    // Step 3: rows 0 and 3; the rest are 1, 2 and 4, which has no say. Times a loss_weight of 2.
    assertThat(lossAndPresence(new RowFold(3, true), 3)).containsExactly(2 * 9 / 2.0, 1.0);
    assertThat(lossAndPresence(new RowFold(3, false), 3)).containsExactly(2 * 6 / 2.0, 1.0);
    // Step 4: row 2.
    assertThat(lossAndPresence(new RowFold(3, true), 4)).containsExactly(2 * 4.0, 1.0);
    assertThat(lossAndPresence(new RowFold(3, false), 4)).containsExactly(2 * 11 / 3.0, 1.0);
  }

  @Test
  void partWithoutARowThatHasASayIsAbsent() {
    assertThat(lossAndPresence(new RowFold(5, true), 1)).containsExactly(0.0, 0.0);
  }

  @Test
  void oneRowOfOneIsNoPart() {
    assertThatThrownBy(() -> new RowFold(1, true))
        .hasMessage("every: expected at least 2, found 1");
  }
}
