package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.http.ServerOptions;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.version.VersionPolicy;
import org.mtl4j.server.wiring.ModelServer;
import org.mtl4j.server.wiring.ServerSettings;
import org.mtl4j.testkit.HalfPlusTwo;
import org.mtl4j.testkit.Tab;

/**
 * The page at {@code /} as somebody uses it, in headless Chromium; {@code -Dmtl.page.pictures=DIR}
 * keeps what it looks like.
 */
class ServerPageTest {
  /** What would run if any text of a model became markup. */
  private static final String HOSTILE = "z<img src=x onerror=document.title=1>";

  /** That of "abc". */
  private static final String KEYS =
      "shop ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n";

  @TempDir private static Path folder;

  private static Path half;
  private static Path shop;

  @BeforeAll
  static void models() throws IOException {
    half = folder.resolve("half");
    HalfPlusTwo.write(half.resolve("123"));
    TinyShop log = TinyShop.in(folder);
    Path run = folder.resolve("run");
    shop = folder.resolve("shop");
    assertThat(Cli.run("train", log.experiment().toString(), "--output", run.toString()).exitCode())
        .isZero();
    assertThat(Cli.run("export", "--run", run.toString(), "--to", shop.toString()).exitCode())
        .isZero();
  }

  private static ModelServer start(Access access) {
    ServerSettings usual =
        ServerSettings.of(
            List.of(
                new ServedModel("half", half, VersionPolicy.DEFAULT, Map.of("stable", 123L)),
                ServedModel.latest("shop", shop),
                ServedModel.latest(HOSTILE, folder.resolve("none"))));
    return ModelServer.start(
        new ServerSettings(
            usual.models(),
            new ServerOptions(
                new ServerOptions.Address("127.0.0.1", 0, 0),
                usual.network().limits(),
                usual.network().timeout(),
                usual.network().shutdown()),
            usual.compute(),
            new Models.Options(Duration.ZERO, usual.polling().backOff(), usual.polling().clock()),
            new ServerSettings.Operating(
                List.of(),
                new Protection(Optional.empty(), access, Connections.DEFAULT),
                Optional.empty(),
                true)));
  }

  private static Tab open(ModelServer server, String name) throws IOException {
    return Tab.open(
        "http://127.0.0.1:" + server.restPort() + "/",
        Files.createDirectories(folder.resolve(name)));
  }

  private static void keep(Tab tab, String name) throws IOException {
    String pictures = System.getProperty("mtl.page.pictures", "");
    if (!pictures.isEmpty()) {
      tab.picture(Files.createDirectories(Path.of(pictures)).resolve(name + ".png"));
    }
  }

  /** Rows of a table: the cells' texts. */
  private static String rows(String table) {
    return "[...document.querySelectorAll('%s tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText.trim()).join('|')).join('\\n')"
        .formatted(table);
  }

  @Test
  @Tag("slow")
  void modelsAreListedAndAnswerWhatIsTypedIn() throws IOException {
    try (ModelServer server = start(Access.OPEN);
        Tab tab = open(server, "used")) {
      tab.await("document.querySelectorAll('#models tr').length === 3");
      assertThat(tab.text("#state")).isEqualTo("Not ready");
      assertThat(tab.evaluate(rows("#served")))
          .contains("half|123|available stable|0|")
          .contains("shop|1|available|0|")
          .contains(HOSTILE + "|–||");
      tab.choose("#model", "half");
      tab.await("document.querySelector('#input-0') !== null");
      tab.type("#input-0", "+7.");
      tab.click("#request button");
      tab.await("document.querySelector('#reply td') !== null");
      assertThat(tab.evaluate(rows("#reply"))).isEqualTo("y|5.5");
      tab.type("#input-0", "NaN");
      tab.press("Enter");
      tab.await("document.querySelector('#reply td').innerText === 'NaN'");
      tab.await("document.querySelector('#models tr').cells[3].innerText === '2'");
      tab.await("document.querySelector('#models tr').cells[6].innerText.endsWith('ms')");
      tab.type("#input-0", "seven");
      tab.click("#request button");
      tab.await("document.querySelector('#reply .error') !== null");
      assertThat(tab.text("#reply .error")).startsWith("x: expected a number");
      assertThat(tab.evaluate("document.activeElement.id")).isEqualTo("input-0");
      tab.choose("#version", "labels/stable");
      tab.choose("#call", "classify_x_to_y");
      tab.type("#examples", "[{\"x\": 3.0}, {\"x\": null}]");
      tab.click("#request button");
      tab.await("document.querySelector('#reply .error')?.innerText.includes('(400)')");
      assertThat(tab.text("#reply .error")).contains("x");
      assertThat(tab.problems()).allMatch(problem -> problem.contains("400 (Bad Request)"));
    }
  }

