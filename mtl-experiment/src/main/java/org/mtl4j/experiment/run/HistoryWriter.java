package org.mtl4j.experiment.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.training.TrainingListener;

/**
 * Writes a line of {@code history.jsonl} an epoch. The file is written anew each time, so that no
 * line is ever half there; and before the epoch's checkpoint, so that none is missing after a kill
 * between the two.
 */
final class HistoryWriter implements TrainingListener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RunFiles files;
  private final List<Object> lines = new ArrayList<>();

  /** Keeps the lines of the epochs that are done already. */
  HistoryWriter(RunFiles files, int epochsDone) {
    this.files = files;
    if (Files.exists(files.history())) {
      files.readLines(files.history()).stream()
          .map(HistoryWriter::parse)
          .filter(line -> line.path("epoch").asInt(Integer.MAX_VALUE) <= epochsDone)
          .forEach(lines::add);
      files.changeJsonLines(files.history(), lines);
    }
  }

  /** A line that is not JSON has no epoch, and goes. */
  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void beforeSave(Epoch epoch) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("epoch", epoch.epoch());
    line.put("step", epoch.step());
    line.put("train", MetricMaps.of(epoch.losses()));
    epoch.validation().ifPresent(report -> line.put("validation", MetricMaps.of(report)));
    line.put("best", epoch.best());
    lines.add(line);
    files.changeJsonLines(files.history(), lines);
  }
}
