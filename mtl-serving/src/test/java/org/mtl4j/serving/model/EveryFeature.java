package org.mtl4j.serving.model;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedBuckets;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedList;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.feature.FittedPiecewiseLinear;
import org.mtl4j.core.feature.FittedPretrained;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.feature.FittedTimeIds;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.BucketFeature;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.ListRule;
import org.mtl4j.core.schema.MultiCategoricalFeature;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.schema.NumericTransform;
import org.mtl4j.core.schema.PiecewiseLinearFeature;
import org.mtl4j.core.schema.Pooling;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.schema.PretrainedVectors;
import org.mtl4j.core.schema.SequenceEncoder;
import org.mtl4j.core.schema.SequenceFeature;
import org.mtl4j.core.schema.TextFeature;
import org.mtl4j.core.schema.TextRule;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.schema.WeightRule;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.testkit.LinearModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.SmallProblem;

/** A model with a feature of every kind on either side, and what users and items look like. */
final class EveryFeature {
  private static final int VALUES = 30;

  private EveryFeature() {}

  /** Features of a side: their names begin with its first letter. */
  private static List<FittedFeature> side(String s, FeatureGroup group) {
    List<FittedFeature> features = new ArrayList<>();
    features.add(learnt(s + "learnt", group));
    features.add(number(s + "log", group, NumericTransform.LOG1P));
    features.add(hashed(s + "hashed", group));
    features.add(
        new FittedBuckets(
            new BucketFeature(s + "cuts", s + "cuts", Optional.of(group), 6, 4),
            List.of(-1.0, 0.0, 0.5)));
    features.add(
        FittedPretrained.of(
            new PretrainedFeature(s + "vector", s + "vector", Optional.of(group), "v.txt", false),
            new Vocabulary(tokens()),
            new PretrainedVectors(
                tokens().stream().map(t -> new float[] {1, t.hashCode() % 7}).toList()),
            Set.of()));
    features.add(
        new FittedPiecewiseLinear(
            new PiecewiseLinearFeature(s + "bins", s + "bins", Optional.of(group), 3, true),
            0.25f,
            List.of(-1.0, 0.1, 0.7, 2.0)));
    features.add(new FittedTimeIds(time(s + "day", group, Optional.of(3))));
    features.add(new FittedTimeCycles(time(s + "round", group, Optional.empty())));
    features.add(
        new FittedList(
            new MultiCategoricalFeature(
                hashed(s + "tags", group).spec(),
                new ListRule("|", 4, ListRule.Keep.FIRST),
                Pooling.MEAN,
                Optional.of(new WeightRule(":"))),
            hashed(s + "tags", group),
            4));
    features.add(
        new FittedList(
            new SequenceFeature(
                hashed(s + "past", group).spec(),
                new ListRule(" ", 3, ListRule.Keep.LAST),
                new SequenceEncoder.Gru(2)),
            hashed(s + "past", group),
            3));
    features.add(
        new FittedList(
            new TextFeature(
                hashed(s + "title", group).spec(),
                new TextRule(TextRule.Unit.CHARACTERS, 2, 3, true, 12),
                Pooling.SUM),
            hashed(s + "title", group),
            12));
    features.add(number(s + "plain", group, NumericTransform.STANDARDIZE));
    return features;
  }

  private static List<String> tokens() {
    return IntStream.range(0, VALUES / 2).mapToObj(i -> "v" + i).toList();
  }

  private static CategoricalFeature spec(
      String name, FeatureGroup group, CategoricalFeature.IdRule rule) {
    return new CategoricalFeature(name, name, Optional.of(group), name, 3, rule);
  }

  private static FittedCategorical learnt(String name, FeatureGroup group) {
    return new FittedCategorical(
        spec(name, group, new CategoricalFeature.Learnt(1)), Optional.of(new Vocabulary(tokens())));
  }

  private static FittedCategorical hashed(String name, FeatureGroup group) {
    return new FittedCategorical(
        spec(name, group, new CategoricalFeature.Hashed(17)), Optional.empty());
  }

