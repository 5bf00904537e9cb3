package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.metric.ServerMetrics;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;

/** How the page at {@code /} is handed out. What it does is tested in a browser, in mtl-cli. */
class PageServiceTest {
  private static final String DATA = "/page/models";

  /** That of "abc". */
  private static final String HASH =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private static Path folder;

  private static ServerMetrics metrics;
  private static HalfPlusTwoServer server;

  @BeforeAll
  static void start() {
    metrics = new ServerMetrics();
    server = start(Access.OPEN, Optional.of(metrics));
  }

  @AfterAll
  static void stop() {
    server.close();
    metrics.close();
  }

  private static HalfPlusTwoServer start(Access access, Optional<ServerMetrics> metrics) {
    return HalfPlusTwoServer.start(
        folder.resolve("models"),
        new Operations(
            metrics,
            List.of(),
            new Protection(Optional.empty(), access, Connections.DEFAULT),
            Optional.empty(),
            true));
  }

  @Test
  void itsFilesRunUnderAPolicyOfTheirOwnAndAreKept() {
    HttpResponse<String> page = server.reply(server.request("/"));
    assertThat(page.headers().allValues("content-security-policy"))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("form-action 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().allValues("cache-control")).containsExactly("no-cache");
    assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .doesNotContain("<style")
        .doesNotContain("style=")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("<script[^>]*>[^<]");
    String tag = page.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again = server.reply(server.request("/").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(server.reply(server.request("/").header("If-None-Match", "\"x\"")).statusCode())
        .isEqualTo(200);
    assertThat(server.send(server.request("/").method("HEAD", noBody()))).isEqualTo("200 ");
    assertThat(server.post("/", "")).startsWith("405 {\"error\": ");
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  /** Nothing that a file names is anywhere else, and each that is handed out is named. */
  @Test
  void allThatItsFilesNameIsThere() {
    Pattern named = Pattern.compile("(?:src|href)=\"([^\"]+)\"|from \"\\./([^\"]+)\"");
    for (String path : PageService.OPEN) {
      HttpResponse<String> file = server.reply(server.request(path));
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      assertThat(file.body())
          .doesNotContain("innerHTML")
          .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
      for (Matcher name = named.matcher(file.body()); name.find(); ) {
        String target = name.group(1) == null ? "/page/" + name.group(2) : "/" + name.group(1);
        assertThat(PageService.OPEN).as(path).contains(target);
      }
    }
    for (String other : List.of("/page/", "/page/else.js", "/page/../page.js", "/page%2fpage.js")) {
      assertThat(server.get(other)).as(other).matches("40[04] (?s).*");
    }
  }

  @Test
  void whatItShowsIsOfTheModelsAndTheirRequests() {
    assertThat(server.get(DATA))
        .isEqualTo(
            "200 {\"ready\":true,\"models\":[{\"name\":\"half_plus_two\",\"labels\":{\"stable\":\"123\"},"
                + "\"versions\":[{\"version\":\"123\",\"state\":\"AVAILABLE\",\"message\":\"\","
                + "\"requests\":0,\"buckets\":[]}]}]}");
    for (int i = 0; i < 3; i++) {
      server.post("/v1/models/half_plus_two:predict", "{\"instances\": [1]}");
    }
    server.get("/v1/models/half_plus_two/metadata");
    while (!server.get(DATA).contains("\"requests\":3")) {
      Thread.onSpinWait(); // Requests are counted after they are answered.
    }
    assertThat(server.get(DATA)).contains("[30.0,3]]").contains("\"buckets\":[[2.5E-4,");
  }

  @Test
  void withKeysTheFilesComeToAnybodyAndWhatTheyShowDoesNot() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "shop " + HASH + "\n");
    try (HalfPlusTwoServer locked =
        start(new Access(Optional.of(keys), false, Optional.empty()), Optional.empty())) {
      for (String path : PageService.OPEN) {
        assertThat(locked.get(path)).as(path).startsWith("200 ").doesNotContain("half_plus_two");
      }
      assertThat(locked.get(DATA)).startsWith("401 {\"error\": ");
      assertThat(locked.send(locked.request(DATA).header("Authorization", "Bearer abc")))
          .startsWith("200 {\"ready\":true");
    }
  }
}
