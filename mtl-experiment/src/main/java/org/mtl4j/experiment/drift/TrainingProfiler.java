package org.mtl4j.experiment.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.feature.VocabularyFile;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.manifest.TrainingProfile.Bins;
import org.mtl4j.core.manifest.TrainingProfile.Range;
import org.mtl4j.core.metric.StabilityIndex;
import org.mtl4j.core.model.Predictions;

/**
 * Says what training rows look like before a model's transforms, as a server sees requests. It is
 * made of encoded rows: raw ones are read once and not kept.
 */
public final class TrainingProfiler {
  private static final int BLOCK = 4096;
  private static final int SAMPLE = 16_384;

  private final FeaturePipeline pipeline;

  /** Of rows that a pipeline has encoded. */
  public TrainingProfiler(FeaturePipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Some rows, evenly spread, by whose predictions {@link #outputs} is made. */
  public static EncodedRows sample(EncodedData data) {
    int size = Math.min(SAMPLE, data.rowCount());
    return data.pick(
        IntStream.range(0, size).map(i -> (int) ((long) i * data.rowCount() / size)).toArray());
  }

  /**
   * How predictions are spread: of an output of one column over deciles, of one of several over the
   * columns, by which is the largest.
   */
  public static Map<String, Bins> outputs(Predictions predictions) {
    Map<String, Bins> bins = new LinkedHashMap<>();
    predictions
        .values()
        .forEach(
            (name, values) -> {
              int width = values.length / predictions.rowCount();
              bins.put(name, width == 1 ? deciles(values) : largest(values, width));
            });
    return bins;
  }

  private static Bins deciles(float[] values) {
    double[] numbers = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    List<Double> edges = FeatureTally.edges(numbers);
    double[] bounds = edges.stream().mapToDouble(Double::doubleValue).toArray();
    Double[] counts = zeros(2 + edges.size());
    for (double number : numbers) {
      counts[Double.isNaN(number) ? 0 : 1 + StabilityIndex.bin(bounds, number)]++;
    }
    return new Bins(List.of(), edges, List.of(counts));
  }

  private static Bins largest(float[] values, int width) {
    Double[] counts = zeros(1 + width);
    for (int row = 0; row < values.length; row += width) {
      int most = 0;
      for (int column = 1; column < width; column++) {
        most = values[row + column] > values[row + most] ? column : most;
      }
      counts[1 + most]++;
    }
    return new Bins(List.of(), List.of(), List.of(counts));
  }

  private static Double[] zeros(int length) {
    return Collections.nCopies(length, 0.0).toArray(new Double[0]);
  }

  /**
   * What a manifest says of rows.
   *
   * @param profile of the rows, encoded
   * @param ranges by feature, those that are known
   * @param outputs how predictions are spread
   */
  public TrainingProfile of(
      RowProfile profile, Map<String, Range> ranges, Map<String, Bins> outputs) {
    Map<String, TrainingProfile.Input> inputs = new LinkedHashMap<>();
    for (SeenFeature feature : SeenFeature.of(pipeline)) {
      FeatureProfile seen = profile.features().get(feature.name());
      if (seen != null && !pipeline.served().containsKey(feature.name())) {
        inputs.put(
            feature.fitted().inputs().get(0).name(),
            input(feature, seen, Optional.ofNullable(ranges.get(feature.name()))));
      }
    }
    return new TrainingProfile(inputs, outputs);
  }

  private static TrainingProfile.Input input(
      SeenFeature feature, FeatureProfile seen, Optional<Range> range) {
    if (feature.isOrdered()) {
      RawNumbers raw = new RawNumbers(feature.fitted());
      List<Double> edges = seen.edges().stream().map(edge -> (double) raw.least(edge)).toList();
      return new TrainingProfile.Input(
          new Bins(List.of(), edges, seen.counts()), range, Optional.empty());
    }
    return texts(feature)
        .map(
            values ->
                new TrainingProfile.Input(
                    new Bins(seen.tokens(), List.of(), withUnknown(seen)),
                    Optional.empty(),
                    Optional.of(
                        new TrainingProfile.Texts(
                            vocabulary(values), List.copyOf(values.missing())))))
        .orElseGet(
            () ->
                new TrainingProfile.Input(
                    new Bins(List.of(), List.of(), seen.counts()),
                    Optional.empty(),
                    Optional.empty()));
  }

  private static Optional<FittedCategorical> texts(SeenFeature feature) {
    return feature.fitted() instanceof FittedPretrained pretrained
        ? Optional.of(pretrained.values())
        : feature.categorical();
  }

  private static Optional<TrainingProfile.Vocabulary> vocabulary(FittedCategorical values) {
    return values
        .vocabularyFile()
        .map(
            name ->
                new TrainingProfile.Vocabulary(
                    name, VocabularyFile.needsEscapes(values.vocabulary().orElseThrow())));
  }

  /** The last bin of a profile has unknown values and known ones without a bin. */
  private static List<Double> withUnknown(FeatureProfile seen) {
    List<Double> counts = new ArrayList<>(seen.counts());
    int last = counts.size() - 1;
    counts.set(last, Math.max(0, counts.get(last) - seen.unknown()));
    counts.add(1, seen.unknown());
    return counts;
  }

  /** The least and the greatest raw number of each numeric feature in any of the rows. */
  public Map<String, Range> ranges(EncodedData data) {
    List<SeenFeature> numbers =
        SeenFeature.of(pipeline).stream()
            .filter(feature -> feature.kind() == SeenFeature.Kind.NUMBER)
            .toList();
    double[] least = new double[numbers.size()];
    double[] greatest = new double[numbers.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    for (int from = 0; from < data.rowCount() && !numbers.isEmpty(); from += BLOCK) {
      EncodedRows rows = data.block(from, Math.min(BLOCK, data.rowCount() - from));
      for (int f = 0; f < least.length; f++) {
        for (double number : numbers.get(f).numbers(rows.ids(), rows.dense(), rows.rowCount())) {
          if (!Double.isNaN(number)) {
            least[f] = Math.min(least[f], number);
            greatest[f] = Math.max(greatest[f], number);
          }
        }
      }
    }
    return IntStream.range(0, least.length)
        .filter(f -> least[f] <= greatest[f])
        .boxed()
        .collect(
            Collectors.toMap(
                f -> numbers.get(f).name(),
                f -> {
                  RawNumbers raw = new RawNumbers(numbers.get(f).fitted());
                  return new Range(raw.least(least[f]), raw.greatest(greatest[f]));
                }));
  }

  /** Ranges of rows and of those before them. */
  public static Map<String, Range> together(
      Map<String, Range> ranges, Optional<TrainingProfile> before) {
    Map<String, Range> all = new LinkedHashMap<>(ranges);
    before
        .map(TrainingProfile::inputs)
        .orElse(Map.of())
        .forEach(
            (name, input) -> input.range().ifPresent(range -> all.merge(name, range, Range::with)));
    return all;
  }
}
