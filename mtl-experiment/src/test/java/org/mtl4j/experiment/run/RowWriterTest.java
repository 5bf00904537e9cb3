package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.cache.RowFile;
import org.mtl4j.data.cache.RowStore;
import org.mtl4j.data.split.Split;

class RowWriterTest {
  @TempDir private Path folder;

  @Test
  void everySplitHasItsRowsInTheirOrder() {
    try (RowCache cache = RowCache.in(folder.resolve("rows"), warning -> {})) {
      Map<Split, PackedRows> rows;
      try (RowWriter<PackedRows> writer = new RowWriter<>(cache)) {
        for (int block = 0; block < 50; block++) {
          writer.add(block % 3 == 0 ? Split.TEST : Split.TRAIN, rows(10 * block, 10));
        }
        rows = writer.finish();
      }
      assertThat(rows).containsOnlyKeys(Split.TRAIN, Split.TEST);
      assertThat(read(rows.get(Split.TEST)))
          .containsExactly(IntStream.range(0, 500).filter(i -> i / 10 % 3 == 0).toArray());
      assertThat(read(rows.get(Split.TRAIN)))
          .containsExactly(IntStream.range(0, 500).filter(i -> i / 10 % 3 != 0).toArray());
    }
  }

  @Test
  void whatFailsOnItsThreadIsThrownToWhoeverAdds() {
    RowStore<String> full =
        new RowStore<>() {
          @Override
          public RowFile file(String name) {
            throw new IllegalStateException("no room for " + name);
          }

          @Override
          public String finish(RowFile file) {
            return "never";
          }
        };
    try (RowWriter<String> writer = new RowWriter<>(full)) {
      writer.add(Split.VALIDATION, rows(0, 1));
      assertThatThrownBy(writer::finish).hasMessage("no room for validation");
    }
    try (RowWriter<String> writer = new RowWriter<>(full)) {
      assertThatThrownBy(
              () -> {
                for (int block = 0; block < 4; block++) {
                  writer.add(Split.TRAIN, rows(block, 1));
                }
              })
          .hasMessage("no room for train");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamedAndNoneStaysOpen() {
    try (RowCache cache = RowCache.in(folder.resolve("rows"), warning -> {})) {
      Map<String, RowFile> files = new ConcurrentHashMap<>();
      RowStore<PackedRows> broken =
          new RowStore<>() {
            @Override
            public RowFile file(String name) {
              RowFile file = cache.file(name);
              files.put(name, file);
              if (name.equals("train")) {
                file.close();
              }
              return file;
            }

            @Override
            public PackedRows finish(RowFile file) {
              return cache.finish(file);
            }
          };
      EncodedRows large = rows(0, 1 << 19); // More than a file keeps in memory.
      try (RowWriter<PackedRows> writer = new RowWriter<>(broken)) {
        writer.add(Split.TEST, large);
        writer.add(Split.TRAIN, large);
        assertThatThrownBy(writer::finish).hasMessage(closed("train"));
      }
      assertThatThrownBy(() -> files.get("test").add(large)).hasMessage(closed("test"));
    }
  }

  private String closed(String split) {
    return folder.resolve("rows").resolve(split + ".rows")
        + ": The encoded rows cannot be kept there: java.nio.channels.ClosedChannelException."
        + " A row needs 4 bytes for each feature (8 for a number with an indicator), 8 for each"
        + " output and 4 for its group: check that the disk has room and that you may write"
        + " there, or write the run elsewhere with --output.";
  }

  private static EncodedRows rows(int first, int count) {
    int[] ids = IntStream.range(first, first + count).toArray();
    return new EncodedRows(count, List.of(ids), List.of(), Map.of(), Optional.empty());
  }

  private static int[] read(PackedRows rows) {
    int[] records = new int[rows.rowCount()];
    rows.read(IntStream.range(0, records.length).toArray(), 0, records.length, records);
    return records;
  }
}
