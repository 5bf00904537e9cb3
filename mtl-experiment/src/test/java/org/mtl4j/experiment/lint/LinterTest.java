package org.mtl4j.experiment.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.lookup.LookupSpec;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.union.IdScope;

/** Each check on what it is there for, and on what is just not it. 1,500 of 2,000 rows train. */
class LinterTest {
  @TempDir private Path folder;
  private LintTable table;

  @BeforeEach
  void makeTable() {
    table = new LintTable(folder);
  }

  private static double noise(int row, int salt) {
    return LintTable.noise(row, salt);
  }

  /** The label of the table. */
  private static boolean click(int row) {
    return noise(row, 1) < 0.3;
  }

  @Test
  void aPlainTableHasNothing() throws IOException {
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void theLabelsOwnColumnIsALeakWhateverTheFeatureIsCalled() throws IOException {
    table
        .column("rating", row -> 1 + (int) (5 * noise(row, 3)))
        .task("rating: {type: regression, label: rating}")
        .feature("stars: {type: categorical, column: rating}");
    assertThat(table.lint())
        .containsExactly(
            "error LABEL_AS_FEATURE features.stars: It reads the column \"rating\", which is the"
                + " label of task \"rating\".");
  }

  @Test
  void aColumnBesideOthersInALabelIsNoLeakByItself() throws IOException {
    table
        .column("seconds", row -> noise(row, 4))
        .column("length", row -> noise(row, 5))
        .task("long: {type: binary, label: \"seconds > length\"}")
        .feature("length: {type: numeric}");
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void aNumberThatTellsTheLabelIsALeakRisingFallingOrMissing() throws IOException {
    // Of 200 rows one says the opposite: an AUC of about .995.
    table
        .column("stay", row -> click(row) == (noise(row, 6) > 0.005) ? -5 : 5)
        .column("bought_at", row -> click(row) ? 1 + noise(row, 8) : "")
        .feature("stay: {type: numeric}")
        .feature("bought_at: {type: numeric}");
    assertThat(table.lint())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "error LABEL_AS_FEATURE features.stay: The column \"stay\" alone tells the"
                            + " label of task \"click\" with an AUC of 0\\.99\\d\\d \\(all training"
                            + " rows\\)\\."))
        .anySatisfy(line -> assertThat(line).contains("bought_at", "AUC of 1.0000"));
  }

  @Test
  void aNumberThatTellsMostOfTheLabelIsSuspectAndOneThatTellsMuchAGoodFeature() throws IOException {
    table
        .column("stay", row -> click(row) == (noise(row, 6) > 0.02) ? -5 : 5)
        .feature("stay: {type: numeric}");
    assertThat(table.lint())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("warning LABEL_AS_FEATURE features.stay: The column \"stay\" alone tells")
        .contains("with an AUC of 0.98");
    table.column("stay", row -> click(row) == (noise(row, 6) > 0.12) ? -5 : 5);
    assertThat(table.lint()).isEmpty();
  }

  /** How long somebody watched, which nobody knows before they click. */
  @Test
  void aMeasureThatIsZeroWhereTheLabelIsNoComesAfterIt() throws IOException {
    IntFunction<Object> seconds =
        row -> click(row) ? 1 + 9 * noise(row, 7) : noise(row, 6) < 0.7 ? 0 : 10 * noise(row, 7);
    table.column("seconds", seconds).feature("seconds: {type: numeric, transform: log1p}");
    long no = training().filter(row -> !click(row)).count();
    long none = training().filter(row -> seconds.apply(row).equals(0.0)).count();
    assertThat(table.lint())
        .containsExactly(
            String.format(
                Locale.ROOT,
                "error MEASURED_AFTER_LABEL features.seconds: The column \"seconds\" is 0 in %.1f %%"
                    + " of the rows whose label of task \"click\" is 0, and in 0.0 %% of those where"
                    + " it is 1 (all training rows).",
                100.0 * none / no));
    table.column("seconds", row -> seconds.apply(row).equals(0.0) ? "" : seconds.apply(row));
    assertThat(table.lint().get(0)).contains("The column \"seconds\" is missing in ");
    // Of a code of few values each may well go with a label.
    table.column("seconds", row -> seconds.apply(row).equals(0.0) ? 0 : 1 + row % 8);
    assertThat(table.lint()).noneMatch(line -> line.startsWith("error"));
  }

