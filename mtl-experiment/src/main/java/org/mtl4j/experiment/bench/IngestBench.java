package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.batch.StoreColumns;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.EpochOrder;
import org.mtl4j.core.training.ProcessMemory;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.LearntData;

/**
 * Takes a made CSV file through everything that comes before a model, as training does: parse it,
 * learn from it, encode it, shuffle it and fill batches. Each stage is timed by itself, and the
 * memory of all is watched.
 */
public final class IngestBench {
  private static final int BLOCK = 4096;

  private final ExperimentService service;
  private final IngestBenchConfig config;
  private final Consumer<String> progress;

  /**
   * What was measured.
   *
   * @param stages in their order
   * @param memory of the whole
   */
  public record Result(List<Stage> stages, Memory memory) {
    /** Copies the list. */
    public Result {
      stages = List.copyOf(stages);
    }
  }

  /**
   * One stage.
   *
   * @param name make, parse, learn, encode or epoch
   * @param rows that it went through: all, or for an epoch those to train on
   * @param bytes of the file that those rows stand for
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
   * Memory at its most, in bytes.
   *
   * @param heapLimit what the heap may take
   * @param heap what it took, garbage included
   * @param anonymous what the process took for itself, heap included; empty where the system does
   *     not say
   * @param resident all resident memory, pages of mapped files included, which the system takes
   *     back when it needs them; empty where it does not say
   */
  public record Memory(long heapLimit, long heap, OptionalLong anonymous, OptionalLong resident) {}

  /**
   * A benchmark.
   *
   * @param progress told of each stage before it begins
   */
  public IngestBench(
      ExperimentService service, IngestBenchConfig config, Consumer<String> progress) {
    this.service = service;
    this.config = config;
    this.progress = progress;
  }

  /**
   * Makes the file, measures and deletes it.
   *
   * @throws MtlException of code IO if file or rows cannot be written
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run() throws InterruptedException {
    Path folder = temporaryFolder();
    Path file = folder.resolve("clicks.csv");
    try (PeakMemory memory = new PeakMemory();
        RowCache cache = RowCache.in(folder.resolve("rows"))) {
      List<Stage> stages = stages(file, cache);
      return new Result(stages, memory(memory));
    } finally {
      delete(file);
      delete(folder);
    }
  }

  private List<Stage> stages(Path file, RowCache cache) throws InterruptedException {
    List<Stage> stages = new ArrayList<>();
    long start = start("making the file");
    long rows = IngestTable.write(file, config.bytes());
    long bytes = size(file);
    stages.add(stage("make", rows, bytes, start));

    ExperimentPlan plan = service.read(IngestTable.experiment(file));
    start = start("parsing");
    long parsed = parse(service.datasets().open(plan.config().data().source()));
    stages.add(stage("parse", parsed, bytes, start));

    SplitDataset dataset =
        service.datasets().splits(plan.config().data(), new Seed(plan.config().seed()));
    start = start("learning");
    LearntData learnt = LearntData.of(plan, dataset);
    stages.add(stage("learn", rows, bytes, start));

    start = start("encoding");
    Map<Split, EncodedData> encoded = learnt.encode(plan, dataset, cache);
    long kept = encoded.values().stream().mapToLong(EncodedData::rowCount).sum();
    stages.add(stage("encode", kept, bytes, start));

    EncodedData train = encoded.get(Split.TRAIN);
    List<String> outputs =
        plan.learner().model().outputs(learnt.tasks()).stream().map(OutputSpec::name).toList();
    start = start("an epoch of batches");
    long fed = feed(train, layout(learnt.pipeline(), outputs));
    stages.add(stage("epoch", fed, Math.round((double) bytes * fed / rows), start));
    return stages;
  }

  private long start(String stage) {
    progress.accept(stage + "...");
    return System.nanoTime();
  }

  private static Stage stage(String name, long rows, long bytes, long start) {
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

  private long feed(EncodedData rows, BatchLayout layout) throws InterruptedException {
    long fed = 0;
    int[] order = EpochOrder.of(rows.rowCount(), new Seed(1), 0);
    try (BatchFeeder feeder = new BatchFeeder(layout, rows, order, 0)) {
      while (feeder.hasNext()) {
        fed += feeder.next().size();
      }
    }
    return fed;
  }

  /**
   * As of a model that takes every feature: all tables have one width, so that one store has all.
   */
  private BatchLayout layout(FeaturePipeline pipeline, List<String> outputs) {
    Map<String, Long> offsets = new LinkedHashMap<>();
    long offset = 0;
    for (TableSpec table : pipeline.tables()) {
      offsets.put(table.name(), offset);
      offset += table.rows();
    }
    List<FittedCategorical> features = pipeline.categorical();
    StoreColumns store =
        new StoreColumns(
            IntStream.range(0, features.size()).boxed().toList(),
            features.stream().map(feature -> offsets.get(feature.spec().table())).toList());
    return new BatchLayout(config.batch(), List.of(store), pipeline.denseWidth(), outputs);
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

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure(path, e);
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
