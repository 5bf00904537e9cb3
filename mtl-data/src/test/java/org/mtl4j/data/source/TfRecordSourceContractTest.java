package org.mtl4j.data.source;

import static org.mtl4j.data.source.TfRecordBytes.example;
import static org.mtl4j.data.source.TfRecordBytes.floats;
import static org.mtl4j.data.source.TfRecordBytes.int64;
import static org.mtl4j.data.source.TfRecordBytes.join;
import static org.mtl4j.data.source.TfRecordBytes.nothing;
import static org.mtl4j.data.source.TfRecordBytes.texts;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Two files, one of them packed, with lists and missing values, keep the contract. */
class TfRecordSourceContractTest extends BatchSourceContractTest {
  @TempDir Path folder;

  @BeforeEach
  void writeFiles() {
    byte[] first = new byte[0];
    byte[] second = new byte[0];
    for (int i = 0; i < 13; i++) {
      byte[] price = i % 3 == 0 ? nothing("price") : floats("price", i + .5f);
      first = join(first, example(int64("user", i), price, texts("tags", "a", "b" + i)));
      second = join(second, example(texts("tags", " "), int64("user", -i)));
    }
    TestFiles.write(folder.resolve("log-1.tfrecord"), first);
    TestFiles.gzip(folder.resolve("log-2.tfrecord.gz"), second);
  }

  @Override
  protected TfRecordSource source() {
    return new TfRecordSource(TfRecordConfig.of(folder + "/log-*"));
  }
}
