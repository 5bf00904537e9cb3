package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.testkit.HalfPlusTwo;

/**
 * Other configurations by request: HandleReloadConfigRequest from the stock client to the models.
 */
class ReloadServerTest {
  @TempDir private static Path folder;

  private static Path allowed;
  private static HalfPlusTwoServer server;
  private static StockClient client;
  private static List<ServedModel> first;

  @BeforeAll
  static void start() throws IOException {
    allowed = Files.createDirectory(folder.resolve("allowed"));
    ServerOptions usual = ServerOptions.DEFAULT;
    server =
        HalfPlusTwoServer.start(
            allowed.resolve("half"),
            Operations.NONE,
            new ServerOptions(
                usual.address(),
                usual.limits(),
                usual.timeout(),
                usual.shutdown(),
                Optional.of(allowed)));
    client = new StockClient(server.grpcPort());
    first = List.copyOf(server.models().served().values());
  }

  @BeforeEach
  void again() {
    server.models().configure(first);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static String config(String name, Object base, String more) {
    return "model_config_list { config { name: '%s' base_path: '%s' model_platform: 'tensorflow' %s } }"
        .formatted(name, base, more);
  }

  private static Path write(String base, long version, float intercept) {
    HalfPlusTwo.write(allowed.resolve(base).resolve(String.valueOf(version)), intercept);
    return allowed.resolve(base);
  }

  /** What the model makes of 0: its intercept. */
  private static String answer(String path) {
    return server.post("/v1/models/" + path + ":predict", "{\"instances\": [0]}");
  }

  @Test
  void theNewConfigurationTakesThePlaceOfAll() {
    Path other = write("other", 7, 5);
    assertThat(client.reload(config("other", other, ""))).isEqualTo("OK");
    assertThat(answer("other")).isEqualTo("200 {\"predictions\":[5.0]}");
    assertThat(answer("half_plus_two")).startsWith("404 ");
    assertThat(client.status("other")).isEqualTo("7 AVAILABLE");
    assertThat(client.reload("model_config_list {}")).isEqualTo("OK");
    assertThat(client.status("other")).startsWith("NOT_FOUND: Could not find any versions");
    assertThat(server.get("/v2/health/ready")).startsWith("503 ");
  }

  @Test
  void anotherFolderWithTheSameVersionIsLoaded() {
    Path other = write("same", 123, 5);
    assertThat(client.reload(config("half_plus_two", other, ""))).isEqualTo("OK");
    assertThat(answer("half_plus_two")).isEqualTo("200 {\"predictions\":[5.0]}");
    assertThat(answer("half_plus_two/versions/123")).isEqualTo("200 {\"predictions\":[5.0]}");
  }

  @Test
  void aFolderOfWhichNothingAnswersDoesNotTakeThePlaceOfOneThatDoes() throws IOException {
    Path broken = Files.createDirectories(allowed.resolve("broken/123"));
    Files.writeString(broken.resolve("saved_model.pb"), "none");
    assertThat(client.reload(config("half_plus_two", allowed.resolve("broken"), "")))
        .isEqualTo("ABORTED: No version could be loaded of half_plus_two.");
    assertThat(answer("half_plus_two")).isEqualTo("200 {\"predictions\":[2.0]}");
    assertThat(client.reload(config("new", allowed.resolve("broken"), "")))
        .isEqualTo("ABORTED: No version could be loaded of new.");
  }

  @Test
  void labelsAndPoliciesComeWithIt() {
    Path two = write("two", 1, 5);
    write("two", 2, 6);
    String both = "model_version_policy { specific { versions: 1 versions: 2 } }";
    assertThat(
            client.reload(config("two", two, both + " version_labels { key: 'stable' value: 1 }")))
        .isEqualTo("OK");
    assertThat(answer("two/labels/stable")).isEqualTo("200 {\"predictions\":[5.0]}");
    assertThat(answer("two")).isEqualTo("200 {\"predictions\":[6.0]}");
    assertThat(
            client.reload(config("two", two, both + " version_labels { key: 'stable' value: 2 }")))
        .isEqualTo("OK");
    assertThat(answer("two/labels/stable")).isEqualTo("200 {\"predictions\":[6.0]}");
    assertThat(
            client.reload(
                config(
                    "two",
                    two,
                    "model_version_policy { all {} } version_labels { key: 'stable' value: 3 }")))
        .isEqualTo(
            "FAILED_PRECONDITION: The label \"stable\" of the model \"two\" is for version 3,"
                + " which is not available.");
    assertThat(answer("two/labels/stable")).isEqualTo("200 {\"predictions\":[6.0]}");
    assertThat(client.reload(config("two", two, "model_version_policy { latest { } }")))
        .isEqualTo("OK");
    assertThat(answer("two/versions/1")).startsWith("404 ");
    assertThat(answer("two/labels/stable"))
        .isEqualTo("400 {\"error\": \"Unrecognized servable version label: stable\"}");
  }

  /** Of a new model it may come later; until then nothing answers to it. */
  @Test
  void aLabelOfAVersionThatIsNotLoaded() {
    Path labelled = write("labelled", 1, 5);
    assertThat(
            client.reload(config("labelled", labelled, "version_labels { key: 'next' value: 2 }")))
        .isEqualTo("OK");
    assertThat(answer("labelled/labels/next"))
        .isEqualTo("404 {\"error\": \"Servable not found for request: Labelled(labelled, next)\"}");
    write("labelled", 2, 6);
    server.models().configure(List.copyOf(server.models().served().values()));
    server.models().configure(List.copyOf(server.models().served().values()));
    assertThat(answer("labelled/labels/next")).isEqualTo("200 {\"predictions\":[6.0]}");
  }

  @Test
  void noWayLeadsOutOfTheFolder() throws IOException {
    Path outside = folder.resolve("outside");
    HalfPlusTwo.write(outside.resolve("1"));
    Path link = Files.createSymbolicLink(allowed.resolve("link"), outside);
    Path beside = Files.createDirectory(folder.resolve("allowed-not"));
    HalfPlusTwo.write(beside.resolve("1"));
    for (Object base :
        new Object[] {
          outside,
          allowed + "/../outside",
          allowed + "/half/../../outside",
          link,
          beside,
          allowed.resolve("none"),
          "/etc",
          "none"
        }) {
      assertThat(client.reload(config("half_plus_two", base, "")))
          .as("%s", base)
          .isEqualTo(
              "PERMISSION_DENIED: The base path of the model \"half_plus_two\" is not under the"
                  + " folder that requests may name.");
    }
    assertThat(answer("half_plus_two")).isEqualTo("200 {\"predictions\":[2.0]}");
  }

  /** What was looked at is what is served: a link that is turned round later leads nowhere. */
  @Test
  void aLinkIsFollowedOnce() throws IOException {
    Path outside = folder.resolve("elsewhere");
    HalfPlusTwo.write(outside.resolve("9"), 9);
    Path inside = write("inside", 1, 5);
    Path link = Files.createSymbolicLink(allowed.resolve("turning"), inside);
    assertThat(client.reload(config("half_plus_two", link, ""))).isEqualTo("OK");
    Files.delete(link);
    Files.createSymbolicLink(link, outside);
    server.models().served().values().forEach(m -> assertThat(m.base()).isEqualTo(inside));
    server.models().configure(List.copyOf(server.models().served().values()));
    assertThat(answer("half_plus_two")).isEqualTo("200 {\"predictions\":[5.0]}");
  }

  @Test
  void whatIsNoConfigurationChangesNothing() {
    assertThat(client.reload(config("a/b", allowed.resolve("half"), "")))
        .startsWith("INVALID_ARGUMENT: ")
        .contains("config.model_config_list.config[0]")
        .doesNotContain(folder.toString());
    assertThat(client.reload("custom_model_config {}")).startsWith("INVALID_ARGUMENT: ");
    assertThat(answer("half_plus_two")).isEqualTo("200 {\"predictions\":[2.0]}");
  }
}
