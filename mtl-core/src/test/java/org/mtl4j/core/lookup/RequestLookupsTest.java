package org.mtl4j.core.lookup;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** Lookups that a request waits for. */
class RequestLookupsTest {
  private static final int LONG = 60_000;

  private final TestTable table = new TestTable();
  private final CountDownLatch silence = new CountDownLatch(1);

  private static RequestLookups lookups(int timeoutMs, FeatureLookup lookup) {
    return new RequestLookups(
        List.of(TestTable.spec(timeoutMs)), Map.of("items", lookup), Set.of("price", "genre"));
  }

  private static RawBatch batch(BatchSource source) {
    try (RawCursor cursor = source.open()) {
      return cursor.next(1000).orElseThrow();
    }
  }

  private FeatureLookup open() {
    return table.open("id", List.of("price", "genre"));
  }

  /** Says nothing until the test is over. */
  private LookupEntries wait(List<String> ids) {
    try {
      silence.await();
    } catch (InterruptedException e) {
      awaitAllTheSame();
    }
    return LookupEntries.of(ids, table.entries);
  }

  /** As a driver that does not heed an interrupt. */
  private void awaitAllTheSame() {
    boolean waiting = true;
    while (waiting) {
      try {
        silence.await();
        waiting = false;
      } catch (InterruptedException e) {
        // Goes on waiting.
      }
    }
  }

  @Test
  void requestsGetWhatTheJoinOfTrainingGives() {
    BatchSource rows = TestTable.items("3", "1", "9", null, "2", "1");
    try (RequestLookups lookups = lookups(LONG, open())) {
      assertThat(TestTable.rows(lookups.fill(batch(rows))))
          .isEqualTo(
              TestTable.rows(LookupSource.joined(rows, List.of(new TestTable().joined())), 10));
      assertThat(lookups.counts()).isEqualTo(Map.of("items", new LookupCounts(5, 1, 0, 0)));
    }
    assertThat(table.open).isZero();
  }

  @Test
  void aColumnOfTheRequestWins() {
    BatchSource rows = BatchSource.of(List.of(Map.of("item", "1", "genre", "mine")));
    try (RequestLookups lookups = lookups(LONG, open())) {
      RawBatch filled = lookups.fill(batch(rows));
      assertThat(filled.text(filled.columns().indexOf("genre"), 0)).isEqualTo("mine");
      assertThat(filled.number(filled.columns().indexOf("price"), 0)).isEqualTo(2.5);
    }
  }

  @Test
  void aLookupIsNotAskedWhereNothingWantedLacks() {
    BatchSource rows = BatchSource.of(List.of(Map.of("item", "1", "genre", "mine", "price", 1)));
    try (RequestLookups lookups = lookups(LONG, open())) {
      RawBatch request = batch(rows);
      assertThat(lookups.fill(request)).isSameAs(request);
    }
    assertThat(table.asked).isEmpty();
  }

  @Test
  void rowsWithoutTheIdsGetNothing() {
    RawBatch rows = batch(BatchSource.of(List.of(Map.of("shop", "1"))));
    try (RequestLookups lookups = lookups(LONG, open())) {
      assertThat(lookups.fill(rows)).isSameAs(rows);
    }
    assertThat(table.asked).isEmpty();
  }

  @Test
  void aLookupThatSaysNothingCostsTheTimeOutAndTheDefaultsAreGivenAndCounted() {
    try (RequestLookups lookups = lookups(1, this::wait)) {
      assertThat(TestTable.rows(lookups.fill(batch(TestTable.items("1", "2", null)))))
          .containsExactly(
              asList("1", "-1", null, "0"),
              asList("2", "-1", null, "0"),
              asList(null, "-1", null, null));
      assertThat(lookups.counts()).isEqualTo(Map.of("items", new LookupCounts(2, 0, 2, 0)));
      assertThat(lookups.warnings())
          .containsExactly(
              "The lookup \"items\" gave no answer within 1 ms for 2 of 2 rows: they got its"
                  + " defaults.");
      silence.countDown();
    }
  }

