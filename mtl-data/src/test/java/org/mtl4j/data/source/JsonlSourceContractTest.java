package org.mtl4j.data.source;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Two files, one of them packed, with nested keys, lists and missing values, keep the contract. */
class JsonlSourceContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder("\uFEFF");
    for (int i = 0; i < 13; i++) {
      first.append(
          "{\"user\": \"u%d\", \"item\": {\"price\": %s}, \"tags\": [\"a\", \"\\ud800\"]}%n"
              .formatted(i, i % 3 == 0 ? "null" : i));
      second.append("{\"item\": {\"price\": %d.5}, \"user\": \"\"}\r\n\r\n".formatted(i));
    }
    TestFiles.write(folder.resolve("log-1.jsonl"), first.toString());
    TestFiles.gzip(folder.resolve("log-2.jsonl.gz"), second.toString());
  }

  @Override
  protected JsonlSource source() {
    return new JsonlSource(JsonlConfig.of(folder + "/log-*"));
  }
}
