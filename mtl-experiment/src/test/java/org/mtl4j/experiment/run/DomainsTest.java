package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.apply.PredictionFile;
import org.mtl4j.experiment.apply.ServedModel;
import org.mtl4j.experiment.wiring.MtlServices;

/** Two domains of different columns, a task in each, from their files to predictions. */
class DomainsTest {
  private static final String YAML =
      """
      name: domains
      seed: 5
      data:
        source:
          type: union
          sources:
            us: {type: csv, path: DIR/us.csv}
            de: {type: jsonl, path: DIR/de.jsonl}
      features:
        domain: {type: categorical, dim: 2}
        user: {type: categorical, dim: 4, hash_buckets: 16}
        price: {type: numeric}
        stadt: {type: categorical, dim: 2}
      tasks:
        click_us: {type: binary, label: click, where: "domain == 'us'"}
        click_de: {type: binary, label: click, where: "domain == 'de'"}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 2, batch_size: 64, threads: 1}
      """;

  private static final List<String> CITIES = List.of("Köln", "Bonn", "Ulm");

  @TempDir private Path folder;

  private final ExperimentService service = MtlServices.standard();
  private final List<String> german = new ArrayList<>();

  @BeforeEach
  void writeFiles() throws IOException {
    Random random = new Random(7);
    List<String> us = new ArrayList<>(List.of("nr,user,price,click"));
    List<String> de = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double price = random.nextInt(100) / 4.0;
      int click = price + random.nextInt(20) > 20 ? 1 : 0;
      us.add(String.format(Locale.ROOT, "%d,u%d,%.2f,%d", i, random.nextInt(30), price, click));
    }
    for (int i = 0; i < 400; i++) {
      String city = CITIES.get(random.nextInt(3));
      int click = (city.equals("Ulm") ? 1 : 0) ^ (random.nextInt(4) == 0 ? 1 : 0);
      String user = "d" + random.nextInt(30);
      de.add(
          "{\"nr\": %d, \"user\": \"%s\", \"stadt\": \"%s\", \"click\": %d}"
              .formatted(i, user, city, click));
      german.add("de,%s,,%s".formatted(user, city));
    }
    Files.write(folder.resolve("us.csv"), us);
    Files.write(folder.resolve("de.jsonl"), de);
  }

  @Test
  void eachDomainHasItsTaskFromTrainingToPredictions() throws IOException {
    Run run = train("run", false, ExperimentListener.SILENT);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);

    MetricReport american = evaluated(run, "us=" + folder.resolve("us.csv"));
    assertThat(american.get("click_us/auc")).isPresent();
    assertThat(american.get("click_de/auc")).isEmpty();
    MetricReport both =
        evaluated(run, "us=" + folder.resolve("us.csv"), "de=" + folder.resolve("de.jsonl"));
    assertThat(both.get("click_us/auc")).isEqualTo(american.get("click_us/auc"));
    assertThat(both.get("click_de/auc").orElseThrow()).isGreaterThan(.6);

    Path table = folder.resolve("table.csv");
    List<String> lines = new ArrayList<>(List.of("domain,user,price,stadt"));
    lines.addAll(german);
    Files.write(table, lines);
    assertThat(predicted(run, "de=" + folder.resolve("de.jsonl")))
        .hasSize(401)
        .isEqualTo(predicted(run, table.toString()));
  }

  private Run train(String name, boolean resume, ExperimentListener listener) {
    ConfigFile file = ConfigFile.parse(YAML.replace("DIR", folder.toString()), "domains.yaml");
    ExperimentPlan plan = service.read(file);
    return service.train(plan, new TrainOptions(folder.resolve(name), resume), listener);
  }

  private MetricReport evaluated(Run run, String... files) {
    return new Evaluation(service).evaluate(run, List.of(files)).report();
  }

  private List<String> predicted(Run run, String... files) throws IOException {
    Path output = Files.createTempFile(folder, "p", ".csv");
    Files.delete(output);
    new PredictionFile(ServedModel.of(run, service.datasets()), List.of())
        .write(List.of(files), output);
    return Files.readAllLines(output);
  }
}
