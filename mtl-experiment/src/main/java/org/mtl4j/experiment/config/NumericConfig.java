package org.mtl4j.experiment.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.task.Decimals;

/**
 * A number.
 *
 * @param column the source's column; by default the name
 * @param group user, item or context
 * @param transform what becomes of it
 * @param indicator whether a further input says that it was missing
 * @param buckets for quantile: how many, 10 by default
 * @param dim for quantile: width of the embedding, 8 by default
 * @param bins for piecewise_linear: how many, 48 by default
 * @param serveAs what serving always gives, for a feature that is known in training only
 */
@ConfigName("numeric")
public record NumericConfig(
    Optional<String> column,
    Optional<FeatureGroup> group,
    @Default("standardize") Transform transform,
    @Default("false") boolean indicator,
    Optional<Integer> buckets,
    Optional<Integer> dim,
    Optional<Integer> bins,
    Optional<String> serveAs)
    implements FeatureConfig {
  private static final int BUCKETS = 10;
  private static final int DIM = 8;

  /** As the package of the paper's authors has it. */
  private static final int BINS = 48;

  /** The transforms by name. */
  public enum Transform {
    /** {@link NumericTransform#NONE}. */
    NONE,
    /** {@link NumericTransform#STANDARDIZE}. */
    STANDARDIZE,
    /** {@link NumericTransform#MINMAX}. */
    MINMAX,
    /** {@link NumericTransform#LOG1P}. */
    LOG1P,
    /** {@link BucketFeature}. */
    QUANTILE,
    /** {@link PiecewiseLinearFeature}. */
    PIECEWISE_LINEAR;

    private Set<String> keys() {
      return switch (this) {
        case NONE, STANDARDIZE, MINMAX, LOG1P -> Set.of();
        case QUANTILE -> Set.of("buckets", "dim");
        case PIECEWISE_LINEAR -> Set.of("bins");
      };
    }
  }

  /**
   * Checks the ranges, and that no key is there which the transform does not read.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public NumericConfig {
    Map<String, Optional<Integer>> given = new LinkedHashMap<>();
    given.put("buckets", buckets);
    given.put("dim", dim);
    given.put("bins", bins);
    given.forEach(
        (key, value) -> {
          if (value.isPresent() && !transform.keys().contains(key)) {
            throw new IllegalArgumentException(
                "%s: expected none with this transform, found %s".formatted(key, value.get()));
          }
        });
    if (transform == Transform.QUANTILE && indicator) {
      throw new IllegalArgumentException(
          "indicator: expected false with quantile, where missing has an id of its own, found true");
    }
    buckets.ifPresent(n -> new BucketFeature("", "", group, n, DIM));
    dim.ifPresent(n -> new BucketFeature("", "", group, BUCKETS, n));
    bins.ifPresent(n -> new PiecewiseLinearFeature("", "", group, n, indicator));
    String served = serveAs.orElse("");
    if (!served.isEmpty() && !Decimals.isNumber(served)) {
      throw new IllegalArgumentException(
          "serve_as: expected a number, or \"\" for a missing one, found \""
              + Excerpt.of(served)
              + "\"");
    }
  }

  @Override
  public NumberFeature toSpec(String name, Map<String, FeatureConfig> all) {
    String source = column.orElse(name);
    return switch (transform) {
      case NONE -> scaled(name, NumericTransform.NONE);
      case STANDARDIZE -> scaled(name, NumericTransform.STANDARDIZE);
      case MINMAX -> scaled(name, NumericTransform.MINMAX);
      case LOG1P -> scaled(name, NumericTransform.LOG1P);
      case QUANTILE ->
          new BucketFeature(name, source, group, buckets.orElse(BUCKETS), dim.orElse(DIM));
      case PIECEWISE_LINEAR ->
          new PiecewiseLinearFeature(name, source, group, bins.orElse(BINS), indicator);
    };
  }

  private NumericFeature scaled(String name, NumericTransform scaling) {
    return new NumericFeature(name, column.orElse(name), group, scaling, indicator);
  }
}
