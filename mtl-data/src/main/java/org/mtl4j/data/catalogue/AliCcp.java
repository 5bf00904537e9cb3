package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Ali-CCP: impressions of Taobao's recommender with click and purchase, in two forms. As published,
 * {@code sample_skeleton_*.csv} have the impressions and {@code common_features_*.csv} beside them
 * what many share; a column is then a field's ids between bars, as a {@code multi_categorical}
 * feature reads them, and {@code D} before a field's name is their values, between bars too. As
 * most programs use it, {@code ali_ccp_train.csv} and the like have one number a column under the
 * same names. Columns are named by numbers: expressions need backquotes.
 */
public final class AliCcp implements PublicDataset {
  /**
   * The keys of {@code ali_ccp}.
   *
   * @param path a folder with the set's files, or files with its impressions; several are one table
   */
  @Summary("Ali-CCP impressions, raw (skeleton and common features) or CSV; tasks click, purchase.")
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
    return "ali_ccp";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Ali-CCP: one impression a row, click and purchase",
        URI.create("https://tianchi.aliyun.com/dataset/408"),
        "terms of Tianchi, after a login",
        "Ma, X. and others: Entire space multi-task model: an effective approach for estimating"
            + " post-click conversion rate. SIGIR 2018.",
        AliCcpTable.COLUMNS,
        List.of(
            Edition.of(
                "full",
                RemoteFile.onRequest("sample_train.tar.gz"),
                RemoteFile.onRequest("sample_test.tar.gz"))));
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

  private Table table(Config config) {
    List<Path> files =
        DatasetFolder.rows(
            name(),
            config.path(),
            List.of("sample_skeleton_.*\\.csv", "ali_ccp_(train|val|test).*\\.csv"));
    if (DatasetFolder.name(files.get(0)).startsWith("sample_skeleton_")) {
      return AliCcpTable.of(files);
    }
    Join.Builder join =
        Join.of(TextTable.withHeader(files, TextFormat.plain(","), AliCcpTable.COLUMNS));
    AliCcpTable.COLUMNS.forEach(join::column);
    return join.build();
  }
}
