package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What Linux reports of this process's memory; other systems do not say. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** The largest resident memory so far in bytes, mapped files included. */
  static OptionalLong peakResident() {
    return bytes("VmHWM:");
  }

  /** Resident memory now that is the process's own: no page of a file, mapped or shared. */
  static OptionalLong anonymous() {
    return bytes("RssAnon:");
  }

  private static OptionalLong bytes(String key) {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
