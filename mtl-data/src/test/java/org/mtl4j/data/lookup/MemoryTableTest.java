package org.mtl4j.data.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;

class MemoryTableTest {
  @TempDir private Path folder;

  private FileLookupTable csv(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("items.csv"), List.of(lines));
    return new FileLookupTable(new CsvSource(CsvConfig.of(file.toString())));
  }

  @Test
  void anIdThatComesTwiceIsAnErrorWithItsLine() throws IOException {
    FileLookupTable table = csv("item_id,price", "7,1", ",2", "8,3", "7,1");
    MtlException e =
        catchThrowableOfType(
            MtlException.class, () -> table.open("item_id", List.of("price")).close());
    assertThat(e.problems())
        .containsExactly(
            new Problem(
                ErrorCode.DATA_FORMAT,
                folder.resolve("items.csv") + ", line 5",
                "Expected each \"item_id\" once, found \"7\" again: entry 1 has it too.",
                "Keep one row of each id in the lookup's table."));
  }

  @Test
  void aTableThatDoesNotFitIsRefusedWithFigures() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(Map.of("id", i, "text", "text of " + i));
    }
    BatchSource source = BatchSource.of(rows);
    MtlException e =
        catchThrowableOfType(
            MtlException.class,
            () ->
                MemoryTable.read(source, "id", List.of("text"), new HeapShare(0.25, 1_000_000))
                    .close());
    // Of an entry: 104 + 2 * 3 for the id, 104 + 2 * 11 for the text, 16 for the cell: 1,000 take
    // 252,000 of 250,000 bytes, those with shorter ids a little less.
    assertThat(e.problems())
        .containsExactly(
            new Problem(
                ErrorCode.MEMORY,
                "lookup",
                "Expected what fits into 25 % of the heap, 0.3 MB; found that the first 994 entries"
                    + " of the lookup take more.",
                "Leave out columns that nothing reads, or put the table into a database and look it"
                    + " up by type jdbc. Or give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g"
                    + " elsewhere."));
    List<Map<String, Object>> equal = new ArrayList<>();
    for (int i = 0; i < 1_900; i++) {
      equal.add(Map.of("id", i, "text", "the same text everywhere"));
    }
    MemoryTable.read(BatchSource.of(equal), "id", List.of("text"), new HeapShare(0.25, 1_000_000))
        .close();
  }

  @Test
  void fingerprintIsThatOfTheFile() throws IOException {
    String before = csv("item_id,price", "7,1").fingerprint();
    assertThat(csv("item_id,price", "7,1").fingerprint()).isEqualTo(before);
    assertThat(csv("item_id,price", "7,2").fingerprint()).isNotEqualTo(before);
  }
}
