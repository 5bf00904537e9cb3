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
  }

  /**
   * What was measured.
   *
   * @param queueMillis how long requests might have to wait: {@code mtl serve}'s {@code
   *     --queue-time}, twice what one takes when there is no other
   * @param rounds each of them
   */
  public record Result(long queueMillis, List<Round> rounds) {
    /** Copies the list. */
    public Result {
      rounds = List.copyOf(rounds);
    }
  }

  /**
   * Finds the capacity and sends more.
   *
   * @param rows in each request
   * @param times the capacity, above 1
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(int rows, double times) throws InterruptedException {
    BenchRequests requests = BenchRequests.of(setup.version(), rows);
    try (BenchVersions versions = BenchVersions.of(setup)) {
      long millis = Math.max(1, Math.round(2 * alone(versions, requests)));
      List<String> options = List.of("--queue-time", millis + "ms");
      return new Result(millis, rounds(versions, requests, times, options));
    }
  }

  /** What a request takes when there is no other, in milliseconds. */
  private double alone(BenchVersions versions, BenchRequests requests) throws InterruptedException {
    try (ServerProcess server =
            ServerProcess.start(setup.command().apply(versions.base(), List.of()));
        Requester grpc = new GrpcRequester(server.grpcPort(), BenchSetup.MODEL, requests)) {
      say("one at a time...");
      ClosedLoop one = new ClosedLoop(1);
      one.run(grpc, setup.rounds().time(), setup.watching().stopRequested());
      return one.run(grpc, setup.rounds().time(), setup.watching().stopRequested())
          .answered()
          .p50();
    }
  }

  private List<Round> rounds(
      BenchVersions versions, BenchRequests requests, double times, List<String> options)
      throws InterruptedException {
    Duration time = setup.rounds().time();
    ClosedLoop busy = new ClosedLoop(2 * Runtime.getRuntime().availableProcessors());
    List<Round> rounds = new ArrayList<>();
    try (ServerProcess server =
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
