package org.mtl4j.experiment.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.MtlException;
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

  @Test
  void filesOfDomainsAreReadAsThoseOfTheRun() throws IOException {
    Path us = write("us.tsv", "price\tclick\n3\t1\n");
    Path de = write("de.jsonl", "{\"preis\": 4, \"click\": 0}\n{\"preis\": 5, \"click\": 1}\n");
    Set<String> wanted = Set.of("price", "preis", "click", "domain");
    BatchSource both = domains(wanted, "de=" + de, "us=" + us);
    assertThat(both.columns().names()).containsExactly("domain", "price", "click", "preis");
    assertThat(rows(both))
        .containsExactly(
            Arrays.asList("us", "3", "1", null),
            Arrays.asList("de", null, "0", "4"),
            Arrays.asList("de", null, "1", "5"));
    BatchSource one = domains(wanted, "de=" + de);
    assertThat(one.columns().names()).containsExactly("domain", "preis", "click", "price");
    assertThat(rows(one)).element(0).isEqualTo(Arrays.asList("de", "4", "0", null));
    assertThat(one.warnings())
        .containsExactly("None of the domains given has \"price\": missing in every row.");
    Path queried = write("sql.csv", "x\n1\n");
    assertThat(domains(Set.of(), "sql=" + queried).columns().names())
        .containsExactly("domain", "x");
  }

  @Test
  void filesWithoutADomainAreATableOfAll() throws IOException {
    Path table = write("a=b.csv", "domain,price\nus,3\n");
    assertThat(rows(domains(Set.of("price"), table.toString())))
        .containsExactly(List.of("us", "3"));
  }

  @Test
  void domainsThatAreNoneAndFilesOfBothKindsAreRefused() throws IOException {
    Path us = write("us.tsv", "price\n3\n");
    assertThat(catchThrowableOfType(MtlException.class, () -> domains(Set.of(), "uk=a.csv")))
        .hasMessage("uk=a.csv: There is no domain \"uk\". Did you mean \"us\"?");
    assertThat(
            catchThrowableOfType(
                MtlException.class, () -> domains(Set.of(), "us=" + us, "other.csv")))
        .hasMessage(
            "other.csv: Expected a domain before every file or before none, found files of us"
                + " beside it. Write DOMAIN=FILE for each; files without are a table of all"
                + " domains.");
  }

  @Test
  void rowsToEvaluateOpenNoLookupOfWhichNothingIsRead() throws IOException {
    Path rows = write("rows.csv", "user,item,click\n1,7,0\n");
    Path items = write("items.csv", "item,price\n7,3\n");
    String lookup = "{type: file, source: {type: csv, path: %s}, key: %s, columns: [%s]}";
    String yaml =
        "source: {type: csv, path: gone}\nwhere: \"dear >= 0\"\n"
            + "columns: {dear: \"price > 2\", old: \"age > 60\"}\n"
            + "lookups: {items: %s, users: %s}\n"
                .formatted(
                    lookup.formatted(items, "item", "price"),
                    lookup.formatted(folder.resolve("gone.csv"), "user", "age"));
    DataConfig data = ConfigFile.parse(yaml, "data.yaml").bind(DataConfig.class);
    RunData run = new RunData(datasets, Optional.of(data));
    BatchSource found = run.ruled(List.of(rows.toString()), Set.of("click"));
    assertThat(found.columns().names())
        .containsExactly("user", "item", "click", "price", "items_found", "dear");
    assertThat(rows(found)).containsExactly(List.of("1", "7", "0", "3", "1", "1"));
    assertThat(
            catchThrowableOfType(
                MtlException.class,
                () -> run.ruled(List.of(rows.toString()), Set.of("click", "old"))))
        .hasMessageContaining("gone.csv");
  }

  private BatchSource domains(Set<String> wanted, String... files) {
    String yaml =
        "source: {type: union, sources: {us: {type: tsv, path: gone}, de: {type: jsonl, path:"
            + " gone}, sql: {type: sql, query: select 1 as x}}}\n";
    DataConfig data = ConfigFile.parse(yaml, "data.yaml").bind(DataConfig.class);
    return new RunData(datasets, Optional.of(data)).ruled(List.of(files), wanted);
  }

  private static List<List<String>> rows(BatchSource source) {
    List<List<String>> rows = new ArrayList<>();
    try (RawCursor cursor = source.open()) {
      for (var block = cursor.next(10); block.isPresent(); block = cursor.next(10)) {
        for (int row = 0; row < block.get().rowCount(); row++) {
          List<String> cells = new ArrayList<>();
          for (int c = 0; c < source.columns().size(); c++) {
            cells.add(block.get().text(c, row));
          }
          rows.add(cells);
        }
      }
    }
    return rows;
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
