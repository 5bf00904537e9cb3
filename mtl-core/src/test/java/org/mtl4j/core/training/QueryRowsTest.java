package org.mtl4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.BatchOrder;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.provenance.Seed;

class QueryRowsTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  private static EncodedRows rows(int... queries) {
    return new EncodedRows(
        queries.length, List.of(), List.of(), Map.of(), Optional.of(queries.clone()));
  }

  private static int[] queries(int n, int most) {
    return new Random(SEED).ints(n, 0, most).map(q -> 7 * q - 3).toArray();
  }

  private static TrainingRows whole(EncodedRows rows, Optional<RowSampling> sampling) {
    return new TrainingRows(rows, sampling, Optional.of(QueryRows.of(rows)));
  }

  private static int start(BatchOrder order, int batch) {
    return batch == 0 ? 0 : order.ends()[batch - 1];
  }

  @Test
  void everyQueryIsInOneBatchAndStandsTogether() {
    int[] queries = queries(500, 90);
    TrainingRows rows = whole(rows(queries), Optional.empty());
    for (int size : new int[] {30, 64, 499, 500, 10_000}) {
      BatchOrder order = rows.batches(new Seed(SEED), 2, size);
      assertThat(Arrays.stream(order.rows()).sorted().toArray())
          .isEqualTo(IntStream.range(0, 500).toArray());
      Map<Integer, Integer> batchOf = new HashMap<>();
      int changes = 0;
      for (int b = 0; b < order.batches(); b++) {
        for (int i = start(order, b); i < order.ends()[b]; i++) {
          int query = queries[order.rows()[i]];
          assertThat(batchOf.computeIfAbsent(query, q -> -1)).isIn(-1, b);
          batchOf.put(query, b);
          changes += i > 0 && queries[order.rows()[i - 1]] != query ? 1 : 0;
        }
      }
      assertThat(changes).as("size %d, seed %d", size, SEED).isEqualTo(batchOf.size() - 1);
    }
  }

  @Test
  void thereAreAsManyBatchesAsOfSingleRowsAndNoneIsEmptyOrTooLarge() {
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      int n = 1 + random.nextInt(200);
      EncodedRows data = rows(random.ints(n, 0, 1 + random.nextInt(60)).toArray());
      TrainingRows rows = whole(data, Optional.empty());
      int size = 1 + random.nextInt(50);
      BatchOrder order = rows.batches(new Seed(SEED), i, size);
      assertThat(order.batches()).isEqualTo(BatchFeeder.batches(n, size));
      for (int b = 0; b < order.batches(); b++) {
        assertThat(order.ends()[b] - start(order, b))
            .as("%d rows, size %d, seed %d", n, size, SEED)
            .isBetween(1, rows.largestBatch(size));
      }
      assertThat(order.ends()[order.batches() - 1]).isEqualTo(n);
      int longest = rows.queries().orElseThrow().longest();
      assertThat(rows.largestBatch(size))
          .isEqualTo(Math.min(n, size + Math.min(size, longest) - 1));
    }
  }

  @Test
  void aQueryOfMoreRowsThanABatchIsCut() {
    int[] queries = new int[25];
    TrainingRows rows = whole(rows(queries), Optional.empty());
    assertThat(rows.batches(new Seed(SEED), 0, 10).ends()).containsExactly(10, 20, 25);
  }

  /** Cut at the same rows each epoch, the first and the last would never be compared. */
  @Test
  void rowsOfAQueryThatIsCutMeetOthersEachEpoch() {
    TrainingRows rows = whole(rows(new int[20]), Optional.empty());
    Set<Integer> met = new HashSet<>();
    for (int epoch = 0; epoch < 50; epoch++) {
      int[] order = rows.batches(new Seed(SEED), epoch, 10).rows();
      List<Integer> first = Arrays.stream(order).limit(10).boxed().toList();
      List<Integer> second = Arrays.stream(order).skip(10).boxed().toList();
      met.addAll(first.contains(0) ? first : second);
    }
    assertThat(met).hasSize(20);
  }

  @Test
  void theOrderOfQueriesFollowsFromSeedAndEpochAlone() {
    EncodedRows data = rows(queries(300, 60));
    int[] first = whole(data, Optional.empty()).batches(new Seed(5), 1, 20).rows();
    assertThat(whole(data, Optional.empty()).batches(new Seed(5), 1, 20).rows()).isEqualTo(first);
    assertThat(whole(data, Optional.empty()).batches(new Seed(5), 2, 20).rows())
        .isNotEqualTo(first);
    assertThat(whole(data, Optional.empty()).batches(new Seed(6), 1, 20).rows())
        .isNotEqualTo(first);
  }

  @Test
  void rowsThatAreTakenTwiceStandWithTheirQueryAndThoseLeftOutAreMissed() {
    int[] queries = queries(400, 50);
    RowSampling sampling = RowSampling.of(400, row -> row % 2 == 0 ? 2 : .25);
    TrainingRows rows = whole(rows(queries), Optional.of(sampling));
    BatchOrder order = rows.batches(new Seed(SEED), 0, 32);
    int[] expected = sampling.rows(new Seed(SEED), 0);
    assertThat(Arrays.stream(order.rows()).sorted().toArray())
        .isEqualTo(Arrays.stream(expected).sorted().toArray());
    int changes = 0;
    for (int i = 1; i < order.rows().length; i++) {
      changes += queries[order.rows()[i]] != queries[order.rows()[i - 1]] ? 1 : 0;
    }
    long taken = Arrays.stream(expected).map(row -> queries[row]).distinct().count();
    assertThat(changes).as("seed %d", SEED).isEqualTo((int) taken - 1);
  }

  @Test
  void rowsWithoutAQueryAreRefused() {
    EncodedRows data = new EncodedRows(3, List.of(), List.of(), Map.of(), Optional.empty());
    assertThatThrownBy(() -> QueryRows.of(data)).hasMessage("expected rows with a query each");
  }
}
