package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.bench.TrainBench;
import org.mtl4j.experiment.bench.TrainBenchConfig;
import org.mtl4j.experiment.config.TrainingConfig.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl bench train}: training steps a second on made data. */
@Command(
    name = "train",
    showDefaultValues = true,
    description = "Times training steps of an MMoE on made data.",
    footer = {"", "Example:", "  mtl bench train --vocabulary 1000000 --steps 20"})
public final class BenchTrainCommand extends MtlCommand {
  @Option(names = "--fields", defaultValue = "26", description = "Categorical fields.")
  private int fields;

  @Option(names = "--vocabulary", defaultValue = "100000", description = "Ids a field.")
  private int vocabulary;

  @Option(names = "--dim", defaultValue = "16", description = "Width of the embedding tables.")
  private int dim;

  @Option(names = "--batch", defaultValue = "2048", description = "Rows a step.")
  private int batch;

  @Option(names = "--experts", defaultValue = "8", description = "Experts.")
  private int experts;

  @Option(
      names = "--expert-layers",
      split = ",",
      defaultValue = "256,128",
      description = "Widths of an expert's layers.")
  private List<Integer> expertLayers;

  @Option(
      names = "--tower-layers",
      split = ",",
      defaultValue = "64",
      description = "Widths of a tower's layers.")
  private List<Integer> towerLayers;

  @Option(names = "--tasks", defaultValue = "2", description = "Binary tasks.")
  private int tasks;

  @Option(names = "--steps", defaultValue = "50", description = "Timed steps a round.")
  private int steps;

  @Option(
      names = "--precision",
      defaultValue = "float32",
      description = "Arithmetic: ${COMPLETION-CANDIDATES}.")
  private Precision precision;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads of TensorFlow; 0: one a processor.")
  private int threads;

  /** The command. */
  @Inject
  public BenchTrainCommand(Console console) {
    super(console);
  }

  @Override
  protected Answer answer() throws InterruptedException {
    if (threads < 0) {
      throw usage("threads: expected at least 0, found " + threads, null);
    }
    int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    TrainBench.Result result = new TrainBench(config()).run(used);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("examples_per_second", result.examplesPerSecond());
    json.put("ms_per_step", result.msPerStep());
    json.put("rounds_ms_per_step", result.roundsMsPerStep());
    json.put(
        "peak_memory_bytes",
        result.peakMemoryBytes().isPresent() ? result.peakMemoryBytes().getAsLong() : null);
    json.put("threads", used);
    json.put("precision", precision.name().toLowerCase(Locale.ROOT));
    return Answer.of(json, text(result));
  }

  private TrainBenchConfig config() {
    try {
      return new TrainBenchConfig(
          fields,
          vocabulary,
          dim,
          batch,
          new TrainBenchConfig.Model(experts, expertLayers, towerLayers, tasks),
          steps);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
  }

  private static MtlException usage(String what, IllegalArgumentException cause) {
    return new MtlException(
        Problem.of(ErrorCode.USAGE, "mtl bench train", "--" + what + "."), cause);
  }

  private static List<String> text(TrainBench.Result result) {
    String memory =
        result.peakMemoryBytes().isPresent()
            ? String.format(Locale.ROOT, "%,d MiB", result.peakMemoryBytes().getAsLong() >> 20)
            : "not known on this system";
    return List.of(
        String.format(Locale.ROOT, "examples a second   %,.0f", result.examplesPerSecond()),
        String.format(Locale.ROOT, "milliseconds a step %.2f", result.msPerStep()),
        "peak memory         " + memory);
  }
}
