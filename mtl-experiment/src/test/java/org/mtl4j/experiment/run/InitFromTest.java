package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedCategorical;
import org.mtl4j.core.feature.FittedNumeric;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.testkit.StateValues;
import org.mtl4j.testkit.TestSeed;

/** Runs that begin from another one. */
class InitFromTest {
  private static final String YAML =
      """
      name: begun
      data:
        source: {type: csv, path: %s}
        cache: {enabled: false}
        split: {by: random, validation: 0.2}
      features:
        user: {type: categorical, dim: 4}
        item: {type: categorical, dim: 4}
        price: {type: numeric}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [4], tower_layers: [4]}
      training: {epochs: 1, batch_size: 64, threads: 1}
      """;

  @TempDir private Path temporary;

  private final ExperimentService service = MtlServices.standard();
  private final List<String> notes = new ArrayList<>();
  private Path shop;
  private Path market;

  /** The market has half of the shop's items, and as many that are new; one kind is all new. */
  @BeforeEach
  void writeData() throws IOException {
    Random random = TestSeed.random();
    shop = log("shop.csv", random, 0, 3);
    market = log("market.csv", random, 20, 50);
  }

  private Path log(String name, Random random, int firstItem, int price) throws IOException {
    List<String> lines = new ArrayList<>(List.of("user,item,kind,maker,price,click"));
    for (int row = 0; row < 400; row++) {
      int item = firstItem + random.nextInt(40);
      lines.add(
          "u%d,i%d,k%d,m%d,%s,%d"
              .formatted(
                  random.nextInt(20) + firstItem,
                  item,
                  item == 59 ? 9 : item % 3,
                  item % 5,
                  price + random.nextFloat(),
                  row % 2));
    }
    return Files.write(temporary.resolve(name), lines);
  }

  private RunFiles train(String name, Path data, Map<String, String> overrides) {
    return train(name, data, overrides, false);
  }

