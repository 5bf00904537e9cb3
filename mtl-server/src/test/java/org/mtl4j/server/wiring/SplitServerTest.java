package org.mtl4j.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.protocol.ranking.RecommendRequest;
import org.mtl4j.protocol.ranking.RecommendResponse;
import org.mtl4j.protocol.ranking.Row;
import org.mtl4j.protocol.ranking.Rows;
import org.mtl4j.protocol.ranking.Value;
import org.mtl4j.protocol.serving.ModelSpec;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.routing.Split;
import org.mtl4j.server.version.VersionPolicy;
import org.mtl4j.testkit.SmallExport;

/** A share of traffic to a second version, and back. */
class SplitServerTest {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-routing-key", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private Path folder;
  private ShopServer server;

  private ServedModel model(Map<String, Long> labels, long... versions) {
    TreeSet<Long> wanted = new TreeSet<>();
    for (long version : versions) {
      wanted.add(version);
    }
    return new ServedModel(
        "shop", folder.resolve("models"), new VersionPolicy.Specific(wanted), labels);
  }

  /** By Java's own digest: the first 53 bits of the hash's first eight bytes, as a fraction. */
  private static boolean isCanary(String key, double share) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("4:shop" + key).getBytes(StandardCharsets.UTF_8));
      long first = ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong();
      return (first >>> 11) / Math.pow(2, 53) < share;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String predicted(int i) {
    Map<String, Object> row = new LinkedHashMap<>(SmallExport.rows(1, new Random(2)).get(0));
    row.replaceAll((column, value) -> value instanceof Double ? (Object) 1.5 : value);
    return answered(
        server.send(
            "shop:predict",
            Map.of("instances", List.of(row)),
            Map.of("X-Routing-Key", "user" + i)));
  }

  private String recommended(int i) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user", ShopServer.user(1));
    body.put("candidates", ShopServer.items(1, 1));
    body.put("id", "item");
    HttpResponse<String> reply =
        server.send("shop:recommend", body, Map.of("X-Routing-Key", "user" + i));
    JsonText json = JsonText.read(reply.body());
    assertThat(answered(reply))
        .isEqualTo((long) json.get("version").number() + " " + json.get("variant").text());
    return answered(reply);
  }

  private static String answered(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return reply.headers().firstValue("x-mtl4j-model-version").orElseThrow()
        + " "
        + reply.headers().firstValue("x-mtl4j-variant").orElseThrow();
  }

  private String overGrpc(int i) {
    Metadata key = new Metadata();
    key.put(KEY, "user" + i);
    RecommendResponse reply =
        server
            .ranking()
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
            .recommend(
                RecommendRequest.newBuilder()
                    .setModelSpec(ModelSpec.newBuilder().setName("shop"))
                    .setUser(row(ShopServer.user(1)))
                    .setRows(
                        Rows.newBuilder().addRows(row(ShopServer.items(1, 1).get(0))).setId("item"))
                    .build());
    return reply.getModelSpec().getVersion().getValue() + " " + reply.getVariant();
  }

  private static Row row(Map<String, Object> columns) {
    Row.Builder row = Row.newBuilder();
    columns.forEach(
        (column, value) ->
            row.putColumns(
                column,
                value instanceof Double number
                    ? Value.newBuilder().setNumber(number).build()
                    : Value.newBuilder().setText((String) value).build()));
    return row.build();
  }

  @Test
  void usersKeepTheirVersionUntilTheLabelMoves() throws Exception {
    ShopServer.export(folder.resolve("models/1"));
    ShopServer.export(folder.resolve("models/2"));
    Split split = Split.canary("shop", "stable", "canary", 0.05);
    try (ShopServer started =
        ShopServer.start(
            model(Map.of("stable", 1L, "canary", 2L), 1, 2),
            settings ->
                ShopServer.withFeedback(folder.resolve("feedback"))
                    .apply(
                        new ServerSettings(
                            settings.models(),
                            settings.network(),
                            new ServerSettings.Compute(
                                settings.compute().size(),
                                settings.compute().rules(),
                                settings.compute().loading(),
                                Map.of("shop", split)),
                            settings.polling(),
                            settings.operating())))) {
      server = started;
      List<IntFunction<String>> ways = List.of(this::predicted, this::recommended, this::overGrpc);
      int canaries = 0;
      for (int i = 0; i < 1_000; i++) {
        boolean canary = isCanary("user" + i, 0.05);
        canaries += canary ? 1 : 0;
        assertThat(ways.get(i % 3).apply(i)).isEqualTo(canary ? "2 canary" : "1 stable");
      }
      assertThat(canaries).isBetween(30, 70);
      assertThat(Files.readString(folder.resolve("feedback/feedback-00000001.jsonl")))
          .contains("\"version\":2,\"variant\":\"canary\"");
      server.server().models().configure(List.of(model(Map.of("stable", 1L, "canary", 1L), 1, 2)));
      for (int i = 0; i < 200; i++) {
        assertThat(ways.get(i % 3).apply(i))
            .isEqualTo(isCanary("user" + i, 0.05) ? "1 canary" : "1 stable");
      }
      // A version that has gone, label and all: the other one answers.
      server.server().models().configure(List.of(model(Map.of("stable", 1L), 1)));
      for (int i = 0; i < 100; i++) {
        assertThat(ways.get(i % 3).apply(i)).isEqualTo("1 stable");
      }
      HttpResponse<String> asked =
          server.send("shop/versions/2:predict", "{\"instances\": [{}]}", Map.of());
      assertThat(asked.statusCode()).isEqualTo(404);
    }
  }
}
