package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.Gauc;
import org.mtl4j.eval.metric.NdcgAtK;

/**
 * Measures metrics over made rows: AUC by turns with another program if there is one, rankings by
 * user, each from rows that nobody has sorted yet, and a bootstrap.
 */
public final class EvaluateBench {
  /** What its rows hold of what metrics may need. */
  public static final Set<RowPart> PARTS = Set.of(RowPart.GROUPS);

  private static final int K = 10;
  private static final PeerCommand.Refusal PEER_REFUSAL =
      new PeerCommand.Refusal(
          "mtl bench evaluate",
          "Let it time itself, from the arrays in memory to the figure; \"$FILE\" has a float32 a row"
              + " (little-endian), then a byte a row, the label.");

  private final EvaluateBenchConfig config;
  private final List<Metric> metrics;
  private final Consumer<String> progress;
  private final BooleanSupplier stopRequested;

  /**
   * What was measured.
   *
   * @param auc the area, to be compared with another program's
   * @param turns AUC, a round each
   * @param gauc seconds of the grouped AUC, a round each
   * @param ndcg seconds of NDCG at 10, a round each
   * @param replicates seconds of the bootstrap; empty if none was asked for
   */
  public record Result(
      double auc,
      PeerTurns turns,
      List<Double> gauc,
      List<Double> ndcg,
      OptionalDouble replicates) {
    /** Copies the lists. */
    public Result {
      gauc = List.copyOf(gauc);
      ndcg = List.copyOf(ndcg);
    }

    /** How often the median AUC goes into the median of some seconds. */
    public double timesAuc(List<Double> seconds) {
      return median(seconds.stream().mapToDouble(s -> s))
          / median(turns.turns().stream().mapToDouble(PeerTurns.Turn::seconds));
    }

    private static double median(DoubleStream seconds) {
      double[] sorted = seconds.sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
  }

  /**
   * A benchmark.
   *
   * @param metrics of binary outputs, for the bootstrap, that need no more than {@link #PARTS}
   * @param progress told of each part before it begins
   * @param stopRequested asked again and again; once it is true the benchmark ends in moments
   * @throws IllegalArgumentException if a metric needs more: it would cost nothing and be counted
   */
  public EvaluateBench(
      EvaluateBenchConfig config,
      List<Metric> metrics,
      Consumer<String> progress,
      BooleanSupplier stopRequested) {
    this.config = config;
    this.metrics = List.copyOf(metrics);
    for (Metric metric : metrics) {
      if (!PARTS.containsAll(metric.needs())) {
        throw new IllegalArgumentException(
            "expected metrics of rows with %s, found %s, which needs %s"
                .formatted(PARTS, metric.key(), metric.needs()));
      }
    }
    this.progress = progress;
    this.stopRequested = stopRequested;
  }

  /**
   * Makes the rows and measures. However it ends, its files are gone.
   *
   * @throws MtlException of code IO if the peer's file cannot be written or deleted, USAGE if the
   *     peer fails
   * @throws InterruptedException if the thread is interrupted
   * @throws CancellationException if a stop was asked for
   */
  public Result run() throws InterruptedException {
    progress.accept("making rows...");
    EvaluateRows rows = EvaluateRows.make(config.rows(), config.users());
    Optional<Peer> peer = config.rounds().peer().map(command -> peer(command, rows));
    try {
      return rounds(rows, peer);
    } finally {
      if (peer.isPresent()) {
        delete(peer.get().file().getParent());
      }
    }
  }

  private record Peer(PeerCommand command, Path file) {
    double seconds(BooleanSupplier stopRequested) throws InterruptedException {
      return command.seconds(file, file.resolveSibling("peer.txt"), stopRequested);
    }
  }

  private Peer peer(String command, EvaluateRows rows) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory(config.folder(), "mtl-bench-evaluate-");
      Path file = folder.resolve("rows.bin");
      rows.write(file);
      return new Peer(new PeerCommand(command, PEER_REFUSAL), file);
    } catch (IOException e) {
      if (folder != null) {
        delete(folder);
      }
      throw failure(config.folder(), e);
    }
  }

  private Result rounds(EvaluateRows rows, Optional<Peer> peer) throws InterruptedException {
    List<PeerTurns.Turn> turns = new ArrayList<>();
    List<Double> gauc = new ArrayList<>();
    List<Double> ndcg = new ArrayList<>();
    for (int round = 1; round <= config.rounds().number(); round++) {
      OptionalDouble theirs = OptionalDouble.empty();
      if (peer.isPresent()) {
        progress.accept("the peer...");
        theirs = OptionalDouble.of(peer.get().seconds(stopRequested));
      }
      turns.add(new PeerTurns.Turn(seconds(new Auc(), rows), theirs));
      gauc.add(seconds(new Gauc(), rows));
      ndcg.add(seconds(new NdcgAtK(K), rows));
    }
    double auc = new Auc().compute(rows.unsorted()).orElseThrow();
    return new Result(auc, new PeerTurns(turns), gauc, ndcg, replicates(rows));
  }

  /** From rows that nobody has sorted yet: each metric pays for its own order. */
  private double seconds(Metric metric, EvaluateRows made) {
    progress.accept(metric.key() + "...");
    StoppableSource.check(stopRequested);
    EvaluationRows rows = made.unsorted();
    long start = System.nanoTime();
    metric.compute(rows).orElseThrow();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Every replicate draws as many users as there are, with replacement, and takes all metrics. */
  private OptionalDouble replicates(EvaluateRows made) {
    if (config.replicates() == 0) {
      return OptionalDouble.empty();
    }
    progress.accept("%d replicates...".formatted(config.replicates()));
    EvaluationRows rows = made.unsorted();
    long start = System.nanoTime();
    new Bootstrap(config.replicates())
        .figures(metrics, rows, () -> StoppableSource.check(stopRequested));
    return OptionalDouble.of((System.nanoTime() - start) / 1e9);
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
