package org.mtl4j.core.training;

import com.google.common.math.LongMath;
import java.util.List;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.feature.TrainingInputs;
import org.mtl4j.core.model.OutputSpec;

/** What a training will take in memory, before its session is opened: for whoever runs several. */
public final class TrainingNeed {
  /** What a step's intermediate values and TensorFlow's own buffers are reckoned at. */
  public static final long ALLOWANCE = 128L << 20;

  private TrainingNeed() {}

  /**
   * The bytes of tables, dense variables, their slots and the batches on their way, and {@link
   * #ALLOWANCE}; 2<sup>63</sup> - 1 if they are more. Builds the graph and drops it.
   *
   * @param spec what is trained
   * @param rows of the largest batch
   */
  public static long of(TrainerSpec spec, int rows) {
    try (TrainingGraph graph = TrainingGraph.of(spec)) {
      BatchLayout layout =
          new BatchLayout(
              rows,
              graph.inputs().stores().stream().map(TrainingInputs.Store::columns).toList(),
              spec.pipeline().denseWidth(),
              spec.outputs().stream().map(OutputSpec::labelShape).toList(),
              spec.ranks());
      long state = MemoryNeed.of(graph).bytes();
      return List.of(state, layout.bytes().total(), ALLOWANCE).stream()
          .reduce(0L, LongMath::saturatedAdd);
    }
  }
}
