package org.mtl4j.data.catalogue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/** Files in published formats, and rows of a source as maps. */
final class SetFiles {
  private SetFiles() {}

  /** A folder of the shared data, or the end of the test where it is absent. */
  static Path shared(String name) {
    Path folder = Path.of(System.getProperty("mtl.shared", "../shared"), "data", name);
    assumeTrue(Files.isReadable(folder), () -> "skipped: no shared data at " + folder);
    return folder;
  }

  /** A file of these lines. */
  static Path write(Path folder, String name, String... lines) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row, by column; a missing value is null. */
  static List<Map<String, String>> rows(BatchSource source) {
    List<Map<String, String>> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> b = cursor.next(4096); b.isPresent(); b = cursor.next(4096)) {
        for (int row = 0; row < b.get().rowCount(); row++) {
          Map<String, String> cells = new LinkedHashMap<>();
          for (int c = 0; c < source.columns().size(); c++) {
            cells.put(source.columns().names().get(c), b.get().text(c, row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
  }

  /** The share of rows with a value in a column. */
  static double rate(List<Map<String, String>> rows, String column, String value) {
    return (double) rows.stream().filter(row -> value.equals(row.get(column))).count()
        / rows.size();
  }
}