  @Test
  void whatIsLateIsGivenUpByTheVeryListThatWasAskedFor() throws InterruptedException {
    BlockingQueue<List<String>> asked = new LinkedBlockingQueue<>();
    BlockingQueue<List<String>> over = new LinkedBlockingQueue<>();
    FeatureLookup slow =
        new FeatureLookup() {
          @Override
          public LookupEntries find(List<String> ids) {
            asked.add(ids);
            return RequestLookupsTest.this.wait(ids);
          }

          @Override
          public void giveUp(List<String> ids) {
            over.add(ids);
            throw new IllegalStateException("nobody hears of it");
          }
        };
    List<List<String>> givenUp = new ArrayList<>();
    try (RequestLookups lookups = lookups(100, slow)) {
      for (int i = 0; i < 2; i++) {
        lookups.fill(batch(TestTable.items("1", "2")));
        givenUp.add(over.take());
      }
      silence.countDown();
    }
    // On a busy machine the time may be over before anybody was asked.
    for (List<String> ids : List.copyOf(asked)) {
      assertThat(givenUp).anyMatch(given -> given == ids);
    }
    try (RequestLookups lookups = lookups(LONG, slow)) {
      lookups.fill(batch(TestTable.items("1", "2")));
    }
    assertThat(over).isEmpty();
  }

  @Test
  void requestsDoNotQueueBehindThoseThatWait() {
    List<List<String>> last = List.of();
    try (RequestLookups lookups = lookups(1, this::wait)) {
      for (int i = 0; i < 20; i++) { // More than there are threads.
        last = TestTable.rows(lookups.fill(batch(TestTable.items("1"))));
      }
      assertThat(last).containsExactly(asList("1", "-1", null, "0"));
      assertThat(lookups.counts().get("items").late()).isEqualTo(20);
      silence.countDown();
    }
  }

  @Test
  void aLookupThatFailsGivesDefaultsAndItsReason() {
    List<String> failures = new ArrayList<>(List.of("gone"));
    FeatureLookup broken =
        ids -> {
          if (!failures.isEmpty()) {
            throw new MtlException(
                new Problem(ErrorCode.IO, "data.lookups.items.url", failures.remove(0) + ".", ""));
          }
          return LookupEntries.of(ids, table.entries);
        };
    try (RequestLookups lookups = lookups(LONG, broken)) {
      assertThat(TestTable.rows(lookups.fill(batch(TestTable.items("1")))))
          .containsExactly(asList("1", "-1", null, "0"));
      assertThat(TestTable.rows(lookups.fill(batch(TestTable.items("1")))))
          .containsExactly(asList("1", "2.5", "a", "1"));
      assertThat(lookups.warnings())
          .containsExactly(
              "The lookup \"items\" failed for 1 of 2 rows, which got its defaults:"
                  + " data.lookups.items.url: gone.");
    }
  }

  @Test
  void anAnswerThatIsNoneIsAFailure() {
    FeatureLookup odd = ids -> LookupEntries.of(ids, Map.of("1", Map.of("price", 1)));
    try (RequestLookups lookups = lookups(LONG, odd)) {
      assertThat(TestTable.rows(lookups.fill(batch(TestTable.items("1")))))
          .containsExactly(asList("1", "-1", null, "0"));
      assertThat(lookups.warnings().get(0))
          .contains("failed for 1 of 1 rows", "gave entries without the column \"genre\"");
    }
  }

  @Test
  void aLookupThatFailsToCloseLeavesNoOtherOpen() {
    FeatureLookup stuck =
        new FeatureLookup() {
          @Override
          public LookupEntries find(List<String> ids) {
            return LookupEntries.of(ids, table.entries);
          }

          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        };
    LookupSpec items = TestTable.spec(LONG);
    LookupSpec more = new LookupSpec("more", items.column(), items.key(), items.columns(), LONG);
    RequestLookups lookups =
        new RequestLookups(
            List.of(items, more), Map.of("items", stuck, "more", open()), Set.of("price"));
    assertThat(table.open).isEqualTo(1);
    assertThatThrownBy(lookups::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stuck");
    assertThat(table.open).isZero();
  }

  @Test
  void aNameThatTheModelDoesNotKnowIsRefused() {
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () ->
                new RequestLookups(List.of(TestTable.spec(1)), Map.of("itens", open()), Set.of())
                    .close());
    assertThat(e.problems())
        .containsExactly(
            new Problem(
                ErrorCode.UNKNOWN_NAME,
                "",
                "The model has no lookup \"itens\".",
                "Did you mean \"items\"?"));
  }
}
