package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.experiment.bench.TrainBench;
import org.mtl4j.experiment.bench.TrainBenchConfig;
import org.mtl4j.experiment.config.TrainingConfig;
import org.mtl4j.experiment.config.TrainingConfig.Precision;
import org.mtl4j.experiment.run.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl bench train}: training steps a second on made data. */
@Command(
    name = "train",
    showDefaultValues = true,
    description = "Times training steps of an MMoE on made data.",
    footer = {"", "Example:", "  mtl bench train --vocabulary 1000000 --steps 20"})
public final class BenchTrainCommand extends BenchmarkCommand {
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
      names = "--matrix-products",
      description =
          "How experts take theirs: ${COMPLETION-CANDIDATES}; as training does unless named, merged"
              + " where a GPU was asked for.")
  private MatrixProducts products = MatrixProducts.preferred();

  @Option(
      names = "--balancing",
      defaultValue = "static",
      paramLabel = "METHOD",
      description =
          "How tasks, task_0 and so on, become one step: a name, or its keys as in an experiment,"
              + " '{type: gradnorm, alpha: 1}'.")
  private String balancing;

  @Option(
      names = "--threads",
      defaultValue = "0",
      description = "Threads of TensorFlow; 0: one a processor.")
  private int threads;

  @Option(
      names = "--checkpoint",
      paramLabel = "FOLDER",
      description =
          "Also saves a checkpoint below FOLDER, restores it in a new session, goes on and deletes"
              + " it: what a run needs in memory. Tables and slots need as much on disk.")
  private Path checkpoint;

  private final Registry<LossBalancing> methods;

  /** The command. */
  @Inject
  public BenchTrainCommand(Console console, Interruption interruption, Parts parts) {
    super(console, interruption);
    this.methods = parts.updating().balancings();
  }

  /** The one key of the option's value. */
  private record Balancing(Choice balancing) {}

  private LossBalancing balancing() {
    String keys = balancing.startsWith("{") ? balancing : "{type: " + balancing + "}";
    Choice choice =
        ConfigFile.parse("balancing: " + keys, "--balancing").bind(Balancing.class).balancing();
    Problems problems = new Problems();
    var method = methods.resolve(choice, problems);
    problems.throwIfAny();
    LossBalancing value = method.orElseThrow().value();
    try {
      value.check(IntStream.range(0, tasks).mapToObj(t -> "task_" + t).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("balancing: " + e.getMessage(), e);
    }
    return value;
  }

  @Override
  Optional<Path> folder() {
    return Optional.ofNullable(checkpoint);
  }

  @Override
  Answer measure(BooleanSupplier stopRequested) throws InterruptedException {
    int used = threads == 0 ? TrainingConfig.defaultThreads() : threads;
    TrainBench.Result result =
        new TrainBench(config(used), stopRequested).run(used, Optional.ofNullable(checkpoint));
    TrainBench.Memory memory = result.memory();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("examples_per_second", result.speed().examplesPerSecond());
    json.put("ms_per_step", result.speed().msPerStep());
    json.put("rounds_ms_per_step", result.speed().roundsMsPerStep());
    json.put("waiting_share", result.feeding().waitingShare());
    OptionalDouble feeder = result.feeding().processorMsPerStep();
    json.put("feeder_cpu_ms_per_step", feeder.isPresent() ? feeder.getAsDouble() : null);
    json.put(
        "peak_memory_bytes",
        memory.peakBytes().isPresent() ? memory.peakBytes().getAsLong() : null);
    json.put("state_bytes", memory.stateBytes());
    result
        .checkpoint()
        .ifPresent(
            times -> {
              json.put("checkpoint_save_seconds", times.saveSeconds());
              json.put("checkpoint_restore_seconds", times.restoreSeconds());
            });
    json.put("threads", used);
    json.put("balancing", balancing);
    json.put("matrix_products", products.name().toLowerCase(Locale.ROOT));
    json.put("precision", precision.name().toLowerCase(Locale.ROOT));
    return Answer.of(json, text(result));
  }

  private TrainBenchConfig config(int usedThreads) {
    try {
      TrainingConfig.checkThreads(usedThreads);
      return new TrainBenchConfig(
          fields,
          vocabulary,
          dim,
          batch,
          new TrainBenchConfig.Model(
              experts,
              expertLayers,
              towerLayers,
              tasks,
              new TrainBenchConfig.Step(products, balancing())),
          steps);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage(), e);
    }
  }

  /** The key at the beginning of a message is an option here. */
  private static MtlException usage(String what, IllegalArgumentException cause) {
    int end = Math.max(0, what.indexOf(':'));
    String option = "--" + what.substring(0, end).replace('_', '-');
    return new MtlException(
        Problem.of(ErrorCode.USAGE, "mtl bench train", option + what.substring(end) + "."), cause);
  }

  private static List<String> text(TrainBench.Result result) {
    OptionalLong peak = result.memory().peakBytes();
    OptionalDouble feeder = result.feeding().processorMsPerStep();
    List<String> lines = new ArrayList<>();
    lines.add(line("examples a second   %,.0f", result.speed().examplesPerSecond()));
    lines.add(line("milliseconds a step %.2f", result.speed().msPerStep()));
    lines.add(
        line(
            "waiting for batches %.2f %% of the steps' time",
            100 * result.feeding().waitingShare()));
    lines.add(
        feeder.isPresent()
            ? line("feeder's processor  %.2f ms a step", feeder.getAsDouble())
            : "feeder's processor  not known on this system");
    lines.add(line("tables and slots    %,d MiB", result.memory().stateBytes() >> 20));
    lines.add(
        peak.isPresent()
            ? line("peak memory         %,d MiB", peak.getAsLong() >> 20)
            : "peak memory         not known on this system");
    result
        .checkpoint()
        .ifPresent(
            times -> {
              lines.add(line("checkpoint saved    %.1f s", times.saveSeconds()));
              lines.add(line("checkpoint restored %.1f s", times.restoreSeconds()));
            });
    return lines;
  }

  private static String line(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
