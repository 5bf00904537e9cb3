package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * AliExpress: impressions of a shop's search in one of four countries, of attributes whose meaning
 * is not told: 16 categorical and 63 numerical ones, a click and a conversion. This is the form
 * that MTReclib made of the set and hands on, NL in an archive of this name and the others, it
 * seems, in such ones; the publisher's own files have another.
 */
public final class AliExpress extends PathDataset {
  @Override
  public String name() {
    return "aliexpress";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "AliExpress as MTReclib made it of Tianchi's data set 74690: one impression of a search a"
            + " row; tasks click and conversion (names of archives but NL's not verified)",
        URI.create("https://github.com/easezyc/Multitask-Recommendation-Library"),
        "none is named of this form; the original is under Tianchi's terms, after a login",
        "Li, P. and others: Improving multi-scenario learning to rank in e-commerce by exploiting"
            + " task relationships in the label space. CIKM 2020.",
        columns(),
        List.of(
            Edition.of("NL", RemoteFile.onRequest("AliExpress_NL.zip")),
            Edition.of("ES", RemoteFile.onRequest("AliExpress_ES.zip")),
            Edition.of("FR", RemoteFile.onRequest("AliExpress_FR.zip")),
            Edition.of("US", RemoteFile.onRequest("AliExpress_US.zip"))));
  }

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("search_id"));
    IntStream.rangeClosed(1, 16).forEach(i -> columns.add("categorical_" + i));
    IntStream.rangeClosed(1, 63).forEach(i -> columns.add("numerical_" + i));
    columns.addAll(List.of("click", "conversion"));
    return columns;
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("(train|test)\\.csv"));
    return Join.of(TextTable.withHeader(files, TextFormat.plain(","), columns()))
        .columns(columns())
        .build();
  }
}
