package org.mtl4j.experiment.config;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.model.CalibrationMethod;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.LossRule;
import org.mtl4j.core.task.TaskType;

/** A task that is trained on no label. */
public sealed interface UnlabelledTask extends TaskConfig {

  /** A constant: every row of the sample space has a say. */
  @Override
  default Expression label() {
    return Expression.parse("0");
  }

  @Override
  default Optional<String> labelWindow() {
    return Optional.empty();
  }

  @Override
  default Optional<CalibrationMethod> calibration() {
    return Optional.empty();
  }

  /**
   * A code from which features are rebuilt; no label.
   *
   * @param of user, item or context, whose features; all if absent
   * @param dims numbers of the code
   * @param layers of the encoder, the decoder's are the same ones the other way round
   * @param where the rows it speaks about
   * @param exampleWeight weight of a row
   * @param lossWeight weight of its loss
   */
  @ConfigName("reconstruction")
  record Reconstruction(
      Optional<FeatureGroup> of,
      @Default("8") int dims,
      @Default("[64]") List<Integer> layers,
      Optional<Expression> where,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight)
      implements UnlabelledTask {
    /** Checks the code and the weight. */
    public Reconstruction {
      layers = new CodeSpec(Optional.empty(), dims, layers).layers();
      LossRule.weighted(lossWeight);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Reconstruction(new CodeSpec(of.map(FeatureGroup::key), dims, layers));
    }
  }

  /**
   * Clusters of rows; no label that is trained on.
   *
   * @param of user, item or context, whose features; all if absent
   * @param clusters how many
   * @param dims numbers of the code that clusters lie in
   * @param layers of the encoder, the decoder's are the same ones the other way round
   * @param warmupSteps steps in which the code is learnt alone
   * @param clusteringWeight what the clusters' loss counts behind them
   * @param reconstructionWeight what the error of what is rebuilt counts behind them
   * @param comparedWith a label that the clusters are compared with, and never trained on
   * @param where the rows it speaks about
   * @param exampleWeight weight of a row
   * @param lossWeight weight of its loss
   */
  @ConfigName("clustering")
  record Clustering(
      Optional<FeatureGroup> of,
      int clusters,
      @Default("8") int dims,
      @Default("[64]") List<Integer> layers,
      @Default("200") int warmupSteps,
      @Default("0.1") double clusteringWeight,
      @Default("1") double reconstructionWeight,
      Optional<Expression> comparedWith,
      Optional<Expression> where,
      Optional<Expression> exampleWeight,
      @Default("1") double lossWeight)
      implements UnlabelledTask {
    /** Checks the code, the clusters and the weight. */
    public Clustering {
      layers = new CodeSpec(Optional.empty(), dims, layers).layers();
      new ClusterRule(clusters, warmupSteps, clusteringWeight, reconstructionWeight, false);
      LossRule.weighted(lossWeight);
    }

    @Override
    public Expression label() {
      return comparedWith.orElseGet(UnlabelledTask.super::label);
    }

    @Override
    public TaskType taskType() {
      return new TaskType.Clustering(
          new CodeSpec(of.map(FeatureGroup::key), dims, layers),
          new ClusterRule(
              clusters,
              warmupSteps,
              clusteringWeight,
              reconstructionWeight,
              comparedWith.isPresent()));
    }
  }
}
