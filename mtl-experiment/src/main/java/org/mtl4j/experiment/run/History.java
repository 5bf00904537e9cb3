package org.mtl4j.experiment.run;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What {@code history.jsonl} tells of the epochs that a run's checkpoint has seen. Later ones,
 * which a run that goes back had, are not looked for: they come again.
 *
 * @param epochs number of epochs done, whether their lines are there or not
 * @param lines the lines that are there, by epoch from 1
 * @param unreadable numbers, from 1, of the file's lines that are none of an epoch
 */
record History(int epochs, SortedMap<Integer, JsonNode> lines, List<Integer> unreadable) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What a decoder puts where bytes are no UTF-8. */
  private static final String NO_TEXT = "\uFFFD";

  /**
   * Reads the file; one that is not there has no lines.
   *
   * @throws org.mtl4j.core.error.MtlException IO if it cannot be read
   */
  static History read(RunFiles files, int epochs) {
    SortedMap<Integer, JsonNode> lines = new TreeMap<>();
    List<Integer> unreadable = new ArrayList<>();
    List<String> texts = texts(files);
    for (int i = 0; i < texts.size(); i++) {
      Optional<JsonNode> line = parse(texts.get(i));
      int epoch = line.map(l -> l.get("epoch").intValue()).orElse(0);
      if (line.isEmpty() || (epoch <= epochs && lines.putIfAbsent(epoch, line.get()) != null)) {
        unreadable.add(i + 1);
      }
    }
    return new History(epochs, lines, unreadable);
  }

  private static List<String> texts(RunFiles files) {
    try {
      return Files.exists(files.history())
          ? new String(Files.readAllBytes(files.history()), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw RunFiles.failure(files.history(), e);
    }
  }

  /** Empty if it is no line of an epoch. */
  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(JSON.readTree(text))
          .filter(line -> line.path("epoch").isInt() && line.get("epoch").intValue() > 0)
          .filter(line -> line.path("train").isObject())
          .filter(line -> !text.contains(NO_TEXT));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The epochs that have no line. */
  List<Integer> missing() {
    return IntStream.rangeClosed(1, epochs).filter(e -> !lines.containsKey(e)).boxed().toList();
  }

  /** The epochs that have no line, in words. */
  String lack() {
    return (missing().size() == 1 ? "epoch " : "the epochs ") + ranges(missing());
  }

  /** Numbers in ascending order, say {@code 1 to 3, 5}. */
  static String ranges(Collection<Integer> numbers) {
    List<int[]> ranges = new ArrayList<>();
    for (int number : numbers) {
      int[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last[1] == number - 1) {
        last[1] = number;
      } else {
        ranges.add(new int[] {number, number});
      }
    }
    return ranges.stream()
        .map(range -> range[0] == range[1] ? "" + range[0] : range[0] + " to " + range[1])
        .collect(joining(", "));
  }
}
