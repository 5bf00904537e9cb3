package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.config.ServedModel;

/** TensorFlow Serving's REST protocol over a real connection, with the JDK's client. */
class RestServerTest {
  private static final String MODEL = "/v1/models/half_plus_two";

  @TempDir private static Path base;
  private static HalfPlusTwoServer server;

  @BeforeAll
  static void start() {
    server = HalfPlusTwoServer.start(base);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void predictsByRowsAndByColumns() {
    String rows = "{\"instances\": [1, 2, 80]}";
    assertThat(server.post(MODEL + ":predict", rows))
        .isEqualTo("200 {\"predictions\":[2.5,3.0,42.0]}");
    assertThat(server.post(MODEL + ":predict", "{\"instances\": [{\"x\": 1}]}"))
        .isEqualTo("200 {\"predictions\":[2.5]}");
    assertThat(server.post(MODEL + ":predict", "{\"inputs\": [1, 2]}"))
        .isEqualTo("200 {\"outputs\":[2.5,3.0]}");
    assertThat(server.post(MODEL + ":predict", "{\"inputs\": {\"x\": [NaN, -Infinity]}}"))
        .isEqualTo("200 {\"outputs\":[NaN,-Infinity]}");
    for (String path :
        List.of("/versions/123", "/labels/stable", "/versions/00123", "/LABELS/stable")) {
      assertThat(server.post(MODEL + path + ":predict", rows)).as(path).startsWith("200 ");
    }
    assertThat(server.post("/V1/Models/half_plus_two:Predict", rows)).startsWith("200 ");
    assertThat(server.post("/v1/models/half%5Fplus%5Ftwo:predict", rows)).startsWith("200 ");
  }

  @Test
  void thereIsNoPageUnlessItIsAskedFor() {
    assertThat(PageService.PATHS)
        .allSatisfy(path -> assertThat(server.get(path)).as(path).startsWith("404 "));
  }

  @Test
  void classifiesAndRegresses() {
    String examples = "\"examples\": [{\"x\": 80.0}, {\"x\": 20.0}]}";
    assertThat(
            server.post(MODEL + ":regress", "{\"signature_name\": \"regress_x_to_y\", " + examples))
        .isEqualTo("200 {\"results\":[42.0,12.0]}");
    assertThat(
            server.post(
                MODEL + ":classify", "{\"signature_name\": \"classify_x_to_y\", " + examples))
        .isEqualTo("200 {\"results\":[[[\"\",42.0]],[[\"\",12.0]]]}");
    assertThat(
            server.post(
                MODEL + ":regress",
                "{\"signature_name\": \"regress_x_to_y\", \"context\": {\"x\": 4.0},"
                    + " \"examples\": [{}, {\"x\": 6.0}]}"))
        .isEqualTo("200 {\"results\":[4.0,5.0]}");
  }

  @Test
  void statusAndMetadata() {
    String state =
        "{\"model_version_status\":[{\"version\":\"123\",\"state\":\"AVAILABLE\","
            + "\"status\":{\"error_code\":\"OK\",\"error_message\":\"\"}}]}";
    for (String path : List.of("", "/versions/123", "/labels/stable")) {
      assertThat(server.get(MODEL + path).replaceAll("\\s+", "")).as(path).isEqualTo("200" + state);
      assertThat(server.get(MODEL + path + "/metadata"))
          .as(path)
          .startsWith("200 ")
          .contains("\"model_spec\"", "regress_x_to_y", "DT_FLOAT");
    }
  }

  @Test
  void failuresHaveTheProtocolsCodes() {
    String rows = "{\"instances\": [1]}";
    assertThat(server.post("/v1/models/none:predict", rows))
        .isEqualTo("404 {\"error\": \"Servable not found for request: Latest(none)\"}");
    assertThat(server.post(MODEL + "/versions/9:predict", rows))
        .isEqualTo(
            "404 {\"error\": \"Servable not found for request: Specific(half_plus_two, 9)\"}");
    assertThat(server.post(MODEL + "/labels/canary:predict", rows))
        .isEqualTo("400 {\"error\": \"Unrecognized servable version label: canary\"}");
    assertThat(server.post(MODEL + "/versions/1/labels/a:predict", rows))
        .isEqualTo(
            "400 {\"error\": \"Malformed request: POST"
                + " /v1/models/half_plus_two/versions/1/labels/a:predict\"}");
    assertThat(server.get("/v1/models")).startsWith("400 ").contains("Missing model name");
    assertThat(server.get(MODEL + ":predict")).startsWith("400 ").contains("Malformed request");
    assertThat(server.get("/v1/models/none")).startsWith("404 ").contains("Could not find any");
    assertThat(server.post(MODEL + ":predict", "{\"instances\": []}")).startsWith("400 ");
    assertThat(server.post(MODEL + ":predict", "no JSON")).startsWith("400 {\"error\": ");
    assertThat(server.post(MODEL + ":predict", "{\"signature_name\": \"no\", \"instances\": [1]}"))
        .startsWith("400 ")
        .contains("Serving signature name: \\\"no\\\" not found");
    assertThat(server.get("/")).startsWith("404 {\"error\"");
    assertThat(server.get("/etc/passwd")).startsWith("404 {\"error\"");
    assertThat(server.get("/v1/../../etc/passwd")).matches("40[04] .*");
    assertThat(server.send(server.request(MODEL).DELETE())).startsWith("400 ");
  }

  @Test
  void repliesHaveTheHeadersOfSafetyAndSayNothingOfTheServer() {
    for (String path : List.of(MODEL, "/nowhere", "/v2/health/live")) {
      HttpHeaders headers = server.reply(server.request(path)).headers();
      assertThat(headers.firstValue("x-content-type-options")).as(path).contains("nosniff");
      assertThat(headers.firstValue("cache-control")).as(path).contains("no-store");
      assertThat(headers.firstValue("content-security-policy")).isPresent();
      assertThat(headers.firstValue("server")).isEmpty();
    }
  }

  @Test
  void probesSayWhetherAllModelsAnswer() {
    assertThat(server.get("/v2/health/live")).isEqualTo("200 {\"live\": true}");
    assertThat(server.get("/v2/health/ready")).isEqualTo("200 {\"ready\": true}");
    assertThat(server.get("/v2/models/half_plus_two/ready")).startsWith("200 ");
    assertThat(server.get("/v2/models/none/ready")).isEqualTo("503 {\"ready\": false}");
    assertThat(server.get("/v2/else")).startsWith("404 ");
    ServedModel served = server.models().served().get("half_plus_two");
    server
        .models()
        .configure(List.of(served, ServedModel.latest("empty", base.resolve("00000123"))));
    assertThat(server.get("/v2/health/ready")).isEqualTo("503 {\"ready\": false}");
    assertThat(server.get("/v2/models/half_plus_two/ready")).startsWith("200 ");
    server.models().configure(List.of(served));
    assertThat(server.get("/v2/health/ready")).startsWith("200 ");
  }
}
