package org.mtl4j.experiment.drift;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.ListColumns;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedIds;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumbers;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.schema.Vocabulary;

/**
 * Where a feature's values stand in encoded rows, and which number a row has of it: of values the
 * id, of numbers one that rises with the raw value, NaN where it is missing.
 *
 * @param name the feature's
 * @param kind what its numbers are
 * @param from the first of its columns of ids, or of its dense inputs
 * @param width how many there are
 * @param fitted what was learnt of it
 */
record SeenFeature(String name, Kind kind, int from, int width, FittedFeature fitted) {
  /** With more, values are ids. */
  private static final int MOST_TOKENS = 50;

  /** What a row's number is. */
  enum Kind {
    /** An id of a vocabulary, or of hash buckets. */
    ID,
    /** The number of values of a list. */
    LENGTH,
    /** The bucket of a number; 0 where it is missing. */
    BUCKET,
    /** A number. */
    NUMBER
  }

  /**
   * Those of a pipeline that can be looked at. Parts of a time are not, as every day is another
   * one, nor crosses, whose parts are.
   */
  static List<SeenFeature> of(FeaturePipeline pipeline) {
    return pipeline.features().stream().flatMap(f -> of(pipeline, f).stream()).toList();
  }

  private static Optional<SeenFeature> of(FeaturePipeline pipeline, FittedFeature feature) {
    if (feature instanceof FittedCategorical
        || feature instanceof FittedPretrained
        || feature instanceof FittedBuckets) {
      int from = before(pipeline.ids(), feature, ids -> ((FittedIds) ids).tables().size());
      Kind kind = feature instanceof FittedBuckets ? Kind.BUCKET : Kind.ID;
      return Optional.of(new SeenFeature(feature.name(), kind, from, 1, feature));
    }
    if (feature instanceof FittedList list) {
      int from =
          pipeline.idColumns().size()
              + before(pipeline.lists(), feature, other -> ((FittedList) other).length());
      return Optional.of(new SeenFeature(feature.name(), Kind.LENGTH, from, list.length(), list));
    }
    if (feature instanceof FittedNumbers numbers && !(feature instanceof FittedTimeCycles)) {
      int from = before(pipeline.numbers(), feature, FittedFeature::width);
      return Optional.of(
          new SeenFeature(feature.name(), Kind.NUMBER, from, numbers.width(), feature));
    }
    return Optional.empty();
  }

  private static int before(
      List<? extends FittedFeature> all,
      FittedFeature feature,
      ToIntFunction<FittedFeature> columns) {
    return all.stream().takeWhile(other -> !other.equals(feature)).mapToInt(columns).sum();
  }

  /** Whether its numbers lie between edges. */
  boolean isOrdered() {
    return kind == Kind.NUMBER || kind == Kind.BUCKET;
  }

  /** What gives its values their ids, if it is a feature of one value a row. */
  Optional<FittedCategorical> categorical() {
    return fitted instanceof FittedCategorical values ? Optional.of(values) : Optional.empty();
  }

  /** The tokens of its values, if it has such. */
  Optional<Vocabulary> vocabulary() {
    return categorical().flatMap(FittedCategorical::vocabulary);
  }

  /**
   * The vocabulary whose first tokens are the frequent ones; empty if there is none, or it is one
   * of ids, of which others are frequent from day to day.
   */
  Optional<Vocabulary> byFrequency() {
    return vocabulary().filter(v -> v.tokens().size() <= MOST_TOKENS);
  }

  /** Whether an id says that the model does not know the value. */
  boolean isUnknown(int id) {
    boolean tokens =
        fitted instanceof FittedPretrained
            || (fitted instanceof FittedCategorical values && values.vocabulary().isPresent());
    return tokens && id == Vocabulary.OUT_OF_VOCABULARY;
  }

  /** The number of each row. */
  double[] numbers(List<int[]> ids, List<float[]> dense, int rows) {
    return IntStream.range(0, rows).mapToDouble(row -> number(ids, dense, row)).toArray();
  }

  private double number(List<int[]> ids, List<float[]> dense, int row) {
    return switch (kind) {
      case ID -> ids.get(from)[row];
      case BUCKET -> ids.get(from)[row] == 0 ? Double.NaN : ids.get(from)[row];
      case LENGTH ->
          IntStream.range(from, from + width)
              .filter(column -> ids.get(column)[row] != ListColumns.PADDING)
              .count();
      case NUMBER -> number(dense, row);
    };
  }

  /** The sum over a piecewise linear number's inputs rises with it, as each of them does. */
  private double number(List<float[]> dense, int row) {
    if (isMissing(dense, row)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int column = from; column < from + valueWidth(); column++) {
      sum += dense.get(column)[row];
    }
    return sum;
  }

  private int valueWidth() {
    return hasIndicator() ? width - 1 : width;
  }

  private boolean hasIndicator() {
    return (fitted.spec() instanceof NumericFeature n && n.indicator())
        || (fitted.spec() instanceof PiecewiseLinearFeature p && p.indicator());
  }

  /** Without an indicator, what is put in its place gives a missing number away. */
  private boolean isMissing(List<float[]> dense, int row) {
    if (hasIndicator()) {
      return dense.get(from + width - 1)[row] == 1;
    }
    return fitted instanceof FittedNumeric number
        && dense.get(from)[row] == number.apply(Float.NaN);
  }
}