  private static FittedFeature number(String name, FeatureGroup group, NumericTransform transform) {
    return new FittedNumeric(
        new NumericFeature(name, name, Optional.of(group), transform, true), 0.5f, 0.3f, 1.7f);
  }

  private static DatetimeFeature time(String name, FeatureGroup group, Optional<Integer> dim) {
    return new DatetimeFeature(
        name,
        name,
        Optional.of(group),
        new TimeRule(TimeRule.Unit.SECONDS, ZoneId.of("Europe/Berlin")),
        new DatetimeFeature.Layout(List.of(TimePart.HOUR, TimePart.MONTH), dim));
  }

  private static FittedFeature cross(String name, CategoricalFeature... of) {
    CategoricalFeature value = spec(name, FeatureGroup.ITEM, new CategoricalFeature.Hashed(97));
    return new FittedCross(
        new CrossFeature(value, List.of(of)),
        new FittedCategorical(value, Optional.empty()),
        IntStream.range(0, of.length).mapToObj(i -> Set.<String>of()).toList());
  }

  /** Users' features, items', crosses of either and of both, and one that serving always gives. */
  static FeaturePipeline pipeline() {
    CategoricalFeature user = learnt("ulearnt", FeatureGroup.USER).spec();
    CategoricalFeature other = hashed("uhashed", FeatureGroup.USER).spec();
    CategoricalFeature item = learnt("ilearnt", FeatureGroup.ITEM).spec();
    CategoricalFeature place = hashed("place", FeatureGroup.CONTEXT).spec();
    List<FittedFeature> features = new ArrayList<>();
    features.addAll(side("u", FeatureGroup.USER));
    features.add(hashed("place", FeatureGroup.CONTEXT));
    features.addAll(side("i", FeatureGroup.ITEM));
    features.add(cross("both", user, item));
    features.add(cross("users", user, other));
    features.add(cross("placed", item, place));
    features.add(cross("three", user, item, hashed("ihashed", FeatureGroup.ITEM).spec()));
    return new FeaturePipeline(features, Map.of("place", "1"));
  }

  /** Columns of users ({@code u}) or of items ({@code i}); one value in ten is missing. */
  static Map<String, Object> columns(String side, Random random) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (String name : List.of("learnt", "hashed", "vector")) {
      row.put(side + name, random.nextInt(10) == 0 ? "" : "v" + random.nextInt(VALUES));
    }
    for (String name : List.of("log", "cuts", "bins", "plain")) {
      row.put(side + name, random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 2);
    }
    for (String name : List.of("day", "round")) {
      row.put(
          side + name,
          random.nextInt(10) == 0 ? Double.NaN : (double) random.nextInt(2_000_000_000));
    }
    row.put(side + "tags", list("|", random, () -> ":" + random.nextInt(5)));
    row.put(side + "past", list(" ", random, () -> ""));
    row.put(side + "title", list(" ", random, () -> "xy"));
    return row;
  }

  private static String list(
      String separator, Random random, java.util.function.Supplier<String> end) {
    return random
        .ints(random.nextInt(6), 0, VALUES)
        .mapToObj(i -> "v" + i + end.get())
        .collect(Collectors.joining(separator));
  }

  /** An item with an id. */
  static Map<String, Object> item(int number, Random random) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", "item" + number);
    item.putAll(columns("i", random));
    return item;
  }

  /** Exports a model with its first values. */
  static void export(Path target, Random random) {
    SmallProblem problem = SmallProblem.withFunnel("click", "buy");
    TrainerSpec spec =
        new TrainerSpec(
            pipeline(),
            problem.tasks(),
            new LinearModel(),
            problem.trainer(new LinearModel(), 1).updates(),
            new TrainerSpec.Execution(
                new Seed(SmallExport.SEED), FloatType.FLOAT32, 2, MatrixProducts.SEPARATE));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int r = 0; r < 16; r++) {
      Map<String, Object> row = new LinkedHashMap<>(columns("u", random));
      row.putAll(columns("i", random));
      rows.add(row);
    }
    SmallExport.write(spec, SmallExport.batch(rows), target);
  }
}
