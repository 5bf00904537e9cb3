package org.mtl4j.serving.feedback;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * Makes rows with labels of what was shown and what came of it: a row an item shown, with the
 * columns that were kept, the labels, and {@code served_request}, {@code served_time}, {@code
 * served_model}, {@code served_version}, {@code served_variant}, {@code served_user}, {@code
 * served_item}, {@code served_rank} and {@code served_score_OUTPUT}. Each file of feedback becomes
 * one of rows, whole and once, as soon as it has ended and the window behind its last line is over:
 * so rows never change, and may be followed. Of several outcomes of one task the latest counts.
 */
public final class FeedbackJoin {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path feedback;
  private final Path rows;
  private final JoinRules rules;

  /**
   * A join.
   *
   * @param feedback the folder of a {@link FeedbackLog}, open or not
   * @param rows the folder of rows, which is made if it is not there
   */
  public FeedbackJoin(Path feedback, Path rows, JoinRules rules) {
    this.feedback = feedback;
    this.rows = rows;
    this.rules = rules;
  }

  /**
   * What was made.
   *
   * @param files of rows, in their order
   * @param rows how many
   * @param outcomes how many of them had an outcome
   */
  public record Joined(List<Path> files, long rows, long outcomes) {
    /** Copies the list. */
    public Joined {
      files = List.copyOf(files);
    }
  }

  /**
   * Makes the files of rows that are due.
   *
   * @param now what time it is
   * @throws MtlException FILE_MISSING if there is no such folder, DATA_FORMAT for a line that is
   *     none, IO if a file cannot be read or written
   */
  public Joined join(Instant now) {
    if (!Files.isDirectory(feedback)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              feedback.toString(),
              "Expected a folder of feedback, found none.",
              "Give the folder that the server writes feedback to."));
    }
    try {
      Folders.make(rows);
      Unfinished.clear(rows);
      List<Integer> numbers = FeedbackFolder.numbers(feedback);
      List<Path> files = new ArrayList<>();
      long[] counts = new long[2];
      // The last one may grow.
      for (int number : numbers.subList(0, Math.max(0, numbers.size() - 1))) {
        Path target = rows.resolve("rows-%08d.jsonl".formatted(number));
        if (!Files.exists(target)
            && isOver(number, now)
            && write(number, numbers, target, counts)) {
          files.add(target);
        }
      }
      return new Joined(files, counts[0], counts[1]);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              rows.toString(),
              "Rows of feedback cannot be written: " + e + ".",
              "Make room or choose another folder."),
          e);
    }
  }

  private boolean isOver(int number, Instant now) throws IOException {
    return FeedbackFolder.lastLogged(FeedbackFolder.file(feedback, number))
        .filter(last -> !last.plus(rules.window()).isAfter(now))
        .isPresent();
  }

  /** An item of a request, and a task. */
  private record Key(String request, String item, String task) {}

  private boolean write(int number, List<Integer> numbers, Path target, long[] counts)
      throws IOException {
    Map<String, FeedbackEvent.Impression> shown = new LinkedHashMap<>();
    FeedbackFolder.read(
        FeedbackFolder.file(feedback, number),
        (text, line) -> {
          if (line.event() instanceof FeedbackEvent.Impression impression) {
            shown.putIfAbsent(impression.requestId(), impression);
          }
        });
    if (shown.values().stream().allMatch(impression -> impression.items().isEmpty())) {
      return false;
    }
    Map<Key, FeedbackEvent.Outcome> outcomes = outcomes(number, numbers, shown);
    Unfinished unfinished = new Unfinished(target);
    try {
      try (BufferedWriter writer =
          Files.newBufferedWriter(unfinished.path(), StandardCharsets.UTF_8)) {
        for (FeedbackEvent.Impression impression : shown.values()) {
          for (FeedbackEvent.Shown item : impression.items()) {
            writer.write(row(impression, item, outcomes, counts).toString());
            writer.write('\n');
          }
        }
      }
      unfinished.finish();
      return true;
    } finally {
      unfinished.drop();
    }
  }

  /** The latest of each task in time, whatever the order in which they came in. */
  private Map<Key, FeedbackEvent.Outcome> outcomes(
      int first, List<Integer> numbers, Map<String, FeedbackEvent.Impression> shown)
      throws IOException {
    Map<Key, FeedbackEvent.Outcome> latest = new HashMap<>();
    for (int number : numbers) {
      // An outcome may have come in before its impression was written.
      if (number >= first - 1) {
        FeedbackFolder.read(
            FeedbackFolder.file(feedback, number),
            (text, line) -> {
              if (line.event() instanceof FeedbackEvent.Outcome outcome
                  && isInTime(outcome, shown.get(outcome.requestId()))) {
                latest.merge(
                    new Key(outcome.requestId(), outcome.item(), outcome.task()),
                    outcome,
                    (a, b) -> b.time().isBefore(a.time()) ? a : b);
              }
            });
      }
    }
    return latest;
  }

  private boolean isInTime(FeedbackEvent.Outcome outcome, FeedbackEvent.Impression impression) {
    return impression != null && !outcome.time().isAfter(impression.time().plus(rules.window()));
  }

  private ObjectNode row(
      FeedbackEvent.Impression impression,
      FeedbackEvent.Shown item,
      Map<Key, FeedbackEvent.Outcome> outcomes,
      long[] counts) {
    ObjectNode row = JSON.createObjectNode();
    item.columns().forEach((column, value) -> row.set(column, JSON.valueToTree(value)));
    impression.viewer().columns().forEach((c, value) -> row.set(c, JSON.valueToTree(value)));
    boolean any = false;
    for (Map.Entry<String, Optional<Double>> label : rules.labels().entrySet()) {
      FeedbackEvent.Outcome outcome =
          outcomes.get(new Key(impression.requestId(), item.item(), label.getKey()));
      any |= outcome != null;
      Optional<Double> value = outcome == null ? label.getValue() : Optional.of(outcome.value());
      row.put(label.getKey(), value.orElse(null));
    }
    row.put("served_request", impression.requestId());
    row.put("served_time", impression.time().toString());
    row.put("served_model", impression.server().model());
    OptionalLong version = impression.server().version();
    row.put("served_version", version.isPresent() ? Long.toString(version.getAsLong()) : null);
    row.put("served_variant", impression.server().variant().orElse(null));
    row.put("served_user", impression.viewer().user().orElse(null));
    row.put("served_item", item.item());
    row.put("served_rank", item.rank());
    item.scores().forEach((output, score) -> row.put("served_score_" + output, score));
    counts[0]++;
    counts[1] += any ? 1 : 0;
    return row;
  }
}
