package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Adult: people of the US census of 1994 with an income above or below 50,000 dollars. {@code
 * income} is {@code >50K} or {@code <=50K} in both files; the point that it ends in in {@code
 * adult.test} is taken off. "?" is missing. {@code fnlwgt} is a weight and no feature.
 */
public final class Adult extends PathDataset {
  private static final String FOLDER =
      "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/";

  private static final String TRAIN =
      "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d";
  private static final String TEST =
      "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05";

  private static final List<String> COLUMNS =
      List.of(
          "age",
          "workclass",
          "fnlwgt",
          "education",
          "education-num",
          "marital-status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "capital-gain",
          "capital-loss",
          "hours-per-week",
          "native-country",
          "income");

  /** The set as UCI publishes it. */
  public Adult() {
    super("?");
  }

  @Override
  public String name() {
    return "adult";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Adult: one person a row; tasks income (over 50,000 dollars) and marital-status",
        URI.create("https://archive.ics.uci.edu/dataset/2/adult"),
        "CC BY 4.0",
        "Becker, B. and Kohavi, R.: Adult. UCI Machine Learning Repository, 1996,"
            + " doi:10.24432/C5XW20.",
        COLUMNS,
        List.of(
            Edition.of(
                "full",
                RemoteFile.at(FOLDER + "adult.data").with(3_974_305, sum(TRAIN)),
                RemoteFile.at(FOLDER + "adult.test").with(2_003_153, sum(TEST)))));
  }

  /** UCI publishes none; these are of the files as everyone has them. */
  private static Checksum sum(String hex) {
    return new Checksum("SHA-256", hex, "computed from the files, none is published");
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("adult\\.(data|test)"));
    return Join.of(TextTable.named(files, TextFormat.plain(","), COLUMNS))
        .columns(COLUMNS.subList(0, COLUMNS.size() - 1))
        .column("income", "income", Adult::withoutPoint)
        .build();
  }

  private static String withoutPoint(String income) {
    return income.endsWith(".") ? income.substring(0, income.length() - 1) : income;
  }
}
