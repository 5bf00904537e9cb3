package org.mtl4j.models.component;

import java.util.List;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.schema.FeatureSpec;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Each feature as a vector of one width, as models that let features meet in pairs need them: a
 * feature of that width as it is, another one times a matrix of its own, {@code FEATURE/kernel}
 * [its width, dim], which makes of a number its multiple of a learnt vector.
 */
public final class FieldVectors {
  private FieldVectors() {}

  /** A tensor [B, dim] a feature, in the order of their columns. */
  public static List<Operand<TFloating>> of(GraphContext scope, FeatureTensors features, int dim) {
    return features.specs().stream()
        .map(FeatureSpec::name)
        .map(name -> vector(scope.scope(name), features.feature(name), dim))
        .toList();
  }

  private static Operand<TFloating> vector(
      GraphContext scope, Operand<TFloating> feature, int dim) {
    int width = GraphContext.width(feature);
    if (width == dim) {
      return feature;
    }
    Operand<TFloating> kernel =
        scope.variable("kernel", Shape.of(width, dim), Initializer.glorotUniform(width, dim));
    return scope.tf().linalg.matMul(feature, kernel);
  }

  /**
   * The width, checked.
   *
   * @throws IllegalArgumentException if it is not from 1 to 1024
   */
  public static int checkDim(int dim) {
    if (dim < 1 || dim > 1024) {
      throw new IllegalArgumentException("dim: expected 1 to 1024, found " + dim);
    }
    return dim;
  }
}
