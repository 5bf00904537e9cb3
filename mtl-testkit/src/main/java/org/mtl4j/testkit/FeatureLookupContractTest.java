package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupEntries;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/**
 * What every {@link LookupTable} promises, and the {@link FeatureLookup} that it opens. Subclass it
 * for a table of your own; that of {@link #table} should have some tens of rows, at least 11, whose
 * ids are whole numbers, and at least two columns besides.
 */
public abstract class FeatureLookupContractTest {
  private static final int MANY = 5_000;
  private static final int THREADS = 4;

  private final Random random = TestSeed.random();
  private final Map<String, Map<String, String>> known = new LinkedHashMap<>();

  /** A table, new at each call, with the same rows as the last one. */
  protected abstract LookupTable table();

  /** The column with the ids. */
  protected abstract String key();

  /** Per id the texts of its other columns, null for a missing one: known by another way. */
  protected abstract Map<String, Map<String, String>> entries();

  private Map<String, Map<String, String>> known() {
    if (known.isEmpty()) {
      known.putAll(entries());
    }
    return known;
  }

  private List<String> columns() {
    return List.copyOf(known().values().iterator().next().keySet());
  }

  private FeatureLookup open() {
    return table().open(key(), columns());
  }

  private List<String> shuffled() {
    List<String> ids = new ArrayList<>(known().keySet());
    Collections.shuffle(ids, random);
    return ids;
  }

  /** The entries found, as texts; null where there is none. */
  private List<Map<String, String>> find(FeatureLookup lookup, List<String> ids) {
    LookupEntries found = lookup.find(ids);
    List<String> columns = columns();
    return IntStream.range(0, ids.size())
        .mapToObj(i -> entry(found, found.rowOf(i), columns))
        .toList();
  }

  private Map<String, String> entry(LookupEntries found, int row, List<String> columns) {
    if (row < 0) {
      return Map.of();
    }
    Map<String, String> entry = new LinkedHashMap<>();
    for (String column : columns) {
      entry.put(column, found.rows().text(found.rows().columns().indexOf(column), row));
    }
    return entry;
  }

  private List<Map<String, String>> expected(List<String> ids) {
    return ids.stream().map(id -> known().getOrDefault(id, Map.of())).toList();
  }

  @Test
  void everyIdHasItsEntryInWhateverOrderItIsAskedFor() {
    List<String> ids = shuffled();
    assertThat(ids).hasSizeGreaterThan(10);
    try (FeatureLookup lookup = open()) {
      assertThat(find(lookup, ids)).isEqualTo(expected(ids));
      for (String id : ids.subList(0, 5)) {
        assertThat(find(lookup, List.of(id))).isEqualTo(expected(List.of(id)));
      }
    }
  }

  @Test
  void idsThatAreNotThereHaveNoEntryAndDisturbNobody() {
    List<String> ids = new ArrayList<>();
    List<String> odd =
        List.of(
            "x", "it's", "' or '1'='1", "a\"b", " ", "1e3", "1".repeat(60), "\u00e4\ud83d\ude00");
    for (String id : shuffled().subList(0, odd.size())) {
      ids.add(odd.get(ids.size() / 2));
      ids.add(id);
    }
    try (FeatureLookup lookup = open()) {
      assertThat(find(lookup, ids)).isEqualTo(expected(ids)).contains(Map.of());
      assertThat(find(lookup, odd)).containsOnly(Map.of());
    }
  }

  @Test
  void idsAreComparedAsTexts() {
    String id = shuffled().get(0);
    List<String> spellings = List.of("0" + id, id + ".0", "+" + id, " " + id, id + " ");
    try (FeatureLookup lookup = open()) {
      assertThat(find(lookup, spellings)).containsOnly(Map.of());
    }
  }

  @Test
  void moreIdsThanAnyBlockHasAreFound() {
    List<String> ids = new ArrayList<>(shuffled());
    IntStream.range(0, MANY).mapToObj(i -> "9000" + (1_000_000 + i)).forEach(ids::add);
    Collections.shuffle(ids, random);
    try (FeatureLookup lookup = open()) {
      assertThat(find(lookup, ids)).isEqualTo(expected(ids));
    }
  }

  @Test
  void entriesHaveTheColumnsAskedForWithTheTypesOfTheTable() {
    LookupTable table = table();
    assertThat(table.columns().names()).contains(key()).containsAll(columns());
    String column = columns().get(1);
    try (FeatureLookup lookup = table.open(key(), List.of(column))) {
      LookupEntries found = lookup.find(List.of(shuffled().get(0)));
      Columns columns = found.rows().columns();
      boolean numbers = found.rows().values(columns.indexOf(column)) instanceof double[];
      ColumnType type = table.columns().all().get(table.columns().indexOf(column)).type();
      assertThat(numbers).isEqualTo(type == ColumnType.NUMBER);
    }
  }

  @Test
  void severalThreadsMayAskAtATime() throws InterruptedException, ExecutionException {
    List<List<String>> questions = IntStream.range(0, 20).mapToObj(i -> shuffled()).toList();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (FeatureLookup lookup = open()) {
      List<Future<List<Map<String, String>>>> answers =
          questions.stream().map(ids -> threads.submit(() -> find(lookup, ids))).toList();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected(questions.get(i)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneThatIsClosedRefusesAndLeavesOthersOpen() {
    List<String> ids = shuffled();
    LookupTable table = table();
    try (FeatureLookup other = table.open(key(), columns())) {
      FeatureLookup lookup = table.open(key(), columns());
      lookup.find(ids);
      lookup.close();
      lookup.close();
      assertThatThrownBy(() -> lookup.find(ids)).isInstanceOf(IllegalStateException.class);
      assertThat(find(other, ids)).isEqualTo(expected(ids));
    }
  }

  @Test
  void tablesOfEqualRowsHaveEqualFingerprints() {
    LookupTable table = table();
    String before = table.fingerprint();
    assertThat(before).matches("[0-9a-f]{64}").isEqualTo(table.fingerprint());
    assertThat(table().fingerprint()).isEqualTo(before);
  }
}
