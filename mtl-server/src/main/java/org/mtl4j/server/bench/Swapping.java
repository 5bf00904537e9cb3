package org.mtl4j.server.bench;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Versions that take each other's place while requests come in, and at the end a SIGTERM while they
 * do. Over gRPC, at a steady rate.
 */
public final class Swapping {
  /** Of the capacity: what a server has that can take the load of another one that fails. */
  private static final double LOAD = 0.3;

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST_SWAP = Duration.ofMinutes(1);

  private final BenchSetup setup;

  /** Benchmarks of a setup. */
  public Swapping(BenchSetup setup) {
    this.setup = setup;
  }

  /**
   * What came of it.
   *
   * @param perSecond requests that were sent a second
   * @param loads what came of the requests
   * @param memory resident bytes after each swap
   * @param exitCode of the server
   */
  public record Result(double perSecond, Loads loads, List<Long> memory, int exitCode) {
    /** Copies the list. */
    public Result {
      memory = List.copyOf(memory);
    }

    /** By how much the p99 was longer. */
    public double ratio() {
      return loads.during().answered().p99() / loads.before().answered().p99();
    }

    /** Requests that reached the server and got no numbers. */
    public long lost() {
      return lost(loads.before()) + lost(loads.during()) + loads.stopping().count(Outcome.FAILED);
    }

    private static long lost(LoadFigures load) {
      return load.count(Outcome.FAILED) + load.count(Outcome.UNSENT) + load.count(Outcome.REFUSED);
    }
  }

  /**
   * The three parts.
   *
   * @param before without swaps
   * @param during the swaps, one upon the other
   * @param stopping from a second before the SIGTERM until nobody listened
   */
  public record Loads(LoadFigures before, LoadFigures during, LoadFigures stopping) {}

  /**
   * Swaps.
   *
   * @param rows in each request
   * @param swaps how many
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(int rows, int swaps) throws InterruptedException {
    BenchRequests requests = BenchRequests.of(setup.version(), rows);
    try (BenchVersions versions = BenchVersions.of(setup);
        ServerProcess server =
            ServerProcess.start(
                setup.command().apply(versions.base(), List.of("--poll", "100ms")));
        Requester grpc = new GrpcRequester(server.grpcPort(), BenchSetup.MODEL, requests)) {
      ClosedLoop busy = new ClosedLoop(2 * Runtime.getRuntime().availableProcessors());
      say("capacity...");
      busy.run(grpc, setup.rounds().time(), setup.watching().stopRequested());
      double capacity =
          busy.run(grpc, setup.rounds().time(), setup.watching().stopRequested()).perSecond();
      OpenLoop load = new OpenLoop(LOAD * capacity);
      say("before...");
      LoadFigures before = load.run(grpc, setup.rounds().time(), setup.watching().stopRequested());
      List<Long> memory = new ArrayList<>();
      LoadFigures during = during(load, grpc, () -> swap(versions, server, swaps, memory));
      say("stopping...");
      LoadFigures stopping = stopping(load, grpc, server);
      server.terminate();
      return new Result(
          load.perSecond(), new Loads(before, during, stopping), memory, server.waitFor());
    }
  }

  /** The load while something is done. */
  private LoadFigures during(OpenLoop load, Requester requester, Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> swaps =
        CompletableFuture.runAsync(work, task -> new Thread(task, "bench-swaps").start())
            .whenComplete((nothing, failure) -> done.set(true));
    LoadFigures during =
        load.run(requester, Duration.ofDays(1), setup.watching().stopRequested(), done::get);
    try {
      swaps.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
    return during;
  }

  private void swap(BenchVersions versions, ServerProcess server, int swaps, List<Long> memory) {
    WebClient client = WebClient.of("h1c://127.0.0.1:" + server.restPort());
    for (int version = 2; version <= swaps + 1; version++) {
      say("swap %d of %d...".formatted(version - 1, swaps));
      versions.add(version);
      long end = System.nanoTime() + LONGEST_SWAP.toNanos();
      while (!isServed(client, version)) {
        if (setup.watching().stopRequested().getAsBoolean()) {
          throw new CancellationException();
        }
        if (System.nanoTime() - end > 0) {
          throw new IllegalStateException(
              "version %d was not served within %s".formatted(version, LONGEST_SWAP));
        }
        pause();
      }
      versions.remove(version - 1);
      server.residentBytes().ifPresent(memory::add);
    }
  }

  private static boolean isServed(WebClient client, int version) {
    AggregatedHttpResponse status =
        client
            .get("/v1/models/%s/versions/%d".formatted(BenchSetup.MODEL, version))
            .aggregate()
            .join();
    return status.contentUtf8().contains("\"AVAILABLE\"");
  }

  private LoadFigures stopping(OpenLoop load, Requester requester, ServerProcess server) {
    AtomicBoolean gone = new AtomicBoolean();
    long term = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    AtomicBoolean told = new AtomicBoolean();
    Requester watched =
        new Requester() {
          @Override
          public CompletableFuture<Outcome> send(int number) {
            if (System.nanoTime() - term > 0 && told.compareAndSet(false, true)) {
              server.terminate();
            }
            return requester
                .send(number)
                .whenComplete(
                    (outcome, failure) -> {
                      if (outcome == Outcome.UNSENT) {
                        gone.set(true);
                      }
                    });
          }

          @Override
          public void close() {
            requester.close();
          }
        };
    return load.run(watched, LONGEST_SWAP, setup.watching().stopRequested(), gone::get);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private void say(String line) {
    setup.watching().progress().accept(line);
  }
}
