package org.mtl4j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.Pseudonyms;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Ids of a file, replaced. */
class PseudonymSourceTest extends BatchSourceContractTest {
  private static final Pseudonyms PSEUDONYMS =
      new Pseudonyms("sixteen letters!", List.of("user", "absent"));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    List<String> lines =
        IntStream.range(0, 30).mapToObj(i -> (i % 10 == 3 ? "?" : "u" + i % 4) + "," + i).toList();
    Files.writeString(folder.resolve("log.csv"), "user,price\n" + String.join("\n", lines));
  }

  @Override
  protected BatchSource source() {
    return new PseudonymSource(file(), PSEUDONYMS);
  }

  private CsvSource file() {
    return new CsvSource(
        new CsvConfig(
            List.of(folder.resolve("log.csv").toString()),
            Optional.empty(),
            null,
            List.of("?"),
            false,
            null,
            null,
            null));
  }

  @Test
  void idsAreReplacedAndNothingElse() {
    try (RawCursor cursor = source().open()) {
      RawBatch rows = cursor.next(100).orElseThrow();
      assertThat(rows.text(0, 1)).isEqualTo(PSEUDONYMS.of("u1"));
      assertThat(rows.text(0, 3)).isNull();
      assertThat(rows.text(1, 7)).isEqualTo("7");
      assertThat(rows.place(1)).endsWith("log.csv, line 3");
    }
    assertThat(source().columns().all().get(0).type()).isEqualTo(ColumnType.TEXT);
  }

  @Test
  void aMarkerOfMissingValuesIsOneInARequestToo() {
    assertThat(source().missing("user")).contains(PSEUDONYMS.of("?"));
    assertThat(source().missing("price")).isEqualTo(file().missing("price"));
  }

  @Test
  void theFingerprintIsOfTheSaltToo() {
    Pseudonyms other = new Pseudonyms("another sixteen!", PSEUDONYMS.columns());
    assertThat(new PseudonymSource(file(), other).fingerprint())
        .isNotEqualTo(source().fingerprint());
  }
}
