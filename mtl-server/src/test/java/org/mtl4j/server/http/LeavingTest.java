package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.bench.BenchRequests;
import org.mtl4j.server.bench.GrpcRequester;
import org.mtl4j.server.bench.Outcome;
import org.mtl4j.server.bench.Requester;
import org.mtl4j.server.bench.RestRequester;
import org.mtl4j.serving.tensor.TensorValue;

/** Stopping a server whose clients send on and on, over connections that they keep. */
class LeavingTest {
  private static final String MODEL = "half_plus_two";
  private static final ServerOptions USUAL = ServerOptions.DEFAULT;

  /** A server that waits for its clients to fall silent, or cuts them off, takes this long. */
  private static final Duration TOO_LONG = Duration.ofHours(1);

  @TempDir private Path base;

  /** What came of one request after the other until one was not answered. */
  private static Set<Outcome> untilTheEnd(Requester requester, CountDownLatch begun) {
    Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
    for (int number = 0;
        outcomes.isEmpty() || outcomes.equals(Set.of(Outcome.ANSWERED));
        number++) {
      outcomes.add(requester.send(number).join());
      if (number == 0) {
        begun.countDown();
      }
    }
    return outcomes;
  }

  @Test
  @Timeout(120)
  void clientsAreSentElsewhereAndLoseNothing() throws Exception {
    HalfPlusTwoServer server =
        HalfPlusTwoServer.start(
            base,
            Operations.NONE,
            new ServerOptions(
                USUAL.address(),
                USUAL.limits(),
                USUAL.timeout(),
                new ServerOptions.Shutdown(Duration.ZERO, TOO_LONG)));
    BenchRequests requests =
        new BenchRequests(1, List.of(new TreeMap<>(Map.of("x", TensorValue.floats(80)))));
    CountDownLatch begun = new CountDownLatch(2);
    try (Requester grpc = new GrpcRequester(server.grpcPort(), MODEL, requests);
        Requester rest = new RestRequester(server.restPort(), MODEL, requests)) {
      CompletableFuture<Set<Outcome>> overGrpc =
          CompletableFuture.supplyAsync(() -> untilTheEnd(grpc, begun));
      CompletableFuture<Set<Outcome>> overRest =
          CompletableFuture.supplyAsync(() -> untilTheEnd(rest, begun));
      begun.await();
      server.close();
      assertThat(overGrpc.get()).containsExactlyInAnyOrder(Outcome.ANSWERED, Outcome.UNSENT);
      assertThat(overRest.get()).containsExactlyInAnyOrder(Outcome.ANSWERED, Outcome.UNSENT);
    }
  }
}
