package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Taobao's user behaviour: what about a million people did with items over nine days. A row is a
 * user with an item, in the order in which they first met: {@code timestamp} (seconds) and {@code
 * category_id} are those of the first event, and {@code pv, cart, fav, buy} are 1 for what happened
 * at any time and 0 for what did not.
 *
 * <p>The file has a user's events one after another, and a pass holds those of one user. A user who
 * comes again further down makes rows of their own there.
 */
public final class TaobaoUserBehavior implements PublicDataset {
  /**
   * The keys of {@code taobao}.
   *
   * @param path a folder with the set's file, or files with its events; several are one table
   */
  @Summary("Taobao user behaviour, a user and an item a row; tasks pv, cart, fav and buy.")
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
    return "taobao";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Taobao user behaviour: one user with one item a row, viewed, in the cart, liked, bought",
        URI.create("https://tianchi.aliyun.com/dataset/649"),
        "terms of Tianchi, after a login",
        "Zhu, H. and others: Learning tree-based deep model for recommender systems. KDD 2018.",
        BehaviorTable.COLUMNS,
        List.of(Edition.of("full", RemoteFile.onRequest("UserBehavior.csv.zip"))));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(Config.class, TableSource.class, this::source);
  }

  @Override
  public TableSource open(Path folder) {
    return source(new Config(List.of(folder.toString())));
  }

  private TableSource source(Config config) {
    List<Path> files = DatasetFolder.rows(name(), config.path(), List.of("UserBehavior\\.csv"));
    TextTable events = TextTable.named(files, TextFormat.plain(","), BehaviorTable.EVENT);
    return new TableSource(name(), new BehaviorTable(events), Set.of());
  }
}
