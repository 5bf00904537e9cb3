package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * AliExpress: impressions of a shop's search in one of four countries, of attributes whose meaning
 * is not told: 16 categorical and 63 numerical ones, a click and a conversion.
 */
public final class AliExpress implements PublicDataset {

  /**
   * The keys of {@code aliexpress}.
   *
   * @param path a folder with the set's files, or files with its rows; several are one table
   */
  @Summary("AliExpress searches: tasks click and conversion.")
  public record Config(List<String> path) {
    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it names nothing
     */
    public Config {
      path = DatasetFolder.checked(path);
    }
  }

  @Override
  public String name() {
    return "aliexpress";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "AliExpress: one impression of a search a row, click and conversion; a folder a country",
        URI.create("https://tianchi.aliyun.com/dataset/74690"),
        "terms of Tianchi, after a login",
        "Li, P. and others: Improving multi-scenario learning to rank in e-commerce by exploiting"
            + " task relationships in the label space. CIKM 2020.",
        columns(),
        List.of(
            Edition.of("NL", RemoteFile.onRequest("AliExpress_NL.zip")),
            Edition.of("ES", RemoteFile.onRequest("AliExpress_ES.zip")),
            Edition.of("FR", RemoteFile.onRequest("AliExpress_FR.zip")),
            Edition.of("US", RemoteFile.onRequest("AliExpress_US.zip"))));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(
        Config.class,
        TableSource.class,
        config -> new TableSource(name(), table(config), Set.of()));
  }

  @Override
  public TableSource open(Path folder) {
    return factory().create(new Config(List.of(folder.toString())));
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("search_id"));
    IntStream.rangeClosed(1, 16).forEach(i -> columns.add("categorical_" + i));
    IntStream.rangeClosed(1, 63).forEach(i -> columns.add("numerical_" + i));
    columns.addAll(List.of("click", "conversion"));
    return columns;
  }

  private Table table(Config config) {
    List<Path> files = DatasetFolder.rows(name(), config.path(), List.of("(train|test)\\.csv"));
    Join.Builder join = Join.of(TextTable.withHeader(files, TextFormat.plain(","), columns()));
    columns().forEach(join::column);
    return join.build();
  }
}
