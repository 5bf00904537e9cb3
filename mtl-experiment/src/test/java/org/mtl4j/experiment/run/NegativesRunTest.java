package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.TestSeed;

/** A log of purchases alone: who bought what, of two kinds of people and of things. */
class NegativesRunTest {
  private static final int USERS = 100;
  private static final int ITEMS = 200;

  private static final int ROWS = 5_000;

  @TempDir Path folder;

  private final ExperimentService service = MtlServices.standard();

  /** Even users buy even items, odd ones odd items, but for one purchase in ten. */
  private ConfigFile experiment() throws IOException {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    List<String> lines = new ArrayList<>(List.of("user_id,item_id,half,side,ts,stars"));
    for (int i = 0; i < ROWS; i++) {
      int user = random.nextInt(USERS);
      int side = random.nextInt(10) == 0 ? 1 - user % 2 : user % 2;
      int item = 2 * random.nextInt(ITEMS / 2) + side;
      int stars = 1 + item % 5;
      lines.add("%d,%d,h%d,s%d,%d,%d".formatted(user, item, item % 2, user % 2, i, stars));
    }
    return ConfigFile.parse(
        """
        name: purchases
        seed: 3
        data:
          source: {type: csv, path: %s}
          negatives: {per_positive: 2, user: user_id, item: item_id}
          split: {by: leave_last_out, group: user_id, time: ts}
        features:
          side: {type: categorical, dim: 2, group: user}
          half: {type: categorical, dim: 2, group: item}
        tasks:
          buy: {type: binary, label: "1"}
          stars: {type: regression, label: stars}
        model: {type: shared_bottom, bottom_layers: [16], tower_layers: [8]}
        training:
          epochs: 4
          batch_size: 128
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
            .formatted(Files.write(folder.resolve("log.csv"), lines)),
        "purchases.yaml");
  }

  @Test
  void whatPeopleLikeIsLearntFromPurchasesAlone() throws IOException {
    TrainOptions options = TrainOptions.into(folder.resolve("run"));
    Run run = Experiment.of(experiment()).train(options, ExperimentListener.SILENT);
    // Purchases are of one's own half with .9, drawn items with about .4 as that half's other part
    // is
    // one's own: at best .9 * .6 + (.9 * .4 + .1 * .6) / 2 = .75. Without learning it is .5.
    assertThat(run.metric("test", "buy", "auc"))
        .as("seed %d", TestSeed.value())
        .isBetween(0.7, 0.8);
  }

  @Test
  void itemsComeWithTheColumnsOfTheirFeatures() throws IOException {
    ExperimentPlan plan = service.read(experiment());
    Map<String, Set<String>> has = new HashMap<>();
    List<String[]> drawn = new ArrayList<>();
    for (Split split : Split.values()) {
      service
          .datasets()
          .splits(plan)
          .forEach(
              split,
              64,
              rows -> {
                for (int row = 0; row < rows.rowCount(); row++) {
                  String[] cells = new String[6];
                  for (int c = 0; c < cells.length; c++) {
                    cells[c] = rows.text(c, row);
                  }
                  if (rows.drawn().orElseThrow().rows()[row]) {
                    drawn.add(cells);
                  } else {
                    has.computeIfAbsent(cells[0], u -> new HashSet<>()).add(cells[1]);
                  }
                }
              });
    }
    assertThat(drawn).hasSize(2 * ROWS);
    for (String[] cells : drawn) {
      assertThat(has.get(cells[0])).doesNotContain(cells[1]);
      assertThat(cells[2]).isEqualTo("h" + Integer.parseInt(cells[1]) % 2);
      assertThat(cells[3]).isEqualTo("s" + Integer.parseInt(cells[0]) % 2);
      assertThat(cells[5]).isNull();
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    assertRefused(
        experiment().withOverride("data.negatives.tasks", "[stars]"),
        "data.negatives.tasks (--set data.negatives.tasks): Expected the name of a binary task,"
            + " found \"stars\". Known: buy.");
    assertRefused(
        experiment().withOverride("data.down_sampling", "{task: buy, keep: 0.5}"),
        "data.down_sampling (--set data.down_sampling): Expected none beside negatives, which are"
            + " as many as per_positive says, found one of keep 0.5.");
  }

  private void assertRefused(ConfigFile file, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> service.read(file)))
        .hasMessage(message);
  }
}
