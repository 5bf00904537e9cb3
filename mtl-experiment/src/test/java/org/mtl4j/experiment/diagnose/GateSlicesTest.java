package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.testkit.TestSeed;

/** Gates slice by slice, against plain arrays; and that chance is not taken for more. */
class GateSlicesTest {
  private static final int ROWS = 400;
  private static final int EXPERTS = 3;

  private static GateSample.Gate gate(String task, float[] weights) {
    return new GateSample.Gate("gate/" + task, task, List.of("a", "b", "c"), weights);
  }

  /** Weights that sum to 1, more on an expert by its row. */
  private static float[] weights(SplittableRandom random, int[] more, double by) {
    float[] weights = new float[more.length * EXPERTS];
    for (int r = 0; r < more.length; r++) {
      double sum = 0;
      double[] own = new double[EXPERTS];
      for (int e = 0; e < EXPERTS; e++) {
        own[e] = random.nextDouble() + (e == more[r] ? by : 0);
        sum += own[e];
      }
      for (int e = 0; e < EXPERTS; e++) {
        weights[r * EXPERTS + e] = (float) (own[e] / sum);
      }
    }
    return weights;
  }

  private static double[] mean(float[] weights, List<Integer> rows) {
    double[] mean = new double[EXPERTS];
    for (int row : rows) {
      for (int e = 0; e < EXPERTS; e++) {
        mean[e] += weights[row * EXPERTS + e] / (double) rows.size();
      }
    }
    return mean;
  }

