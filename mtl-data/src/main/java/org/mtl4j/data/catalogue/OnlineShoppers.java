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
 * Online Shoppers Purchasing Intention: sessions of a shop over a year. {@code Revenue} (the
 * session ended in a purchase) and {@code Weekend} are 1 or 0, however the file spells them. A
 * second task is {@code PageValues > 0}; {@code PageValues} is then no feature of the first.
 */
public final class OnlineShoppers implements PublicDataset {
  private static final List<String> COLUMNS =
      List.of(
          "Administrative",
          "Administrative_Duration",
          "Informational",
          "Informational_Duration",
          "ProductRelated",
          "ProductRelated_Duration",
          "BounceRates",
          "ExitRates",
          "PageValues",
          "SpecialDay",
          "Month",
          "OperatingSystems",
          "Browser",
          "Region",
          "TrafficType",
          "VisitorType",
          "Weekend",
          "Revenue");

  /**
   * The keys of {@code online_shoppers}.
   *
   * @param path a folder with the set's files, or files with its rows; several are one table
   */
  @Summary("Online Shoppers Purchasing Intention: tasks Revenue and PageValues > 0.")
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
    return "online_shoppers";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Online Shoppers Purchasing Intention: one session a row, whether it ended in a purchase",
        URI.create(
            "https://archive.ics.uci.edu/dataset/468/online+shoppers+purchasing+intention+dataset"),
        "CC BY 4.0",
        "Sakar, C. O., Polat, S. O., Katircioglu, M. and Kastro, Y.: Real-time prediction of online"
            + " shoppers' purchasing intention. Neural Computing and Applications, 2018.",
        COLUMNS,
        List.of(
            Edition.of(
                "full",
                RemoteFile.at(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/00468/"
                        + "online_shoppers_intention.csv"))));
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
        DatasetFolder.rows(name(), config.path(), List.of("online_shoppers_intention\\.csv"));
    Join.Builder join = Join.of(TextTable.withHeader(files, TextFormat.plain(","), COLUMNS));
    COLUMNS.subList(0, COLUMNS.size() - 2).forEach(join::column);
    return join.column("Weekend", "Weekend", Truth::digit)
        .column("Revenue", "Revenue", Truth::digit)
        .build();
  }
}
