package org.mtl4j.core.lookup;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;

class LookupSourceTest {
  private final TestTable table = new TestTable();

  private BatchSource joined(BatchSource rows) {
    return LookupSource.joined(rows, List.of(table.joined()));
  }

  private static List<Problem> problems(Runnable action) {
    return catchThrowableOfType(MtlException.class, action::run).problems();
  }

  @Test
  void rowsGetTheColumnsOfTheirIdsOrDefaultsAndWhetherThereIsAnEntry() {
    BatchSource source = joined(TestTable.items("3", "1", "9", null, "2", "1"));
    assertThat(source.columns().names()).containsExactly("item", "price", "genre", "items_found");
    assertThat(TestTable.rows(source, 10))
        .containsExactly(
            asList("3", "4", null, "1"),
            asList("1", "2.5", "a", "1"),
            asList("9", "-1", null, "0"),
            asList(null, "-1", null, null),
            asList("2", null, "b", "1"),
            asList("1", "2.5", "a", "1"));
  }

  @Test
  void aTableIsAskedOncePerBlockForItsDifferentIdsAndClosedWithThePass() {
    TestTable.rows(joined(TestTable.items("3", "1", "3", null, null, "1", "2", "3")), 3);
    assertThat(table.asked).containsExactly(List.of("3", "1"), List.of("1"), List.of("2", "3"));
    assertThat(table.open).isZero();
  }

  @Test
  void aTableWithoutEntriesGivesDefaults() {
    table.entries.clear();
    assertThat(TestTable.rows(joined(TestTable.items("1")), 3))
        .containsExactly(asList("1", "-1", null, "0"));
  }

  @Test
  void idsMayComeFromAnEarlierLookup() {
    LookupTable genres =
        new LookupTable() {
          @Override
          public org.mtl4j.core.task.Columns columns() {
            return TestTable.COLUMNS;
          }

          @Override
          public FeatureLookup open(String key, List<String> columns) {
            return ids -> LookupEntries.of(ids, Map.of("b", Map.of("age", 7)));
          }

          @Override
          public String fingerprint() {
            return "";
          }
        };
    LookupSpec spec =
        new LookupSpec(
            "genres",
            "genre",
            "genre",
            List.of(new LookupSpec.Column("age", ColumnType.NUMBER, Optional.empty())),
            100);
    BatchSource source =
        LookupSource.joined(
            TestTable.items("1", "2", "3"), List.of(table.joined(), new JoinedTable(spec, genres)));
    assertThat(TestTable.rows(source, 10))
        .containsExactly(
            asList("1", "2.5", "a", "1", null, "0"),
            asList("2", null, "b", "1", "7", "1"),
            asList("3", "4", null, "1", null, null));
  }

  @Test
  void columnsThatTheRowsHaveAlreadyClash() {
    BatchSource rows = BatchSource.of(List.of(Map.of("item", "1", "price", 3, "items_found", 1)));
    assertThat(problems(() -> joined(rows)))
        .containsExactlyInAnyOrder(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "data.lookups.items",
                "Expected columns that the rows do not have, found \"price\", which they have.",
                "Leave it out of the lookup's columns, or out of the source's."),
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "data.lookups.items",
                "Expected columns that the rows do not have, found \"items_found\", which they"
                    + " have.",
                "Give the lookup another name."));
  }

  @Test
  void rowsToPredictKeepTheColumnsThatTheyHave() {
    BatchSource rows = BatchSource.of(List.of(Map.of("item", "1", "price", 3)));
    BatchSource filled = LookupSource.filled(rows, List.of(table.joined()));
    assertThat(TestTable.rows(filled, 9).get(0)).containsExactlyInAnyOrder("1", "3", "a", "1");
    BatchSource others = BatchSource.of(List.of(Map.of("shop", "1")));
    assertThat(LookupSource.filled(others, List.of(table.joined()))).isSameAs(others);
  }

  @Test
  void rowsToPredictWithoutAnEntryAreCounted() {
    BatchSource filled =
        LookupSource.filled(TestTable.items("7", "1", null, "8"), List.of(table.joined()));
    assertThat(filled.warnings()).isEmpty();
    TestTable.rows(filled, 2);
    assertThat(filled.warnings())
        .containsExactly(
            "2 of 3 rows have a \"item\" without an entry in the lookup \"items\": they got its"
                + " defaults.");
  }

  @Test
  void rowsWithoutTheIdsAreAnError() {
    BatchSource rows = BatchSource.of(List.of(Map.of("iten", "1")));
    assertThat(problems(() -> joined(rows)))
        .containsExactly(
            new Problem(
                ErrorCode.COLUMN_MISSING,
                "data.lookups.items",
                "The source has no column \"item\" with the ids to look up.",
                "Did you mean \"iten\"? The key column of the lookup names it."));
  }

  @Test
  void aTableThatChangesBetweenPassesIsAnError() {
    BatchSource source = joined(TestTable.items("1", "2", "1"));
    TestTable.rows(source, 2);
    TestTable.rows(source, 3);
    table.put("2", 5, "b");
    assertThat(problems(() -> TestTable.rows(source, 2)))
        .containsExactly(
            new Problem(
                ErrorCode.DATA_FORMAT,
                "data.lookups",
                "Expected the values that the lookups gave before for the same rows, found others.",
                "A table changed while the rows were read: run again, or copy it into a file."));
  }

  @Test
  void aLookupThatFailsInTheMiddleEndsThePassAtItsKey() {
    BatchSource source = joined(TestTable.items("1", "2"));
    try (RawCursor cursor = source.open()) {
      cursor.next(1);
      table.entries.remove("2");
      table.entries.put("2", Map.of("price", 1));
      assertThat(problems(() -> cursor.next(1)))
          .containsExactly(
              new Problem(
                  ErrorCode.COLUMN_MISSING,
                  "data.lookups.items",
                  "The lookup \"items\" gave entries without the column \"genre\".",
                  "Each entry has every column of the lookup, null where a value is missing."));
    }
    assertThat(table.open).isZero();
  }

  @Test
  void fingerprintIsOfTheRowsTheTableAndWhatRowsGetFromIt() {
    String before = joined(TestTable.items("1")).fingerprint();
    assertThat(before)
        .matches("[0-9a-f]{64}")
        .isEqualTo(joined(TestTable.items("1")).fingerprint());
    assertThat(joined(TestTable.items("2")).fingerprint()).isNotEqualTo(before);
    JoinedTable patient = new JoinedTable(TestTable.spec(999), table);
    assertThat(LookupSource.joined(TestTable.items("1"), List.of(patient)).fingerprint())
        .as("a time-out changes no number")
        .isEqualTo(before);
    LookupSpec less =
        new LookupSpec("items", "item", "id", TestTable.spec(1).columns().subList(0, 1), 100);
    assertThat(
            LookupSource.joined(TestTable.items("1"), List.of(new JoinedTable(less, table)))
                .fingerprint())
        .isNotEqualTo(before);
    table.put("4", 1, "z");
    assertThat(joined(TestTable.items("1")).fingerprint()).isNotEqualTo(before);
  }
}
