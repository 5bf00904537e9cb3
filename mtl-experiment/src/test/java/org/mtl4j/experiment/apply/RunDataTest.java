package org.mtl4j.experiment.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.config.DataConfig;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.wiring.MtlServices;

/** In what format files are opened for a model that is there. */
class RunDataTest {
  @TempDir private Path folder;

  private final Datasets datasets = MtlServices.standard().datasets();

  @Test
  void candidatesAreInTheFormatOfTheRunsFiles() throws IOException {
    Path items = write("items.json", "{\"item_id\": 7}\n");
    assertThat(names("{type: jsonl, path: gone.jsonl, columns: [user_id, item_id]}", items))
        .containsExactly("item_id");
    Path tabs = write("items.txt", "item_id\tprice\n7\t1\n");
    assertThat(names("{type: tsv, path: gone.tsv}", tabs)).containsExactly("item_id", "price");
  }

  @Test
  void candidatesOfARunOnAPublicSetOrAQueryAreATable() throws IOException {
    Path items = write("items.csv", "item_id,price\n7,1\n");
    for (String source :
        List.of(
            "{type: movielens, path: gone, click_from: 3}",
            "{type: adult, path: gone}",
            "{type: sql, query: select 1 as item_id}")) {
      assertThat(names(source, items)).as(source).containsExactly("item_id", "price");
    }
  }

  private List<String> names(String source, Path items) {
    DataConfig data =
        ConfigFile.parse("source: " + source + "\n", "data.yaml").bind(DataConfig.class);
    return new RunData(datasets, Optional.of(data))
        .items(List.of(items.toString()), Set.of())
        .columns()
        .names();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
