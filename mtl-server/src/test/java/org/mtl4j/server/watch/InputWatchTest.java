package org.mtl4j.server.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.manifest.TrainingProfile.Bins;
import org.mtl4j.core.manifest.TrainingProfile.Range;
import org.mtl4j.core.manifest.TrainingProfile.Texts;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.TensorShape;
import org.mtl4j.serving.tensor.TensorType;
import org.mtl4j.serving.tensor.TensorValue;
import org.mtl4j.testkit.TestSeed;

class InputWatchTest {
  /** Missing, below 1, from 1, from 2, from 3. */
  private static final Bins AGES =
      new Bins(List.of(), List.of(1.0, 2.0, 3.0), List.of(10.0, 20.0, 30.0, 25.0, 15.0));

  private static final WatchRules RULES = new WatchRules(Duration.ofMinutes(12), 1_000, false);

  @TempDir Path version;

  private final Moving clock = new Moving();

  /** A clock that is moved by hand. */
  private static final class Moving implements InstantSource {
    private Instant now = Instant.ofEpochSecond(1_800_000_000L);

    @Override
    public Instant instant() {
      return now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }
  }

  @BeforeEach
  void vocabulary() throws IOException {
    Files.createDirectories(version.resolve("assets"));
    Files.writeString(
        version.resolve("assets/vocabulary_country.txt"),
        "de\nfr\nback\\\\slash\ntwo\\nlines\nmt\n");
  }

  private static ModelManifest manifest(
      Map<String, ModelManifest.Kind> kinds, Optional<TrainingProfile> training) {
    List<ModelManifest.Input> inputs = new ArrayList<>();
    kinds.forEach(
        (name, kind) ->
            inputs.add(
                new ModelManifest.Input(name, name, kind, Optional.empty(), Optional.empty())));
    return new ModelManifest(
        ModelManifest.FORMAT,
        "shop",
        "1",
        inputs,
        List.of(),
        List.of(),
        Explanation.NONE,
        List.of(),
        Map.of(),
        new ModelManifest.Certificate(1, 0),
        Map.of(),
        List.of(),
        training);
  }

  private InputWatch watch(WatchRules rules) {
    Map<String, ModelManifest.Kind> kinds = new LinkedHashMap<>();
    kinds.put("age", ModelManifest.Kind.NUMERIC);
    kinds.put("country", ModelManifest.Kind.CATEGORICAL);
    kinds.put("tags", ModelManifest.Kind.MULTI_CATEGORICAL);
    kinds.put("hashed", ModelManifest.Kind.CATEGORICAL);
    kinds.put("seen_at", ModelManifest.Kind.TIME);
    Map<String, TrainingProfile.Input> inputs = new LinkedHashMap<>();
    inputs.put(
        "age",
        new TrainingProfile.Input(AGES, Optional.of(new Range(0.5f, 3.5f)), Optional.empty()));
    inputs.put(
        "country",
        new TrainingProfile.Input(
            new Bins(List.of("de", "two\nlines"), List.of(), List.of(5.0, 5.0, 60.0, 20.0, 10.0)),
            Optional.empty(),
            Optional.of(
                new Texts(
                    Optional.of(new TrainingProfile.Vocabulary("vocabulary_country.txt", true)),
                    List.of("?", "mt")))));
    inputs.put(
        "tags",
        new TrainingProfile.Input(
            new Bins(List.of(), List.of(), List.of(50.0, 50.0)),
            Optional.empty(),
            Optional.empty()));
    inputs.put(
        "hashed",
        new TrainingProfile.Input(
            new Bins(List.of(), List.of(), List.of(10.0, 0.0, 90.0)),
            Optional.empty(),
            Optional.of(new Texts(Optional.empty(), List.of()))));
    Map<String, Bins> outputs = new LinkedHashMap<>();
    outputs.put("click", new Bins(List.of(), List.of(0.1, 0.2), List.of(0.0, 40.0, 40.0, 20.0)));
    outputs.put("genre", new Bins(List.of(), List.of(), List.of(0.0, 50.0, 30.0, 20.0)));
    return new InputWatch(
        version, manifest(kinds, Optional.of(new TrainingProfile(inputs, outputs))), rules, clock);
  }

