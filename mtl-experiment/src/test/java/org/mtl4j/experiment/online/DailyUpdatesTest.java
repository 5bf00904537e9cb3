package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.data.simulator.SimulatedConfig;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.apply.Evaluation;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;

/**
 * A shop of thirty days, of which a tenth of the people and of the items are new in the last nine:
 * a model that goes on by each day's rows against the same model left as it was trained, both
 * measured on the rows of the day after. The figures of docs/results.md.
 */
@Tag("slow")
class DailyUpdatesTest {
  private static final int DAY = 86_400;
  private static final int FIRST = 21;
  private static final int LAST = 29;
  private static final List<String> COLUMNS =
      List.of("time", "user_id", "item_id", "category", "price", "hour", "position", "click");

  private static final String YAML =
      """
      name: daily
      seed: 3
      data:
        source: {type: csv, path: '%s'}
        split: {by: time, column: time, validation: 0.1}
        cache: {enabled: false}
      features:
        user_id: {type: categorical, dim: 8}
        item_id: {type: categorical, dim: 8}
        category: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
        hour: {type: categorical, dim: 4}
        position: {type: categorical, dim: 4}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [32], tower_layers: [16]}
      training:
        epochs: 3
        batch_size: 256
        threads: 1
        optimizer: {type: adam, learning_rate: 0.001}
        embedding_optimizer: {type: adagrad, learning_rate: 0.05}
      evaluation: {bootstrap: 0}
      """;

  /** Of 95 % on both sides, seven degrees of freedom. */
  private static final double STUDENT = 2.365;

  @TempDir private Path folder;

  private Map<Integer, List<String>> days() {
    Map<Integer, List<String>> days = new LinkedHashMap<>();
    SimulatedSource source = new SimulatedSource(new SimulatedConfig(500, 300, 240_000, 1, 0));
    int[] columns = COLUMNS.stream().mapToInt(source.columns()::indexOf).toArray();
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> rows = cursor.next(4096);
          rows.isPresent();
          rows = cursor.next(4096)) {
        RawBatch block = rows.get();
        for (int row = 0; row < block.rowCount(); row++) {
          int at = row;
          int day = (int) (block.number(columns[0], row) / DAY);
          days.computeIfAbsent(day, d -> new ArrayList<>())
              .add(
                  String.join(
                      ",", IntStream.of(columns).mapToObj(c -> block.text(c, at)).toList()));
        }
      }
    }
    return days;
  }

  private String file(String name, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", COLUMNS)));
    lines.addAll(rows);
    return Files.write(folder.resolve(name), lines).toString();
  }

  private static double auc(Run run, String file, Path export) {
    return new Evaluation(MtlServices.standard())
        .evaluate(
            run,
            List.of(file),
            new Evaluation.More(Optional.empty(), List.of(), Optional.of(export)))
        .report()
        .get("click/auc")
        .orElseThrow();
  }

  @Test
  void goingOnDayByDayBeatsStayingAsItWas() throws IOException {
    Map<Integer, List<String>> days = days();
    List<String> first = new ArrayList<>();
    IntStream.range(0, FIRST).forEach(day -> first.addAll(days.get(day)));
    ConfigFile yaml = ConfigFile.parse(YAML.formatted(file("first.csv", first)), "daily.yaml");
    Run run =
        Experiment.of(yaml)
            .train(TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
    Updater updater =
        new Updater(
            MtlServices.standard(),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            ExperimentListener.SILENT);
    UpdateOptions ungated = UpdateOptions.USUAL.with(UpdateOptions.Judging.USUAL.withoutGate());
    List<Double> gains = new ArrayList<>();
    for (int day = FIRST; day <= LAST; day++) {
      String rows = file("day-" + day + ".csv", days.get(day));
      if (day > FIRST) {
        gains.add(auc(run, rows, run.export()) - auc(run, rows, run.files().export(1)));
      }
      Decision decision = updater.update(run, List.of(rows), ungated).orElseThrow();
      assertThat(decision.verdict()).as(decision.toString()).isEqualTo(Verdict.ACCEPTED);
    }
    assertThat(gains).hasSize(LAST - FIRST);
    double mean = gains.stream().mapToDouble(gain -> gain).average().orElseThrow();
    double squares = gains.stream().mapToDouble(gain -> Math.pow(gain - mean, 2)).sum();
    double error = Math.sqrt(squares / (gains.size() - 1) / gains.size());
    assertThat(mean - STUDENT * error).as("%s, mean %s", gains, mean).isPositive();
  }
}
