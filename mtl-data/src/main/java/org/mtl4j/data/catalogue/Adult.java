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
 * Adult: people of the US census of 1994 with an income above or below 50,000 dollars. {@code
 * income} is {@code >50K} or {@code <=50K} in both files; the point that it ends in in {@code
 * adult.test} is taken off. "?" is missing. {@code fnlwgt} is a weight and no feature.
 */
public final class Adult implements PublicDataset {
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

  /**
   * The keys of {@code adult}.
   *
   * @param path a folder with the set's files, or files with its rows; several are one table
   */
  @Summary("Adult: income over 50k; tasks income and marital-status.")
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
    return "adult";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Adult: one person a row, income over 50,000 dollars and marital status",
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

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(
        Config.class,
        TableSource.class,
        config -> new TableSource(name(), table(config), Set.of("?")));
  }

  @Override
  public TableSource open(Path folder) {
    return factory().create(new Config(List.of(folder.toString())));
  }

  /** UCI publishes none; these are of the files as everyone has them. */
  private static Checksum sum(String hex) {
    return new Checksum("SHA-256", hex, "computed from the files, none is published");
  }

  private Table table(Config config) {
    List<Path> files = DatasetFolder.rows(name(), config.path(), List.of("adult\\.(data|test)"));
    Join.Builder join = Join.of(TextTable.named(files, TextFormat.plain(","), COLUMNS));
    COLUMNS.subList(0, COLUMNS.size() - 1).forEach(join::column);
    return join.column("income", "income", Adult::withoutPoint).build();
  }

  private static String withoutPoint(String income) {
    return income.endsWith(".") ? income.substring(0, income.length() - 1) : income;
  }
}