  /** Whoever watched to the end is counted: a label that is made of the measure. */
  @Test
  void aMeasureThatDecidesTheLabelAtBothEndsComesAfterIt() throws IOException {
    IntFunction<Object> watched = row -> (click(row) ? 30 : 0) + 50 * noise(row, 7);
    table.column("watched", watched).feature("watched: {type: numeric}");
    assertThat(table.lint())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "error MEASURED_AFTER_LABEL features\\.watched: The column \"watched\" decides the label"
                + " of task \"click\" at both ends: up to (29|30)\\.\\d* it is 0, of"
                + " (5[7-9]|6[0-3])\\.\\d % of all such rows, and from (49|50)\\.\\d* on 1, of"
                + " (5[6-9]|6[0-4])\\.\\d % \\(all training rows\\)\\.");
    // As an age does: it rules the label out below some bound, and decides it nowhere.
    table.column("watched", row -> click(row) ? 30 + 20 * noise(row, 7) : 50 * noise(row, 7));
    assertThat(table.lint()).isEmpty();
  }

  private static IntStream training() {
    return IntStream.range(0, LintTable.ROWS).filter(row -> row % 4 != 0);
  }

  @Test
  void aCategoryThatTellsTheLabelIsALeak() throws IOException {
    table
        .column("page", row -> click(row) ? "detail" + row % 3 : "list" + row % 3)
        .feature("page: {type: categorical}");
    assertThat(table.lint())
        .containsExactly(
            "error LABEL_AS_FEATURE features.page: The column \"page\" alone tells the label of task"
                + " \"click\" with an AUC of 1.0000 (all training rows).");
  }

  @Test
  void anIdOfOneRowTellsAllOfItAndIsNoLeak() throws IOException {
    table.feature("row: {type: categorical}");
    assertThat(table.lint())
        .containsExactly(
            "warning UNIQUE_IDS features.row: The column \"row\" has 1,500 different values in 1,500"
                + " training rows that have one.");
  }

  @Test
  void manyFeaturesShareTheMemoryForTheirValues() throws IOException {
    // A million values for 801 features are 1,248 each, of 1,500 different ones.
    for (int i = 0; i < 800; i++) {
      table.feature("row" + i + ": {type: categorical, column: row}");
    }
    assertThat(table.with("lint: {allow: [LABEL_AS_FEATURE]}").lint())
        .hasSize(800)
        .allMatch(line -> line.startsWith("warning UNIQUE_IDS"))
        .allMatch(line -> line.endsWith("(a sample of values by hash, 1 in 2)."));
  }

  @Test
  void anIdThatComesAgainIsAnId() throws IOException {
    table.column("visit", row -> "v" + row % 1300).feature("visit: {type: categorical}");
    assertThat(table.lint()).isEmpty();
  }

  private void funnel(int broken) {
    table
        .column("buy", row -> (click(row) && noise(row, 9) < 0.5) || row < broken ? 1 : 0)
        .task("buy: {type: binary, label: buy, where: \"click == 1\"}");
  }

  @Test
  void aPurchaseWithoutAClickIsOutOfOrder() throws IOException {
    funnel(5);
    int buyers = 0;
    int broken = 0;
    for (int row = 0; row < LintTable.ROWS; row++) {
      boolean stray = row < 5 && !click(row);
      buyers += (click(row) && noise(row, 9) < 0.5) || row < 5 ? 1 : 0;
      broken += stray ? 1 : 0;
    }
    assertThat(broken).isPositive();
    assertThat(table.lint())
        .hasSize(1)
        .first()
        .asString()
        .startsWith(
            "error FUNNEL_ORDER tasks.buy: %d of its %d positive rows are outside of its where,"
                .formatted(broken, buyers))
        .contains("\"click == 1\": FILE, line ");
  }

  @Test
  void stagesOfAModelAreAFunnelToo() throws IOException {
    table
        .column("buy", row -> row == 1 || (click(row) && noise(row, 9) < 0.5) ? 1 : 0)
        .column("click", row -> row == 1 ? 0 : click(row) ? 1 : 0)
        .task("buy: {type: binary, label: buy}")
        .with("model: {type: esmm, stages: [click, buy]}");
    assertThat(table.lint())
        .hasSize(1)
        .first()
        .asString()
        .matches(
            "error FUNNEL_ORDER tasks\\.buy: 1 of its \\d+ positive rows are outside of the stage"
                + " before, \"click\": FILE, line 3\\.");
  }

  @Test
  void aFunnelInOrderIsFine() throws IOException {
    funnel(0);
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void rowsOnBothSidesAreAWarningAndManyAnError() throws IOException {
    // Rows 4k, the test, are copies of the rows before them: of 500 as many as are said.
    for (int copies : new int[] {4, 10, 50}) {
      LintTable copied = new LintTable(folder);
      copied
          .column("row", row -> source(row, copies))
          .column("click", row -> click(source(row, copies)) ? 1 : 0)
          .column("colour", row -> "c" + (int) (5 * noise(source(row, copies), 2)));
      assertThat(copied.lint())
          .hasSize(copies == 4 ? 0 : 1)
          .allMatch(line -> line.equals(overlap(copies)));
    }
  }

  private static String overlap(int copies) {
    return String.format(
        Locale.ROOT,
        "%s SPLIT_OVERLAP data.split: %d of 500 validation and test rows (%.1f %%) are equal to a"
            + " training row in every column (all rows).",
        copies < 50 ? "warning" : "error",
        copies,
        copies / 5.0);
  }

  private static int source(int row, int copies) {
    return row % 4 == 0 && row > 0 && row <= 4 * copies ? row - 1 : row;
  }

  @Test
  void onePageOnBothSidesIsAWarning() throws IOException {
    table
        .column("user", row -> "u" + row / 4 % 100)
        .column("time", row -> 1_600_000_000 + row / 4 * 60)
        .feature("user: {type: categorical, group: user}");
    assertThat(table.lint())
        .containsExactly(
            "warning SPLIT_OVERLAP data.split: 500 of 500 validation and test rows (100.0 %) have the"
                + " \"user\" and \"time\" of a training row (all rows).");
    assertThat(table.column("time", row -> 1_600_000_000 + row * 60).lint()).isEmpty();
  }

  @Test
  void theWeightItselfIsAnErrorAndWhatItIsComputedFromAWarning() throws IOException {
    table
        .column("weight", row -> 1 + noise(row, 10))
        .column("price", row -> 1 + noise(row, 11))
        .task("a: {type: binary, label: click, example_weight: weight}")
        .task("b: {type: binary, label: click, example_weight: \"1 + log(price)\"}")
        .feature("weight: {type: numeric}")
        .feature("price: {type: numeric}");
    assertThat(table.lint())
        .containsExactly(
            "error WEIGHT_AS_FEATURE features.weight: The column \"weight\" is in the example weight"
                + " of task \"a\", \"weight\".",
            "warning WEIGHT_AS_FEATURE features.price: The column \"price\" is in the example weight"
                + " of task \"b\", \"1 + log(price)\".");
  }

  @Test
  void columnsOfItemsHaveToSaySomethingOfItems() throws IOException {
    table
        .column("item", row -> "i" + row % 40)
        .column("size", row -> "m")
        .column("brand", row -> "b" + row % 40 % 4)
        .derived("again: \"1 - click\"");
    String item = "evaluation: {group_by: colour, metrics: [auc, coverage], item: ";
    assertThat(table.with(item + "item, item_content: [brand, size, again]}").lint())
        .containsExactly(
            "error ITEM_COLUMNS evaluation.item_content: The column \"again\" is the label of task"
                + " \"click\", \"click\".",
            "warning ITEM_COLUMNS evaluation.item_content: The column \"size\" has the same value in"
                + " all 2,000 rows.");
    assertThat(table.without(item).with(item + "row}").lint())
        .containsExactly(
            "warning ITEM_COLUMNS evaluation.item: The column \"row\" has 2,000 different values in"
                + " 2,000 rows.");
    assertThat(table.without(item).with(item + "size}").lint())
        .containsExactly(
            "warning ITEM_COLUMNS evaluation.item: The column \"size\" has the same value in all"
                + " 2,000 rows.");
    assertThat(table.without(item).with(item + "click}").lint())
        .containsExactly(
            "error ITEM_COLUMNS evaluation.item: The column \"click\" is the label of task"
                + " \"click\", \"click\".");
    assertThat(table.without(item).with("evaluation: {group_by: colour, item: item}").lint())
        .containsExactly("warning ITEM_COLUMNS evaluation.item: No metric asks for items.");
  }

  @Test
  void secondsAndMillisecondsAreNoNumbers() throws IOException {
    table
        .column("second", row -> 1_600_000_000L + (long) (1e7 * noise(row, 12)))
        .column("milli", row -> 1_600_000_000_000L + (long) (1e10 * noise(row, 13)))
        .column("before", row -> 900_000_000L + (long) (4e7 * noise(row, 14)))
        .feature("second: {type: numeric}")
        .feature("milli: {type: numeric}")
        .feature("before: {type: numeric}");
    String found =
        "warning TIME_AS_NUMBER features.%1$s: 1,500 of the 1,500 training values of the column"
            + " \"%1$s\" look like seconds or milliseconds since 1970, of the years 2000 to 2039.";
    assertThat(table.lint()).containsExactly(found.formatted("second"), found.formatted("milli"));
  }

  @Test
  void theTimeOfTheSplitIsNoNumber() throws IOException {
    table
        .column("day", row -> 1 + row / 20)
        .split("{by: time, column: day, test: 0.25}")
        .feature("day: {type: numeric}")
        .with("lint: {allow: [DRIFT]}");
    assertThat(table.lint())
        .containsExactly(
            "warning TIME_AS_NUMBER features.day: It reads the column that rows are split by time"
                + " with, and every validation and test row lies at or beyond the end of its"
                + " training values.");
  }

  @Test
  void whatIsDerivedFromTheTimeIsAsGoodAsItsValues() throws IOException {
    table
        .column("second", row -> 864 * row)
        .column("born", row -> 864 * row - 1e6 * noise(row, 15))
        .split("{by: time, column: second, test: 0.25}")
        .derived("day: second / 86400")
        .derived("left: 2000000 - second")
        .derived("age: second - born")
        .feature("day: {type: numeric}")
        .feature("left: {type: numeric}")
        .feature("age: {type: numeric}")
        .with("lint: {allow: [DRIFT]}");
    assertThat(table.lint())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("warning TIME_AS_NUMBER features.day:"))
        .anyMatch(line -> line.startsWith("warning TIME_AS_NUMBER features.left:"));
    table.split("{by: time, column: day, test: 0.25}");
    assertThat(table.lint()).hasSize(2);
  }

  @Test
  void fewerThanFiftyPositivesAreFew() throws IOException {
    // Of four rows three train: rows 1 to 65 hold 49 of them, 1 to 66 hold 50.
    for (int last : new int[] {65, 66}) {
      LintTable rare = new LintTable(folder);
      rare.column("follow", row -> row >= 1 && row <= last ? 1 : 0)
          .task("follow: {type: binary, label: follow}");
      if (last == 65) {
        assertThat(rare.lint())
            .containsExactly(
                "warning FEW_POSITIVES tasks.follow: It has 49 positives among its 1,500 training"
                    + " rows, fewer than 50.");
      } else {
        assertThat(rare.lint()).isEmpty();
      }
    }
  }

  /**
   * Of 1,500 training rows every one has a, 49 have b, 50 have c, 3 have d, which is not learnt.
   */
  @Test
  void classesOfFewerThanFiftyPositivesAreFew() throws IOException {
    LintTable rare = new LintTable(folder);
    rare.column(
            "moods",
            row ->
                (row >= 1 && row <= 65 ? "a|b" : "a")
                    + (row >= 101 && row <= 166 ? "|c" : "")
                    + (row >= 201 && row <= 204 ? "|d" : ""))
        .task("moods: {type: multilabel, label: moods, min_count: 4}");
    assertThat(rare.lint())
        .containsExactly(
            "warning FEW_POSITIVES tasks.moods: 1 of its 3 classes have fewer than 50 positives"
                + " among its 1,500 training rows: b 49.");
  }

  /** Row r is of second r; the last 99 of 2,000 rows are too young, and of those 41 train on b. */
  @Test
  void classesOfRowsThatAreTooYoungDoNotCount() throws IOException {
    LintTable young = new LintTable(folder);
    young
        .column("moods", row -> (row % 2 == 0 ? "a|c" : "a") + (row > 1945 ? "|b" : ""))
        .time("{column: row}")
        .task("moods: {type: multilabel, label: moods, label_window: 100s}");
    assertThat(young.lint()).isEmpty();
  }

  @Test
  void aSetThatIsAFeatureTooIsALeak() throws IOException {
    LintTable leak = new LintTable(folder);
    leak.column("moods", row -> row % 2 == 0 ? "a|b" : "a")
        .task("moods: {type: multilabel, label: moods}")
        .feature("moods: {type: multi_categorical}");
    assertThat(leak.lint())
        .containsExactly(
            "error LABEL_AS_FEATURE features.moods: It reads the column \"moods\", which is the"
                + " label of task \"moods\".");
  }

  @Test
  void anAttributeThatDiffersWithinAnIdContradictsItself() throws IOException {
    // Of the 201 users three, or two, have another gender in their last row, which trains.
    for (int odd : new int[] {3, 2}) {
      LintTable users = new LintTable(folder);
      users
          .column("gender", row -> row >= 1809 && row % 201 < odd ? "x" : "f")
          .column("user", row -> "u" + row % 201)
          .feature("gender: {type: categorical, group: user}")
          .feature("user: {type: categorical, group: user}");
      if (odd == 3) {
        assertThat(users.lint())
            .containsExactly(
                "warning CONTRADICTORY_ATTRIBUTES features.gender: It differs between training rows of"
                    + " one \"user\" for 3 of the 201 that come more than once, \"u0\" for one (all"
                    + " values).");
      } else {
        assertThat(users.lint()).isEmpty();
      }
    }
  }

  @Test
  void aHistoryThatGrowsContradictsNothing() throws IOException {
    table
        .column("user", row -> "u" + row % 201)
        .column("seen", row -> ("c" + row % 5 + " ").repeat(1 + row / 201).strip())
        .feature("user: {type: categorical, group: user}")
        .feature("seen: {type: sequence, group: user}");
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void aFeatureThatDriftsIsSaidWithItsIndex() throws IOException {
    // Half of the mass moves: (.5 - .9) ln(.5 / .9) + (.5 - .1) ln(.5 / .1) = .8789.
    table
        .column("shop", row -> row % 4 == 0 ? row / 4 % 10 == 0 : row / 4 % 2 == 0)
        .feature("shop: {type: categorical}");
    assertThat(table.lint())
        .containsExactly(
            "warning DRIFT features.shop: The column \"shop\" is distributed otherwise in the test"
                + " than in training: PSI 0.879, above 0.25 (all training rows, all test rows).");
    // (.5 - .7) ln(.5 / .7) + (.5 - .3) ln(.5 / .3) = .1695.
    table.column("shop", row -> row % 4 == 0 ? row / 4 % 10 < 3 : row / 4 % 2 == 0);
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void aFlagThatIsRareInTrainingDriftsWhenItIsNot() throws IOException {
    // All deciles are 0: (.05 - .5) ln(.05 / .5) + (.95 - .5) ln(.95 / .5) = 1.3250.
    table
        .column("flag", row -> row % 4 == 0 ? row / 4 % 2 : row / 4 % 20 == 0 ? 1 : 0)
        .feature("flag: {type: numeric}");
    assertThat(table.lint())
        .containsExactly(
            "warning DRIFT features.flag: The column \"flag\" is distributed otherwise in the test"
                + " than in training: PSI 1.325, above 0.25 (all training rows, all test rows).");
  }

  @Test
  void zeroHasNoSign() throws IOException {
    table.column("change", row -> row % 4 == 0 ? "-0.0" : "0").feature("change: {type: numeric}");
    assertThat(table.lint()).isEmpty();
  }

  /** Counted by TensorFlow's to_hash_bucket_fast and a dictionary, in Python. */
  @Test
  void valuesThatShareAHashBucketAreCounted() throws IOException {
    table
        .column("shop", row -> "s" + row % 301)
        .feature("shop: {type: categorical, hash_buckets: 250}");
    table
        .column("tags", row -> "t" + row % 7 + ":2|t" + row % 11 + "|t" + row % 7)
        .feature("tags: {type: multi_categorical, weight_separator: ':', hash_buckets: 40}");
    assertThat(table.lint())
        .containsExactly(
            "warning HASH_COLLISIONS features.shop: The table \"shop\" of hash_buckets: 250 has 301"
                + " different values in the training rows: 212 of them share a bucket with"
                + " another, and 70.7 % of all values in the rows are such (all buckets).",
            "warning HASH_COLLISIONS features.tags: The table \"tags\" of hash_buckets: 40 has 11"
                + " different values in the training rows: 2 of them share a bucket with"
                + " another, and 25.1 % of all values in the rows are such (all buckets).");
  }

  /** Counted in the same way, of the texts with U+001F between them. */
  @Test
  void combinationsThatShareAHashBucketAreCounted() throws IOException {
    table
        .column("shop", row -> "s" + row % 13)
        .column("kind", row -> "k" + row % 7)
        .feature("shop: {type: categorical}")
        .feature("kind: {type: categorical}")
        .feature("both: {type: cross, features: [shop, kind], hash_buckets: 250}");
    assertThat(table.lint())
        .containsExactly(
            "warning HASH_COLLISIONS features.both: The table \"both\" of hash_buckets: 250 has 91"
                + " different values in the training rows: 24 of them share a bucket with"
                + " another, and 26.4 % of all values in the rows are such (all buckets).");
  }

  @Test
  void hashedFeaturesOfOneTableShareItsBuckets() throws IOException {
    table
        .column("item", row -> "i" + row % 3)
        .column("last", row -> "l" + row % 3)
        .feature("item: {type: categorical, hash_buckets: 1, table: items}")
        .feature("last: {type: categorical, hash_buckets: 1, table: items}");
    assertThat(table.lint())
        .containsExactly(
            "warning HASH_COLLISIONS features.item: The table \"items\" of hash_buckets: 1 has 6"
                + " different values in the training rows: 6 of them share a bucket with another,"
                + " and 100.0 % of all values in the rows are such (all buckets).");
  }

  @Test
  void valuesThatShareNoBucketAreNotSaid() throws IOException {
    table
        .column("shop", row -> "s" + row % 3)
        .feature("shop: {type: categorical, hash_buckets: 1000000}");
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void whatIsAllowedIsNotSaid() throws IOException {
    table.feature("row: {type: categorical}").with("lint: {allow: [UNIQUE_IDS]}");
    assertThat(table.lint()).isEmpty();
  }

  @Test
  void anUnknownNameIsToldWithTheNearest() {
    table.with("lint: {allow: [UNIQUE_IDS, UNIQUE_ID]}");
    MtlException refused = catchThrowableOfType(MtlException.class, () -> table.lint());
    assertThat(refused)
        .hasMessage(
            "lint.allow (table.yaml:7:8): There is no check \"UNIQUE_ID\". Did you mean"
                + " \"UNIQUE_IDS\"?");
  }

  /**
   * Items 0 to 39 have an entry; of 49 different ones of the table, in 40 rows each, 9 have none.
   */
  private LintTable tableOfItems() throws IOException {
    List<String> items = new ArrayList<>(List.of("item,price"));
    for (int item = 0; item < 40; item++) {
      items.add(item + "," + item % 7);
    }
    return table
        .column("item", row -> row / 4 % 50 == 49 ? "" : row / 4 % 50)
        .items("item", items)
        .feature("item: {type: categorical, group: item}")
        .feature("price: {type: numeric, group: item}");
  }

  @Test
  void idsWithoutAnEntryAreCountedOfAllSplits() throws IOException {
    LintTable items = tableOfItems();
    assertThat(items.lint())
        .containsExactly(
            "warning ORPHAN_IDS data.lookups.items: 9 of 49 different values of \"item\" (18.4 %)"
                + " have no entry, in 360 of 1,960 rows: \"40\", \"41\", \"42\" and more.");
    assertThat(items.with("lint: {allow: [ORPHAN_IDS]}").lint()).isEmpty();
  }

  @Test
  void idsThatAllHaveAnEntryAreNothing() throws IOException {
    assertThat(tableOfItems().column("item", row -> row / 4 % 40).lint()).isEmpty();
  }

  @Test
  void moreIdsThanAreKeptAreSampledAndExamplesAreReal() {
    OrphanIds check =
        new OrphanIds(
            "ORPHAN_IDS",
            new LintSubject(
                columns(),
                List.of(),
                List.of(),
                List.of(),
                new LintSubject.Data(
                    Map.of(), null, specs(), IdScope.WHOLE, LintSubject.Items.NONE)));
    int ids = 100_000;
    double[] id = new double[ids];
    double[] found = new double[ids];
    for (int i = 0; i < ids; i++) {
      id[i] = i;
      found[i] = i % 4 == 0 ? 0 : 1;
    }
    check.observe(
        Split.TRAIN, new RawBatch(columns(), ids, 0, List.of(id, found), row -> "row " + row));
    String evidence = check.findings().get(0).evidence();
    assertThat(evidence)
        .contains("in 25,000 of 100,000 rows: \"0\", \"4\", \"8\" and more (a sample of values");
    Matcher about = Pattern.compile("about ([0-9,]+) of ([0-9,]+) different").matcher(evidence);
    assertThat(about.find()).isTrue();
    assertThat(Integer.parseInt(about.group(1).replace(",", ""))).isBetween(23_000, 27_000);
    assertThat(Integer.parseInt(about.group(2).replace(",", ""))).isBetween(95_000, 105_000);
  }

  private static Columns columns() {
    return Columns.of(ColumnType.NUMBER, List.of("item", "items_found"));
  }

  private static List<LookupSpec> specs() {
    return List.of(
        new LookupSpec(
            "items",
            "item",
            "item",
            List.of(new LookupSpec.Column("price", ColumnType.NUMBER, Optional.empty())),
            100));
  }

  @Test
  void attributesThatContradictAreFoundBesideALookup() throws IOException {
    assertThat(
            tableOfItems()
                .column("size", row -> (int) (3 * noise(row, 9)))
                .feature("size: {type: categorical, group: item}")
                .lint())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("warning CONTRADICTORY_ATTRIBUTES features.size: ")
                    .contains("\"item\""))
        .anySatisfy(line -> assertThat(line).startsWith("warning ORPHAN_IDS "));
  }
}