  private static int[] own(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void weightsAndDistancesAreThoseOfPlainArrays() {
    Random seeds = TestSeed.random();
    SplittableRandom random = new SplittableRandom(seeds.nextLong());
    int[] parts = random.ints(ROWS, 0, 4).toArray();
    int[] picked = IntStream.range(0, ROWS / 2).map(i -> 2 * i).toArray();
    int[] more = IntStream.of(picked).map(row -> parts[row] % EXPERTS).toArray();
    float[] weights = weights(random, more, 0.5);
    int[] units = IntStream.range(0, picked.length).map(i -> i / 2).toArray();
    GateSample sample = new GateSample(List.of(gate("t", weights)), picked, units);
    Slicing slicing = new Slicing("part", List.of("0", "1", "2", "3", "none"), parts);
    SlicedGate found = new GateSlices(sample, List.of(slicing), new Seed(1)).all().get(0);
    assertThat(found.slices()).extracting(SlicedGate.Slice::name).hasSize(4).doesNotContain("none");
    for (SlicedGate.Slice slice : found.slices()) {
      int part = Integer.parseInt(slice.name());
      List<Integer> inside = new ArrayList<>();
      List<Integer> outside = new ArrayList<>();
      for (int i = 0; i < picked.length; i++) {
        (parts[picked[i]] == part ? inside : outside).add(i);
      }
      double[] own = mean(weights, inside);
      double[] others = mean(weights, outside);
      double distance = 0;
      for (int e = 0; e < EXPERTS; e++) {
        assertThat(slice.weights().get(e)).isCloseTo(own[e], within(1e-9));
        assertThat(found.elsewhere(slice, e)).isCloseTo(others[e], within(1e-9));
        distance += Math.abs(own[e] - others[e]) / 2;
      }
      assertThat(slice.shift().orElseThrow().distance()).isCloseTo(distance, within(1e-9));
      assertThat(slice.size().rows()).isEqualTo(inside.size());
      assertThat(slice.size().units())
          .isEqualTo((int) inside.stream().map(i -> i / 2).distinct().count());
    }
    assertThat(found.slices())
        .isSortedAccordingTo(
            (a, b) ->
                Double.compare(
                    b.shift().orElseThrow().distance(), a.shift().orElseThrow().distance()));
  }

  private static List<SlicedGate> ofUsers(long seed, int users, int rowsEach) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] taste = random.ints(users, 0, EXPERTS).toArray();
    int[] country = random.ints(users, 0, 4).toArray();
    int[] user = IntStream.range(0, users * rowsEach).map(row -> row / rowsEach).toArray();
    int[] more = IntStream.of(user).map(u -> taste[u]).toArray();
    GateSample sample =
        new GateSample(
            List.of(gate("s", weights(random, more, 3)), gate("t", weights(random, more, 3))),
            own(user.length),
            user);
    Slicing slicing =
        new Slicing(
            "country",
            List.of("0", "1", "2", "3"),
            IntStream.of(user).map(u -> country[u]).toArray());
    return new GateSlices(sample, List.of(slicing), new Seed(seed)).all();
  }

  private static double least(List<SlicedGate> gates) {
    return gates.stream()
        .flatMap(gate -> gate.slices().stream())
        .flatMap(slice -> slice.shift().orElseThrow().chance().stream())
        .mapToDouble(SlicedGate.Chance::p)
        .min()
        .orElseThrow();
  }

  /** A user's rows go to one expert, and each user is of a country by chance: 5 of 100, or so. */
  @Test
  void chanceAmongUsersIsNotTakenForMore() {
    long found =
        IntStream.range(0, 100).filter(seed -> least(ofUsers(seed, 160, 20)) < 0.05).count();
    assertThat(found).isLessThan(12);
  }

  @Test
  void gatesThatGoByTheSliceAreFarBeyondChance() {
    SplittableRandom random = new SplittableRandom(5);
    int[] parts = random.ints(ROWS, 0, 3).toArray();
    float[] weights = weights(random, parts, 3);
    GateSample sample = new GateSample(List.of(gate("t", weights)), own(ROWS), own(ROWS));
    Slicing slicing = new Slicing("part", List.of("0", "1", "2"), parts);
    SlicedGate found = new GateSlices(sample, List.of(slicing), new Seed(1)).all().get(0);
    for (SlicedGate.Slice slice : found.slices()) {
      SlicedGate.Chance chance = slice.shift().orElseThrow().chance().orElseThrow();
      assertThat(chance.p()).isEqualTo(0.001);
      assertThat(chance.distance()).isBetween(0.0, 0.1);
      assertThat(found.gained(slice)).isEqualTo(Integer.parseInt(slice.name()));
    }
  }

  @Test
  void whatIsTheSameInEveryRowIsNotFar() {
    SplittableRandom random = new SplittableRandom(5);
    int[] parts = random.ints(ROWS, 0, 2).toArray();
    float[] weights = new float[ROWS * EXPERTS];
    for (int r = 0; r < ROWS; r++) {
      weights[r * EXPERTS] = 0.1f;
      weights[r * EXPERTS + 1] = 0.3f;
      weights[r * EXPERTS + 2] = 0.6f;
    }
    GateSample sample = new GateSample(List.of(gate("t", weights)), own(ROWS), own(ROWS));
    Slicing slicing = new Slicing("part", List.of("0", "1"), parts);
    SlicedGate found = new GateSlices(sample, List.of(slicing), new Seed(1)).all().get(0);
    assertThat(least(List.of(found))).isEqualTo(1);
  }

  @Test
  void smallSlicesComeLastAndAreNotTested() {
    int[] parts = IntStream.range(0, ROWS).map(row -> row < 29 ? 0 : row < 200 ? 1 : 2).toArray();
    float[] weights = weights(new SplittableRandom(5), parts, 3);
    GateSample sample = new GateSample(List.of(gate("t", weights)), own(ROWS), own(ROWS));
    Slicing slicing = new Slicing("part", List.of("tiny", "one", "two"), parts);
    SlicedGate found = new GateSlices(sample, List.of(slicing), new Seed(1)).all().get(0);
    SlicedGate.Slice last = found.slices().get(2);
    assertThat(last.name()).isEqualTo("tiny");
    assertThat(last.size()).isEqualTo(new SlicedGate.Size(29, 29, true));
    assertThat(last.shift().orElseThrow().chance()).isEmpty();
    assertThat(found.slices().get(0).shift().orElseThrow().chance()).isPresent();
  }

  @Test
  void aSliceOfAllRowsHasNothingToBeFarFrom() {
    float[] weights = weights(new SplittableRandom(5), new int[ROWS], 3);
    GateSample sample = new GateSample(List.of(gate("t", weights)), own(ROWS), own(ROWS));
    Slicing slicing = new Slicing("part", List.of("all"), new int[ROWS]);
    SlicedGate found = new GateSlices(sample, List.of(slicing), new Seed(1)).all().get(0);
    assertThat(found.slices().get(0).shift()).isEmpty();
  }
}
