package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping a server while a request is being computed. */
class ShutdownTest {
  @TempDir private Path folder;

  @Test
  void requestsUnderWayAreAnswered() throws Exception {
    try (GatedServer server = GatedServer.start(folder)) {
      CompletableFuture<String> reply = server.predict();
      server.awaitComputing();
      Thread stopping = new Thread(server::stop);
      stopping.start();
      // Long enough for a server that cuts connections to have cut this one.
      stopping.join(Duration.ofSeconds(1).toMillis());
      server.open();
      assertThat(reply.get()).isEqualTo("200 {\"predictions\":[42.0]}");
      stopping.join();
    }
  }
}