  @Test
  void anExportPredictsAndRanksByItsOwnFeatures() throws IOException {
    try (ModelServer server = start(Access.OPEN);
        Tab tab = open(server, "ranked")) {
      tab.await("document.querySelectorAll('#models tr').length === 3");
      tab.choose("#model", "shop");
      tab.await("document.querySelectorAll('#request input').length === 4");
      tab.type("#input-3", "u1");
      tab.type("#input-1", "i7");
      tab.click("#request button");
      tab.await("document.querySelector('#reply td') !== null");
      assertThat(tab.evaluate(rows("#reply")).lines())
          .hasSize(5)
          .anyMatch(row -> row.matches("click\\|0\\.\\d+"))
          .anyMatch(row -> row.matches("mood: so, so\\|0\\.\\d+"));
      keep(tab, "predict");
      tab.choose("#call", ":recommend");
      tab.type("#user-0", "u1");
      tab.type(
          "#candidates",
          """
          [{"item": "i0", "price": 5.5, "cheap": 1}, {"item": "i7", "price": 12.5, "cheap": 0},
           {"item": "<b>i19</b>", "price": 24.5, "cheap": 0}]""");
      tab.choose("#rank", "click");
      tab.type("#where", "price > 6");
      tab.click("#request button");
      tab.await("document.querySelectorAll('#reply tbody tr').length === 2");
      List<String> ranked = tab.evaluate(rows("#reply")).lines().toList();
      assertThat(ranked).allMatch(row -> row.matches("[12]\\|.*24\\.5.*|[12]\\|.*12\\.5.*"));
      assertThat(ranked.get(0)).startsWith("1|");
      assertThat(score(ranked.get(0))).isGreaterThanOrEqualTo(score(ranked.get(1)));
      assertThat(tab.text("#reply")).contains("<b>i19</b>").contains("left out: price > 6");
      assertThat(tab.evaluate("document.querySelectorAll('#reply b, main img').length"))
          .isEqualTo("0");
      assertThat(tab.evaluate("document.title")).isEqualTo("Models");
      keep(tab, "light");
      tab.show(1100, 900, true);
      keep(tab, "dark");
      tab.show(390, 800, false);
      assertThat(tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo("true");
      keep(tab, "narrow");
      assertThat(tab.problems()).isEmpty();
    }
  }

  private static double score(String row) {
    return Double.parseDouble(row.split("\\|", -1)[4]);
  }

  @Test
  @Tag("slow")
  void withoutAKeyThePageHasNothingToShow() throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), KEYS);
    try (ModelServer server = start(new Access(Optional.of(keys), false, Optional.empty()));
        Tab tab = open(server, "locked")) {
      tab.await("!document.querySelector('#key').hidden");
      assertThat(tab.text("#state")).contains("requests with a key");
      assertThat(tab.evaluate("document.documentElement.outerHTML")).doesNotContain("shop");
      keep(tab, "key");
      tab.type("#key-value", "abd");
      tab.press("Enter");
      tab.await("document.querySelector('#key-value').value === ''");
      assertThat(tab.evaluate("document.querySelector('#served').hidden")).isEqualTo("true");
      tab.type("#key-value", "abc");
      tab.press("Enter");
      tab.await("document.querySelectorAll('#models tr').length === 3");
      tab.choose("#model", "half");
      tab.await("document.querySelector('#input-0') !== null");
      tab.type("#input-0", "3");
      tab.press("Enter");
      tab.await("document.querySelector('#reply td')?.innerText === '3.5'");
      assertThat(tab.evaluate("document.querySelector('#key').hidden")).isEqualTo("true");
      assertThat(
              tab.evaluate("localStorage.length + sessionStorage.length + document.cookie.length"))
          .isEqualTo("0");
    }
  }

  @Test
  @Tag("slow")
  void theFormCanBeFilledByTheKeyboardAlone() throws IOException {
    try (ModelServer server = start(Access.OPEN);
        Tab tab = open(server, "keyboard")) {
      tab.await("document.querySelector('#input-0') !== null");
      assertThat(tab.text("#model")).contains("half");
      for (int i = 0; i < 5; i++) {
        tab.press("Tab"); // The table, three lists and the field.
      }
      assertThat(tab.evaluate("document.activeElement.id")).isEqualTo("input-0");
      tab.evaluate("document.activeElement.select()");
      tab.write("8");
      tab.press("Enter");
      tab.await("document.querySelector('#reply td')?.innerText.startsWith('6')");
      assertThat(
              tab.evaluate(
                  "[...document.querySelectorAll('input, select, textarea')].every((one) => one.labels.length === 1)"))
          .isEqualTo("true");
    }
  }
}
