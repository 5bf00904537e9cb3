package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedCross;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.FittedTimeCycles;
import org.mtl4j.core.feature.FittedTimeIds;
import org.mtl4j.core.feature.RawFeeds;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.schema.TimeRule.Unit;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.tensorflow.Tensor;
import org.tensorflow.types.TInt64;

/** Crosses and times in an export, for any texts and any whole numbers, as in Java. */
class CrossTimeTransformsTest {
  private static final int ROWS = 10_000;
  private static final Set<String> MARKERS = Set.of("?", "NA", "a\nb");

  @TempDir Path folder;

  private final Random draws = TestSeed.random();
  private final RandomRawValues random = new RandomRawValues(TestSeed.random());
  private final List<String> known =
      Stream.concat(
              Stream.of("a\u001fb", "a", "b", "\u001e", "a\u001e", "\u001fb", "\\"),
              random.tokens(20).stream())
          .map(UnicodeText::wellFormed)
          .distinct()
          .toList();

  private static CategoricalFeature spec(String name, CategoricalFeature.IdRule ids) {
    return new CategoricalFeature(name, name, Optional.empty(), name, 3, ids);
  }

  private static FittedFeature cross(String name, Optional<Vocabulary> vocabulary, int features) {
    CategoricalFeature value =
        spec(
            name,
            vocabulary.isPresent()
                ? new CategoricalFeature.Learnt(1)
                : new CategoricalFeature.Hashed(97));
    CategoricalFeature.IdRule any = new CategoricalFeature.Hashed(5);
    List<CategoricalFeature> of =
        List.of(spec("one", any), spec("two", any), spec("three", any)).subList(0, features);
    return new FittedCross(
        new CrossFeature(value, of),
        new FittedCategorical(value, vocabulary),
        List.of(Set.<String>of(), MARKERS, Set.<String>of()).subList(0, features));
  }

  private static FittedFeature hashed(String name) {
    return new FittedCategorical(spec(name, new CategoricalFeature.Hashed(5)), Optional.empty());
  }

