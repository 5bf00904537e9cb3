package org.mtl4j.experiment.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.RunFiles;

/**
 * The files of a tuning. Each is whole whenever it has its name; no time is in those that a tuning
 * goes on with, so that equal tunings write equal bytes.
 *
 * @param folder the tuning's folder
 */
public record TuningFiles(Path folder) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What the tuning was begun with. */
  public Path state() {
    return folder.resolve("tuning.json");
  }

  /** A line a trial: its values, its figures, how it stands. */
  public Path trials() {
    return folder.resolve("trials.jsonl");
  }

  /** The winner's experiment. */
  public Path best() {
    return folder.resolve("best.yaml");
  }

  /** A page to look at. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** The run of a trial. */
  public RunFiles run(Trial trial) {
    return new RunFiles(folder.resolve("trials").resolve(trial.folder()));
  }

  /** Writes a text file, in place of the one that is there. */
  void write(Path file, String text) {
    new RunFiles(folder).write(file, text);
  }

  /**
   * What a tuning was begun with.
   *
   * @param experiment as YAML, every default filled in
   * @param space as YAML, every default filled in
   * @param trials number of trials
   */
  record State(String experiment, String space, int trials) {}

  /** What the tuning in the folder was begun with; empty if there is none. */
  Optional<State> readState() {
    if (!Files.exists(state())) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(String.join("\n", lines(state())), State.class));
    } catch (JsonProcessingException e) {
      throw damaged(state(), e);
    }
  }

  void writeState(State state) {
    new RunFiles(folder).writeJson(state(), state);
  }

  /** What came of the trials before, by number. */
  Map<Integer, TrialOutcome> readOutcomes() {
    Map<Integer, TrialOutcome> outcomes = new TreeMap<>();
    if (Files.exists(trials())) {
      try {
        for (String line : lines(trials())) {
          TrialOutcome outcome = outcome(JSON.readTree(line));
          outcomes.put(outcome.trial(), outcome);
        }
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw damaged(trials(), e);
      }
    }
    return outcomes;
  }

  private static TrialOutcome outcome(JsonNode json) {
    return new TrialOutcome(
        json.path("trial").asInt(),
        TrialOutcome.Status.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
        json.path("epochs").asInt(),
        JSON.convertValue(json.path("validation"), new TypeReference<>() {}),
        Optional.ofNullable(json.get("reason")).map(JsonNode::asText));
  }

  /** Writes the lines of those trials of which something came. */
  void writeOutcomes(List<Tuning.Entry> entries) {
    StringBuilder text = new StringBuilder();
    for (Tuning.Entry entry : entries) {
      entry.outcome().ifPresent(outcome -> text.append(line(entry, outcome)).append('\n'));
    }
    write(trials(), text.toString());
  }

  private static String line(Tuning.Entry entry, TrialOutcome outcome) {
    try {
      return JSON.writeValueAsString(json(entry, outcome));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a trial's figures do not become JSON", e);
    }
  }

  /** A trial as the maps that JSON is made of. */
  static Map<String, Object> json(Tuning.Entry entry, TrialOutcome outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("trial", outcome.trial());
    line.put("status", outcome.status().word());
    line.put("epochs", outcome.epochs());
    line.put("objective", entry.value().isPresent() ? entry.value().getAsDouble() : null);
    Map<String, Object> values = new LinkedHashMap<>();
    entry.trial().values().forEach((key, value) -> values.put(key, Spelling.json(value)));
    line.put("values", values);
    line.put("validation", outcome.validation());
    outcome.reason().ifPresent(reason -> line.put("reason", reason));
    return line;
  }

  private List<String> lines(Path file) {
    return new RunFiles(folder).readLines(file);
  }

  private static MtlException damaged(Path file, Exception cause) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_FORMAT,
            file.toString(),
            "Expected what a tuning wrote there, found something else.",
            "Put the file back as it was, or start a new tuning with --output."),
        cause);
  }
}
