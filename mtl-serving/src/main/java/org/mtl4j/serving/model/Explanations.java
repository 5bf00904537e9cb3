package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.serving.ranking.RankedItem;
import org.mtl4j.serving.ranking.RowExplainer;

/**
 * What features add to the scores of recommended items, by {@link IntegratedGradients}. It is a
 * copy of the export of its own, so that explaining takes as much memory again and no request that
 * only ranks waits for it; gradients of all outputs of width 1 are made when it is loaded. An
 * explanation runs the model and its gradients at {@value #STEPS} points, or at up to {@value
 * #MOST_STEPS} where fewer do not add up. Close it: it holds native memory. Explaining is safe from
 * several threads.
 */
public final class Explanations implements RowExplainer, AutoCloseable {
  private static final int STEPS = 64;

  /** What one item of a request may cost at most. */
  private static final int MOST_STEPS = 1_024;

  private final IntegratedGradients gradients;
  private final UnaryOperator<RawBatch> filled;

  private Explanations(IntegratedGradients gradients, UnaryOperator<RawBatch> filled) {
    this.gradients = gradients;
    this.filled = filled;
  }

  /**
   * Loads the export in a folder.
   *
   * @param filled a row with what the model looks up
   */
  static Explanations load(Path folder, UnaryOperator<RawBatch> filled) {
    IntegratedGradients gradients = IntegratedGradients.load(folder);
    gradients.manifest().outputs().stream()
        .filter(output -> output.classes().isEmpty())
        .map(ModelManifest.Output::name)
        .forEach(output -> gradients.prepare(new Attribution.Target(output, 0)));
    return new Explanations(gradients, filled);
  }

  @Override
  public List<RankedItem.Contribution> explain(RawBatch row, String output) {
    return gradients
        .of(filled.apply(row), new Attribution.Target(output, 0), STEPS, MOST_STEPS)
        .features()
        .stream()
        .map(f -> new RankedItem.Contribution(f.name(), f.group(), f.value()))
        .toList();
  }

  @Override
  public void close() {
    gradients.close();
  }
}
