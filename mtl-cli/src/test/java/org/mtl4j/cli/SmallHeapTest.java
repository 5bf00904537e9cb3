package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

/** A real process trains on more encoded rows than its heap could hold. */
@Tag("slow")
class SmallHeapTest {
  private static final int ROWS = 1_500_000;
  private static final int NUMBERS = 16;
  private static final int HEAP_MEGABYTES = 64;

  /** A value of a feature, and label and weight of the task, 4 bytes each. */
  private static final long ENCODED_BYTES = ROWS * (NUMBERS + 2) * 4L;

  @TempDir private Path folder;

  @Test
  void tableThatTheHeapCannotHoldIsTrainedMeasuredAndExported() throws Exception {
    assertThat(ENCODED_BYTES).isGreaterThan(HEAP_MEGABYTES * (3L << 19));
    Path run = folder.resolve("run");
    try (Child child =
        Child.startWithHeap(
            HEAP_MEGABYTES + "m",
            folder,
            "train",
            experiment().toString(),
            "--output",
            run.toString())) {
      assertThat(child.exitCode()).as(child.said()).isZero();
    }
    JsonNode metrics = new ObjectMapper().readTree(run.resolve("metrics.json").toFile());
    // The label is the first number's side of a half, but for one row in ten.
    assertThat(metrics.at("/test/label/auc").asDouble()).isBetween(0.85, 0.95);
    assertThat(run.resolve("export/1/saved_model.pb")).exists();
    assertThat(run.resolve("encoded-rows")).doesNotExist();
  }

  private Path experiment() throws IOException {
    Path table = folder.resolve("table.csv");
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    StringBuilder yaml = new StringBuilder("name: small-heap\nfeatures:\n");
    StringBuilder line = new StringBuilder("label");
    for (int n = 0; n < NUMBERS; n++) {
      yaml.append("  n").append(n).append(": {type: numeric}\n");
      line.append(",n").append(n);
    }
    try (BufferedWriter csv = Files.newBufferedWriter(table)) {
      for (int row = 0; row < ROWS; row++) {
        csv.append(line.append('\n'));
        line.setLength(0);
        int first = random.nextInt(100);
        line.append(random.nextInt(10) == 0 ? random.nextInt(2) : first / 50).append(',');
        line.append(first);
        for (int n = 1; n < NUMBERS; n++) {
          line.append(',').append(random.nextInt(100));
        }
      }
      csv.append(line.append('\n'));
    }
    yaml.append("data: {source: {type: csv, path: '").append(table).append("'}}\n");
    yaml.append("tasks: {label: {type: binary, label: label}}\n");
    yaml.append("model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}\n");
    yaml.append("training: {epochs: 1, batch_size: 4096}\n");
    return Files.writeString(folder.resolve("small-heap.yaml"), yaml.toString());
  }
}
