package org.mtl4j.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Chromium's DevTools protocol over its web socket: a command and its result at a time. */
final class DevTools implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger last = new AtomicInteger();
  private final WebSocket socket;
  private volatile String session = "";

  private DevTools(URI address) {
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  /** Connects, and opens a tab to which all commands go from then on. */
  static DevTools connect(URI address) {
    DevTools tools = new DevTools(address);
    String target =
        tools.send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    tools.session =
        tools
            .send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    return tools;
  }

  /**
   * A command's result.
   *
   * @throws AssertionError if it fails, or if there is none within a minute
   */
  JsonNode send(String method, Map<String, Object> parameters) {
    int id = last.incrementAndGet();
    CompletableFuture<JsonNode> result = new CompletableFuture<>();
    waiting.put(id, result);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    socket.sendText(command.toString(), true).join();
    try {
      return result.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no result of " + command, e);
    } catch (ExecutionException e) {
      throw new AssertionError(command + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the tab told of itself, of this method's kind. */
  List<JsonNode> events(String method) {
    return events.stream()
        .filter(event -> event.get("method").asText().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Messages come in pieces. */
  private final class Reader implements WebSocket.Listener {
    private final List<CharSequence> pieces = new ArrayList<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      pieces.add(data.toString());
      if (whole) {
        String message = String.join("", pieces);
        pieces.clear();
        read(message);
      }
      from.request(1);
      return null;
    }

    private void read(String message) {
      JsonNode node;
      try {
        node = JSON.readTree(message);
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      if (!node.has("id")) {
        events.add(node);
        return;
      }
      CompletableFuture<JsonNode> result = waiting.remove(node.get("id").asInt());
      if (node.has("error")) {
        result.completeExceptionally(new IllegalStateException(node.get("error").toString()));
      } else {
        result.complete(node.get("result"));
      }
    }
  }
}
