package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The check that a process's resident memory stays where it was after a warm-up: what is not closed
 * shows there and nowhere else.
 */
public final class ResidentMemory {
  private static final long MEGABYTE = 1 << 20;
  private static final long ALLOWED_GROWTH = 50 * MEGABYTE;
  private static final int READINGS = 100;

  private ResidentMemory() {}

  /**
   * Runs a main class in a process of its own. It prints what is resident, in bytes, a line a
   * reading, at least 100 times after its warm-up.
   *
   * @throws AssertionError with the course if a reading is 50 MiB above the first
   */
  public static void assertFlat(Class<?> main, String... arguments) {
    List<String> lines = JavaProcess.run("512m", main.getName(), arguments);
    long[] resident = lines.stream().mapToLong(Long::parseLong).toArray();
    assertThat(resident).hasSizeGreaterThanOrEqualTo(READINGS);
    long growth = LongStream.of(resident).max().orElseThrow() - resident[0];
    String course = Arrays.toString(LongStream.of(resident).map(b -> b / MEGABYTE).toArray());
    assertThat(growth).as("MiB resident: %s", course).isLessThan(ALLOWED_GROWTH);
  }
}
