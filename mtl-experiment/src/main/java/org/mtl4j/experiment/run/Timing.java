package org.mtl4j.experiment.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * How fast a run was trained: what {@code timing.jsonl} tells. It is no part of what a run follows
 * from, and equal runs differ in it.
 *
 * @param lines stretches of steps between checkpoints, none of which has a step of another
 */
public record Timing(List<Line> lines) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * Checks the order and copies the list.
   *
   * @throws IllegalArgumentException if a line does not begin behind the one before
   */
  public Timing {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).from() <= lines.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "line %d does not go on behind the one before".formatted(i + 1));
      }
    }
    lines = List.copyOf(lines);
  }

  /**
   * A stretch of steps, and the machine that took them.
   *
   * @param from the first step
   * @param to the last step, that of a checkpoint
   * @param examples rows that the steps trained on
   * @param seconds what the steps took; neither evaluation nor checkpoints are in it
   * @param processors how many the process could use
   * @param gpu whether TensorFlow had a GPU
   */
  public record Line(
      long from, long to, long examples, double seconds, int processors, boolean gpu) {
    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one cannot be
     */
    public Line {
      if (from < 1 || to < from || examples < 1 || !(seconds >= 0) || processors < 1) {
        throw new IllegalArgumentException(
            "expected a stretch of steps, found steps %d to %d with %d examples in %s seconds on %d processors"
                .formatted(from, to, examples, seconds, processors));
      }
    }

    private String machine() {
      return processors + (processors == 1 ? " processor" : " processors") + (gpu ? ", GPU" : "");
    }
  }

  /**
   * Reads a run's file; one that is not there has no lines.
   *
   * @throws MtlException DATA_FORMAT if there is something else in it
   */
  static Timing read(RunFiles files) {
    if (!Files.exists(files.timing())) {
      return new Timing(List.of());
    }
    try {
      return parse(Files.readString(files.timing(), StandardCharsets.ISO_8859_1)); // Any bytes.
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              files.timing().toString(),
              "Expected lines of JSON, a stretch of steps each, found that %s."
                  .formatted(e.getMessage()),
              "Move the file away: nothing but the run's speed is in it."),
          e);
    } catch (IOException e) {
      throw RunFiles.failure(files.timing(), e);
    }
  }

  private static Timing parse(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        lines.add(Objects.requireNonNull(JSON.readValue(line, Line.class)));
      } catch (JsonProcessingException | NullPointerException e) {
        throw new IllegalArgumentException("line %d is none".formatted(lines.size() + 1), e);
      }
    }
    return new Timing(lines);
  }

  /** Rows a second while the run was trained; empty if nothing is known. */
  public OptionalDouble examplesPerSecond() {
    double seconds = seconds();
    long examples = lines.stream().mapToLong(Line::examples).sum();
    return seconds > 0 ? OptionalDouble.of(examples / seconds) : OptionalDouble.empty();
  }

  /** What the steps took together. */
  public double seconds() {
    return lines.stream().mapToDouble(Line::seconds).sum();
  }

  /** The machines that trained it, in words: {@code 16 processors, GPU}. */
  public List<String> machines() {
    return lines.stream().map(Line::machine).distinct().toList();
  }
}
