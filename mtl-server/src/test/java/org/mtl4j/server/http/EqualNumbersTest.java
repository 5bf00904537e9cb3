package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.wiring.ModelServer;
import org.mtl4j.server.wiring.ServerSettings;
import org.mtl4j.serving.model.MtlModel;
import org.mtl4j.testkit.SmallExport;
import org.mtl4j.testkit.TestSeed;

/**
 * The same rows by every way to a number: the trainer's own graph, {@code mtl predict}'s file,
 * {@link MtlModel}, REST by rows and by columns, gRPC, and {@code :recommend}. Rows have missing
 * values, values that no vocabulary has, lists and other scripts.
 */
class EqualNumbersTest {
  private static final List<String> OUTPUTS = List.of("click", "rating");
  private static final int ITEMS_A_USER = 100;
  private static final List<String> CITIES = List.of("Zürich", "東京", "São Paulo", "Łódź", "Oslo");
  private static final List<String> USER = List.of("user", "city", "age");
  private static final List<String> ITEM = List.of("item", "price", "tags", "past", "title");

  @TempDir private Path folder;

  private final Random random = TestSeed.random();

  /** A user's columns; {@code more} values are of no training row. */
  private Map<String, Object> user(int more) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("user", text("u", 60 + more));
    row.put("city", random.nextInt(10) == 0 ? "" : CITIES.get(random.nextInt(CITIES.size())));
    row.put("age", number(18 + random.nextInt(60)));
    return row;
  }

  private Map<String, Object> item(int more) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("item", text("é", 40 + more));
    row.put("price", number(random.nextInt(10_000) / 100.0));
    row.put("tags", list("|", 12 + more));
    row.put("past", list(" ", 20 + more));
    row.put("title", text("Grüße 東京 ", 8 + more));
    return row;
  }

  private String text(String prefix, int values) {
    return random.nextInt(10) == 0 ? "" : prefix + random.nextInt(values);
  }

  private Object number(double value) {
    return random.nextInt(10) == 0 ? Double.NaN : value;
  }

  private String list(String separator, int values) {
    return random
        .ints(random.nextInt(5), 0, values)
        .mapToObj(i -> "t" + i)
        .collect(Collectors.joining(separator));
  }

  /** Rows of users with as many items each. */
  private List<Map<String, Object>> rows(int users, int more) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int u = 0; u < users; u++) {
      Map<String, Object> user = user(more);
      for (int i = 0; i < ITEMS_A_USER; i++) {
        Map<String, Object> row = new LinkedHashMap<>(user);
        row.putAll(item(more));
        rows.add(row);
      }
    }
    return rows;
  }

  private Path csv(String name, List<Map<String, Object>> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", rows.get(0).keySet()) + ",click,rating");
    for (Map<String, Object> row : rows) {
      String values =
          row.values().stream()
              .map(value -> value instanceof Double d && d.isNaN() ? "" : String.valueOf(value))
              .collect(Collectors.joining(","));
      int click = row.get("item").hashCode() % 3 == 0 ? 1 : random.nextInt(2);
      lines.add(values + "," + click + "," + (1 + random.nextInt(5)));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Run train(Path rows, Path test) throws IOException {
    Path yaml = folder.resolve("shop.yaml");
    Files.writeString(
        yaml,
        """
        name: shop
        seed: 3
        data:
          source: {type: csv}
          cache: {enabled: false}
          split: {by: files, train: %s, validation: 0.2, test: %s}
        features:
          user: {type: categorical, dim: 4, group: user}
          city: {type: categorical, dim: 3, group: user}
          age: {type: numeric, group: user}
          item: {type: categorical, dim: 4, group: item, hash_buckets: 97}
          price: {type: numeric, transform: log1p, group: item}
          tags: {type: multi_categorical, dim: 4, group: item}
          past: {type: sequence, dim: 4, group: item}
          title: {type: text, dim: 4, group: item}
        tasks:
          click: {type: binary, label: click}
          rating: {type: regression, label: rating}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training: {epochs: 1, batch_size: 128, threads: 1}
        """
            .formatted(rows, test));
    return Experiment.load(yaml)
        .train(TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
  }

  private static Map<String, float[]> trainers(ExperimentService service, Run run) {
    return service.withMaterial(
        run,
        ExperimentListener.SILENT,
        material -> {
          try (var session = material.best()) {
            return session.predict(material.rows(Split.TEST).orElseThrow()).values();
          }
        });
  }

  /** What {@code mtl predict} writes. */
  private Map<String, float[]> predicted(ExperimentService service, Run run, Path rows)
      throws IOException {
    Path file = folder.resolve("predicted.csv");
    PredictionFile predictions =
        new PredictionFile(org.mtl4j.experiment.apply.ServedModel.of(run, service), List.of());
    predictions.write(List.of(rows.toString()), file);
    List<String> lines = Files.readAllLines(file);
    Map<String, float[]> found = new LinkedHashMap<>();
    for (String output : OUTPUTS) {
      int column = predictions.header().indexOf(output);
      float[] values = new float[lines.size() - 1];
      for (int r = 0; r < values.length; r++) {
        values[r] = Float.parseFloat(Arrays.asList(lines.get(r + 1).split(",", -1)).get(column));
      }
      found.put(output, values);
    }
    return found;
  }

  private void compare(int users) throws IOException {
    Path train = csv("train.csv", rows(5, 0));
    List<Map<String, Object>> rows = rows(users, 10);
    Path test = csv("test.csv", rows);
    Run run = train(train, test);
    ExperimentService service = MtlServices.standard();
    Map<String, Map<String, float[]>> ways = new LinkedHashMap<>();
    ways.put("trainer", trainers(service, run));
    ways.put("predict", predicted(service, run, test));
    try (MtlModel model = MtlModel.load(run.export())) {
      ways.put("MtlModel", model.predict(SmallExport.batch(rows)).values());
    }
    askServer(run, rows, ways);
    System.out.printf("%,d rows, largest differences: %s%n", rows.size(), pairs(ways));
  }

  private static void askServer(
      Run run, List<Map<String, Object>> rows, Map<String, Map<String, float[]>> ways)
      throws IOException {
    ServerSettings usual =
        ServerSettings.of(List.of(ServedModel.latest("shop", run.export().getParent())));
    ServerOptions network = usual.network();
    try (ModelServer server =
        ModelServer.start(
            new ServerSettings(
                usual.models(),
                new ServerOptions(
                    new ServerOptions.Address("127.0.0.1", 0, 0),
                    network.limits(),
                    network.timeout(),
                    network.shutdown(),
                    Optional.empty()),
                usual.compute(),
                usual.polling(),
                usual.operating()))) {
      ServedRows served = new ServedRows(server, "shop", OUTPUTS);
      ways.put("REST rows", served.byRows(rows));
      ways.put("REST columns", served.byColumns(rows));
      ways.put("gRPC", served.byGrpc(rows));
      ways.put("recommend", served.byRecommend(rows, USER, ITEM, ITEMS_A_USER));
    }
  }

  /** The largest difference of each pair, of which none is beyond the design's tolerance. */
  private static String pairs(Map<String, Map<String, float[]>> ways) {
    List<String> names = List.copyOf(ways.keySet());
    List<String> said = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        String pair = names.get(i) + " and " + names.get(j);
        said.add(pair + " " + largest(pair, ways.get(names.get(i)), ways.get(names.get(j))));
      }
    }
    return String.join("; ", said);
  }

  private static double largest(String pair, Map<String, float[]> a, Map<String, float[]> b) {
    List<Double> differences = new ArrayList<>();
    for (String output : OUTPUTS) {
      float[] expected = a.get(output);
      float[] found = b.get(output);
      assertThat(found).as("%s: %s", pair, output).hasSameSizeAs(expected);
      for (int r = 0; r < found.length; r++) {
        double difference = Math.abs((double) found[r] - expected[r]);
        // Not a number is no difference, and so must not pass.
        if (!(difference <= 1e-6 + 1e-5 * Math.abs(expected[r]))) {
          throw new AssertionError(
              "%s: %s of row %d: %s and %s; test seed %d"
                  .formatted(pair, output, r, expected[r], found[r], TestSeed.value()));
        }
        differences.add(difference);
      }
    }
    return Collections.max(differences);
  }

  @Test
  void threeHundredRowsHaveTheSameNumbersByEveryWay() throws IOException {
    compare(3);
  }

  @Test
  @Tag("slow")
  void tenThousandRowsHaveTheSameNumbersByEveryWay() throws IOException {
    compare(100);
  }
}
