package org.mtl4j.experiment.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.RunFiles;

/**
 * The epochs of a trial, as {@code history.jsonl} of its run has them: what it was worth at any
 * epoch, whatever came after it.
 *
 * @param epochs in their order
 */
record TrialHistory(List<Epoch> epochs) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  TrialHistory {
    epochs = List.copyOf(epochs);
  }

  /**
   * One epoch.
   *
   * @param number from 1
   * @param step steps taken by its end
   * @param best whether its state was the one to keep
   * @param validation figures by output and metric; null where one is not defined
   */
  record Epoch(int number, long step, boolean best, Map<String, Map<String, Double>> validation) {}

  /** The history of a run; of one that has not begun it is empty. */
  static TrialHistory read(RunFiles files) {
    List<Epoch> epochs = new ArrayList<>();
    if (Files.exists(files.history())) {
      for (String line : files.readLines(files.history())) {
        epochs.add(epoch(line, files));
      }
    }
    return new TrialHistory(epochs);
  }

  private static Epoch epoch(String line, RunFiles files) {
    try {
      JsonNode json = JSON.readTree(line);
      return new Epoch(
          json.path("epoch").asInt(),
          json.path("step").asLong(),
          json.path("best").asBoolean(),
          json.has("validation")
              ? JSON.convertValue(json.get("validation"), new TypeReference<>() {})
              : Map.of());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              files.history().toString(),
              "Expected a line of JSON an epoch, found something else.",
              "Delete the trial's folder, then go on with --resume: it is trained again."),
          e);
    }
  }

  /** How many epochs were trained. */
  int trained() {
    return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).number();
  }

  /** The epoch that ended with a step. */
  Optional<Epoch> endingAt(long step) {
    return epochs.stream().filter(epoch -> epoch.step() == step).findFirst();
  }

  /** The epoch whose state was the one to keep after so many; empty before the first. */
  Optional<Epoch> kept(int until) {
    return epochs.stream()
        .filter(epoch -> epoch.number() <= until && epoch.best())
        .reduce((first, second) -> second);
  }
}
