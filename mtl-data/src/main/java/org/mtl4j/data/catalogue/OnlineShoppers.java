package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Online Shoppers Purchasing Intention: sessions of a shop over a year. {@code Revenue} (the
 * session ended in a purchase) and {@code Weekend} are 1 or 0, however the file spells them. A
 * second task is {@code PageValues > 0}; {@code PageValues} is then no feature of the first.
 */
public final class OnlineShoppers extends PathDataset {
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

  @Override
  public String name() {
    return "online_shoppers";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Online Shoppers Purchasing Intention: one session a row; tasks Revenue (it ended in a"
            + " purchase) and PageValues > 0",
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
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("online_shoppers_intention\\.csv"));
    return Join.of(TextTable.withHeader(files, TextFormat.plain(","), COLUMNS))
        .columns(COLUMNS.subList(0, COLUMNS.size() - 2))
        .column("Weekend", "Weekend", Truth::digit)
        .column("Revenue", "Revenue", Truth::digit)
        .build();
  }
}
