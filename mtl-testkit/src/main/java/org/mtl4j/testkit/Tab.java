package org.mtl4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A page in headless Chromium, used as a person does: by a mouse, a keyboard and eyes. Tests are
 * skipped where there is no Chromium, as those of {@link Browser} are.
 */
public final class Tab implements AutoCloseable {
  private static final String LISTENING = "DevTools listening on ";

  private final Process chromium;
  private final DevTools tools;

  private Tab(Process chromium, DevTools tools) {
    this.chromium = chromium;
    this.tools = tools;
  }

  /**
   * Starts Chromium and opens a page.
   *
   * @param url the page's
   * @param folder an empty one, for the browser's own files
   * @throws IOException if it cannot be started
   */
  public static Tab open(String url, Path folder) throws IOException {
    List<String> command = new ArrayList<>(Browser.command(folder));
    command.add("--remote-debugging-port=0");
    command.add("--remote-allow-origins=*");
    Process chromium =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      Tab tab = new Tab(chromium, DevTools.connect(address(chromium)));
      tab.tools.send("Runtime.enable", Map.of());
      tab.tools.send("Log.enable", Map.of());
      tab.tools.send("Page.enable", Map.of());
      tab.show(1100, 900, false);
      tab.tools.send("Page.navigate", Map.of("url", url));
      return tab;
    } catch (IOException | RuntimeException | Error e) {
      chromium.destroyForcibly();
      throw e;
    }
  }

  /** Where it says that it listens. */
  private static URI address(Process chromium) throws IOException {
    // Left open, and read to its end, so that what Chromium says later does not hold it up.
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(chromium.getErrorStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium's words");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(LISTENING.length()).strip());
      }
    }
    throw new IOException("Chromium ended before it listened");
  }

  /** Has the window that wide and high, dark where the page has a form for that. */
  public void show(int width, int height, boolean dark) {
    tools.send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    tools.send(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /**
   * What an expression of JavaScript says, in words; of a promise what comes of it.
   *
   * @throws AssertionError if it throws
   */
  public String evaluate(String expression) {
    JsonNode result =
        tools.send(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value").asText();
  }

  /**
   * Waits until an expression is true of the page.
   *
   * @throws AssertionError if it is not within half a minute; it has the page's text
   */
  public void await(String expression) {
    String came =
        evaluate(
            """
            new Promise((done) => {
              const end = Date.now() + 30000;
              const look = () => {
                let is = false;
                try { is = %s; } catch { /* Not there yet. */ }
                if (is || Date.now() > end) { done(is ? "" : document.body.innerText); }
                else { setTimeout(look, 20); }
              };
              look();
            })"""
                .formatted(expression));
    if (!came.isEmpty()) {
      throw new AssertionError(expression + " did not become true of the page:\n" + came);
    }
  }

  /** The text of an element, as it is shown. */
  public String text(String selector) {
    return evaluate("document.querySelector(" + quoted(selector) + ").innerText");
  }

  /** Clicks in an element's middle, wherever it is on the page by then. */
  public void click(String selector) {
    String[] place =
        evaluate(
                """
                (() => {
                  const element = document.querySelector(%s);
                  element.scrollIntoView({block: "center"});
                  const box = element.getBoundingClientRect();
                  return `${box.x + box.width / 2},${box.y + box.height / 2}`;
                })()"""
                    .formatted(quoted(selector)))
            .split(",", -1);
    for (String type : List.of("mousePressed", "mouseReleased")) {
      tools.send(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              type,
              "x",
              Double.parseDouble(place[0]),
              "y",
              Double.parseDouble(place[1]),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  /** Clicks a field and types into it, in the place of what is there. */
  public void type(String selector, String text) {
    click(selector);
    evaluate("document.activeElement.select()");
    write(text);
  }

  /** Types where the cursor is. */
  public void write(String text) {
    tools.send("Input.insertText", Map.of("text", text));
  }

  /** Presses a key: Enter or Tab. */
  public void press(String key) {
    Map<String, Object> enter =
        Map.of("key", "Enter", "code", "Enter", "windowsVirtualKeyCode", 13, "text", "\r");
    Map<String, Object> tabulator = Map.of("key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9);
    for (String type : List.of("keyDown", "keyUp")) {
      Map<String, Object> event = new HashMap<>(key.equals("Enter") ? enter : tabulator);
      event.put("type", type);
      tools.send("Input.dispatchKeyEvent", event);
    }
  }

  /** Chooses of a list by the option's value. */
  public void choose(String selector, String value) {
    evaluate(
        """
        (() => {
          const select = document.querySelector(%s);
          select.value = %s;
          select.dispatchEvent(new Event("change", {bubbles: true}));
        })()"""
            .formatted(quoted(selector), quoted(value)));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** What went wrong in the page: what its scripts threw, and what the browser logs of it. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    tools.events("Runtime.exceptionThrown").forEach(event -> problems.add(event.toString()));
    tools.events("Runtime.consoleAPICalled").forEach(event -> problems.add(event.toString()));
    tools
        .events("Log.entryAdded")
        .forEach(event -> problems.add(event.get("entry").get("text").asText()));
    return problems;
  }

  /** Writes a picture of the whole page, PNG. */
  public void picture(Path file) throws IOException {
    JsonNode picture = tools.send("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.write(file, Base64.getDecoder().decode(picture.get("data").asText()));
  }

  @Override
  public void close() {
    tools.close();
    chromium.destroyForcibly();
    try {
      chromium.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
