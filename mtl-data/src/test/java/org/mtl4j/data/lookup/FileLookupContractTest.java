package org.mtl4j.data.lookup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.testkit.FeatureLookupContractTest;

/** A table in a CSV file, of whose texts many are equal. */
class FileLookupContractTest extends FeatureLookupContractTest {
  private static final int ROWS = 2_500;

  @TempDir private Path folder;

  @Override
  protected FileLookupTable table() {
    List<String> lines = new ArrayList<>(List.of("genre,item_id,price,unused"));
    entries()
        .forEach(
            (id, entry) ->
                lines.add(
                    (entry.get("genre") == null ? "" : entry.get("genre"))
                        + ","
                        + id
                        + ","
                        + entry.get("price")
                        + ",x"));
    lines.add("lost,,7,x");
    lines.add("lost,,8,x");
    Path file = folder.resolve("items.csv");
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FileLookupTable(new CsvSource(CsvConfig.of(file.toString())));
  }

  @Override
  protected String key() {
    return "item_id";
  }

  @Override
  protected Map<String, Map<String, String>> entries() {
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("price", Integer.toString(i * 7 % 100));
      entry.put("genre", i % 5 == 0 ? null : "genre " + i % 13);
      entries.put(Integer.toString(1000 + i), entry);
    }
    return entries;
  }
}