  private static Watched of(InputWatch watch, String name) {
    return watch.watched().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The formula, with half a row more in each bin and no share below .0001, in plain loops. */
  private static double index(double[] expected, double[] found) {
    double all = 0;
    double these = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      all += expected[bin] + 0.5;
      these += found[bin] + 0.5;
    }
    double sum = 0;
    for (int bin = 0; bin < expected.length; bin++) {
      double a = Math.max(1e-4, (expected[bin] + 0.5) / all);
      double b = Math.max(1e-4, (found[bin] + 0.5) / these);
      sum += (a - b) * Math.log(a / b);
    }
    return sum;
  }

  private static void assertIndex(Watched watched, double[] expected, double... found) {
    assertThat(watched.recent().values()).isEqualTo((long) Arrays.stream(found).sum());
    assertThat(watched.recent().stabilityIndex().orElseThrow())
        .isCloseTo(index(expected, found), within(1e-12));
  }

  @Test
  void numbersAreCountedByTheBinsOfTrainingAndByItsRange() {
    InputWatch watch = watch(RULES);
    float below = Math.nextDown(0.5f);
    watch.inputs(
        Map.of(
            "age",
            TensorValue.floats(
                Float.NaN, 0.5f, below, 1, 1.5f, 3, 3.5f, 3.6f, Float.POSITIVE_INFINITY)));
    watch.inputs(Map.of("age", TensorValue.floats(2, Float.NEGATIVE_INFINITY)));
    Watched age = of(watch, "age");
    assertThat(age.side()).isEqualTo(Watched.Side.INPUT);
    assertThat(age.total()).isEqualTo(new Watched.Total(11, 1, 0, 4));
    assertIndex(age, new double[] {10, 20, 30, 25, 15}, 1, 3, 2, 1, 4);
    assertThat(age.recent().unknownShare()).isEmpty();
  }

  @Test
  void textsAreMissingUnknownFrequentOrOthers() {
    InputWatch watch = watch(RULES);
    watch.inputs(
        Map.of(
            "country",
            TensorValue.strings(
                "", "?", "mt", "de", "de", "two\nlines", "fr", "back\\slash", "xx", "de "),
            "tags",
            TensorValue.strings("", "a|b", "", "c"),
            "hashed",
            TensorValue.strings("", "anything", "at all")));
    Watched country = of(watch, "country");
    assertThat(country.total()).isEqualTo(new Watched.Total(10, 3, 2, 0));
    assertIndex(country, new double[] {5, 5, 60, 20, 10}, 3, 2, 2, 1, 2);
    assertThat(country.recent().unknownShare().orElseThrow()).isCloseTo(0.2, within(1e-12));
    assertThat(of(watch, "tags").total()).isEqualTo(new Watched.Total(4, 2, 0, 0));
    assertThat(of(watch, "tags").recent().unknownShare()).isEmpty();
    assertThat(of(watch, "hashed").total()).isEqualTo(new Watched.Total(3, 1, 0, 0));
  }

  @Test
  void answersAreCountedByTheirValueOrTheirLargestColumn() {
    InputWatch watch = watch(RULES);
    ByteBuffer classes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    classes.asFloatBuffer().put(new float[] {0.2f, 0.5f, 0.3f, 0.1f, 0.1f, 0.8f});
    watch.outputs(
        Map.of(
            "click",
            TensorValue.floats(0.05f, 0.1f, 0.9f),
            "genre",
            TensorValue.ofNumbers(TensorType.FLOAT, TensorShape.of(2, 3), classes)));
    assertThat(of(watch, "click").side()).isEqualTo(Watched.Side.OUTPUT);
    // 0.1f is above the double 0.1.
    assertIndex(of(watch, "click"), new double[] {0, 40, 40, 20}, 0, 1, 1, 1);
    assertIndex(of(watch, "genre"), new double[] {0, 50, 30, 20}, 0, 0, 1, 1);
  }

