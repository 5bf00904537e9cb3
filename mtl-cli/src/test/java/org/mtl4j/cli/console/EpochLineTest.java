package org.mtl4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.core.training.TrainingListener.Epoch;

/** What stands for each output in the line of an epoch. */
class EpochLineTest {
  private static MetricReport.OutputMetrics metrics(String first, double value, String warning) {
    Map<String, OptionalDouble> values = new LinkedHashMap<>();
    values.put("log_loss", OptionalDouble.of(0.25));
    values.put(first, OptionalDouble.of(value));
    return new MetricReport.OutputMetrics(
        9, values, warning.isEmpty() ? List.of() : List.of(warning));
  }

  @Test
  void everyTypeOfTaskHasAFigure() {
    Map<String, MetricReport.OutputMetrics> outputs = new LinkedHashMap<>();
    outputs.put("click", metrics("auc", 0.75, ""));
    outputs.put("genres", metrics("macro_auc", 0.875, "genres/macro_auc is the mean over 2 of 3"));
    outputs.put("rating", metrics("rmse", 1.5, ""));
    outputs.put("mood", metrics("accuracy", 0.5, ""));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, 0);
    try (TrainingConsole shown =
        new TrainingConsole(console, new Interruption(console), System::nanoTime)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        shown.onEpoch(
            new Epoch(
                epoch,
                epoch,
                new StepLosses(1, Map.of("click", 1.0), Map.of()),
                Optional.of(new MetricReport(outputs)),
                true));
      }
    }
    String figures =
        "validation click auc 0.7500, genres macro_auc 0.8750, rating rmse 1.5000, mood accuracy"
            + " 0.5000";
    List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("epoch 1/").endsWith(figures);
    assertThat(lines.get(1))
        .isEqualTo("warning: validation: genres/macro_auc is the mean over 2 of 3");
    assertThat(lines.get(2)).startsWith("epoch 2/").endsWith(figures);
  }
}
