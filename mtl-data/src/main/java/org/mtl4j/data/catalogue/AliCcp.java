package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
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
public final class AliCcp extends PathDataset {
  @Override
  public String name() {
    return "ali_ccp";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Ali-CCP: one impression a row, raw (skeleton and common features) or CSV; tasks click and"
            + " purchase",
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
  Table table(List<String> path) {
    List<Path> files =
        DatasetFolder.rows(
            name(), path, List.of("sample_skeleton_.*\\.csv", "ali_ccp_(train|val|test).*\\.csv"));
    if (DatasetFolder.name(files.get(0)).startsWith("sample_skeleton_")) {
      return AliCcpTable.of(files);
    }
    return Join.of(TextTable.withHeader(files, TextFormat.plain(","), AliCcpTable.COLUMNS))
        .columns(AliCcpTable.COLUMNS)
        .build();
  }
}
