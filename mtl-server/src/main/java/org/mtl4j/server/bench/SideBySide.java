package org.mtl4j.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.serving.model.MtlModel;

/** A server beside the model in this process, and beside itself with another setting, by turns. */
public final class SideBySide {
  /** The model in this process. */
  public static final String IN_PROCESS = "in-process";

  /** The server over gRPC. */
  public static final String GRPC = "gRPC";

  /** The server over REST. */
  public static final String REST = "REST";

  /** The server over gRPC, batches as usual. */
  public static final String BATCHES = "batches";

  /** The server over gRPC, each request by itself. */
  public static final String NO_BATCHES = "no batches";

  private final BenchSetup setup;

  /** Benchmarks of a setup. */
  public SideBySide(BenchSetup setup) {
    this.setup = setup;
  }

  /**
   * The model in this process, gRPC and REST, asked by as many clients.
   *
   * @param rows in each request
   * @param clients that each wait for an answer before they send again
   * @throws InterruptedException if the thread is interrupted
   */
  public Turns protocols(int rows, int clients) throws InterruptedException {
    BenchRequests requests = BenchRequests.of(setup.version(), rows);
    try (BenchVersions versions = BenchVersions.of(setup);
        ServerProcess server =
            ServerProcess.start(setup.command().apply(versions.base(), List.of()));
        Requester model = new ModelRequester(MtlModel.load(setup.version()), requests);
        Requester grpc = new GrpcRequester(server.grpcPort(), BenchSetup.MODEL, requests);
        Requester rest = new RestRequester(server.restPort(), BenchSetup.MODEL, requests)) {
      Map<String, Requester> sides = new LinkedHashMap<>();
      sides.put(IN_PROCESS, model);
      sides.put(GRPC, grpc);
      sides.put(REST, rest);
      return byTurns(sides, new ClosedLoop(clients));
    }
  }

  /**
   * Servers with and without batches, asked over gRPC.
   *
   * @param rows in each request
   * @param clients that each wait for an answer before they send again
   * @throws InterruptedException if the thread is interrupted
   */
  public Turns batches(int rows, int clients) throws InterruptedException {
    BenchRequests requests = BenchRequests.of(setup.version(), rows);
    try (BenchVersions versions = BenchVersions.of(setup);
        ServerProcess usual =
            ServerProcess.start(setup.command().apply(versions.base(), List.of()));
        ServerProcess single =
            ServerProcess.start(
                setup.command().apply(versions.base(), List.of("--max-batch-size", "1")));
        Requester batches = new GrpcRequester(usual.grpcPort(), BenchSetup.MODEL, requests);
        Requester alone = new GrpcRequester(single.grpcPort(), BenchSetup.MODEL, requests)) {
      Map<String, Requester> sides = new LinkedHashMap<>();
      sides.put(BATCHES, batches);
      sides.put(NO_BATCHES, alone);
      return byTurns(sides, new ClosedLoop(clients));
    }
  }

  /** The first turn of each is thrown away: code is compiled and caches are filled in it. */
  private Turns byTurns(Map<String, Requester> sides, ClosedLoop clients)
      throws InterruptedException {
    Duration time = setup.rounds().time();
    Map<String, List<LoadFigures>> figures = new LinkedHashMap<>();
    for (int round = 0; round <= setup.rounds().number(); round++) {
      for (Map.Entry<String, Requester> side : sides.entrySet()) {
        setup
            .watching()
            .progress()
            .accept(
                round == 0
                    ? "warming up, " + side.getKey() + "..."
                    : "round %d, %s...".formatted(round, side.getKey()));
        LoadFigures found = clients.run(side.getValue(), time, setup.watching().stopRequested());
        if (round > 0) {
          figures.computeIfAbsent(side.getKey(), name -> new ArrayList<>()).add(found);
        }
      }
    }
    return new Turns(figures);
  }
}
