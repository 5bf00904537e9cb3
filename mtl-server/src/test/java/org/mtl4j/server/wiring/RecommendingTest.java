package org.mtl4j.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.model.CatalogueSource;
import org.mtl4j.server.model.Models;
import org.mtl4j.server.model.Recommending;
import org.mtl4j.server.model.SavedModelLoader;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.serving.catalogue.ItemCatalogue;

/** What a server recommends with besides its models: items that change, fusions, explanations. */
class RecommendingTest {
  @TempDir private static Path base;
  @TempDir private Path folder;
  private Path items;
  private final List<WeakReference<ItemCatalogue>> read = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void export() {
    ShopServer.export(base.resolve("1"));
  }

  @BeforeEach
  void name() {
    items = folder.resolve("items");
  }

  /** A file of {@code id price} lines; whatever has no price is damaged. */
  private ItemCatalogue read() {
    try {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (String line : Files.readAllLines(items)) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 2) {
          throw new MtlException(
              Problem.of(ErrorCode.DATA_FORMAT, items.toString(), "A line has no price."));
        }
        Object price = fields[1].equals("dear") ? fields[1] : Double.valueOf(fields[1]);
        rows.add(Map.of("item", fields[0], "price", price, "tags", "tag1"));
      }
      ItemCatalogue catalogue = ShopServer.catalogue(rows);
      read.add(new WeakReference<>(catalogue));
      return catalogue;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As many items, all of that name, so that a reply says which catalogue it is of. */
  private void write(String name, int size) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      text.append(name).append(i).append(' ').append(i).append('\n');
    }
    replace(text.toString());
  }

  private void replace(String text) throws IOException {
    Path aside = Files.writeString(folder.resolve("aside"), text);
    Files.move(aside, items, StandardCopyOption.REPLACE_EXISTING);
  }

  private ShopServer start(Recommending with) {
    return ShopServer.start(base, with(with));
  }

  /** Without polling: a look is made where a test makes it. */
  private static UnaryOperator<ServerSettings> with(Recommending with) {
    return settings ->
        new ServerSettings(
            settings.models(),
            settings.network(),
            new ServerSettings.Compute(
                settings.compute().size(),
                settings.compute().rules(),
                new SavedModelLoader.Options(
                    SavedModelLoader.Batching.AUTO,
                    with,
                    settings.compute().loading().watch(),
                    false)),
            new Models.Options(
                Duration.ZERO, settings.polling().backOff(), settings.polling().clock()),
            settings.operating());
  }

  private Recommending catalogue() {
    return new Recommending(
        Map.of("shop", new CatalogueSource(List.of(items), this::read)), Map.of(), false);
  }

  /** Two looks: at the first the file may still be written. */
  private void look(ShopServer server) {
    List<ServedModel> same = List.copyOf(server.server().models().served().values());
    server.server().models().configure(same);
    server.server().models().configure(same);
  }

  private static Map<String, Object> request(int k) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user", ShopServer.user(1));
    body.put("by", "click");
    body.put("k", k);
    return body;
  }

  private static String names(JsonText reply) {
    return reply.get("recommendations").elements().stream()
        .map(item -> item.get("id").text().substring(0, 1))
        .distinct()
        .collect(Collectors.joining());
  }

  private static String problem(ShopServer server) {
    return server.server().models().status(ModelAddress.latest("shop")).get(0).message();
  }

  @Test
  void aChangedCatalogueIsSwappedUnderLoadAndItsMemoryComesBack() throws Exception {
    write("a", 300);
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try (ShopServer server = start(catalogue())) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int c = 0; c < 2; c++) {
        answers.add(
            clients.submit(
                () -> {
                  int answered = 0;
                  for (; !isOver.get(); answered++) {
                    // Whole, of the one or the other: never some of both.
                    assertThat(names(server.post("shop:recommend", request(20)))).hasSize(1);
                  }
                  return answered;
                }));
      }
      for (int i = 0; i < 8; i++) {
        String name = i % 2 == 0 ? "b" : "a";
        write(name, 300 + i);
        look(server);
        assertThat(names(server.post("shop:recommend", request(20)))).isEqualTo(name);
      }
      isOver.set(true);
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isPositive();
      }
      assertThat(read).hasSize(9);
      assertThat(server.metrics()).contains("mtl_server_catalogue_swaps_total{model=\"shop\"} 8");
      for (int i = 0; i < 50 && stillThere() > 1; i++) {
        System.gc();
      }
      assertThat(stillThere()).isLessThanOrEqualTo(1);
    } finally {
      isOver.set(true);
      clients.shutdownNow();
    }
  }

  private long stillThere() {
    return read.stream().filter(reference -> reference.get() != null).count();
  }

  @Test
  void whatCannotBeUsedTakesNothingAway() throws IOException {
    write("a", 5);
    try (ShopServer server = start(catalogue())) {
      replace("b0\n");
      look(server);
      look(server);
      assertThat(names(server.post("shop:recommend", request(5)))).isEqualTo("a");
      assertThat(problem(server)).contains("cannot be used").contains("A line has no price.");
      assertThat(server.metrics())
          .contains("mtl_server_catalogue_failures_total{model=\"shop\"} 1");
      replace("c0 dear\nc1 1\n");
      look(server);
      assertThat(names(server.post("shop:recommend", request(5)))).isEqualTo("a");
      Files.delete(items);
      look(server);
      assertThat(names(server.post("shop:recommend", request(5)))).isEqualTo("a");
      write("d", 5);
      look(server);
      assertThat(names(server.post("shop:recommend", request(5)))).isEqualTo("d");
      assertThat(problem(server)).isEmpty();
    }
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftAlone() throws IOException {
    write("a", 5);
    try (ShopServer server = start(catalogue())) {
      List<ServedModel> same = List.copyOf(server.server().models().served().values());
      write("b", 3);
      server.server().models().configure(same);
      write("b", 4);
      server.server().models().configure(same);
      assertThat(names(server.post("shop:recommend", request(5)))).isEqualTo("a");
      server.server().models().configure(same);
      assertThat(server.post("shop:recommend", request(5)).get("scored").number()).isEqualTo(4);
    }
  }

  @Test
  void explanationsAddUpToTheLogOdds() throws IOException {
    write("a", 30);
    Recommending explained = new Recommending(catalogue().catalogues(), Map.of(), true);
    try (ShopServer server = start(explained)) {
      Map<String, Object> asked = request(3);
      asked.put("explain", true);
      List<JsonText> best = server.post("shop:recommend", asked).get("recommendations").elements();
      assertThat(best).hasSize(3);
      // The baseline is the same for all: what is left of the log odds differs by nothing.
      List<Double> rest = new ArrayList<>();
      for (JsonText item : best) {
        double p = item.get("outputs").get("click").number();
        double sum =
            item.get("explanation").get("click").elements().stream()
                .mapToDouble(one -> one.get("value").number())
                .sum();
        rest.add(Math.log(p / (1 - p)) - sum);
      }
      assertThat(rest.get(1)).isCloseTo(rest.get(0), within(2e-3));
      assertThat(rest.get(2)).isCloseTo(rest.get(0), within(2e-3));
      asked.put("k", 21);
      assertThat(server.send("shop:recommend", asked, Map.of()).body())
          .contains("k with explain: Expected at most 20, found 21.");
    }
    try (ShopServer server = start(catalogue())) {
      Map<String, Object> asked = request(3);
      asked.put("explain", true);
      assertThat(server.send("shop:recommend", asked, Map.of()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aFusionDecidesWhereARequestDoesNotSay() throws IOException {
    write("a", 30);
    Path fusion =
        Files.writeString(
            folder.resolve("fusion.json"),
            """
            {"format": 1, "kind": "product", "weights": {"click": 0.25, "buy": 0.75}}""");
    Recommending fused = new Recommending(catalogue().catalogues(), Map.of("shop", fusion), false);
    try (ShopServer server = start(fused)) {
      Map<String, Object> asked = request(1);
      assertThat(server.post("shop:recommend", asked).get("by").text()).isEqualTo("click");
      asked.remove("by");
      JsonText reply = server.post("shop:recommend", asked);
      assertThat(reply.get("by").text()).isEqualTo("product of click, buy");
      JsonText best = reply.get("recommendations").get(0);
      double click = best.get("outputs").get("click").number();
      double buy = best.get("outputs").get("buy").number();
      assertThat(best.get("score").number())
          .isCloseTo(Math.pow(click, 0.25) * Math.pow(buy, 0.75), within(1e-6));
    }
    Files.writeString(
        fusion,
        """
        {"format": 1, "kind": "product", "weights": {"click": 0.25, "rent": 0.75}}""");
    try (ShopServer server = start(fused)) {
      assertThat(problem(server))
          .contains("fusion.json")
          .contains("The fusion is not one for this model")
          .contains("rent");
    }
  }

  /** Adds a fusion as {@code mtl export --fusion} does. */
  private static void addFusion(Path export, String fusion) throws IOException {
    Files.writeString(export.resolve(ExportFiles.FUSION), fusion);
    ModelManifest manifest = ManifestFile.read(export);
    Map<String, ModelManifest.FileSum> files = new TreeMap<>(manifest.files());
    files.put(ExportFiles.FUSION, ExportFiles.sumOf(export, ExportFiles.FUSION));
    ManifestFile.write(export, manifest.withFiles(files));
  }

  @Test
  void theFusionOfTheExportDecidesWhereNobodySays() throws IOException {
    Path own = folder.resolve("own");
    ShopServer.export(own.resolve("1"));
    addFusion(
        own.resolve("1"),
        """
        {"format": 1, "kind": "weighted_sum", "weights": {"click": 0.5, "buy": 0.5}}""");
    assertThat(ExportFiles.verify(own.resolve("1")).files()).containsKey(ExportFiles.FUSION);
    write("a", 30);
    Map<String, Object> asked = request(1);
    asked.remove("by");
    try (ShopServer server = ShopServer.start(own, with(catalogue()))) {
      JsonText reply = server.post("shop:recommend", asked);
      assertThat(reply.get("by").text()).isEqualTo("weighted_sum of click, buy");
      JsonText best = reply.get("recommendations").get(0);
      double click = best.get("outputs").get("click").number();
      double buy = best.get("outputs").get("buy").number();
      assertThat(best.get("score").number()).isCloseTo((click + buy) / 2, within(1e-6));
    }
    Path given =
        Files.writeString(
            folder.resolve("fusion.json"),
            """
            {"format": 1, "kind": "product", "weights": {"click": 0.25, "buy": 0.75}}""");
    Recommending fused = new Recommending(catalogue().catalogues(), Map.of("shop", given), false);
    try (ShopServer server = ShopServer.start(own, with(fused))) {
      assertThat(server.post("shop:recommend", asked).get("by").text())
          .isEqualTo("product of click, buy");
    }
  }
}
