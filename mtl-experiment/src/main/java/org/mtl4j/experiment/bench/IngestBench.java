package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;

/**
 * Takes a made table through everything that comes before a model, as training does: parse it,
 * learn from it, encode it, shuffle it and fill batches. Each stage is timed by itself, and the
 * memory of all is watched; what comes between file and encoded rows is measured by turns with
 * another program if there is one.
 */
public final class IngestBench {
  private static final int BLOCK = 4096;
  private static final PeerCommand.Refusal PEER_REFUSAL =
      new PeerCommand.Refusal(
          "mtl bench ingest",
          "Let it time itself, from before it opens the file \"$FILE\" to the end of its work.");

  private final ExperimentService service;
  private final IngestBenchConfig config;
  private final Consumer<String> progress;
  private final BooleanSupplier stopRequested;

  /**
   * What was measured.
   *
   * @param stages in their order; where there are several rounds, those of the fastest one
   * @param turns a round each
   * @param memory of the whole
   */
  public record Result(List<Stage> stages, PeerTurns turns, Memory memory) {
    /** Copies the list. */
    public Result {
      stages = List.copyOf(stages);
    }
  }

  /**
   * One stage.
   *
   * @param name make, parse, learn, encode, ingest (learn and encode) or epoch
   * @param rows that it went through: all, or for an epoch those to train on
   * @param bytes of the CSV file that those rows stand for, whatever the source
   * @param seconds that it took
   */
  public record Stage(String name, long rows, long bytes, double seconds) {
    /** Rows a second. */
    public double rowsPerSecond() {
      return rows / seconds;
    }

    /** 10<sup>6</sup> bytes of the file a second. */
    public double megabytesPerSecond() {
      return bytes / seconds / 1e6;
    }
  }

  /**
   * Memory at its most, in bytes. Heap and anonymous memory are looked at ten times a second; the
   * resident memory is the system's own figure.
   *
   * @param heapLimit what the heap may take
   * @param heap what was in use of it at one time, garbage included
   * @param anonymous what the process had for itself at one time, heap included; empty where the
   *     system does not say
   * @param resident all resident memory at one time since the process began, pages of mapped files
   *     included, which the system takes back when it needs them; empty where it does not say
   */
  public record Memory(long heapLimit, long heap, OptionalLong anonymous, OptionalLong resident) {}

  /**
   * A benchmark.
   *
   * @param progress told of each stage before it begins, and of rows that cannot be deleted
   * @param stopRequested asked again and again; once it is true the benchmark ends in moments
   */
  public IngestBench(
      ExperimentService service,
      IngestBenchConfig config,
      Consumer<String> progress,
      BooleanSupplier stopRequested) {
    this.service = service;
    this.config = config;
    this.progress = progress;
    this.stopRequested = stopRequested;
  }

  /**
   * Makes the file, measures and deletes it. However it ends, its files are gone.
   *
   * @throws MtlException of code IO if file or rows cannot be written or deleted
   * @throws InterruptedException if the thread is interrupted
   * @throws CancellationException if a stop was asked for
   */
  public Result run() throws InterruptedException {
    Path folder = temporaryFolder();
    try (PeakMemory memory = new PeakMemory()) {
      List<Stage> stages = new ArrayList<>();
      Made made = make(folder, stages);
      PeerTurns turns = rounds(made, stages);
      return new Result(stages, turns, memory(memory));
    } finally {
      delete(folder);
    }
  }

  /** The table's files, and the way to read them. */
  record Made(Path csv, long rows, long bytes, Dataset data) {}

  record Dataset(ExperimentPlan plan, SplitDataset rows) {}

  private Made make(Path folder, List<Stage> stages) {
    Path csv = folder.resolve("clicks.csv");
    long start = start("making the file");
    long rows = IngestTable.write(csv, config.bytes(), stopRequested);
    Path file = csv;
    if (config.source() == IngestSource.PARQUET) {
      file = folder.resolve("clicks.parquet");
      IngestTable.copy(csv, file);
    }
    long bytes = size(csv);
    stages.add(stage("make", rows, bytes, start));

    ExperimentPlan plan = service.read(IngestTable.experiment(file, config.source()));
    start = start("parsing");
    DataConfig data = plan.config().data();
    BatchSource source = new StoppableSource(service.datasets().open(data.source()), stopRequested);
    stages.add(stage("parse", parse(source), bytes, start));
    Seed seed = new Seed(plan.config().seed());
    SplitDataset dataset =
        SplitDataset.of(source, data.rules(), (SplitRule.ByRow) data.split(), seed);
    return new Made(csv, rows, bytes, new Dataset(plan, dataset));
  }

  /** The last round's rows go into batches; nothing is kept of those before. */
  private PeerTurns rounds(Made made, List<Stage> stages) throws InterruptedException {
    Path folder = made.csv().toAbsolutePath().getParent();
    Optional<PeerCommand> peer =
        config.rounds().peer().map(command -> new PeerCommand(command, PEER_REFUSAL));
    List<PeerTurns.Turn> turns = new ArrayList<>();
    List<IngestRound.Stages> rounds = new ArrayList<>();
    for (int round = 1; round <= config.rounds().number(); round++) {
      OptionalDouble theirs = OptionalDouble.empty();
      if (peer.isPresent()) {
        progress.accept("the peer...");
        Path output = folder.resolve("peer.txt");
        theirs = OptionalDouble.of(peer.get().seconds(made.csv(), output, stopRequested));
      }
      try (RowCache cache = RowCache.in(folder.resolve("rows"), progress)) {
        boolean last = round == config.rounds().number();
        IngestRound of = new IngestRound(made, config.batch(), progress, stopRequested);
        rounds.add(of.run(cache, last));
      }
      turns.add(new PeerTurns.Turn(rounds.get(rounds.size() - 1).seconds(), theirs));
    }
    IngestRound.Stages fastest =
        Collections.min(rounds, Comparator.comparingDouble(IngestRound.Stages::seconds));
    stages.addAll(fastest.ingest());
    stages.addAll(rounds.get(rounds.size() - 1).epoch());
    return new PeerTurns(turns);
  }

  private long start(String stage) {
    progress.accept(stage + "...");
    return System.nanoTime();
  }

  static Stage stage(String name, long rows, long bytes, long start) {
    return new Stage(name, rows, bytes, (System.nanoTime() - start) / 1e9);
  }

  private static long parse(BatchSource source) {
    long rows = 0;
    try (RawCursor cursor = source.open()) {
      for (var block = cursor.next(BLOCK); block.isPresent(); block = cursor.next(BLOCK)) {
        rows += block.get().rowCount();
      }
    }
    return rows;
  }

  private static Memory memory(PeakMemory peak) {
    return new Memory(
        Runtime.getRuntime().maxMemory(),
        peak.heapBytes(),
        peak.anonymousBytes(),
        ProcessMemory.peak());
  }

  private Path temporaryFolder() {
    try {
      return Files.createTempDirectory(config.folder(), "mtl-bench-ingest-");
    } catch (IOException e) {
      throw failure(config.folder(), e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static MtlException failure(Path path, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            path.toString(),
            "The benchmark's files cannot be made or deleted there: " + e + ".",
            "Name a folder with room by --folder."),
        e);
  }
}
