package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Taobao's user behaviour: what about a million people did with items over nine days. A row is a
 * user with an item, in the order in which they first met: {@code timestamp} (seconds) and {@code
 * category_id} are those of the first event, and {@code pv, cart, fav, buy} are 1 for what happened
 * at any time and 0 for what did not.
 *
 * <p>A user's events have to stand one after another, in whatever order, since a pass holds those
 * of one user. That is checked: a user who comes again further down is an error.
 */
public final class TaobaoUserBehavior extends PathDataset {
  @Override
  public String name() {
    return "taobao";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Taobao user behaviour: one user with one item a row; tasks pv, cart, fav and buy",
        URI.create("https://tianchi.aliyun.com/dataset/649"),
        "terms of Tianchi, after a login",
        "Zhu, H. and others: Learning tree-based deep model for recommender systems. KDD 2018.",
        BehaviorTable.COLUMNS,
        List.of(Edition.of("full", RemoteFile.onRequest("UserBehavior.csv.zip"))));
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("UserBehavior\\.csv"));
    return new BehaviorTable(TextTable.named(files, TextFormat.plain(","), BehaviorTable.EVENT));
  }
}