  /** A signature's own checks refuse them; the watch is not what ends a request. */
  @Test
  void otherNamesTypesAndShapesAreLeftAlone() {
    InputWatch watch = watch(new WatchRules(Duration.ofHours(1), 10, true));
    TensorValue wide =
        TensorValue.ofNumbers(TensorType.FLOAT, TensorShape.of(1, 2), ByteBuffer.allocate(8));
    assertThatCode(
            () -> {
              watch.inputs(Map.of("age", TensorValue.strings("a"), "other", wide));
              watch.inputs(Map.of("age", wide, "country", wide));
              watch.inputs(Map.of("age", TensorValue.floats(), "seen_at", TensorValue.floats(1)));
              watch.outputs(Map.of("genre", wide, "click", TensorValue.strings("a")));
            })
        .doesNotThrowAnyException();
    assertThat(watch.watched()).allMatch(one -> one.total().values() == 0);
    assertThat(of(watch, "age").recent().stabilityIndex()).isEmpty();
  }

  @Test
  void numberOutOfRangeIsRefusedWhereTheRulesSaySoByInputAndRowAlone() {
    InputWatch counting = watch(RULES);
    TensorValue ages = TensorValue.floats(1, 2, 77.125f, 78);
    assertThatCode(() -> counting.inputs(Map.of("age", ages))).doesNotThrowAnyException();
    InputWatch refusing = watch(new WatchRules(Duration.ofHours(1), 1, true));
    assertThatThrownBy(() -> refusing.inputs(Map.of("age", ages)))
        .isInstanceOfSatisfying(
            RequestException.class,
            e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
        .hasMessageContaining("Input \"age\": row 2 (from 0)")
        .hasMessageNotContaining("77")
        .hasMessageNotContaining("3.5");
    assertThat(of(refusing, "age").total()).isEqualTo(new Watched.Total(4, 0, 0, 2));
    assertThatCode(() -> refusing.inputs(Map.of("age", TensorValue.floats(0.5f, 3.5f, Float.NaN))))
        .doesNotThrowAnyException();
  }

  @Test
  void ofALargeRequestSoManyRowsAreCountedEvenlySpread() {
    InputWatch watch = watch(new WatchRules(Duration.ofHours(1), 4, false));
    watch.inputs(Map.of("age", TensorValue.floats(Float.NaN, 1, 2, 2, 3, 3, 1, 1)));
    // Rows 0, 2, 4 and 6.
    assertIndex(of(watch, "age"), new double[] {10, 20, 30, 25, 15}, 1, 0, 1, 1, 1);
  }

  /** Twelve slots of a minute each. */
  @Test
  void indexForgetsWhatTheWindowHasLeftBehindAndTotalsDoNot() {
    InputWatch watch = watch(RULES);
    watch.inputs(Map.of("age", TensorValue.floats(1, 1, 1)));
    clock.pass(Duration.ofMinutes(12));
    watch.inputs(Map.of("age", TensorValue.floats(3)));
    assertIndex(of(watch, "age"), new double[] {10, 20, 30, 25, 15}, 0, 0, 3, 0, 1);
    clock.pass(Duration.ofMinutes(1));
    assertIndex(of(watch, "age"), new double[] {10, 20, 30, 25, 15}, 0, 0, 0, 0, 1);
    clock.pass(Duration.ofDays(3));
    assertThat(of(watch, "age").recent())
        .isEqualTo(new Watched.Recent(0, OptionalDouble.empty(), OptionalDouble.empty()));
    assertThat(of(watch, "age").total().values()).isEqualTo(4);
  }

  /** The bins of a log; what comes like it stays below chance, what is shifted is found. */
  @Test
  void shiftOfALogIsFoundAndItsRepetitionIsNot() {
    Random random = TestSeed.random();
    double[] log = random.doubles(20_000).map(x -> random.nextGaussian()).sorted().toArray();
    List<Double> edges = new ArrayList<>();
    for (int q = 1; q < 10; q++) {
      edges.add(log[q * log.length / 10]);
    }
    double[] expected = new double[11];
    for (double x : log) {
      expected[1 + (int) edges.stream().filter(edge -> edge <= x).count()]++;
    }
    Bins bins = new Bins(List.of(), edges, Arrays.stream(expected).boxed().toList());
    TrainingProfile training =
        new TrainingProfile(
            Map.of("score", new TrainingProfile.Input(bins, Optional.empty(), Optional.empty())),
            Map.of());
    ModelManifest manifest =
        manifest(Map.of("score", ModelManifest.Kind.NUMERIC), Optional.of(training));
    for (double shift : new double[] {0, 0.25, 1}) {
      InputWatch watch = new InputWatch(version, manifest, RULES, clock);
      double[] found = new double[11];
      for (int request = 0; request < 100; request++) {
        float[] values = new float[100];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() + shift);
          float value = values[i];
          found[1 + (int) edges.stream().filter(edge -> edge <= value).count()]++;
        }
        watch.inputs(Map.of("score", TensorValue.floats(values)));
      }
      assertIndex(of(watch, "score"), expected, found);
      double index = of(watch, "score").recent().stabilityIndex().orElseThrow();
      // The index of two normal distributions d apart is near d * d: E[(x - y) (log p - log q)].
      if (shift == 0) {
        assertThat(index).isLessThan(0.01);
      } else {
        assertThat(index)
            .as("shifted by %s", shift)
            .isBetween(0.8 * shift * shift, shift * shift + 0.02);
      }
    }
  }

  @Test
  void nothingIsLostBetweenThreads() throws Exception {
    InputWatch watch = watch(RULES);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 5_000; i++) {
                    watch.inputs(Map.of("age", TensorValue.floats(1, 2, 9)));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(of(watch, "age").total()).isEqualTo(new Watched.Total(60_000, 0, 0, 20_000));
    assertIndex(of(watch, "age"), new double[] {10, 20, 30, 25, 15}, 0, 0, 20_000, 20_000, 20_000);
  }

  @Test
  void exportThatSaysNothingOfItsRowsIsNotWatched() {
    InputWatch watch =
        new InputWatch(
            version,
            manifest(Map.of("age", ModelManifest.Kind.NUMERIC), Optional.empty()),
            RULES,
            clock);
    assertThat(watch.isEmpty()).isTrue();
    assertThat(watch.watched()).isEmpty();
    assertThatCode(() -> watch.inputs(Map.of("age", TensorValue.floats(1))))
        .doesNotThrowAnyException();
  }

  @Test
  void vocabularyThatIsNotThereIsSaid() throws IOException {
    Files.delete(version.resolve("assets/vocabulary_country.txt"));
    assertThatThrownBy(() -> watch(RULES))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXPORT_INVALID))
        .hasMessageContaining("vocabulary_country.txt");
  }

  @Test
  void everyTextOfALargeVocabularyIsKnownAndNoOther() throws IOException {
    Path file = version.resolve("large.txt");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      lines.append("item").append(i).append('\n');
    }
    Files.writeString(file, lines);
    KnownTexts texts = KnownTexts.read(file, false);
    assertThat(texts.count()).isEqualTo(100_000);
    for (int i = 0; i < 200_000; i++) {
      byte[] text = ("item" + i).getBytes(UTF_8);
      assertThat(texts.contains(text)).isEqualTo(i < 100_000);
    }
  }
}
