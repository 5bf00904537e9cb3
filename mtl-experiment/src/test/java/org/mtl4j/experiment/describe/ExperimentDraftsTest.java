package org.mtl4j.experiment.describe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;

/** Starting experiments of tables with what real ones have: ids, times, leaks, odd names. */
class ExperimentDraftsTest {
  // What is learnt well enough depends on the rows: always the same ones.
  private static final long DATA_SEED = 1;
  private static final int ROWS = 3_000;

  @TempDir Path folder;

  private String draft(Path file) {
    Map<String, Object> source = new LinkedHashMap<>();
    source.put("type", "csv");
    source.put("path", file.toString());
    return new ExperimentDrafts(MtlServices.standard())
        .draft(
            "shop",
            source,
            TableSummary.of(new CsvSource(CsvConfig.of(file.toString()))),
            ExperimentListener.SILENT);
  }

  private Path table() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> lines =
        new ArrayList<>(List.of("row,user_id,item id,price,shop,paid,clicked_at,click,rating"));
    for (int row = 0; row < ROWS; row++) {
      int user = random.nextInt(100);
      double price = random.nextDouble() * 10;
      boolean click = random.nextDouble() < (user % 2 == 0 ? 0.7 : 0.1);
      lines.add(
          String.format(
              Locale.ROOT,
              "r%d,u%d,i%d,%.2f,here,%s,%d,%d,%d",
              row,
              user,
              random.nextInt(50),
              price,
              click ? "9.5" : "0",
              1_700_000_000L + 60L * row,
              click ? 1 : 0,
              1 + random.nextInt(5)));
    }
    return Files.write(folder.resolve("log.csv"), lines);
  }

  @Test
  void whatIsDraftedTrainsAsItStands() throws IOException {
    String yaml = draft(table());
    assertThat(yaml)
        .contains(
            "split: {by: time, column: clicked_at, validation: 0.1, test: 0.2}",
            "  user_id: {type: categorical, dim: 16, min_count: 2, group: user}",
            "  item_id: {type: categorical, dim: 16, min_count: 2, column: \"item id\"}",
            "  price: {type: numeric}",
            "  click: {type: binary, label: click}",
            "  rating: {type: regression, label: rating}",
            "model: {type: mmoe, ")
        .contains("  clicked_at: {type: datetime}")
        .doesNotContain("  row:", "  shop:", "  paid:");
    assertThat(yaml)
        .contains("# Left out: paid. The column \"paid\" alone tells the label of task \"click\"");
    Run run =
        Experiment.of(ConfigFile.parse(yaml, "drafted"))
            .train(TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
    assertThat(run.metric("test", "click", "auc")).isGreaterThan(0.7);
  }

  @Test
  void twoTextsAreALabelAndTheRarerOneIsPositive() throws IOException {
    List<String> lines = new ArrayList<>(List.of("size,kind,outcome"));
    for (int row = 0; row < 400; row++) {
      lines.add(row % 37 + "," + (row % 3 == 0 ? "a" : "b") + "," + (row % 4 == 0 ? "yes" : "no"));
    }
    String yaml = draft(Files.write(folder.resolve("small.csv"), lines));
    assertThat(yaml)
        .contains(
            "  outcome: {type: binary, label: outcome, positive: [\"yes\"]}",
            "  size: {type: numeric}",
            "  kind: {type: categorical, dim: 4}",
            "split: {by: random, ");
  }

  /** Genres and words that tell what is liked, and days on which people are awake. */
  @Test
  void listsTextsAndTimesBecomeFeaturesAndTrain() throws IOException {
    Random random = new Random(DATA_SEED);
    List<String> genres = List.of("Drama", "Comedy", "War", "Action", "Crime", "Film-Noir");
    List<String> words = List.of("the", "a", "night", "day", "of", "love", "war", "in", "city");
    List<String> lines =
        new ArrayList<>(List.of("genres,tags,title,family,born,seen_ms,seen,clicked"));
    for (int row = 0; row < ROWS; row++) {
      List<String> own = genres.stream().filter(genre -> random.nextInt(3) == 0).toList();
      StringBuilder title = new StringBuilder("Film " + row);
      for (int i = 0; i < 4; i++) {
        title.append(' ').append(words.get(random.nextInt(words.size())));
      }
      boolean click = random.nextDouble() < (own.contains("War") ? .8 : .2);
      lines.add(
          "%s,%s,%s,%s,%d-0%d-1%d,%d,2024-0%d-1%dT%d:30:00Z,%d"
              .formatted(
                  String.join("|", own),
                  own.isEmpty() ? "none" : "t" + own.size() + ";" + String.join(" ; ", own),
                  title,
                  "Smith | " + random.nextInt(3),
                  1950 + random.nextInt(50),
                  1 + random.nextInt(9),
                  random.nextInt(10),
                  1_700_000_000_000L + 3_600_000L * row,
                  1 + random.nextInt(9),
                  random.nextInt(10),
                  10 + random.nextInt(10),
                  click ? 1 : 0));
    }
    String yaml = draft(Files.write(folder.resolve("films.csv"), lines));
    assertThat(yaml)
        .contains(
            "  genres: {type: multi_categorical, dim: 8, min_count: 2}",
            "  tags: {type: multi_categorical, separator: \";\", dim: 8, min_count: 2}",
            "  title: {type: text, dim: 16, min_count: 2}",
            "  family: {type: categorical, dim: 4}",
            "  born: {type: datetime, parts: [weekday]}",
            "  seen_ms: {type: datetime, unit: milliseconds}",
            "  seen: {type: datetime}");
    Run run =
        Experiment.of(ConfigFile.parse(yaml, "drafted"))
            .train(TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
    assertThat(run.metric("test", "clicked", "auc")).isGreaterThan(0.7);
  }

  @Test
  void aTableWithNothingToLearnFromIsRefused() throws IOException {
    List<String> lines = new ArrayList<>(List.of("row,click"));
    for (int row = 0; row < 400; row++) {
      lines.add("r" + row + "," + row % 2);
    }
    Path file = Files.write(folder.resolve("bare.csv"), lines);
    assertThatThrownBy(() -> draft(file))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("Expected columns that a label can be learnt from, found none.");
  }
}
