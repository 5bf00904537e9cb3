package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.bench.IngestBench;
import org.mtl4j.experiment.bench.IngestBenchConfig;
import org.mtl4j.experiment.bench.IngestSource;
import org.mtl4j.experiment.bench.Rounds;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mtl bench ingest}: from a file to batches, stage by stage, and the memory it takes. */
@Command(
    name = "ingest",
    showDefaultValues = true,
    description = "Times the way from a made table in a file to batches, without a model.",
    footer = {
      "",
      "Examples: 5 GB through a heap of 1 GiB; and five turns with a program of one's own, which",
      "reads the CSV file $FILE and prints its seconds as the last line:",
      "  MTL_HEAP=1g mtl bench ingest --gigabytes 5",
      "  mtl bench ingest --source parquet --rounds 5 --peer 'python peer.py \"$FILE\"'"
    })
public final class BenchIngestCommand extends BenchmarkCommand {
  private final ExperimentService service;

  @Option(
      names = "--gigabytes",
      defaultValue = "1",
      description = "Size of the file, which is made first and deleted at the end.")
  private double gigabytes;

  @Option(
      names = "--source",
      defaultValue = "csv",
      description =
          "What reads the table: ${COMPLETION-CANDIDATES} (Commons CSV, engine: duckdb over the CSV"
              + " file, or the same table in a Parquet file).")
  private IngestSource source;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "How often to measure the way from the file to encoded rows.")
  private int rounds;

  @Option(
      names = "--peer",
      paramLabel = "COMMAND",
      description = "A command of the shell to measure against, by turns.")
  private String peer;

  @Option(names = "--batch", defaultValue = "4096", description = "Rows a batch.")
  private int batch;

  @Option(
      names = "--folder",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where to put the file and the encoded rows.")
  private Path folder;

  /** The command over a service. */
  @Inject
  public BenchIngestCommand(Console console, ExperimentService service, Interruption interruption) {
    super(console, interruption);
    this.service = service;
  }

  @Override
  Optional<Path> folder() {
    return Optional.of(folder);
  }

  @Override
  Answer measure(BooleanSupplier stopRequested) throws InterruptedException {
    IngestBench.Result result =
        new IngestBench(service, config(), console()::note, stopRequested).run();
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> stages = new LinkedHashMap<>();
    result.stages().forEach(stage -> stages.put(stage.name(), json(stage)));
    json.put("source", source.word());
    json.put("stages", stages);
    PeerTurnsView.put(json, result.turns());
    IngestBench.Memory memory = result.memory();
    json.put("heap_limit_bytes", memory.heapLimit());
    json.put("peak_heap_bytes", memory.heap());
    json.put("peak_anonymous_bytes", orNull(memory.anonymous()));
    json.put("peak_memory_bytes", orNull(memory.resident()));
    return Answer.of(json, text(result));
  }

  private IngestBenchConfig config() {
    try {
      return new IngestBenchConfig(
          gigabytes, batch, folder, source, new Rounds(rounds, Optional.ofNullable(peer)));
    } catch (IllegalArgumentException e) {
      throw new MtlException(
          Problem.of(ErrorCode.USAGE, "mtl bench ingest", "--" + e.getMessage() + "."), e);
    }
  }

  private static Map<String, Object> json(IngestBench.Stage stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", stage.rows());
    json.put("bytes", stage.bytes());
    json.put("seconds", stage.seconds());
    json.put("rows_per_second", stage.rowsPerSecond());
    json.put("megabytes_per_second", stage.megabytesPerSecond());
    return json;
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static List<String> text(IngestBench.Result result) {
    List<String> lines = new ArrayList<>();
    lines.add("stage        rows  seconds  rows a second  MB a second");
    for (IngestBench.Stage stage : result.stages()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-6s %,11d %8.1f %,14.0f %12.1f",
              stage.name(),
              stage.rows(),
              stage.seconds(),
              stage.rowsPerSecond(),
              stage.megabytesPerSecond()));
    }
    lines.addAll(PeerTurnsView.text(result.turns(), "ingest"));
    IngestBench.Memory memory = result.memory();
    lines.add(
        "peak heap "
            + mebibytes(OptionalLong.of(memory.heap()))
            + " of "
            + mebibytes(OptionalLong.of(memory.heapLimit()))
            + ", of the process "
            + mebibytes(memory.anonymous())
            + ", with mapped files "
            + mebibytes(memory.resident()));
    return lines;
  }

  private static String mebibytes(OptionalLong bytes) {
    return bytes.isPresent()
        ? String.format(Locale.ROOT, "%,d MiB", bytes.getAsLong() >> 20)
        : "not known";
  }
}
