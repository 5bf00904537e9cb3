package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.serving.ranking.Recommendation;
import org.springframework.core.io.ClassPathResource;

/**
 * The packaged application, a process of its own: TensorFlow's native library comes out of a jar
 * within a jar.
 */
class ShopJarIT {
  private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

  @TempDir private Path folder;

  @Test
  void thePackagedApplicationLoadsAnExportAndRecommendsWithIt() throws Exception {
    Path export = new Training(new ClassPathResource("shop.yaml"), folder).train().export();
    Process shop =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // An empty one, so that the library has to be found and unpacked.
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("native"),
                "-jar",
                System.getProperty("shop.jar"),
                "--server.port=0",
                "--shop.model=" + export)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader log = shop.inputReader(StandardCharsets.UTF_8);
        MtlModel model = MtlModel.load(export)) {
      assertThat(recommend(port(log))).isEqualTo(ShopRequests.answer(model));
    } finally {
      shop.destroy();
      assertThat(shop.waitFor()).isEqualTo(143); // SIGTERM, after the application has shut down
    }
  }

  private static List<Recommendation> recommend(int port) throws IOException, InterruptedException {
    JsonMapper json = new JsonMapper();
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/recommend"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(ShopRequests.body())))
                    .build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json.readValue(response.body(), new TypeReference<>() {});
  }

  /** Reads the application's output until it names its port. */
  private static int port(BufferedReader log) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.add(line);
      Matcher port = PORT.matcher(line);
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
    }
    throw new AssertionError("the application ended: " + String.join("\n", seen));
  }
}
