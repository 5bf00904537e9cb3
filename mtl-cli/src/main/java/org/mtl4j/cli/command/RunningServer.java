package org.mtl4j.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.version.VersionStatus;
import org.mtl4j.server.wiring.ModelServer;
import org.mtl4j.server.wiring.ServerSettings;

/** A server from its start until somebody interrupts it. */
final class RunningServer {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Console console;
  private final Interruption interruption;

  RunningServer(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  /** Comes back when it has been stopped and all requests are answered. */
  Answer run(ServerSettings settings) throws InterruptedException {
    interruption.begin(
        new Interruption.Words(
            "requests under way are answered", "Requests under way were not answered."));
    try (ModelServer server = ModelServer.listen(settings)) {
      boolean loaded = false;
      while (!loaded && !interruption.requested()) {
        loaded = server.awaitLoaded(LOOK);
      }
      if (loaded) {
        say(server, settings);
      }
      while (!interruption.requested()) {
        Thread.sleep(LOOK.toMillis());
      }
    } finally {
      interruption.end();
    }
    return Answer.of(Map.of("status", "stopped"), List.of("stopped"));
  }

  private void say(ModelServer server, ServerSettings settings) {
    server
        .models()
        .served()
        .forEach(
            (name, model) -> {
              if (server.models().isReady(name)) {
                server.models().status(ModelAddress.latest(name)).stream()
                    .filter(version -> version.state() == VersionStatus.State.AVAILABLE)
                    .forEach(
                        version ->
                            console.note(
                                "serving %s, version %d".formatted(name, version.version())));
              } else {
                console.note(
                    "warning: %s has no version that can be served yet; %s is looked at again"
                        .formatted(name, model.base()));
              }
            });
    String rest = address(settings, server.restPort());
    if (settings.operating().page()) {
      console.note("a page to look at them and to try them: " + rest + "/");
    }
    console.note(
        "REST on %s/v1/models, gRPC on %s:%d; Ctrl-C stops"
            .formatted(rest, settings.network().address().host(), server.grpcPort()));
  }

  /** Where REST is, as a browser takes it. */
  static String address(ServerSettings settings, int port) {
    boolean secure = settings.operating().protection().tls().isPresent();
    return "%s://%s:%d"
        .formatted(secure ? "https" : "http", settings.network().address().host(), port);
  }
}
