package org.mtl4j.server.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Requests at several times the rate that a server can answer, over gRPC. */
public final class Overloading {
  /** Of its capacity: a server that has nothing else to do. */
  private static final double UNLOADED = 0.15;

  private final BenchSetup setup;

  /** Benchmarks of a setup. */
  public Overloading(BenchSetup setup) {
    this.setup = setup;
  }

  /**
   * A round.
   *
   * @param capacity answers a second to clients that wait for them
   * @param unloaded at a small part of it
   * @param overloaded at several times of it
   */
  public record Round(double capacity, LoadFigures unloaded, LoadFigures overloaded) {
    /** By how much the p99 of requests that were answered is longer under the load. */
    public double ratio() {
      return overloaded.answered().p99() / unloaded.answered().p99();
    }

    /** What was answered under the load, of the capacity. */
    public double yield() {
      return overloaded.perSecond() / capacity;
    }
  }

  /**
   * Finds the capacity and sends more.
   *
   * @param rows in each request
   * @param times the capacity, above 1
   * @param options of the server, besides the usual ones
   * @throws InterruptedException if the thread is interrupted
   */
  public List<Round> run(int rows, double times, List<String> options) throws InterruptedException {
    BenchRequests requests = BenchRequests.of(setup.version(), rows);
    Duration time = setup.rounds().time();
    ClosedLoop busy = new ClosedLoop(2 * Runtime.getRuntime().availableProcessors());
    List<Round> rounds = new ArrayList<>();
    try (BenchVersions versions = BenchVersions.of(setup);
        ServerProcess server =
            ServerProcess.start(setup.command().apply(versions.base(), options));
        Requester grpc = new GrpcRequester(server.grpcPort(), BenchSetup.MODEL, requests)) {
      say("warming up...");
      busy.run(grpc, time, setup.watching().stopRequested());
      for (int round = 1; round <= setup.rounds().number(); round++) {
        say("round %d, capacity...".formatted(round));
        double capacity = busy.run(grpc, time, setup.watching().stopRequested()).perSecond();
        say("round %d, unloaded...".formatted(round));
        LoadFigures unloaded = open(UNLOADED * capacity, grpc);
        say("round %d, overloaded...".formatted(round));
        rounds.add(new Round(capacity, unloaded, open(times * capacity, grpc)));
      }
    }
    return rounds;
  }

  private LoadFigures open(double perSecond, Requester requester) {
    return new OpenLoop(perSecond)
        .run(requester, setup.rounds().time(), setup.watching().stopRequested());
  }

  private void say(String line) {
    setup.watching().progress().accept(line);
  }
}
