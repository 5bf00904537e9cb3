package org.mtl4j.core.training;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.mtl4j.core.batch.Batch;
import org.mtl4j.core.batch.PairList;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.Comparison;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt32;

/** Where a training graph is told which rows its ranking tasks compare. */
final class QueryInputs {
  private final Map<String, Comparison> comparisons = new LinkedHashMap<>();

  /** Makes the placeholders of tasks whose losses rank. */
  QueryInputs(GraphContext context, List<OutputSpec> outputs) {
    for (OutputSpec output : outputs) {
      loss(output)
          .filter(BinaryLoss::ranks)
          .ifPresent(
              loss ->
                  comparisons.put(
                      output.name(),
                      comparison(context.scope("queries").scope(output.name()), loss)));
    }
  }

  /** Of a task's own output: what a model derives of it is no ranking. */
  private static Optional<BinaryLoss> loss(OutputSpec output) {
    return output.label() instanceof LabelRule.OfTask
            && output.type() instanceof TaskType.Binary binary
        ? Optional.of(binary.loss())
        : Optional.empty();
  }

  private static Comparison comparison(GraphContext context, BinaryLoss loss) {
    if (loss instanceof BinaryLoss.Listwise) {
      return new Comparison.Lists(numbers(context));
    }
    return new Comparison.Pairs(
        numbers(context.scope("better")),
        numbers(context.scope("worse")),
        context
            .scope("counts")
            .tf()
            .placeholder(
                context.variables().type().tensorClass(), Placeholder.shape(Shape.of(-1))));
  }

  private static Operand<TInt32> numbers(GraphContext context) {
    return context.tf().placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
  }

  /** What an output's loss compares; empty if its rows stand by themselves. */
  Optional<Comparison> of(String output) {
    return Optional.ofNullable(comparisons.get(output));
  }

  /**
   * What a piece of a batch is fed.
   *
   * @param batch has queries
   * @param piece of it
   * @param execution seed and type
   * @param step its number: each draws other pairs, and the same piece of the same step the same
   */
  record Rows(Batch batch, PiecewiseStep.Piece piece, TrainerSpec.Execution execution, long step) {
    private IntBuffer queries() {
      return batch.queries().slice(piece.from(), piece.size());
    }

    private PairList pairs(String output) {
      Seed steps = new Seed(execution.seed().child("pairs/" + output).indexed(step));
      return PairList.of(
          queries(),
          batch.labels(output).slice(piece.from(), piece.size()),
          batch.weights(output).slice(piece.from(), piece.size()),
          new SplittableRandom(steps.indexed(piece.number())));
    }
  }

  /** Hands on the tensor of every placeholder; whoever takes one closes it. */
  void feed(Rows rows, BiConsumer<Operand<?>, Tensor> feed) {
    comparisons.forEach(
        (output, comparison) -> {
          if (comparison instanceof Comparison.Lists lists) {
            IntBuffer queries = rows.queries();
            feed.accept(
                lists.queries(),
                TInt32.tensorOf(Shape.of(queries.remaining()), DataBuffers.of(queries)));
          } else if (comparison instanceof Comparison.Pairs placeholders) {
            PairList pairs = rows.pairs(output);
            feed.accept(placeholders.better(), TInt32.vectorOf(pairs.better()));
            feed.accept(placeholders.worse(), TInt32.vectorOf(pairs.worse()));
            feed.accept(
                placeholders.counts(),
                Tensors.of(
                    rows.execution().type(),
                    Shape.of(pairs.counts().length),
                    FloatBuffer.wrap(pairs.counts())));
          }
        });
  }
}
