package org.mtl4j.experiment.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;

/** More values than are held: a sample of buckets tells about what all would. */
class HashCollisionsTest {
  private static final Columns COLUMNS = Columns.of(ColumnType.TEXT, List.of("user"));

  private static List<Finding> findings(int buckets, int values) {
    CategoricalFeature user =
        new CategoricalFeature(
            "user", "user", Optional.empty(), "user", 2, new CategoricalFeature.Hashed(buckets));
    LintSubject subject =
        new LintSubject(
            COLUMNS,
            List.of(user),
            List.of(),
            List.of(),
            new LintSubject.Data(
                Map.of(),
                new SplitRule.Every(Optional.empty(), Optional.empty()),
                List.of(),
                IdScope.WHOLE,
                LintSubject.Items.NONE));
    HashCollisions check = new HashCollisions("HASH_COLLISIONS", subject);
    String[] users = IntStream.range(0, values).mapToObj(i -> "u" + i).toArray(String[]::new);
    RawBatch rows = new RawBatch(COLUMNS, values, 0, List.of((Object) users), row -> "row " + row);
    check.observe(Split.TRAIN, rows);
    check.observe(Split.TEST, rows);
    return check.findings();
  }

  @Test
  void sampleOfBucketsIsNearWhatAllBucketsTell() {
    int values = 300_000;
    CategoricalFeature.Hashed rule = new CategoricalFeature.Hashed(1_000_000);
    Map<Integer, Integer> inBucket = new HashMap<>();
    for (int i = 0; i < values; i++) {
      inBucket.merge(rule.bucket("u" + i), 1, Integer::sum);
    }
    long sharing = inBucket.values().stream().filter(n -> n > 1).mapToLong(n -> n).sum();
    Matcher found =
        Pattern.compile(
                "The table \"user\" of hash_buckets: 1000000 has about ([0-9,]+) different values in"
                    + " the training rows: ([0-9,]+) of them share a bucket with another, and ([0-9.]+)"
                    + " % of all values in the rows are such \\(a sample of buckets by hash, 1 in 8\\)\\.")
            .matcher(findings(1_000_000, values).get(0).evidence());
    assertThat(found.matches()).isTrue();
    assertThat(number(found.group(1))).isBetween(values * 0.97, values * 1.03);
    assertThat(number(found.group(2))).isBetween(sharing * 0.95, sharing * 1.05);
    assertThat(number(found.group(3))).isBetween(95.0 * sharing / values, 105.0 * sharing / values);
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace(",", ""));
  }

  @Test
  void fewBucketsWithThousandsOfValuesEachAreSaidToHoldThem() {
    assertThat(findings(3, 100_000).get(0).evidence())
        .isEqualTo(
            "The table \"user\" of hash_buckets: 3 has more than 65,536 different values in the"
                + " training rows: all of them share a bucket with others.");
  }

  @Test
  void remedySaysWhatMoreBucketsWouldGive() {
    // 225 values in 2,250 buckets: 225 (1 - (1 - 1/2250)^224) = 21.32.
    assertThat(findings(250, 225).get(0).remedy())
        .isEqualTo(
            "A model cannot tell such values apart: with hash_buckets: 2250 about 21 would share"
                + " one; without hash_buckets, by a vocabulary, none.");
  }
}
