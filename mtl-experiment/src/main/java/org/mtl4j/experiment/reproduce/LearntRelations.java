package org.mtl4j.experiment.reproduce;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.RunMaterial;

/**
 * What a {@code task_relationship} model has learnt of its tasks' relations: the cosine of the
 * first and the second task's weights, {@code relation_12}, and so on. Its covariance is the square
 * root of W'W but for a factor, so that they follow from the covariance's square. Other models have
 * no such figures.
 */
final class LearntRelations implements Figures {
  private static final String PROBE = "relationship";

  @Override
  public Map<String, Double> of(Trained trained) {
    return trained
        .service()
        .withMaterial(trained.run(), ExperimentListener.SILENT, LearntRelations::relations);
  }

  private static Map<String, Double> relations(RunMaterial material) {
    EncodedData rows = material.rows(Split.TRAIN).orElseThrow();
    Map<String, Double> relations = new LinkedHashMap<>();
    try (TrainingSession session = material.best()) {
      float[] covariance = session.probes().values(rows, new int[] {0}).get(PROBE);
      if (covariance != null) {
        int tasks = material.tasks().size();
        for (int i = 0; i < tasks; i++) {
          for (int j = i + 1; j < tasks; j++) {
            double lengths = product(covariance, tasks, i, i) * product(covariance, tasks, j, j);
            relations.put(
                "relation_" + (i + 1) + (j + 1),
                product(covariance, tasks, i, j) / Math.sqrt(lengths));
          }
        }
      }
    }
    return relations;
  }

  /** An element of the square of a symmetric matrix. */
  private static double product(float[] matrix, int size, int row, int column) {
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += (double) matrix[row * size + k] * matrix[column * size + k];
    }
    return sum;
  }
}
