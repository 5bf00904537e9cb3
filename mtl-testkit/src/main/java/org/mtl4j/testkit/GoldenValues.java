package org.mtl4j.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Values that another program computed, committed as CSV beside the test and the script that made
 * them: a key, then numbers. Inputs are not in the files: both programs make them by {@link
 * #numbers}.
 */
public final class GoldenValues {
  private GoldenValues() {}

  /**
   * The lines of a file.
   *
   * @param keys number of columns that are the key, joined by commas
   * @throws UncheckedIOException if it cannot be read
   */
  public static Map<String, double[]> read(Class<?> test, String file, int keys) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(test.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      Map<String, double[]> values = new LinkedHashMap<>();
      reader
          .lines()
          .map(line -> line.split(",", -1))
          .forEach(
              cells ->
                  values.put(
                      String.join(",", Arrays.copyOf(cells, keys)),
                      Arrays.stream(cells).skip(keys).mapToDouble(Double::parseDouble).toArray()));
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers between -1 and 1 that look like nothing in particular: sin(1.7 (first + i)). */
  public static double[] numbers(int first, int count) {
    return IntStream.range(0, count).mapToDouble(i -> Math.sin(1.7 * (first + i))).toArray();
  }
}
