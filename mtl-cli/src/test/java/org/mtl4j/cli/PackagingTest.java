package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.http.ServerOptions;

/**
 * What packaging/ says of the server is so. That images and clusters take it is not tested here.
 */
class PackagingTest {
  private static final Path PACKAGING = Path.of("..", "packaging");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z_-]+");

  @TempDir private Path folder;

  private static String file(String name) throws IOException {
    return Files.readString(PACKAGING.resolve(name));
  }

  private static int number(String text, String pattern) {
    MatchResult found = Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
    return Integer.parseInt(found.group(1));
  }

  @Test
  void theirOptionsAreTheServersAndTheirPortsItsOwn() throws IOException {
    String help = Cli.run("model-server", "--help").out();
    for (String name : List.of("kubernetes/mtl4j.yaml", "systemd/mtl4j.service")) {
      List<String> options =
          OPTION.matcher(file(name)).results().map(MatchResult::group).distinct().toList();
      assertThat(options)
          .as(name)
          .hasSizeGreaterThan(1)
          .allSatisfy(o -> assertThat(help).contains(o));
    }
    ServerOptions.Address usual = ServerOptions.DEFAULT.address();
    assertThat(file("docker/Dockerfile")).contains("EXPOSE " + usual.grpc() + " " + usual.rest());
    assertThat(file("kubernetes/mtl4j.yaml"))
        .contains("name: rest, containerPort: " + usual.rest())
        .contains("name: grpc, containerPort: " + usual.grpc())
        .contains("path: /v2/health/live", "path: /v2/health/ready");
  }

  @Test
  void whoStopsItWaitsLongerThanItTakes() throws IOException {
    long most = ServerOptions.DEFAULT.shutdown().most().toSeconds();
    String pod = file("kubernetes/mtl4j.yaml");
    assertThat((long) number(pod, "terminationGracePeriodSeconds: (\\d+)"))
        .isGreaterThan(number(pod, "--drain=(\\d+)s") + most);
    String unit = file("systemd/mtl4j.service");
    assertThat((long) number(unit, "TimeoutStopSec=(\\d+)"))
        .isGreaterThan(number(unit, "--drain=(\\d+)s") + most);
  }

  @Test
  void itRunsAsNobodyAndWritesNothing() throws IOException {
    int user = number(file("docker/Dockerfile"), "(?m)^USER (\\d+):");
    assertThat(user).isPositive();
    String pod = file("kubernetes/mtl4j.yaml");
    assertThat(number(pod, "runAsUser: (\\d+)")).isEqualTo(user);
    assertThat(pod)
        .contains("runAsNonRoot: true")
        .contains("readOnlyRootFilesystem: true")
        .contains("allowPrivilegeEscalation: false")
        .contains("drop: [ALL]")
        .contains("type: RuntimeDefault");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theContainersOptionsAreTensorFlowServingsUnlessOthersAreGiven() throws Exception {
    Path entry = folder.resolve("entrypoint.sh");
    Files.copy(PACKAGING.resolve("docker/entrypoint.sh"), entry);
    Path server = folder.resolve("mtl-model-server");
    Files.writeString(server, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(ran(entry))
        .containsExactly(
            "--host=0.0.0.0",
            "--port=8500",
            "--rest_api_port=8501",
            "--model_name=shop",
            "--model_base_path=/models/shop");
    assertThat(ran(entry, "--port", "1", "--model_config_file=/etc/a b"))
        .containsExactly(
            "--host=0.0.0.0",
            "--rest_api_port=8501",
            "--port",
            "1",
            "--model_config_file=/etc/a b");
    assertThat(ran(entry, "--host=::", "--model_base_path=/m"))
        .contains("--host=::", "--model_base_path=/m", "--model_name=shop")
        .hasSize(5);
  }

  private static List<String> ran(Path entry, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("sh", entry.toString()));
    words.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(Map.of("MODEL_NAME", "shop"));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
