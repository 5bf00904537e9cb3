package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that listens before it has looked for the versions of its models. */
class LoadingServerTest {
  private static final String ROWS = "{\"instances\": [1]}";

  @TempDir private Path base;

  @Test
  void aModelThatIsBeingLoadedIsUnavailable() {
    try (HalfPlusTwoServer server = HalfPlusTwoServer.listen(base);
        StockClient client = new StockClient(server.grpcPort())) {
      assertThat(server.get("/v2/health/ready")).startsWith("503 ");
      String loading = "Servable is being loaded for request: Latest(half_plus_two)";
      assertThat(server.post("/v1/models/half_plus_two:predict", ROWS))
          .isEqualTo("503 {\"error\": \"" + loading + "\"}");
      assertThat(client.status("half_plus_two")).isEqualTo("UNAVAILABLE: " + loading);
      assertThat(server.post("/v1/models/other:predict", ROWS)).startsWith("404 ");
      server.load();
      assertThat(server.get("/v2/health/ready")).startsWith("200 ");
      assertThat(server.post("/v1/models/half_plus_two:predict", ROWS)).startsWith("200 ");
    }
  }
}
