package org.mtl4j.experiment.apply;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.Pseudonyms;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.mtl4j.experiment.wiring.MtlServices;
import org.mtl4j.serving.model.MtlModel;

/** A run on pseudonyms: no id is stored anywhere, and requests with ids get their predictions. */
class HashIdsTest {
  /** A variable that every process has, as its value makes no salt that anybody uses. */
  private static final String SALT = "${env:PATH}";

  private static final String USER = "shopper-";

  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void write() throws IOException {
    List<String> lines = new ArrayList<>(List.of("user_id,item_id,price,click"));
    for (int row = 0; row < 1_200; row++) {
      int user = row % 20;
      lines.add(USER + user + ",i" + row % 7 + "," + row % 11 + "," + (user < 8 ? 1 : 0));
    }
    log = Files.write(folder.resolve("log.csv"), lines);
  }

  private Run train(String salt, String columns) {
    String yaml =
        """
        name: pseudonyms
        data:
          source: {type: csv, path: %s}
          hash_ids: {salt: "%s", columns: %s}
          cache: {dir: %s}
        features:
          user_id: {type: categorical, dim: 4, group: user}
          item_id: {type: categorical, dim: 4, group: item}
          price: {type: numeric, group: item}
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        training: {epochs: 5, batch_size: 64, optimizer: {type: adam, learning_rate: 0.01}}
        evaluation: {group_by: user_id}
        lint: {allow: [CONTRADICTORY_ATTRIBUTES, SPLIT_OVERLAP, LABEL_AS_FEATURE]}
        """
            .formatted(log, salt, columns, folder.resolve("cache"));
    return Experiment.of(ConfigFile.parse(yaml, "shop.yaml"))
        .train(TrainOptions.into(folder.resolve("run")), ExperimentListener.SILENT);
  }

  private static Datasets datasets() {
    return MtlServices.standard().datasets();
  }

  @Test
  void noFileHasAnIdAndEveryRequestItsPrediction() throws IOException {
    Run run = train(SALT, "[user_id]");
    String secret = System.getenv("PATH");
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all =
          files.filter(file -> Files.isRegularFile(file) && !file.equals(log)).toList();
      assertThat(all).hasSizeGreaterThan(8);
      for (Path file : all) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .as("%s", file)
            .doesNotContain(USER, secret);
      }
    }
    Pseudonyms pseudonyms = new Pseudonyms(secret, List.of("user_id"));
    Path items = Files.writeString(folder.resolve("items.csv"), "item_id,price\ni1,2\ni2,9\n");
    ServedModel served = ServedModel.of(run, MtlServices.standard());
    var ranked =
        new Candidates(served)
            .rank(Map.of("user_id", USER + 3), List.of(items.toString()), Optional.empty(), 2);
    try (MtlModel model = MtlModel.load(served.folder())) {
      for (var best : ranked.recommendations()) {
        Map<String, Object> row =
            Map.of(
                "user_id",
                pseudonyms.of(USER + 3),
                "item_id",
                best.item().get("item_id"),
                "price",
                best.item().get("item_id").equals("i1") ? 2 : 9);
        double direct = model.predict(List.of(row)).get(0).get("click")[0];
        assertThat(best.scores().get("click")).isCloseTo(direct, within(1e-6));
        assertThat(direct).isGreaterThan(0.5); // A known user, who clicks.
      }
    }
    assertThat(ranked.recommendations()).hasSize(2);
    assertThat(ServedModel.of(run.export(), datasets()).pseudonymsExpected())
        .containsExactly(
            "user_id: the model knows pseudonyms in place of ids, and takes what is given for them;"
                + " --run RUN makes them of ids");
  }

  @Test
  void anotherSaltThanThatOfTrainingIsRefused() throws IOException {
    Run run = train(SALT, "[user_id]");
    Path file = folder.resolve("run/experiment.yaml");
    Files.writeString(file, Files.readString(file).replace(SALT, SALT + "x"));
    assertThatThrownBy(() -> ServedModel.of(run, MtlServices.standard()))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining(
            "data.hash_ids.salt: Expected the salt that the model was trained with, found another one.");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> train("a salt that is written down", "[user_id]"))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("Expected a variable of the environment, found the salt itself")
        .hasMessageNotContaining("written down\"");
    assertThatThrownBy(() -> train(SALT, "[price]"))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("Expected a column of numbers or lists, found one of data.hash_ids");
    assertThatThrownBy(() -> train(SALT, "[usr_id]"))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("data.hash_ids.columns")
        .hasMessageContaining("usr_id")
        .hasMessageContaining("user_id");
  }
}
