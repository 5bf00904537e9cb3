package org.mtl4j.data.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CategoricalFeature.Learnt;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.ListFeature;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;

/**
 * Learns features from the training rows, in one pass: show it every block, then ask for the
 * result.
 *
 * <ul>
 *   <li>Numeric: mean, deviation (of the population), least and greatest value over the rows where
 *       the number is there, summed in double precision.
 *   <li>Numeric by quantiles: the quantiles of all its values, while they fit into an eighth of the
 *       heap for all such features together; beyond it of every second row, of every fourth and so
 *       on, by the hash of the row's record.
 *   <li>Categorical: values by falling count, equal counts by text; those below {@code min_count}
 *       stay out, as do those behind the first {@code max_size}. Features of one table count
 *       together and share one vocabulary. Counts are exact: every different value is held until
 *       the last row, in half of the heap at most for all tables together.
 *   <li>Pretrained: how many rows the file has no vector for. The vectors are read before the first
 *       row, and share the counts' half of the heap.
 *   <li>Lists of values: each value as a categorical one; the length of the longest list.
 * </ul>
 *
 * <p>A row that was drawn as a negative says nothing that the log does not: its values come from
 * logged training rows, which count once. Features that combine values of an item with others are
 * learnt from drawn rows too, for what they see there is in no logged row, and would be unknown
 * wherever a label is 0.
 *
 * <p>Not for use by several threads at a time.
 */
public final class FeatureFitter {
  /** What was counted becomes vocabularies beside it, in a third of the room. */
  private static final double COUNTS_SHARE = 0.5;

  /** For numbers whose quantiles are learnt. */
  private static final int QUANTILES_PART_OF_HEAP = 8;

  private final List<Fit> fits = new ArrayList<>();
  private final Map<String, TokenCounts> tables = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final HeapShare heap;
  private final int sampleLimit;
  private long rows;

  /** A feature, and whether it combines what is drawn with what is not. */
  private record Fit(FeatureFit of, boolean combined) {}

  /**
   * A fitter that has seen nothing.
   *
   * @param specs the features
   * @param source of the rows it will see: their columns, and what is missing in them
   * @throws MtlException with every feature whose column is missing or holds a simulator's truth,
   *     and every table whose features disagree about it; or with what is wrong with a file of
   *     vectors
   */
  public FeatureFitter(List<? extends FeatureSpec> specs, BatchSource source) {
    this(specs, source, Set.of());
  }

  /**
   * As {@link #FeatureFitter(List, BatchSource)}, where rows may be drawn.
   *
   * @param combined names of features that combine what is drawn with what is not
   */
  public FeatureFitter(
      List<? extends FeatureSpec> specs, BatchSource source, Set<String> combined) {
    this(specs, source.columns(), source::missing, combined, HeapShare.of(COUNTS_SHARE));
  }

  /**
   * A fitter of rows of which nothing but the columns is known.
   *
   * @param missing per column the texts that stand for a missing value
   * @param heap takes the counts
   */
  FeatureFitter(
      List<? extends FeatureSpec> specs,
      Columns columns,
      Function<String, Set<String>> missing,
      HeapShare heap) {
    this(specs, columns, missing, Set.of(), heap);
  }

  private FeatureFitter(
      List<? extends FeatureSpec> specs,
      Columns columns,
      Function<String, Set<String>> missing,
      Set<String> combined,
      HeapShare heap) {
    this.heap = heap;
    this.sampleLimit = sampleLimit(specs);
    new FeatureChecks(columns).check(specs);
    for (FeatureSpec spec : specs) {
      fits.add(new Fit(fit(spec, columns, missing), combined.contains(spec.name())));
    }
  }

  private static int sampleLimit(List<? extends FeatureSpec> specs) {
    long samples =
        specs.stream()
            .filter(f -> f instanceof BucketFeature || f instanceof PiecewiseLinearFeature)
            .count();
    long bytes = Runtime.getRuntime().maxMemory() / QUANTILES_PART_OF_HEAP;
    return NumberSample.limit(bytes, (int) samples);
  }

  private FeatureFit fit(FeatureSpec spec, Columns columns, Function<String, Set<String>> missing) {
    if (spec instanceof NumberFeature number) {
      return fit(number, columns.indexOf(number.column()));
    }
    if (spec instanceof DatetimeFeature time) {
      return new DatetimeFit(time, columns.indexOf(time.column()));
    }
    if (spec instanceof CrossFeature cross) {
      return new CrossFit(cross, columns, missing, counts(cross.value()));
    }
    if (spec instanceof ListFeature list) {
      int column = columns.indexOf(list.column());
      return new ListFit(list, column, counts(list.value()), missing.apply(list.column()));
    }
    if (spec instanceof PretrainedFeature vectors) {
      int column = columns.indexOf(vectors.column());
      return new PretrainedFit(vectors, column, missing.apply(vectors.column()), heap);
    }
    CategoricalFeature categorical = (CategoricalFeature) spec;
    int column = columns.indexOf(categorical.column());
    Set<String> markers = missing.apply(categorical.column());
    return counts(categorical)
        .<FeatureFit>map(table -> new LearntFit(categorical, column, table, markers))
        .orElseGet(() -> new HashedFit(categorical, markers));
  }

  private FeatureFit fit(NumberFeature spec, int column) {
    if (spec instanceof BucketFeature buckets) {
      return QuantileFit.of(buckets, column, new NumberSample(sampleLimit));
    }
    return spec instanceof PiecewiseLinearFeature bins
        ? QuantileFit.of(bins, column, new NumberSample(sampleLimit))
        : new NumericFit((NumericFeature) spec, column);
  }

  /** Counts the values of a feature's table; empty for a hashed feature. */
  private Optional<TokenCounts> counts(CategoricalFeature feature) {
    return feature.ids() instanceof Learnt learnt
        ? Optional.of(
            tables.computeIfAbsent(feature.table(), name -> new TokenCounts(name, learnt, heap)))
        : Optional.empty();
  }

  /**
   * Looks at a block of training rows.
   *
   * @throws MtlException of code DATA_VALUE, naming the place, if a numeric feature is infinite or
   *     text; of code MEMORY if there are more different values than the heap's share holds
   */
  public void observe(RawBatch block) {
    RawBatch logged = block.drawn().map(drawn -> logged(block, drawn)).orElse(block);
    rows += logged.rowCount();
    fits.forEach(fit -> fit.of().observe(fit.combined() ? block : logged));
  }

  private static RawBatch logged(RawBatch block, DrawnRows drawn) {
    return block.select(
        IntStream.range(0, block.rowCount()).filter(row -> !drawn.rows()[row]).toArray());
  }

  /**
   * The features as learnt, in the order of their specs.
   *
   * @throws MtlException of code NO_ROWS if no row was seen
   */
  public List<FittedFeature> fit() {
    if (rows == 0) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "data",
              "Expected rows to train on, found none.",
              "Check data.where, and what data.split leaves for training."));
    }
    warnings.clear();
    tables.values().forEach(counts -> counts.freeze(warnings));
    return fits.stream().map(fit -> fit.of().fit(warnings)).toList();
  }

  /** What the last {@link #fit} found odd, a sentence each: constant features and the like. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }
}