  @Test
  void exportGivesTheIdsOfAnyCombination() {
    List<String> pairs = new ArrayList<>();
    known.forEach(one -> known.forEach(two -> pairs.add(CrossFeature.join(List.of(one, two)))));
    FeaturePipeline pipeline =
        new FeaturePipeline(
            List.of(
                cross("pairs", Optional.of(new Vocabulary(pairs)), 2),
                hashed("one"),
                hashed("two"),
                hashed("three"),
                cross("triples", Optional.empty(), 3)));
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      String[] texts = new String[ROWS];
      Arrays.setAll(texts, r -> random.value(known));
      values.add(texts);
    }
    RawBatch rows =
        new RawBatch(
            Columns.of(ColumnType.TEXT, List.of("one", "two", "three")),
            ROWS,
            0,
            values,
            row -> "row " + row);
    EncodedFeatures expected = pipeline.encode(rows);
    assertThat(Arrays.stream(expected.ids().get(0)).distinct().count()).isGreaterThan(300);
    assertThat(Arrays.stream(expected.ids().get(4)).distinct().count()).isGreaterThan(90);
    Map<String, Tensor> feeds = RawFeeds.of(pipeline.inputs(), rows);
    assertThat(feeds).containsOnlyKeys("one", "two", "three");
    assertAgrees(pipeline, feeds, expected);
  }

  private void assertAgrees(
      FeaturePipeline pipeline, Map<String, Tensor> feeds, EncodedFeatures expected) {
    try (ExportedTransforms export = new ExportedTransforms(pipeline, folder.resolve("1"))) {
      export.assertAgrees(feeds, expected.ids(), expected.dense());
    } finally {
      feeds.values().forEach(Tensor::close);
    }
  }

  private static DatetimeFeature time(String name, Unit unit, String zone, Optional<Integer> dim) {
    return new DatetimeFeature(
        name,
        name,
        Optional.empty(),
        new TimeRule(unit, ZoneId.of(zone)),
        new DatetimeFeature.Layout(ALL, dim));
  }

  private static final List<TimePart> ALL =
      List.of(
          TimePart.MINUTE,
          TimePart.HOUR,
          TimePart.WEEKDAY,
          TimePart.DAY_OF_MONTH,
          TimePart.DAY_OF_YEAR,
          TimePart.WEEK,
          TimePart.MONTH,
          TimePart.QUARTER);

  /** {@link #ALL} by java.time's own words. */
  private static final List<ToIntFunction<ZonedDateTime>> PARTS =
      List.of(
          ZonedDateTime::getMinute,
          ZonedDateTime::getHour,
          t -> t.getDayOfWeek().getValue() - 1,
          t -> t.getDayOfMonth() - 1,
          t -> t.getDayOfYear() - 1,
          t -> t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) - 1,
          t -> t.getMonthValue() - 1,
          t -> (t.getMonthValue() - 1) / 3);

  /** Around clock changes, of all years, of this age, and what is beyond all years. */
  private long seconds() {
    return switch (draws.nextInt(10)) {
      case 0 -> TimeRule.MISSING;
      case 1 -> 1_711_846_800 + draws.nextInt(5) - 2;
      case 2 -> 1_729_990_800 + draws.nextInt(5) - 2;
      case 3 -> draws.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE + 1;
      case 4 ->
          TimeRule.FIRST_SECOND
              + Math.floorMod(draws.nextLong(), TimeRule.LAST_SECOND - TimeRule.FIRST_SECOND + 1);
      default -> -2_208_988_800L + Math.floorMod(draws.nextLong(), 6_311_433_600L);
    };
  }

  private static ZonedDateTime clock(long second, String zone) {
    long bounded = Math.max(TimeRule.FIRST_SECOND, Math.min(second, TimeRule.LAST_SECOND));
    return Instant.ofEpochSecond(bounded).atZone(ZoneId.of(zone));
  }

  @Test
  void exportTellsTheClockOfAnyTimeAsJavaDoes() {
    long[] berlin = new long[ROWS];
    Arrays.setAll(berlin, r -> seconds());
    long[] kathmandu = new long[ROWS];
    for (int r = 0; r < ROWS; r++) {
      long second = seconds();
      boolean beyond = Math.abs(second / 2) > TimeRule.LAST_SECOND;
      kathmandu[r] = beyond ? second : second * 1000 + draws.nextInt(1000);
    }
    List<int[]> ids = new ArrayList<>();
    List<float[]> dense = new ArrayList<>();
    for (int p = 0; p < ALL.size(); p++) {
      TimePart part = ALL.get(p);
      ids.add(new int[ROWS]);
      dense.add(new float[ROWS]);
      dense.add(new float[ROWS]);
      for (int r = 0; r < ROWS; r++) {
        if (berlin[r] != TimeRule.MISSING) {
          ZonedDateTime clock = clock(berlin[r], "Europe/Berlin");
          ids.get(p)[r] = 1 + PARTS.get(p).applyAsInt(clock);
        }
        if (kathmandu[r] != TimeRule.MISSING) {
          ZonedDateTime clock = clock(Math.floorDiv(kathmandu[r], 1000), "+05:45");
          double angle = 2 * Math.PI * PARTS.get(p).applyAsInt(clock) / part.size();
          dense.get(2 * p)[r] = (float) StrictMath.sin(angle);
          dense.get(2 * p + 1)[r] = (float) StrictMath.cos(angle);
        }
      }
      assertThat(Arrays.stream(ids.get(p)).distinct().count())
          .as("%s, seed %d", part, TestSeed.value())
          .isGreaterThan(Math.min(part.size(), 300));
    }
    FeaturePipeline pipeline =
        new FeaturePipeline(
            List.of(
                new FittedTimeIds(time("b", Unit.SECONDS, "Europe/Berlin", Optional.of(2))),
                new FittedTimeCycles(time("k", Unit.MILLISECONDS, "+05:45", Optional.empty()))));
    assertJavaAgrees(pipeline, Map.of("b", berlin, "k", kathmandu), ids, dense);
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    feeds.put("b", TInt64.vectorOf(berlin));
    feeds.put("k", TInt64.vectorOf(kathmandu));
    assertAgrees(pipeline, feeds, new EncodedFeatures(ROWS, ids, dense));
  }

  /** Of times that a column can hold: the others are refused there. */
  private static void assertJavaAgrees(
      FeaturePipeline pipeline, Map<String, long[]> times, List<int[]> ids, List<float[]> dense) {
    int[] rows =
        java.util.stream.IntStream.range(0, ROWS)
            .filter(r -> fits(times.get("b")[r], 1) && fits(times.get("k")[r], 1000))
            .toArray();
    List<Object> values = new ArrayList<>();
    for (String name : List.of("b", "k")) {
      values.add(
          Arrays.stream(rows)
              .mapToDouble(
                  r -> times.get(name)[r] == TimeRule.MISSING ? Double.NaN : times.get(name)[r])
              .toArray());
    }
    EncodedFeatures encoded =
        pipeline.encode(
            new RawBatch(
                Columns.of(ColumnType.NUMBER, List.of("b", "k")),
                rows.length,
                0,
                values,
                row -> "row " + row));
    assertThat(rows).hasSizeGreaterThan(ROWS / 2);
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < ids.size(); c++) {
        assertThat(encoded.ids().get(c)[i]).isEqualTo(ids.get(c)[rows[i]]);
      }
      for (int c = 0; c < dense.size(); c++) {
        assertThat(encoded.dense().get(c)[i]).isEqualTo(dense.get(c)[rows[i]]);
      }
    }
  }

  private static boolean fits(long time, int perSecond) {
    long second = Math.floorDiv(time, (long) perSecond);
    return time == TimeRule.MISSING
        || (second >= TimeRule.FIRST_SECOND && second <= TimeRule.LAST_SECOND);
  }
}
