package org.mtl4j.experiment.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchFeeder;
import org.mtl4j.core.batch.BatchLayout;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.LabelShape;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.batch.StoreColumns;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.IdColumn;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.EpochOrder;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.dataset.SpooledBlocks;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.LearntData;

/** A made table once from its file into encoded rows, and into batches if that is asked for. */
final class IngestRound {
  private final IngestBench.Made made;
  private final int batch;
  private final Consumer<String> progress;
  private final BooleanSupplier stopRequested;

  /**
   * A round.
   *
   * @param batch rows a batch
   * @param progress told of each stage before it begins
   */
  IngestRound(
      IngestBench.Made made, int batch, Consumer<String> progress, BooleanSupplier stopRequested) {
    this.made = made;
    this.batch = batch;
    this.progress = progress;
    this.stopRequested = stopRequested;
  }

  /** Stages up to the encoded rows, and that of their batches if it was asked for. */
  record Stages(List<IngestBench.Stage> ingest, List<IngestBench.Stage> epoch) {
    double seconds() {
      return ingest.get(ingest.size() - 1).seconds();
    }
  }

  /**
   * Takes the stages.
   *
   * @param cache takes the rows
   * @param epoch whether they go into batches
   */
  Stages run(RowCache cache, boolean epoch) throws InterruptedException {
    try (SpooledBlocks blocks = SpooledBlocks.in(cache.temporary("blocks"))) {
      return run(made.data().rows().spooled(blocks), cache, epoch);
    }
  }

  private Stages run(SplitDataset rows, RowCache cache, boolean epoch) throws InterruptedException {
    long bytes = made.bytes();
    ExperimentPlan plan = made.data().plan();
    long began = start("learning");
    LearntData learnt = LearntData.of(plan, rows, this::check);
    IngestBench.Stage learn = IngestBench.stage("learn", made.rows(), bytes, began);

    long start = start("encoding");
    Map<Split, PackedRows> encoded = learnt.encode(plan, rows, cache, this::check);
    long kept = encoded.values().stream().mapToLong(PackedRows::rowCount).sum();
    IngestBench.Stage encode = IngestBench.stage("encode", kept, bytes, start);
    List<IngestBench.Stage> ingest =
        List.of(learn, encode, IngestBench.stage("ingest", kept, bytes, began));
    if (!epoch) {
      return new Stages(ingest, List.of());
    }
    EncodedData train = encoded.get(Split.TRAIN);
    List<LabelShape> labels =
        plan.learner().model().outputs(learnt.tasks()).stream()
            .map(OutputSpec::labelShape)
            .toList();
    start = start("an epoch of batches");
    long fed = feed(train, layout(learnt.pipeline(), labels));
    long fedBytes = Math.round((double) bytes * fed / made.rows());
    return new Stages(ingest, List.of(IngestBench.stage("epoch", fed, fedBytes, start)));
  }

  private long start(String stage) {
    progress.accept(stage + "...");
    return System.nanoTime();
  }

  private void check(int rows) {
    StoppableSource.check(stopRequested);
  }

  private long feed(EncodedData rows, BatchLayout layout) throws InterruptedException {
    long fed = 0;
    int[] order = EpochOrder.of(rows.rowCount(), new Seed(1), 0);
    try (BatchFeeder feeder = new BatchFeeder(layout, rows, order, 0)) {
      while (feeder.hasNext()) {
        StoppableSource.check(stopRequested);
        fed += feeder.next().size();
      }
    }
    return fed;
  }

  /**
   * As of a model that takes every feature: all tables have one width, so that one store has all.
   */
  private BatchLayout layout(FeaturePipeline pipeline, List<LabelShape> labels) {
    Map<String, Long> offsets = new LinkedHashMap<>();
    long offset = 0;
    for (TableSpec table : pipeline.tables()) {
      offsets.put(table.name(), offset);
      offset += table.rows();
    }
    List<IdColumn> ids = pipeline.idColumns();
    StoreColumns store =
        new StoreColumns(
            IntStream.range(0, ids.size()).boxed().toList(),
            ids.stream().map(column -> offsets.get(column.table().name())).toList());
    return new BatchLayout(batch, List.of(store), pipeline.denseWidth(), labels);
  }
}
