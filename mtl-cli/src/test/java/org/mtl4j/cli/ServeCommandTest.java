package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtl serve} as somebody types it. */
class ServeCommandTest {
  private static final Pattern REST = Pattern.compile("REST on (http://127\\.0\\.0\\.1:\\d+)");
  private static final String ROWS =
      """
      {"instances": [{"user": "u1", "item": "i2", "price": 7.5, "cheap": 1},
                     {"user": "u?", "item": "", "price": NaN, "cheap": 0}]}""";

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTrainedModelAnswersAsMtlPredictDoesAndSigtermStopsIt() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path run = folder.resolve("run");
    assertThat(
            Cli.run("train", shop.experiment().toString(), "--output", run.toString()).exitCode())
        .isZero();
    Path models = folder.resolve("models");
    assertThat(Cli.run("export", "--run", run.toString(), "--to", models.toString()).exitCode())
        .isZero();
    Path fusion =
        Files.writeString(
            folder.resolve("fusion.json"),
            """
            {"format": 1, "kind": "weighted_sum", "weights": {"click": 0.8, "rating": 0.2}}""");
    try (Child child =
        Child.start(
            folder,
            "serve",
            "--model",
            models.toString(),
            "--name",
            "shop",
            "--catalogue",
            shop.items().toString(),
            "--catalogue-id",
            "item",
            "--fusion",
            fusion.toString(),
            "--explain",
            "--feedback",
            folder.resolve("feedback").toString(),
            "--feedback-user",
            "user",
            "--require-manifest",
            "--refuse-out-of-range",
            "--rest-port",
            "0",
            "--grpc-port",
            "0",
            "--json")) {
      assertThat(child.awaitSaid("Ctrl-C stops")).as(child.said()).isTrue();
      assertThat(child.said()).contains("serving shop, version 1");
      Matcher address = REST.matcher(child.said());
      assertThat(address.find()).isTrue();
      JsonNode predictions = predict(address.group(1) + "/v1/models/shop:predict");
      assertThat(predictions).hasSize(2);
      assertThat(predictions.get(0).fieldNames())
          .toIterable()
          .containsExactly("click", "mood", "rating");
      List<String> first = predicted(run);
      assertThat((float) predictions.get(0).get("click").asDouble())
          .isEqualTo(Float.parseFloat(first.get(1)));
      assertRecommends(address.group(1) + "/v1/models/shop:recommend");
      assertRecommendsFromTheCatalogue(address.group(1) + "/v1/models/shop:recommend");
      assertRecommendsAsMtlRecommendDoes(
          address.group(1) + "/v1/models/shop:recommend", run, shop.items(), fusion);
      assertWatches(address.group(1));
      assertThat(
              post(
                      address.group(1) + "/v1/models/shop:feedback",
                      """
                  {"outcomes": [{"request_id": "r1", "item": "i7", "task": "click", "value": 1}]}""")
                  .get("accepted")
                  .asInt())
          .isEqualTo(1);
      child.signal("TERM");
      assertThat(child.exitCode()).as(child.said()).isZero();
      assertThat(Files.readString(folder.resolve("feedback/feedback-00000001.jsonl")).lines())
          .hasSize(5)
          .anyMatch(line -> line.contains("\"r1\"") && line.contains("\"i7\""));
      assertThat(child.said()).contains("Interrupted: requests under way are answered");
      assertThat(child.answered()).isEqualTo("{\"status\":\"stopped\"}\n");
    }
  }

  /** The best first, by the click, as the task alone says it. */
  private static void assertRecommends(String url) throws Exception {
    JsonNode reply =
        post(
            url,
            """
            {"user": {"user": "u1"}, "by": "click", "k": 2, "candidates": [
              {"item": "i0", "price": 5.5, "cheap": 1},
              {"item": "i7", "price": 12.5, "cheap": 0},
              {"item": "i19", "price": 24.5, "cheap": 0}]}""");
    JsonNode best = reply.get("recommendations");
    assertThat(best).hasSize(2);
    assertThat(best.get(0).get("outputs").get("click").asDouble())
        .isGreaterThanOrEqualTo(best.get(1).get("outputs").get("click").asDouble());
    assertThat(reply.get("version").asInt()).isEqualTo(1);
    assertThat(reply.get("request_id").asText()).isNotEmpty();
  }

  /** Items of the catalogue by their ids: the same scores as with their columns. */
  private static void assertRecommendsFromTheCatalogue(String url) throws Exception {
    JsonNode named =
        post(
            url,
            """
            {"user": {"user": "u1", "cheap": 0}, "by": "click", "k": 1,
             "candidates": ["i7", "i99"]}""");
    JsonNode rows =
        post(
            url,
            """
            {"user": {"user": "u1", "cheap": 0}, "by": "click", "k": 1,
             "candidates": [{"item": "i7", "price": 12.5}]}""");
    assertThat(named.get("recommendations").get(0).get("id").asText()).isEqualTo("i7");
    assertThat(named.get("recommendations").get(0).get("score").asDouble())
        .isCloseTo(rows.get("recommendations").get(0).get("score").asDouble(), within(1e-6));
    assertThat(named.get("unknown").get(0).asText()).isEqualTo("i99");
  }

  /** The same list, by the fusion that the server was started with, and why. */
  private static void assertRecommendsAsMtlRecommendDoes(
      String url, Path run, Path items, Path fusion) throws Exception {
    JsonNode served =
        post(url, "{\"user\": {\"user\": \"u1\", \"cheap\": 0}, \"k\": 5, \"explain\": true}");
    Cli.Ran ran =
        Cli.run(
            "recommend",
            "--run",
            run.toString(),
            "--user",
            "{\"user\": \"u1\", \"cheap\": 0}",
            "--catalogue",
            items.toString(),
            "--id",
            "item",
            "--fusion",
            fusion.toString(),
            "--k",
            "5",
            "--explain",
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(served.get("by")).isEqualTo(ran.json().get("by"));
    assertThat(served.get("recommendations")).hasSize(5);
    for (int i = 0; i < 5; i++) {
      JsonNode item = served.get("recommendations").get(i);
      JsonNode same = ran.json().get("recommendations").get(i);
      assertThat(item.get("id")).isEqualTo(same.get("id"));
      assertThat(item.get("score")).isEqualTo(same.get("score"));
      assertThat(item.get("explanation").get("click")).hasSizeGreaterThan(1);
    }
  }

  /** What was asked before was counted, and a price of 1,000 was in no row of training. */
  private static void assertWatches(String server) throws Exception {
    HttpResponse<String> refused =
        send(
            server + "/v1/models/shop:predict",
            HttpRequest.BodyPublishers.ofString(
                """
                {"instances": [{"user": "u1", "item": "i2", "price": 1000, "cheap": 0}]}"""));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Input \\\"price\\\": row 0").doesNotContain("1000");
    HttpResponse<String> metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server + "/monitoring/prometheus/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(metrics.body().lines().filter(line -> line.startsWith("mtl_watch_values_total")))
        .anyMatch(
            line ->
                line.contains("name=\"user\"")
                    && line.contains("kind=\"unknown\"")
                    && line.endsWith(" 1.0"))
        .anyMatch(
            line ->
                line.contains("name=\"price\"")
                    && line.contains("kind=\"out_of_range\"")
                    && line.endsWith(" 1.0"));
  }

  /** The first row's predictions by {@code mtl predict}. */
  private List<String> predicted(Path run) throws Exception {
    Path data = folder.resolve("one.csv");
    Files.writeString(data, "user,item,price\nu1,i2,7.5\n");
    Path output = folder.resolve("predicted.csv");
    Cli.Ran ran =
        Cli.run(
            "predict",
            "--run",
            run.toString(),
            "--data",
            data.toString(),
            "--output",
            output.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return List.of(Files.readAllLines(output).get(1).split(",", -1));
  }

  private static JsonNode predict(String url) throws Exception {
    return post(url, ROWS).get("predictions");
  }

  private static JsonNode post(String url, String body) throws Exception {
    HttpResponse<String> reply = send(url, HttpRequest.BodyPublishers.ofString(body));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return new ObjectMapper().readTree(reply.body());
  }

  private static HttpResponse<String> send(String url, HttpRequest.BodyPublisher body)
      throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).POST(body).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatCannotBeServedIsSaidAtOnce() throws Exception {
    assertThat(error("--model", folder.resolve("none").toString()))
        .contains("There is no such folder of the versions of the model \"default\"");
    Path version = Files.createDirectories(folder.resolve("models/1"));
    Files.writeString(version.resolve("saved_model.pb"), "");
    assertThat(error("--model", version.toString())).contains("Expected a folder of versions");
    assertThat(error("--model", version.getParent().toString(), "--name", "a/b"))
        .contains("expected a name without slashes and colons");
    assertThat(error("--model", version.getParent().toString(), "--batch-delay", "soon"))
        .contains("expected a time such as");
    assertThat(error("--model", version.getParent().toString(), "--split", "stable:95,canary:5"))
        .contains("--split: expected labels of the model \"default\", [], found \"canary\"");
    assertThat(error("--model", version.getParent().toString(), "--split", "stable"))
        .contains("--split: expected LABEL:PERCENT, found \"stable\"");
    assertThat(error("--model", version.getParent().toString(), "--catalogue-id", "item"))
        .contains("expected --catalogue and --catalogue-id, found one of them");
    assertThat(error("--model", version.getParent().toString(), "--batching", "perhaps"))
        .contains("batching: expected auto, on or off, found \"perhaps\"");
    assertThat(error("--model", version.getParent().toString(), "--threads", "0"))
        .contains("threads: expected at least 1, found 0");
    assertThat(error("--model", version.getParent().toString(), "--tls-key", "key.pem"))
        .contains("expected --tls-certificate and --tls-key, found one of them");
    assertThat(error("--model", version.getParent().toString(), "--rate-limit", "0"))
        .contains("perSecond: expected a number above 0");
    assertThat(error("--model", version.getParent().toString(), "--max-request-size", "many"))
        .contains("memory: expected a number");
  }

  @Test
  void theOptionsOfTensorFlowsServerAreTaken() throws Exception {
    Path config = folder.resolve("models.config");
    Files.writeString(
        config,
        "model_config_list { config { name: \"shop\" base_path: \"%s\" model_platform: \"tensorflow\" } }"
            .formatted(folder.resolve("none")));
    Cli.Ran ran = Cli.run("model-server", "--model_config_file=" + config, "--rest_api_port=0");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("no such folder of the versions of the model \"shop\"");
    assertThat(Cli.run("model-server", "--port=1").err())
        .contains("Expected a folder of versions or a file of models, found neither");
    assertThat(Cli.run("serve", "--model", ".", "--model-config-file", config.toString()).err())
        .contains("found both of them");
  }

  private static String error(String... args) {
    String[] words = new String[args.length + 1];
    words[0] = "serve";
    System.arraycopy(args, 0, words, 1, args.length);
    Cli.Ran ran = Cli.run(words);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    return ran.err();
  }
}