  private RunFiles train(String name, Path data, Map<String, String> overrides, boolean resume) {
    ConfigFile file = ConfigFile.parse(YAML.formatted(data), "begun.yaml");
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      file = file.withOverride(override.getKey(), override.getValue());
    }
    notes.clear();
    ExperimentListener listener =
        new ExperimentListener() {
          @Override
          public void onNote(String note) {
            notes.add(note);
          }
        };
    TrainOptions options = new TrainOptions(temporary.resolve(name), resume);
    Run run = service.train(service.read(file), options, listener);
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
    return run.files();
  }

  private Map<String, String> from(String more) {
    // Nothing moves, so that what was taken over stands in the checkpoint.
    Map<String, String> still = new LinkedHashMap<>();
    still.put("training.init_from", "{run: '" + temporary.resolve("source") + "'" + more + "}");
    still.put("training.optimizer", "{type: sgd, learning_rate: 1.0e-30}");
    still.put("training.embedding_optimizer", "{type: sgd, learning_rate: 1.0e-30}");
    return still;
  }

  private static Map<String, double[]> values(RunFiles files) {
    CheckpointStore store = new CheckpointStore(files.checkpoints());
    return StateValues.of(store.latest().orElseThrow());
  }

  private static FittedCategorical item(RunFiles files) {
    return (FittedCategorical) RunTransforms.read(files).pipeline().features().get(1);
  }

  private static double[] row(double[] table, int id) {
    return Arrays.copyOfRange(table, 4 * id, 4 * id + 4);
  }

  @Test
  void rowsGoByTokenAndTheRunGoesOnWithoutTheOther() throws IOException {
    RunFiles source = train("source", shop, Map.of());
    RunFiles run = train("run", market, from(""));
    double[] there = values(source).get("embedding/item");
    double[] here = values(run).get("embedding/item");
    int same = 0;
    for (String token : item(run).vocabulary().orElseThrow().tokens()) {
      int id = item(source).id(token);
      if (id > 1) {
        assertThat(row(here, item(run).id(token))).as(token).isEqualTo(row(there, id));
        same++;
      }
    }
    assertThat(same).isBetween(10, 20);
    assertThat(values(run).get("head_click/logit/kernel"))
        .isEqualTo(values(source).get("head_click/logit/kernel"));
    assertThat(notes.get(0)).startsWith("begins from " + temporary.resolve("source") + ", step ");
    assertThat(notes.get(1))
        .isEqualTo(
            "  embedding/item: %d of %d rows, out of %d"
                .formatted(same + 2, item(run).tableSize(), item(source).tableSize()));
    assertThat(Files.readString(run.report())).contains("Transfer", "embedding/item");
    assertThat(Files.readString(run.provenance())).contains("init_from_checkpoint_sha256");
    Folders.delete(source.folder());
    Map<String, String> longer = from("");
    longer.put("training.epochs", "2");
    assertThat(train("run", market, longer, true).latestExport()).hasValue(2);
    assertThat(notes).isEmpty();
  }

  @Test
  void keptTransformsAreTheOtherRunsAndRefittedOnesAreNot() {
    RunFiles source = train("source", shop, Map.of());
    FeaturePipeline there = RunTransforms.read(source).pipeline();
    RunFiles kept = train("kept", market, from(", transforms: keep"));
    assertThat(RunTransforms.read(kept).pipeline().features()).isEqualTo(there.features());
    assertThat(Transferred.read(kept).kept()).containsExactly("user", "item", "price");
    assertThat(Transferred.read(kept).report().tables()).allMatch(table -> table.isWhole());
    FeaturePipeline here = RunTransforms.read(train("new", market, from(""))).pipeline();
    assertThat(((FittedNumeric) here.features().get(2)).shift()).isGreaterThan(40);
    Map<String, String> wider = from(", transforms: keep");
    wider.put("features.user.dim", "8");
    assertThatThrownBy(() -> train("wider", market, wider))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("the feature is another one: expected dim 4, found 8.");
  }

  @Test
  void aNewItemStartsFromTheMeanOfThoseLikeIt() throws IOException {
    RunFiles source = train("source", shop, Map.of());
    RunFiles run = train("run", market, from(", similar: {item: [kind, maker]}"));
    double[] there = values(source).get("embedding/item");
    double[] here = values(run).get("embedding/item");
    List<String> tokens = item(run).vocabulary().orElseThrow().tokens();
    int checked = 0;
    for (String token : tokens) {
      int number = Integer.parseInt(token.substring(1));
      if (number >= 40 && number < 59) {
        double[] mean = mean(source, there, tokens, number, 15);
        if (mean == null) {
          mean = mean(source, there, tokens, number, 3);
        }
        for (int k = 0; k < 4; k++) {
          assertThat(row(here, item(run).id(token))[k]).as(token).isCloseTo(mean[k], near());
        }
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(10);
    assertThat(Transferred.read(run).report().similar().get(0).rows()).hasSize(2);
  }

  private static Offset<Double> near() {
    return Offset.offset(1e-6);
  }

  /** Items are alike if their numbers are so modulo 3 (kind) and 5 (maker), or 3 alone. */
  private static double[] mean(
      RunFiles source, double[] there, List<String> tokens, int number, int modulo) {
    List<double[]> rows =
        tokens.stream()
            .filter(token -> item(source).id(token) > 1)
            .filter(token -> Integer.parseInt(token.substring(1)) % modulo == number % modulo)
            .map(token -> row(there, item(source).id(token)))
            .toList();
    double[] mean = new double[4];
    for (int k = 0; k < 4; k++) {
      int at = k;
      mean[k] = rows.stream().mapToDouble(row -> row[at]).average().orElse(Double.NaN);
    }
    return rows.isEmpty() ? null : mean;
  }

  @Test
  void whatCannotBeBegunFromSaysSo() throws IOException {
    assertThatThrownBy(() -> train("run", market, from("")))
        .hasMessageContaining("Expected a run with the file experiment.yaml, found none.");
    RunFiles source = train("source", shop, Map.of());
    Map<String, String> other = from("");
    other.put(
        "features",
        "{who: {type: categorical, column: user, dim: 3}, what: {type: numeric, column: price}}");
    other.put("tasks", "{other: {type: binary, label: click}}");
    other.put("model", "{type: single_task, layers: [3]}");
    assertThatThrownBy(() -> train("run", market, other))
        .hasMessageContaining("Expected a run that this model has something in common with")
        .hasMessageContaining("embedding/item [")
        .hasMessageContaining("embedding/who [");
    assertThat(temporary.resolve("run")).doesNotExist();
    Map<String, String> wrong = from(", similar: {price: [kind]}");
    assertThatThrownBy(() -> train("run", market, wrong))
        .hasMessageContaining("Expected the name of a categorical feature with a vocabulary");
    assertThatThrownBy(() -> train("run", market, from(", similar: {item: [knid]}")))
        .hasMessageContaining("training.init_from.similar.item")
        .hasMessageContaining("knid");
    Files.delete(source.report());
    assertThatThrownBy(() -> train("run", market, from("")))
        .hasMessageContaining("The run is not finished");
  }

  /** Real rates here, so that whatever is not frozen moves. */
  @Test
  void whatIsTakenOverAndFrozenKeepsItsBytesAndMovesOnceThawed() throws IOException {
    RunFiles source = train("source", shop, Map.of());
    Map<String, String> frozen = new LinkedHashMap<>();
    frozen.put(
        "training.init_from", "{run: '" + temporary.resolve("source") + "', transforms: keep}");
    frozen.put("training.groups", "[{match: ['embedding/*'], freeze: true, thaw_after: 1}]");
    RunFiles run = train("run", shop, frozen);
    assertThat(values(run).get("embedding/item")).isEqualTo(values(source).get("embedding/item"));
    assertThat(values(run).get("head_click/logit/kernel"))
        .isNotEqualTo(values(source).get("head_click/logit/kernel"));
    frozen.put("training.epochs", "2");
    train("run", shop, frozen, true);
    assertThat(values(run).get("embedding/item"))
        .isNotEqualTo(values(source).get("embedding/item"));
  }
}
