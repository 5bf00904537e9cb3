package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Expression;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.Utf8Texts;

/** Drawn rows against sets of what everybody has. */
class NegativesTest {
  private static final Seed SEED = new Seed(TestSeed.value());
  private static final Map<String, Expression> DERIVED =
      Map.of("dear", Expression.parse("price > 20"), "value", Expression.parse("price * weight"));

  /** A row of the log: the price goes with the item, the weight with what happened. */
  private static Map<String, Object> row(int user, int item, int i) {
    Map<String, Object> row = new HashMap<>();
    row.put("user", "u" + user);
    row.put("item", item);
    row.put("price", 10.0 + item);
    row.put("kind", "k" + item % 3);
    row.put("weight", 0.5 * i);
    row.put("bought", 1);
    return row;
  }

  /** 40 users with about 30 of 60 items, the first of which are the popular ones. */
  private static List<Map<String, Object>> log() {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      int item = (int) (60 * Math.pow(random.nextDouble(), 2));
      rows.add(row(random.nextInt(40), item, i));
    }
    return rows;
  }

  private static NegativePlan plan(int perPositive, Negatives.By by) {
    Negatives rule = new Negatives(perPositive, by, "user", "item", List.of("kind"), List.of());
    NegativePlan.Roles roles =
        new NegativePlan.Roles(Set.of("kind", "dear"), Set.of("bought"), Optional.empty());
    return new NegativePlan(rule, roles, Set.of("buy"), DERIVED);
  }

  private static SplitDataset split(List<Map<String, Object>> rows) {
    RowRules rules = new RowRules(Optional.empty(), false, DERIVED);
    return SplitDataset.of(BatchSource.of(rows), rules, new SplitRule.Random(0.1, 0.2), SEED);
  }

  private static SplitDataset drawn(List<Map<String, Object>> rows, int n, Negatives.By by) {
    return split(rows).withNegatives(plan(n, by), SEED);
  }

  /** A row as it was read. */
  private record Read(long record, boolean drawn, Map<String, String> values) {
    String get(String column) {
      return values.get(column);
    }
  }

  private static List<Read> read(RawBatch rows) {
    List<Read> read = new ArrayList<>();
    Columns columns = rows.columns();
    for (int r = 0; r < rows.rowCount(); r++) {
      Map<String, String> values = new HashMap<>();
      for (String name : columns.names()) {
        values.put(name, rows.text(columns.indexOf(name), r));
      }
      boolean drawn = rows.drawn().orElseThrow().rows()[r];
      read.add(new Read(rows.record(r), drawn, values));
    }
    return read;
  }

  private static List<Read> read(SplitDataset data, Split split, int block) {
    List<Read> read = new ArrayList<>();
    data.forEach(
        split,
        block,
        rows -> {
          assertThat(rows.rowCount()).isBetween(1, block);
          assertThat(rows.drawn().orElseThrow().tasks()).containsExactly("buy");
          read.addAll(read(rows));
        });
    return read;
  }

  @Test
  void textsAsBytesGiveTheSameDraws() {
    RowRules rules = new RowRules(Optional.empty(), false, DERIVED);
    BatchSource bytes = Utf8Texts.of(BatchSource.of(log()));
    SplitDataset data =
        SplitDataset.of(bytes, rules, new SplitRule.Random(0.1, 0.2), SEED)
            .withNegatives(plan(2, Negatives.By.POPULARITY), SEED);
    assertThat(read(data, Split.TRAIN, 64))
        .isEqualTo(read(drawn(log(), 2, Negatives.By.POPULARITY), Split.TRAIN, 64));
  }

  @Test
  void noUserGetsTheirOwnItemsNorOneTwiceForARowInAnySplit() {
    List<Map<String, Object>> log = log();
    Map<Object, Set<String>> has = new HashMap<>();
    log.forEach(
        r ->
            has.computeIfAbsent(r.get("user"), u -> new HashSet<>()).add(r.get("item").toString()));
    SplitDataset data = drawn(log, 4, Negatives.By.UNIFORM);
    Set<String> trained = new HashSet<>();
    read(split(log).withNegatives(plan(1, Negatives.By.UNIFORM), SEED), Split.TRAIN, 64).stream()
        .filter(row -> !row.drawn())
        .forEach(row -> trained.add(row.get("item")));
    for (Split split : Split.values()) {
      Map<Long, Set<String>> items = new HashMap<>();
      List<Read> rows = read(data, split, 64);
      for (Read row : rows) {
        if (row.drawn()) {
          assertThat(has.get(row.get("user"))).doesNotContain(row.get("item"));
          assertThat(trained).contains(row.get("item"));
          assertThat(items.computeIfAbsent(row.record(), r -> new HashSet<>()).add(row.get("item")))
              .as("record %d, seed %d", row.record(), TestSeed.value())
              .isTrue();
        }
      }
      long positives = rows.stream().filter(row -> !row.drawn()).count();
      assertThat(rows.size()).as("%s", split).isEqualTo((int) (5 * positives));
      assertThat(items.values()).allMatch(found -> found.size() == 4);
    }
  }

  @Test
  void drawnRowsHaveTheirItemsColumnsTheRowsContextAndNoLabel() {
    List<Map<String, Object>> log = log();
    for (Read row : read(drawn(log, 3, Negatives.By.UNIFORM), Split.TRAIN, 100)) {
      Map<String, Object> origin = log.get((int) row.record());
      int item = Integer.parseInt(row.get("item"));
      assertThat(row.get("user")).isEqualTo(origin.get("user"));
      assertThat(row.get("weight")).isEqualTo(RawBatch.spell((double) origin.get("weight")));
      assertThat(row.get("price")).isEqualTo(Integer.toString(10 + item));
      assertThat(row.get("kind")).isEqualTo("k" + item % 3);
      assertThat(row.get("dear")).isEqualTo(item > 10 ? "1" : "0");
      assertThat(row.get("value"))
          .isEqualTo(RawBatch.spell((10.0 + item) * (double) origin.get("weight")));
      assertThat(row.get("bought")).isEqualTo(row.drawn() ? null : "1");
      assertThat(row.drawn() || item == (int) origin.get("item")).isTrue();
    }
  }

  @Test
  void itemWhoseIdIsDerivedComesWithWhatItIsDerivedFrom() {
    Map<String, Expression> derived = Map.of("code", Expression.parse("item + 1000"));
    Negatives rule = new Negatives(2, Negatives.By.UNIFORM, "user", "code", List.of(), List.of());
    NegativePlan.Roles roles = new NegativePlan.Roles(Set.of(), Set.of(), Optional.empty());
    SplitDataset data =
        SplitDataset.of(
                BatchSource.of(log()),
                new RowRules(Optional.empty(), false, derived),
                new SplitRule.Random(0.1, 0.2),
                SEED)
            .withNegatives(new NegativePlan(rule, roles, Set.of("buy"), derived), SEED);
    List<Read> rows = read(data, Split.TRAIN, 100);
    Map<Long, String> origins = new HashMap<>();
    rows.stream().filter(row -> !row.drawn()).forEach(r -> origins.put(r.record(), r.get("item")));
    assertThat(rows).hasSizeGreaterThan(2 * origins.size());
    for (Read row : rows) {
      assertThat(row.get("code")).isEqualTo("" + (Integer.parseInt(row.get("item")) + 1000));
      assertThat(row.get("item").equals(origins.get(row.record()))).isNotEqualTo(row.drawn());
    }
  }

  @Test
  void drawsFollowFromTheSeedWhateverTheBlocks() {
    List<Map<String, Object>> log = log();
    SplitDataset data = drawn(log, 4, Negatives.By.POPULARITY);
    List<Read> small = read(data, Split.TEST, 5);
    assertThat(read(data, Split.TEST, 1_000)).isEqualTo(small);
    assertThat(read(drawn(log, 4, Negatives.By.POPULARITY), Split.TEST, 77)).isEqualTo(small);
    Map<Split, List<Read>> together = new EnumMap<>(Split.class);
    data.forEach(
        33,
        (split, rows) ->
            together.computeIfAbsent(split, s -> new ArrayList<>()).addAll(read(rows)));
    assertThat(together.get(Split.TEST)).isEqualTo(small);
    Seed other = new Seed(SEED.value() + 1);
    SplitDataset another = split(log).withNegatives(plan(4, Negatives.By.POPULARITY), other);
    assertThat(read(another, Split.TEST, 77)).isNotEqualTo(small);
    assertThat(another.rows(Split.TRAIN).fingerprint())
        .isNotEqualTo(data.rows(Split.TRAIN).fingerprint())
        .isNotEqualTo(split(log).rows(Split.TRAIN).fingerprint());
  }

  /** Users who have nothing in common: whom an item is drawn for does not matter. */
  @Test
  void itemsAreDrawnAlikeOrByTheirRows() {
    List<Map<String, Object>> log = new ArrayList<>();
    for (int i = 0; i < 9_000; i++) {
      log.add(row(i, i % 9 < 6 ? 0 : i % 9 < 8 ? 1 : 2, i)); // 6 to 2 to 1.
    }
    for (int i = 0; i < 3_000; i++) {
      log.add(row(9_000 + i, 3, i));
    }
    assertThat(shares(log, Negatives.By.UNIFORM)[0]).isCloseTo(1 / 3.0, within(0.04));
    double[] popular = shares(log, Negatives.By.POPULARITY);
    assertThat(popular[0]).isCloseTo(6 / 9.0, within(0.05));
    assertThat(popular[1]).isCloseTo(2 / 9.0, within(0.04));
    assertThat(popular[2]).isCloseTo(1 / 9.0, within(0.03));
  }

  /** How often items 0, 1 and 2 are drawn for rows of item 3. */
  private static double[] shares(List<Map<String, Object>> log, Negatives.By by) {
    int[] counts = new int[3];
    for (Read row : read(drawn(log, 1, by), Split.TRAIN, 500)) {
      if (row.drawn() && row.record() >= 9_000) {
        counts[Integer.parseInt(row.get("item"))]++;
      }
    }
    double sum = IntStream.of(counts).sum();
    return IntStream.of(counts).mapToDouble(count -> count / sum).toArray();
  }

  @Test
  void whoHasNearlyAllItemsGetsTheOthersAndWhoHasAllNone() {
    List<Map<String, Object>> log = new ArrayList<>();
    for (int item = 0; item < 500; item++) {
      log.add(row(1, item, item));
      if (item < 498) {
        log.add(row(2, item, item));
      }
    }
    Map<String, Object> lacks = row(3, 7, 1);
    lacks.put("item", null);
    log.add(lacks);
    SplitDataset all =
        SplitDataset.of(
                BatchSource.of(log),
                new RowRules(Optional.empty(), false, DERIVED),
                new SplitRule.Random(0, 0),
                SEED)
            .withNegatives(plan(4, Negatives.By.POPULARITY), SEED);
    List<Read> drawn = read(all, Split.TRAIN, 50).stream().filter(Read::drawn).toList();
    assertThat(drawn).hasSize(2 * 498);
    assertThat(drawn)
        .allMatch(row -> row.get("user").equals("u2") && Integer.parseInt(row.get("item")) > 497);
  }

  /** Out of the cache none is. */
  @Test
  void noRowIsReadBeforeTheFirstOneIsAskedFor() {
    int[] passes = new int[1];
    List<Map<String, Object>> log = log();
    BatchSource counted =
        BatchSource.of(
            BatchSource.of(log).columns(),
            () -> {
              passes[0]++;
              return log.stream();
            });
    SplitDataset data =
        SplitDataset.of(
                counted,
                new RowRules(Optional.empty(), false, DERIVED),
                new SplitRule.Random(0.1, 0.2),
                SEED)
            .withNegatives(plan(2, Negatives.By.UNIFORM), SEED);
    int before = passes[0];
    assertThat(data.columns().names()).contains("item");
    assertThat(before).isZero();
    assertThat(read(data, Split.TRAIN, 64))
        .isEqualTo(read(drawn(log, 2, Negatives.By.UNIFORM), Split.TRAIN, 64));
    assertThat(passes[0]).isEqualTo(2); // Who has what, and the rows.
    read(data, Split.TEST, 64);
    assertThat(passes[0]).isEqualTo(3);
  }

  @Test
  void columnsThatAreNotThereAreNamedByTheirKeys() {
    Negatives rule = new Negatives(1, Negatives.By.UNIFORM, "usr", "item", List.of(), List.of());
    NegativePlan.Roles roles = new NegativePlan.Roles(Set.of(), Set.of(), Optional.empty());
    NegativePlan plan = new NegativePlan(rule, roles, Set.of("buy"), Map.of());
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> split(log()).withNegatives(plan, SEED));
    assertThat(error.code()).isEqualTo(ErrorCode.COLUMN_MISSING);
    assertThat(error)
        .hasMessage(
            "data.negatives.user: The source has no column \"usr\". Did you mean \"user\"?");
    assertThatThrownBy(
            () -> new Negatives(0, Negatives.By.UNIFORM, "user", "item", List.of(), List.of()))
        .hasMessage("per_positive: expected 1 to 1000, found 0");
  }

  @Test
  void itemsThatTheShareOfTheHeapCannotHoldAreRefused() {
    List<Map<String, Object>> log = new ArrayList<>();
    for (int item = 10; item < 40; item++) {
      log.add(row(1, item, item));
    }
    SplitDataset data =
        SplitDataset.of(
            BatchSource.of(log),
            new RowRules(Optional.empty(), false, DERIVED),
            new SplitRule.Random(0, 0),
            SEED);
    // Of each its id, of two characters, and three columns: item and price are numbers.
    long bytes = 30 * (104 + 2 * 2 + 4 * 64 + 2 * 2);
    NegativePlan plan = plan(1, Negatives.By.UNIFORM);
    read(data.withNegatives(plan, SEED, new HeapShare(0.5, 2 * bytes)), Split.TRAIN, 64);
    SplitDataset more = data.withNegatives(plan, SEED, new HeapShare(0.5, 2 * bytes - 2));
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> read(more, Split.TRAIN, 64));
    assertThat(error.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(error)
        .hasMessageStartingWith(
            "data.negatives: Expected what fits into 50 % of the heap, 0.0 MB; found that"
                + " remembering 30 items takes more. Draw negatives once, where the file is made.");
  }
}
