package org.mtl4j.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.training.ProcessMemory;

class PeakMemoryTest {
  private static final int BYTES = 64 << 20;

  @Test
  void whatWasInUseAtOneTimeIsCountedAndStaysThePeak() {
    try (PeakMemory memory = new PeakMemory()) {
      byte[] block = new byte[BYTES];
      long with = memory.heapBytes();
      assertThat(with).isBetween((long) block.length, Runtime.getRuntime().maxMemory());
      assertThat(memory.heapBytes()).isGreaterThanOrEqualTo(with);
      if (ProcessMemory.anonymous().isPresent()) {
        assertThat(memory.anonymousBytes().orElseThrow()).isGreaterThan(BYTES);
      }
    }
  }
}
