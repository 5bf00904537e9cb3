package org.mtl4j.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mtl4j.testkit.Folders;

/** The bytes of a run's files, for comparisons that say which file differs. */
final class RunBytes {
  private RunBytes() {}

  /** Per file that equal runs have alike its size and check sum. */
  static Map<String, String> of(Path run) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    Folders.ofRun(run).forEach((name, bytes) -> sums.put(name, sum(bytes)));
    return sums;
  }

  private static String sum(String bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return bytes.length() + " bytes, CRC-32C " + crc.getValue();
  }
}
