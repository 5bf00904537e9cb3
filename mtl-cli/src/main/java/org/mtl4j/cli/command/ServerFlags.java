package org.mtl4j.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.execution.BatchRules;
import org.mtl4j.server.execution.ComputeExecutor;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.Recommending;
import org.mtl4j.server.model.SavedModelLoader;
import org.mtl4j.server.request.RequestLimits;
import org.mtl4j.server.trace.AccessLog;
import org.mtl4j.server.watch.WatchRules;
import org.mtl4j.server.wiring.ServerSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a server computes and how it is on the network, for the commands that start one. */
final class ServerFlags {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "Where to listen; 0.0.0.0: on all addresses. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many computations run at a time; default: the processor's cores.")
  private int threads = CORES;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "How many requests may wait for them before others get 429; default: 64 a core.")
  private int queue = 64 * CORES;

  @Option(
      names = "--queue-time",
      converter = TimeText.class,
      paramLabel = "TIME",
      description =
          "How long a request may have to wait, by how long such requests took lately, before it"
              + " gets 429 instead: for requests that are alike. Default: however long.")
  private Duration queueTime = ComputeExecutor.Size.ANY_WAIT;

  @Option(
      names = "--batching",
      defaultValue = "auto",
      paramLabel = "auto|on|off",
      description =
          "Whose requests are computed together: auto: those for exports of MTL4J, on: those for any"
              + " model, whose rows must have no say in each other's outputs.")
  private String batching;

  @Option(
      names = "--max-batch-size",
      defaultValue = "128",
      paramLabel = "ROWS",
      description = "No more rows go together; default: ${DEFAULT-VALUE}.")
  private int batchRows;

  @Option(
      names = "--batch-delay",
      defaultValue = "0",
      converter = TimeText.class,
      paramLabel = "TIME",
      description = "How long the first request of a batch waits for others; default: not at all.")
  private Duration batchDelay;

  @Option(
      names = "--allowed-batch-sizes",
      split = ",",
      paramLabel = "ROWS",
      description = "Rows that a batch may have, the last being --max-batch-size; default: any.")
  private List<Integer> batchSizes = List.of();

  @Option(
      names = "--request-timeout",
      defaultValue = "30s",
      converter = TimeText.class,
      paramLabel = "TIME",
      description = "How long a request may take; default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--max-request-size",
      defaultValue = "256m",
      paramLabel = "BYTES",
      description = "How large a request may be; default: ${DEFAULT-VALUE}.")
  private String maxBytes;

  @Option(
      names = "--max-rows",
      defaultValue = "100000",
      paramLabel = "N",
      description = "How many rows a request may have; default: ${DEFAULT-VALUE}.")
  private int maxRows;

  @Option(
      names = "--poll",
      defaultValue = "1s",
      converter = TimeText.class,
      paramLabel = "TIME",
      description =
          "How often to look for versions; 0: at the start only. Default: ${DEFAULT-VALUE}.")
  private Duration poll;

  @Option(
      names = "--drain",
      defaultValue = "0",
      converter = TimeText.class,
      paramLabel = "TIME",
      description =
          "How long, once it is to stop, it says that it is not ready and still takes requests, so"
              + " that load balancers turn away first; default: ${DEFAULT-VALUE}.")
  private Duration drain;

  @Option(
      names = "--allow-reload-under",
      paramLabel = "DIR",
      description =
          "Let gRPC's HandleReloadConfigRequest say what is served, of models under this folder;"
              + " default: nobody can.")
  private Path reloadUnder;

  @Option(names = "--access-log", description = "Log a line a request to the standard error.")
  private boolean accessLog;

  @Option(
      names = "--require-manifest",
      description = "Serve exports of MTL4J alone, whose files are all as they were written.")
  private boolean manifestRequired;

  @Option(
      names = "--refuse-out-of-range",
      description = "Refuse requests with numbers outside of those that the model was trained on.")
  private boolean refuse;

  @Option(
      names = "--no-page",
      description = "No page at / on which models can be looked at and tried.")
  private boolean withoutPage;

  @Mixin private CatalogueFlags items;

  @Mixin private SplitFlags split;

  @Mixin private FeedbackFlags feedback;

  @Mixin private ProtectionFlags protection;

  /**
   * The settings.
   *
   * @param models what to serve
   * @param rest REST's port
   * @param grpc gRPC's port
   * @param datasets opens files of items
   * @throws MtlException USAGE for a value that is out of its range
   */
  ServerSettings settings(List<ServedModel> models, int rest, int grpc, Datasets datasets) {
    try {
      Recommending recommending = items.recommending(models, datasets);
      for (ServedModel model : models) {
        checkFolder(model);
      }
      ServerOptions usual = ServerOptions.DEFAULT;
      return new ServerSettings(
          models,
          new ServerOptions(
              new ServerOptions.Address(host, rest, grpc),
              new RequestLimits(MemorySize.of(maxBytes).getAsLong(), maxRows),
              timeout,
              new ServerOptions.Shutdown(drain, usual.shutdown().most()),
              Optional.ofNullable(reloadUnder)),
          new ServerSettings.Compute(
              new ComputeExecutor.Size(threads, queue, queueTime),
              new BatchRules(batchRows, batchDelay, batchSizes),
              new SavedModelLoader.Options(
                  SavedModelLoader.Batching.of(batching),
                  recommending,
                  new WatchRules(WatchRules.DEFAULT.window(), WatchRules.DEFAULT.rows(), refuse),
                  manifestRequired),
              split.splits(models, Optional.ofNullable(reloadUnder))),
          new Models.Options(
              poll, Models.Options.DEFAULT.backOff(), Models.Options.DEFAULT.clock()),
          new ServerSettings.Operating(
              accessLog ? List.of(new AccessLog(InstantSource.system())) : List.of(),
              protection.protection(),
              feedback.feedback(),
              !withoutPage));
    } catch (IllegalArgumentException e) {
      throw new MtlException(Problem.of(ErrorCode.USAGE, "", e.getMessage() + "."), e);
    }
  }

  private static void checkFolder(ServedModel model) {
    Path base = model.base();
    if (!Files.isDirectory(base)) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              base.toString(),
              "There is no such folder of the versions of the model \"" + model.name() + "\".",
              "mtl export --run RUN --to " + base + " makes one."));
    }
    if (Files.exists(base.resolve("saved_model.pb"))) {
      throw new MtlException(
          new Problem(
              ErrorCode.USAGE,
              base.toString(),
              "Expected a folder of versions, " + base + "/1 say, found a model in it.",
              "Give the folder above it, if that has nothing but versions, or mtl export into one."));
    }
  }
}
