package org.mtl4j.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/** Files of the world, counted: skipped where the shared folder is absent. */
class RealCsvFilesTest {
  @Test
  void censusIncomeHas99762RowsOf42ColumnsAndItsPublishedRateOfIncome() {
    CsvSource source = source("census-income/census-income.test.gz", ",", numbered(42));
    Map<String, Integer> incomes = count(source, "c42");
    assertThat(incomes.keySet()).containsExactlyInAnyOrder("- 50000.", "50000+.");
    assertThat(sum(incomes)).isEqualTo(99_762);
    assertThat(incomes.get("50000+.") / 99_762.0).isBetween(0.06195, 0.06205);
  }

  @Test
  void adultHasAHeaderWithBlanks() {
    CsvSource source = source("adult/adult.data", ",", Optional.empty());
    assertThat(source.columns().names()).hasSize(15).contains("marital-status", "Y");
    assertThat(sum(count(source, "Y"))).isEqualTo(32_561);
  }

  @Test
  void reviewsWithLineBreaksInsideQuotesAreWholeRows() {
    CsvSource source = source("womens-clothing/reviews.csv.gz", ",", Optional.empty());
    Map<String, Integer> recommended = count(source, "Recommended IND");
    assertThat(sum(recommended)).isEqualTo(23_486);
    assertThat(recommended.get("1") / 23_486.0).isBetween(0.8215, 0.8225);
  }

  @Test
  void movieLensIsSeparatedByTabs() {
    CsvSource source = source("movielens-100k/u.data", "\\t", numbered(4));
    Map<String, Integer> ratings = count(source, "c3");
    assertThat(sum(ratings)).isEqualTo(100_000);
    assertThat(ratings.get("4") + ratings.get("5")).isEqualTo(55_375);
  }

  private static CsvSource source(String name, String delimiter, Optional<List<String>> columns) {
    Path file = TestFiles.shared(name);
    return new CsvSource(
        new CsvConfig(
            List.of(file.toString()), columns, delimiter, List.of("?"), true, null, null, null));
  }

  private static Optional<List<String>> numbered(int columns) {
    return Optional.of(IntStream.rangeClosed(1, columns).mapToObj(i -> "c" + i).toList());
  }

  private static Map<String, Integer> count(CsvSource source, String column) {
    Map<String, Integer> counts = new HashMap<>();
    int c = source.columns().indexOf(column);
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> b = cursor.next(4096); b.isPresent(); b = cursor.next(4096)) {
        for (int row = 0; row < b.get().rowCount(); row++) {
          counts.merge(b.get().text(c, row), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
